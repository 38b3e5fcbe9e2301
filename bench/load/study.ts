import pg from "pg";
import { databaseUrl, db } from "@/lib/server/db";
import { makeAssignments } from "@/lib/services/assignment-store";
import { inTransaction } from "@/lib/services/project-store";
import {
  makeDocument,
  makeMember,
  makeProject,
  type TestUser,
} from "@/tests/services/support/factories";
import { Annotator, type Article } from "./annotator";
import { Browser } from "./browser";

export type Study = { projectId: string; codebookVersionId: string; lead: TestUser };

/** A project with the starter codebook and a lead. */
export async function makeStudy(): Promise<Study> {
  const project = await makeProject();
  return { ...project, lead: await makeMember(project.projectId, "lead") };
}

/** Annotators of a study, each signed in. */
export async function makeTeam(
  { projectId }: Study,
  address: string,
  size: number,
): Promise<(TestUser & { browser: Browser })[]> {
  const team: (TestUser & { browser: Browser })[] = [];
  for (let place = 0; place < size; place++) {
    const user = await makeMember(projectId, "annotator");
    team.push({ ...user, browser: await Browser.signedIn(address, user.userId) });
  }
  return team;
}

/** An article of so many words, some of them in names and some in sentences of fifty. */
export async function makeArticle({ projectId }: Study, words: number) {
  const all = Array.from({ length: words }, (_, place) => `word${place}`);
  const sentences = Array.from(
    { length: Math.ceil(words / 50) },
    (_, place) => `${all.slice(place * 50, place * 50 + 50).join(" ")}.`,
  );
  const text = `A headline of six plain words\n\n${sentences.join("\n\n")}`;
  const document = await makeDocument(projectId, { text });
  return { ...document, article: { text: document.text, sha256: document.sha256 } };
}

/** The same article so many times, past reading it anew each time. */
export async function copyArticle(
  { projectId }: Study,
  documentId: string,
  copies: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl() });
  await client.connect();
  try {
    for (let done = 0; done < copies; done += 5_000) {
      await client.query(COPY, [projectId, documentId, done + 1, Math.min(copies, done + 5_000)]);
    }
    // As autovacuum would have by the time that people work.
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
}

const COPY = `
WITH made AS MATERIALIZED (
  SELECT gen_random_uuid() AS document, gen_random_uuid() AS version, n FROM generate_series($3::int, $4::int) n
), documents AS (
  INSERT INTO document (project_id, id, title, outlet, published_on, language, search)
  SELECT d.project_id, m.document, 'Article ' || m.n, 'Outlet ' || m.n % 40,
         date '2026-01-01' + m.n % 300, d.language, d.search
    FROM made m JOIN document d ON d.project_id = $1 AND d.id = $2
), versions AS (
  INSERT INTO document_version (project_id, id, document_id, version, text, sha256, length, original,
                                segmenter, tokens, sentences)
  SELECT v.project_id, m.version, m.document, 1, v.text, v.sha256, v.length, v.original, v.segmenter,
         v.tokens, v.sentences
    FROM made m JOIN document_version v ON v.project_id = $1 AND v.document_id = $2
)
INSERT INTO block (project_id, document_version_id, position, role, start, "end")
SELECT b.project_id, m.version, b.position, b.role, b.start, b."end"
  FROM made m
  JOIN document_version v ON v.project_id = $1 AND v.document_id = $2
  JOIN block b ON b.project_id = v.project_id AND b.document_version_id = v.id`;

/** Gives one article to each of a team; answers an annotator at work for each. */
export async function putToWork(
  { projectId }: Study,
  documentId: string,
  article: Article,
  { team, gather = 0 }: { team: readonly (TestUser & { browser: Browser })[]; gather?: number },
): Promise<Annotator[]> {
  const pairs = team.map(({ userId }) => ({ documentId, userId }));
  const given = await inTransaction((tx) => makeAssignments(tx, projectId, pairs));
  const assignmentOf = new Map(given.map((each) => [each.userId, each.assignmentId]));
  return team.map(({ userId, browser }) => {
    const annotator = new Annotator(browser, article, gather);
    annotator.take(assignmentOf.get(userId) ?? "");
    return annotator;
  });
}

/**
 * Whether each acknowledged operation is stored exactly once, with its span, and nothing else is;
 * sentences for what is wrong.
 */
export async function findLosses(projectId: string, team: readonly Annotator[]): Promise<string[]> {
  const { rows } = await db().$queryRaw<{ rows: StoredRow[] }[]>`
    SELECT coalesce(json_agg(json_build_object('id', o.id, 'assignmentId', s.assignment_id,
             'hasSpan', o.body #>> '{span,id}' IS NULL OR EXISTS (
               SELECT 1 FROM span x WHERE x.project_id = o.project_id
                  AND x.id = (o.body #>> '{span,id}')::uuid AND x.annotation_set_id = s.id
                  AND NOT x.is_removed))), '[]') AS rows
      FROM operation o JOIN annotation_set s ON s.project_id = o.project_id AND s.id = o.annotation_set_id
     WHERE o.project_id = ${projectId}::uuid`.then(([first]) => first ?? { rows: [] });
  const acknowledged = team.flatMap((annotator) => annotator.acknowledged);
  const places = new Map(acknowledged.map(({ id, assignmentId }) => [id, assignmentId]));
  const times = new Map<string, number>();
  for (const { id } of rows) times.set(id, (times.get(id) ?? 0) + 1);
  const faults: [string, number][] = [
    ["acknowledged and not stored", acknowledged.filter(({ id }) => !times.has(id)).length],
    ["stored more than once", [...times.values()].filter((count) => count > 1).length],
    ["in another document", rows.filter((row) => isElsewhere(places, row)).length],
    ["stored without its span", rows.filter(({ hasSpan }) => !hasSpan).length],
    ["stored and never acknowledged", rows.filter(({ id }) => !places.has(id)).length],
  ];
  return faults.flatMap(([fault, count]) => (count > 0 ? [`${count} operations ${fault}`] : []));
}

type StoredRow = { id: string; assignmentId: string; hasSpan: boolean };

function isElsewhere(places: ReadonlyMap<string, string>, { id, assignmentId }: StoredRow) {
  const place = places.get(id);
  return place !== undefined && place !== assignmentId;
}

/** Documents of pull rounds with more annotators than they want, or counted wrongly. */
export async function findOverAssigned(projectId: string): Promise<number> {
  const [found] = await db().$queryRaw<{ wrong: number }[]>`
    SELECT count(*)::int AS wrong FROM (
      SELECT q.wanted, q.claimed, count(a.id) AS live, count(DISTINCT a.annotator_id) AS people
        FROM round_document q
        LEFT JOIN assignment a ON a.project_id = q.project_id AND a.round_id = q.round_id
         AND a.document_id = q.document_id AND a.withdrawn_at IS NULL AND a.state <> 'skipped'
       WHERE q.project_id = ${projectId}::uuid
       GROUP BY q.round_id, q.document_id, q.wanted, q.claimed) x
     WHERE live > wanted OR live <> claimed OR people <> live`;
  return found?.wrong ?? -1;
}
