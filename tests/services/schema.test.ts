import { beforeAll, describe, expect, test } from "vitest";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "@/lib/services/audit";
import { makeAssignment, makeDocument, makeMember, makeProject } from "./support/factories";

/** Tables of the whole instance; every other table belongs to a project. Tokens are looked up by hash alone. */
const INSTANCE_TABLES = [
  "user",
  "identity",
  "session",
  "second_factor",
  "recovery_code",
  "invite",
  "throttle",
  "instance_setting",
  "project",
  "api_token",
  "rate_limit",
];
const MIGRATIONS = "_prisma_migrations";

type Key = { table: string; name: string; columns: string[]; is_unique: boolean };

async function projectTables(): Promise<string[]> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const others = new Set([...INSTANCE_TABLES, MIGRATIONS]);
  return rows.map(({ name }) => name).filter((name) => !others.has(name));
}

async function uniqueKeys(): Promise<Key[]> {
  const { rows } = await pool().query<Key>(
    `SELECT t.relname AS table, i.relname AS name, x.indisunique AS is_unique,
            (SELECT array_agg(a.attname::text ORDER BY k.place)
               FROM unnest(x.indkey) WITH ORDINALITY AS k(number, place)
               JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) AS columns
       FROM pg_index x
       JOIN pg_class i ON i.oid = x.indexrelid
       JOIN pg_class t ON t.oid = x.indrelid
       JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
      WHERE x.indisunique`,
  );
  return rows;
}

describe("a project can move to another database whole", () => {
  test("every table of a project has project_id first in its primary and unique keys", async () => {
    const tables = await projectTables();
    expect(tables.length).toBeGreaterThan(20);
    const keys = await uniqueKeys();
    for (const table of tables) {
      const own = keys.filter((key) => key.table === table);
      expect(own.length, table).toBeGreaterThan(0);
      for (const key of own) expect(key.columns[0], key.name).toBe("project_id");
    }
  });

  test("every reference between tables of a project carries project_id on both sides", async () => {
    const tables = await projectTables();
    const { rows } = await pool().query<{ name: string; from: string[]; to: string[] }>(
      `SELECT c.conname AS name,
              (SELECT array_agg(a.attname::text ORDER BY k.place)
                 FROM unnest(c.conkey) WITH ORDINALITY AS k(number, place)
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number) AS from,
              (SELECT array_agg(a.attname::text ORDER BY k.place)
                 FROM unnest(c.confkey) WITH ORDINALITY AS k(number, place)
                 JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number) AS to
         FROM pg_constraint c
         JOIN pg_class s ON s.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid
        WHERE c.contype = 'f' AND s.relname = ANY($1) AND t.relname = ANY($1)`,
      [tables],
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const { name, from, to } of rows) {
      expect([from[0], to[0]], name).toEqual(["project_id", "project_id"]);
    }
  });

  test("ids have no default: the application makes them", async () => {
    const { rows } = await pool().query(
      `SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'id' AND column_default IS NOT NULL
          AND table_name <> $1`,
      [MIGRATIONS],
    );
    expect(rows).toEqual([]);
  });
});

test("nothing is deleted or emptied along with what it refers to", async () => {
  const { rows } = await pool().query<{ conname: string }>(
    `SELECT conname FROM pg_constraint WHERE contype = 'f' AND confdeltype NOT IN ('a', 'r')`,
  );
  expect(rows).toEqual([]);
});

