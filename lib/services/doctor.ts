import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { statfs } from "node:fs/promises";
import path from "node:path";
import type { StoredOperation } from "@/lib/domain/annotation/operation";
import { replay } from "@/lib/domain/annotation/replay";
import { stateToData } from "@/lib/domain/annotation/state";
import { pool } from "@/lib/server/db";
import { dataFolder } from "@/lib/server/env";
import { verifyAudit } from "./audit-seals";
import { editContext } from "./edit-context";
import type { Queryable } from "./project-store";
import { archivePath, indexPath, sizeOf } from "./release-files";
import { loadState } from "./stored-sets";

/** What one check found. */
export type Finding = {
  check: string;
  state: "good" | "notice" | "wrong";
  /** What was looked at, in a sentence. */
  summary: string;
  /** What is wrong, with the ids to look for. */
  problems: string[];
};

type Check = (client: Queryable) => Promise<Omit<Finding, "check">>;

/** A migration of this version. */
export type KnownMigration = { name: string; sha256: string };

/** Problems of one check that are listed; the rest is counted. */
const MOST_PROBLEMS = 20;

/**
 * Looks at everything that must hold, one check after the other, on one moment of the database. It changes
 * nothing.
 */
export async function* examine(migrations: readonly KnownMigration[]): AsyncGenerator<Finding> {
  const checks: [name: string, check: Check][] = [
    ["schema", (client) => checkSchema(client, migrations)],
    ["references", checkReferences],
    ["texts", checkTexts],
    ["offsets", checkOffsets],
    ["operations", checkOperations],
    ["audit log", checkAudit],
    ["releases", checkReleases],
    ["jobs", checkJobs],
    ["disk", checkDisk],
  ];
  const client = await pool().connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query(
      "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL jit = off",
    );
    for (const [check, run] of checks) yield { check, ...(await run(client)) };
  } finally {
    await client.query("ROLLBACK").catch(() => {});
    client.release();
  }
}

function found(summary: string, problems: readonly string[]): Omit<Finding, "check"> {
  const rest = problems.length - MOST_PROBLEMS;
  return {
    state: problems.length === 0 ? "good" : "wrong",
    summary,
    problems: rest > 0 ? [...problems.slice(0, MOST_PROBLEMS), `and ${rest} more`] : [...problems],
  };
}

async function checkSchema(client: Queryable, known: readonly KnownMigration[]) {
  const { rows } = await client.query<{ name: string; checksum: string; isDone: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isDone"
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const server = await client.query<{ version: string; number: number }>(
    `SELECT current_setting('server_version') AS version,
            current_setting('server_version_num')::int AS number`,
  );
  const applied = new Map(rows.map((row) => [row.name, row]));
  const names = new Set(known.map(({ name }) => name));
  const version = server.rows[0]?.version ?? "";
  return found(`PostgreSQL ${version}, ${rows.length} migrations`, [
    ...((server.rows[0]?.number ?? 0) < 140_000 ? ["PostgreSQL 14 or newer is needed."] : []),
    ...known
      .filter(({ name }) => applied.get(name)?.isDone !== true)
      .map(({ name }) => `The migration ${name} is not applied.`),
    ...known
      .filter(({ name, sha256 }) => (applied.get(name)?.checksum ?? sha256) !== sha256)
      .map(
        ({ name }) => `The migration ${name} was applied in another form than this version has.`,
      ),
    ...rows
      .filter(({ name }) => !names.has(name))
      .map(({ name }) => `The migration ${name} is of a newer version.`),
  ]);
}

type Reference = {
  table: string;
  name: string;
  columns: string[];
  to: string;
  toColumns: string[];
};

/** The database keeps references itself, unless somebody loaded rows with that turned off. */
async function checkReferences(client: Queryable) {
  const { rows } = await client.query<Reference>(
    `SELECT c.conrelid::regclass::text AS table, c.conname AS name, c.confrelid::regclass::text AS to,
            (SELECT array_agg(quote_ident(a.attname) ORDER BY k.at)
               FROM unnest(c.conkey) WITH ORDINALITY k(num, at)
               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num) AS columns,
            (SELECT array_agg(quote_ident(a.attname) ORDER BY k.at)
               FROM unnest(c.confkey) WITH ORDINALITY k(num, at)
               JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num) AS "toColumns"
       FROM pg_constraint c
      WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  const problems: string[] = [];
  for (const { table, columns, to, toColumns } of rows) {
    const given = columns.map((column) => `x.${column} IS NOT NULL`).join(" AND ");
    const same = columns.map((column, at) => `y.${toColumns[at]} = x.${column}`).join(" AND ");
    const lost = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} x
        WHERE ${given} AND NOT EXISTS (SELECT 1 FROM ${to} y WHERE ${same})`,
    );
    const count = lost.rows[0]?.count ?? 0;
    if (count > 0)
      problems.push(`${count} rows of ${table} name a row of ${to} that is not there.`);
  }
  return found(`${rows.length} references between tables`, problems);
}

