import pg from "pg";
import type { Result } from "@/lib/domain/result";
import { closeDatabase, createUserWithPassword, OPERATOR } from "@/lib/services/program";
import { createProject } from "@/lib/services/projects";

/**
 * Fills a database with a project of many documents, each submitted by 8 of 50 annotators who mark mostly the same passages:
 * about 12.8 spans each, some of which overlap, and an overall answer. The same database every time, save for its ids.
 */

const documents = Number(process.argv[2] ?? "10000");
const email = "bench@example.org";
const { userId } = must(
  await createUserWithPassword.as(OPERATOR, {
    ...{ email, name: "Bench", role: "admin", password: "harbour lantern 47" },
  }),
);
const { projectId } = must(
  await createProject.as({ ...OPERATOR, userId }, { name: "Bench", template: "news-bias-starter" }),
);
await closeDatabase();

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
// What is written refers to what is there: looking each reference up would take minutes.
await client.query("SET session_replication_role = replica");
await client.query("BEGIN");
for (const statement of statements()) await client.query(statement);
await client.query("COMMIT");
await client.query("VACUUM ANALYZE");
const { rows } = await client.query<{ documents: number; sets: number; spans: number }>(
  `SELECT (SELECT count(*)::int FROM document) AS documents, (SELECT count(*)::int FROM annotation_set) AS sets,
          (SELECT count(*)::int FROM span) AS spans`,
);
await client.end();
const [made] = rows;
console.log(
  `${made?.documents} documents of 160 words, ${made?.sets} submissions of 50 annotators, ${made?.spans} spans`,
);

/** A number from 0 to 1 that follows from document, passage, annotator and purpose. */
function chance(document: string, rest: string): string {
  return `((hashint8extended((${document})::bigint * 4096 + (${rest}), 7) & 65535) / 65536.0)`;
}

function statements(): string[] {
  const project = `'${projectId}'::uuid`;
  const codebook = `(SELECT codebook_version_id FROM round WHERE project_id = ${project})`;
  return [
    `CREATE TEMP TABLE made_document AS SELECT d, gen_random_uuid() AS id, gen_random_uuid() AS version_id,
            rtrim(repeat('words ', 160)) AS text FROM generate_series(0, ${documents - 1}) AS d`,
    `INSERT INTO document (project_id, id, title, outlet)
     SELECT ${project}, id, 'Article ' || d, 'The Harbour Post' FROM made_document ORDER BY d`,
    `INSERT INTO document_version (project_id, id, document_id, version, text, sha256, length, original, segmenter,
                                   tokens, sentences)
     SELECT ${project}, version_id, id, 1, text, encode(sha256((d || text)::bytea), 'hex'), length(text), text::bytea, 'bench',
            (SELECT array_agg(6 * (n / 2) + 5 * (n % 2) ORDER BY n) FROM generate_series(0, 319) AS n),
            ARRAY[0, length(text)] FROM made_document`,
    `INSERT INTO block (project_id, document_version_id, position, role, start, "end")
     SELECT ${project}, version_id, 0, 'body', 0, length(text) FROM made_document`,
    `INSERT INTO annotator (project_id, id, pseudonym)
     SELECT ${project}, gen_random_uuid(), 'annotator ' || n FROM generate_series(0, 49) AS n`,
    `CREATE TEMP TABLE made_set AS
     SELECT m.d, m.id AS document_id, m.version_id, m.text, k AS person, n.id AS annotator_id,
            gen_random_uuid() AS assignment_id, gen_random_uuid() AS id
       FROM made_document m CROSS JOIN generate_series(0, 7) AS k
       JOIN annotator n ON n.pseudonym = 'annotator ' || ((k * 7 + m.d) % 50)`,
    "ANALYZE made_set",
    `INSERT INTO assignment (project_id, id, round_id, document_id, document_version_id, annotator_id, state, submitted_at)
     SELECT ${project}, assignment_id, (SELECT id FROM round WHERE project_id = ${project}), document_id, version_id,
            annotator_id, 'submitted', timestamptz '2026-03-01' + make_interval(hours => d / 4) FROM made_set`,
    `INSERT INTO annotation_set (project_id, id, kind, document_version_id, text_length, codebook_version_id, annotator_id,
                                 assignment_id, revision, submitted_revision, flags)
     SELECT ${project}, id, 'annotator', version_id, length(text), ${codebook}, annotator_id, assignment_id, 20, 20, '{}'
       FROM made_set`,
    `INSERT INTO span (project_id, id, annotation_set_id, text_length, codebook_version_id, layer_key, label_key,
                       start, "end", ranges, quotes, flags)
     SELECT ${project}, gen_random_uuid(), s.id, length(s.text), ${codebook}, 'span',
            (ARRAY['loaded_language', 'naming', 'presupposition', 'agency'])[1 + own.label],
            own.start, own.stop, ARRAY[own.start, own.stop], ARRAY[substr(s.text, own.start + 1, own.stop - own.start)], '{}'
       FROM made_set s CROSS JOIN generate_series(0, 15) AS k
       CROSS JOIN LATERAL (SELECT 60 * k + 3 + floor(10 * ${chance("s.d", "k * 8")})::int AS start,
                                  8 + floor(27 * ${chance("s.d", "k * 8 + 1")})::int AS size,
                                  floor(4 * ${chance("s.d", "k * 8 + 2")})::int AS label) AS truth
       CROSS JOIN LATERAL (SELECT ${chance("s.d", "1024 + k * 64 + s.person * 8")} AS missed,
                                  floor(7 * ${chance("s.d", "1024 + k * 64 + s.person * 8 + 1")})::int - 3 AS early,
                                  floor(7 * ${chance("s.d", "1024 + k * 64 + s.person * 8 + 2")})::int - 3 AS late,
                                  ${chance("s.d", "1024 + k * 64 + s.person * 8 + 3")} AS other) AS noise
       CROSS JOIN LATERAL (SELECT truth.start + noise.early AS start,
                                  -- Every fiftieth passage reaches into the next one.
                                  truth.start + truth.size + noise.late + CASE WHEN other > 0.98 THEN 30 ELSE 0 END AS stop,
                                  CASE WHEN other < 0.15 THEN (truth.label + 1) % 4 ELSE truth.label END AS label) AS own
      WHERE noise.missed >= 0.2 AND own.stop <= length(s.text)
      ORDER BY s.d, s.person, k`,
    `INSERT INTO unit_label (project_id, annotation_set_id, text_length, codebook_version_id, layer_key, label_key, unit,
                             unit_start, unit_end, evidence)
     SELECT ${project}, s.id, length(s.text), ${codebook}, 'overall',
            floor(4 * CASE WHEN ${chance("s.d", "3072 + s.person")} < 0.6 THEN ${chance("s.d", "3071")}
                           ELSE ${chance("s.d", "3584 + s.person")} END)::int::text,
            'document', 0, length(s.text), '{}' FROM made_set s`,
  ];
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.failure.message);
}