describe("what the code promises, the database holds", () => {
  let ids: { projectId: string; setId: string; versionId: string; assignmentId: string };

  beforeAll(async () => {
    const { projectId } = await makeProject();
    const document = await makeDocument(projectId, { text: "Title\n\nThe 🕊️ army came." });
    const { userId } = await makeMember(projectId, "annotator");
    const assignmentId = await makeAssignment(projectId, document.documentId, userId);
    const { rows } = await pool().query<{ id: string }>(
      `SELECT id FROM annotation_set WHERE assignment_id = $1`,
      [assignmentId],
    );
    ids = {
      projectId,
      assignmentId,
      setId: rows[0]?.id ?? "",
      versionId: document.documentVersionId,
    };
  });

  /** A span that the database takes; a test changes one thing of it. */
  const span = {
    start: 7,
    end: 10,
    ranges: [7, 10],
    quotes: ["The"],
    flags: [] as string[],
    origin: "manual",
    attributes: "{}",
    label: "loaded",
  };

  async function insertSpan(change: Partial<typeof span>): Promise<void> {
    const row = { ...span, ...change };
    await pool().query(
      `INSERT INTO span (project_id, id, annotation_set_id, text_length, codebook_version_id,
                         layer_key, label_key, start, "end", ranges, quotes, attributes, flags, origin)
       SELECT s.project_id, $2, s.id, s.text_length, s.codebook_version_id, l.layer_key,
              CASE WHEN $11 = 'none' THEN 'none' ELSE l.key END, $3, $4, $5, $6, $7, $8, $9
         FROM annotation_set s
         JOIN LATERAL (SELECT * FROM label l
                        WHERE l.project_id = s.project_id AND l.layer_key = 'span'
                        ORDER BY position LIMIT 1) l ON true
        WHERE s.id = $1 AND s.project_id = $10`,
      [
        ids.setId,
        newId(),
        row.start,
        row.end,
        row.ranges,
        row.quotes,
        row.attributes,
        row.flags,
        row.origin,
        ids.projectId,
        row.label,
      ],
    );
  }

  test("a span that is right is taken", async () => {
    await insertSpan({});
    await insertSpan({ start: 7, end: 19, ranges: [7, 10, 14, 19], quotes: ["The", " army"] });
  });

  test.each<[string, Partial<typeof span>, string]>([
    ["begins before the text", { start: -1, ranges: [-1, 10], quotes: ["x".repeat(11)] }, "ranges"],
    ["is empty", { end: 7, ranges: [7, 7], quotes: [""] }, "ranges"],
    ["runs backwards", { start: 10, end: 7, ranges: [10, 7], quotes: ["The"] }, "ranges"],
    ["ends past the text", { end: 25, ranges: [7, 25], quotes: ["x".repeat(18)] }, "ranges"],
    ["has a quote of another length", { quotes: ["Th"] }, "ranges"],
    ["has a quote too few", { ranges: [7, 8, 9, 10], quotes: ["T"] }, "ranges"],
    ["has half a range", { end: 12, ranges: [7, 10, 12] }, "ranges"],
    ["has no range", { ranges: [], quotes: [] }, "ranges"],
    ["has ranges that overlap", { ranges: [7, 9, 8, 10], quotes: ["Th", "he"] }, "ranges"],
    ["has ranges that touch", { ranges: [7, 8, 8, 10], quotes: ["T", "he"] }, "ranges"],
    ["has another hull than its ranges", { start: 6 }, "span_hull"],
    ["has a flag that is unknown", { flags: ["urgent"] }, "span_flags_known"],
    ["has an origin that is unknown", { origin: "magic" }, "span_origin_known"],
    ["has attributes that are a list", { attributes: "[]" }, "span_attributes_object"],
    ["has a label that the codebook has not", { label: "none" }, "fkey"],
  ])("a span that %s is refused", async (_, change, constraint) => {
    await expect(insertSpan(change)).rejects.toThrow(constraint);
  });

  test("an emoji counts as its code points in a quote", async () => {
    await insertSpan({ start: 11, end: 13, ranges: [11, 13], quotes: ["🕊️"] });
    await expect(
      insertSpan({ start: 11, end: 14, ranges: [11, 14], quotes: ["🕊️"] }),
    ).rejects.toThrow("ranges");
  });

  test.each([
    ["submitted without a moment", `UPDATE assignment SET state = 'submitted'`],
    ["a moment without being submitted", `UPDATE assignment SET submitted_at = now()`],
    ["skipped without a reason", `UPDATE assignment SET state = 'skipped'`],
    ["time below zero", `UPDATE assignment SET active_seconds = -1`],
    ["a set with a flag that is unknown", `UPDATE annotation_set SET flags = '{urgent}'`],
    ["a set submitted ahead of itself", `UPDATE annotation_set SET submitted_revision = 9`],
    ["a set of nobody", `UPDATE annotation_set SET annotator_id = NULL`],
    ["a block without length", `UPDATE block SET "end" = start`],
    ["a block of unknown role", `UPDATE block SET role = 'advert'`],
    ["an e-mail with capitals", `UPDATE "user" SET email = upper(email)`],
    ["a published codebook without a moment", `UPDATE codebook_version SET published_at = NULL`],
    ["a published codebook with other words", `UPDATE codebook_version SET content = '{}'`],
    ["a text that changes", `UPDATE document_version SET text = 'x'`],
    ["a text that goes", `DELETE FROM document_version`],
    ["a project that goes with its documents", `DELETE FROM project`],
    ["a set that goes with its assignment", `DELETE FROM assignment`],
  ])("refuses %s", async (_, statement) => {
    await expect(pool().query(statement)).rejects.toThrow(/violates|never changed/);
  });

  test.each([
    ["operation", "kind"],
    ["audit_event", "action"],
  ])("a row of %s is never changed or deleted", async (table, column) => {
    await pool().query(
      `INSERT INTO operation (project_id, id, annotation_set_id, revision, kind, body, gesture_id,
                              outcome, client_id, made_at)
       VALUES ($1, $2, $3, (SELECT count(*) + 1 FROM operation), 'submit', '{}', $2, 'applied', $2, now())`,
      [ids.projectId, newId(), ids.setId],
    );
    await recordAudit(
      { userId: "", sessionId: null, projectId: ids.projectId },
      { action: "a.test", targetType: "project" },
    );
    await expect(pool().query(`UPDATE ${table} SET ${column} = 'x'`)).rejects.toThrow("never");
    await expect(pool().query(`DELETE FROM ${table}`)).rejects.toThrow("never");
  });

  test("one annotator has a document once in a round", async () => {
    await expect(
      pool().query(
        `INSERT INTO assignment (project_id, id, round_id, document_id, document_version_id, annotator_id)
         SELECT project_id, $1, round_id, document_id, document_version_id, annotator_id
           FROM assignment`,
        [newId()],
      ),
    ).rejects.toThrow("duplicate key");
  });
});