async function checkTexts(client: Queryable) {
  const { rows } = await client.query<{ id: string; count: number }>(
    `SELECT id, count(*) OVER ()::int AS count FROM document_version
      WHERE encode(sha256(convert_to(text, 'UTF8')), 'hex') <> sha256
         OR char_length(text) <> length ORDER BY id LIMIT ${MOST_PROBLEMS + 1}`,
  );
  return found(
    await counted(client, "document_version", "texts and their hashes"),
    rows.map(({ id }) => `The text ${id} is not the one that its hash names.`),
  );
}

async function checkOffsets(client: Queryable) {
  const { rows } = await client.query<{ id: string; setId: string }>(
    `SELECT x.id, x.annotation_set_id AS "setId"
       FROM span x
       JOIN annotation_set s ON s.project_id = x.project_id AND s.id = x.annotation_set_id
       JOIN document_version v ON v.project_id = s.project_id AND v.id = s.document_version_id
      WHERE x.text_length <> v.length OR EXISTS (
        SELECT 1 FROM unnest(x.quotes) WITH ORDINALITY q(words, at)
         WHERE substr(v.text, x.ranges[2 * q.at - 1] + 1, x.ranges[2 * q.at] - x.ranges[2 * q.at - 1])
               <> q.words)
      ORDER BY x.id LIMIT 1000`,
  );
  return found(
    await counted(client, "span", "spans and the words at their offsets"),
    rows.map(
      ({ id, setId }) => `The span ${id} of the set ${setId} has other words than the text.`,
    ),
  );
}

async function counted(client: Queryable, table: string, what: string): Promise<string> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table}`,
  );
  return `${rows[0]?.count ?? 0} ${what}`;
}

type SetRow = {
  projectId: string;
  setId: string;
  documentVersionId: string;
  codebookVersionId: string;
  revision: number;
  operations: number;
};

/** Sets looked at between two questions to the database. */
const SETS_AT_ONCE = 200;

/** The log of each set must give what is stored of it; sets whose log begins elsewhere are only counted. */
async function checkOperations(client: Queryable) {
  const problems: string[] = [];
  let checked = 0;
  let after = ["00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"];
  const codebooks = await readCodebooks(client);
  for (;;) {
    const { rows } = await client.query<SetRow>(SETS, after);
    for (const set of rows) {
      const problem = await replayProblem(client, set, codebooks);
      if (problem !== null) problems.push(`The set ${set.setId}: ${problem}`);
      checked += 1;
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = [last.projectId, last.setId];
  }
  return found(`${checked} annotation sets and what their operations give`, problems);
}

const SETS = `
SELECT s.project_id AS "projectId", s.id AS "setId", s.document_version_id AS "documentVersionId",
       s.codebook_version_id AS "codebookVersionId", s.revision,
       (SELECT count(*)::int FROM operation o
         WHERE o.project_id = s.project_id AND o.annotation_set_id = s.id) AS operations
  FROM annotation_set s
 WHERE (s.project_id, s.id) > ($1::uuid, $2::uuid)
 ORDER BY s.project_id, s.id LIMIT ${SETS_AT_ONCE}`;

/** Ids of codebook versions by project and number, for sets that were brought to a newer one. */
async function readCodebooks(client: Queryable): Promise<Map<string, string>> {
  const { rows } = await client.query<{ projectId: string; version: number; id: string }>(
    `SELECT project_id AS "projectId", version, id FROM codebook_version`,
  );
  return new Map(rows.map(({ projectId, version, id }) => [`${projectId}/${version}`, id]));
}

async function replayProblem(
  client: Queryable,
  set: SetRow,
  codebooks: ReadonlyMap<string, string>,
): Promise<string | null> {
  const { projectId, setId, documentVersionId } = set;
  if (set.operations !== set.revision) {
    return `it has ${set.operations} operations at revision ${set.revision}.`;
  }
  const { rows: log } = await client.query<StoredOperation>(
    `SELECT id, gesture_id AS "gestureId", undoes, made_at AS "madeAt", revision, outcome,
            body AS change
       FROM operation WHERE project_id = $1 AND annotation_set_id = $2 ORDER BY revision`,
    [projectId, setId],
  );
  if (log.some(({ revision }, at) => revision !== at + 1)) return "its revisions have gaps.";
  const contextAt = (codebookVersionId: string) =>
    editContext(projectId, documentVersionId, codebookVersionId, client);
  const context = await contextAt(set.codebookVersionId);
  const earlier = new Map<number, Awaited<ReturnType<typeof editContext>>>();
  for (const { change } of log) {
    if (change.kind !== "change_codebook") continue;
    for (const version of [change.from, change.to]) {
      const id = codebooks.get(`${projectId}/${version}`);
      if (id !== undefined) earlier.set(version, await contextAt(id));
    }
  }
  const replayed = replay(log, context, (version) => earlier.get(version) ?? context).state;
  const stored = await loadState(projectId, setId, client);
  return textOf(stateToData(replayed)) === textOf(stateToData(stored))
    ? null
    : "its stored annotations are not what its operations give.";
}

/** As JSON with keys in order: an object that went through the database comes back in another one. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

async function checkAudit(client: Queryable) {
  const { sealed, events, unsealed, problems } = await verifyAudit(client);
  return found(
    `${events} events under ${sealed} seals, ${unsealed} not sealed yet`,
    problems.map(({ projectId, message }) => `Project ${projectId}: ${message}`),
  );
}

async function checkReleases(client: Queryable) {
  const { rows } = await client.query<{
    projectId: string;
    id: string;
    version: number;
    sha256: string;
  }>(
    `SELECT project_id AS "projectId", id, version, sha256 FROM release
      WHERE state = 'ready' ORDER BY project_id, version`,
  );
  const problems: string[] = [];
  for (const { projectId, id, version, sha256 } of rows) {
    const file = archivePath(projectId, id);
    const name = `Release ${version} of the project ${projectId}`;
    if ((await sizeOf(file)) === null) problems.push(`${name}: ${file} is missing.`);
    else if ((await hashOf(file)) !== sha256) problems.push(`${name}: ${file} is damaged.`);
    if ((await sizeOf(indexPath(projectId, id))) === null) {
      problems.push(`${name}: the index that it is compared by is missing.`);
    }
  }
  return found(`${rows.length} releases and their files`, problems);
}

async function hashOf(file: string): Promise<string> {
  const sum = createHash("sha256");
  for await (const piece of createReadStream(file, { highWaterMark: 256 * 1024 }))
    sum.update(piece);
  return sum.digest("hex");
}

async function checkJobs(client: Queryable) {
  const { rows } = await client.query<{ kind: string; id: string; state: string; since: string }>(
    `SELECT kind, id, state::text, to_char(coalesce(lease_until, created_at) AT TIME ZONE 'UTC',
            'YYYY-MM-DD HH24:MI') AS since
       FROM job
      WHERE (state = 'running' AND lease_until < now() - interval '5 minutes')
         OR (state = 'waiting' AND created_at < now() - interval '1 hour')
      ORDER BY created_at LIMIT 1000`,
  );
  return found(
    await counted(client, "job", "background jobs"),
    rows.map(
      ({ kind, id, state, since }) =>
        `${kind} ${id} is ${state} and nobody works on it since ${since}. Does the worker run?`,
    ),
  );
}

const LITTLE = 1024 ** 3;

async function checkDisk(): Promise<Omit<Finding, "check">> {
  const folder = path.resolve(dataFolder());
  const { bavail, bsize, blocks } = await statfs(folder);
  const free = bavail * bsize;
  const gigabytes = (bytes: number) => (bytes / 1024 ** 3).toFixed(1);
  const summary = `${gigabytes(free)} of ${gigabytes(blocks * bsize)} GB free in ${folder}`;
  return free < LITTLE
    ? { state: "notice", summary, problems: ["Less than 1 GB is free: make room."] }
    : found(summary, []);
}
