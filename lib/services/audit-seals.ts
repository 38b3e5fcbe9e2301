import "server-only";
import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { pool } from "@/lib/server/db";
import { dataFolder } from "@/lib/server/env";
import type { Queryable } from "./project-store";

/** A seal as it is stored and noted outside the database. */
type Seal = { projectId: string; number: number; minute: string; events: number; seal: string };

/** What is wrong with the log of a project. */
export type SealProblem = { projectId: string; message: string };

/** Projects, and minutes of one, that a run of the sealer takes on. */
const MOST_PROJECTS = 500;
const MOST_MINUTES = 5_000;
/** Of the lock by which one worker at a time seals. */
const LOCK = 7_240_381;
/** Before the first seal of a project. */
const BEGIN = "0".repeat(64);

/** The file outside the database that repeats each seal, so that nobody can make the log anew unnoticed. */
export function sealFile(): string {
  return path.join(dataFolder(), "audit-seals.log");
}

/**
 * Seals all minutes that are over: each project's events of a minute, hashed together with the seal
 * before. A minute counts as over once no transaction is under way that may still note an event in it.
 * Answers how many minutes were sealed; none where another worker is at it.
 */
export async function sealAudit(): Promise<number> {
  const client = await pool().connect();
  let isBroken = true;
  try {
    await client.query("BEGIN");
    const held = await client.query<{ held: boolean }>(
      "SELECT pg_try_advisory_xact_lock($1) AS held",
      [LOCK],
    );
    const made = held.rows[0]?.held === true ? await sealAll(client) : [];
    await client.query("COMMIT");
    isBroken = false;
    if (made.length > 0) await noteOutside(made);
    return made.length;
  } finally {
    client.release(isBroken);
  }
}

async function sealAll(client: Queryable): Promise<Seal[]> {
  const { rows } = await client.query<{ until: string }>(OVER);
  const until = rows[0]?.until ?? "";
  const open = await client.query<{ projectId: string; number: number; after: string | null }>(
    OPEN_PROJECTS,
    [until],
  );
  const made: Seal[] = [];
  for (const { projectId, number, after } of open.rows) {
    const before = await sealAt(client, projectId, number);
    const minutes = await readMinutes(client, { projectId, after, until });
    made.push(...chain(projectId, { number, seal: before }, minutes));
  }
  await client.query(
    `INSERT INTO audit_seal (project_id, number, minute, events, seal)
     SELECT * FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::int[], $5::text[])`,
    [
      made.map(({ projectId }) => projectId),
      made.map(({ number }) => number),
      made.map(({ minute }) => minute),
      made.map(({ events }) => events),
      made.map(({ seal }) => seal),
    ],
  );
  return made;
}

/** The end of the last minute that nothing can be added to any more. */
const OVER = `
SELECT date_trunc('minute', least(now() - interval '5 seconds',
         (SELECT min(xact_start) FROM pg_stat_activity
           WHERE datname = current_database() AND backend_type = 'client backend'
             AND pid <> pg_backend_pid())), 'UTC')::text AS until`;

const OPEN_PROJECTS = `
SELECT e.project_id AS "projectId", coalesce(max(s.number), 0)::int AS number,
       max(s.minute)::text AS after
  FROM (SELECT DISTINCT e.project_id FROM audit_event e
         WHERE e.at < $1::timestamptz
           AND e.at >= coalesce((SELECT max(s.minute) + interval '1 minute' FROM audit_seal s
                                  WHERE s.project_id = e.project_id), '-infinity')
         LIMIT ${MOST_PROJECTS}) e
  LEFT JOIN audit_seal s ON s.project_id = e.project_id
 GROUP BY e.project_id`;

async function sealAt(client: Queryable, projectId: string, number: number): Promise<string> {
  const { rows } = await client.query<{ seal: string }>(
    "SELECT seal FROM audit_seal WHERE project_id = $1 AND number = $2",
    [projectId, number],
  );
  return rows[0]?.seal ?? BEGIN;
}

type Minute = { minute: string; events: string[] };

/** Events by minute, each as the text that is hashed. */
async function readMinutes(
  client: Queryable,
  range: { projectId: string; after: string | null; until: string },
): Promise<Minute[]> {
  const { rows } = await client.query<Minute>(
    `SELECT to_char(date_trunc('minute', e.at, 'UTC') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:00"Z"') AS minute,
            array_agg(${CANONICAL} ORDER BY e.seq) AS events
       FROM audit_event e
      WHERE e.project_id = $1 AND e.at < $3::timestamptz
        AND e.at >= coalesce($2::timestamptz + interval '1 minute', '-infinity')
      GROUP BY 1 ORDER BY 1 LIMIT ${MOST_MINUTES}`,
    [range.projectId, range.after, range.until],
  );
  return rows;
}

/** An event as one text. All columns are in it, in an order that never changes. */
const CANONICAL = `json_build_array(e.project_id, e.id, e.seq, e.actor_id, e.session_id, e.action, e.target_type,
  e.target_id, e.detail, e.request_id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text`;

function chain(
  projectId: string,
  last: { number: number; seal: string },
  minutes: readonly Minute[],
): Seal[] {
  let { number, seal } = last;
  return minutes.map(({ minute, events }) => {
    number += 1;
    seal = sealOf({ before: seal, projectId, number, minute, events });
    return { projectId, number, minute, events: events.length, seal };
  });
}

function sealOf(of: {
  before: string;
  projectId: string;
  number: number;
  minute: string;
  events: readonly string[];
}): string {
  const head = [of.before, of.projectId, of.number, of.minute, of.events.length];
  const hash = createHash("sha256").update(`${head.join("\n")}\n`);
  for (const event of of.events) hash.update(`${event}\n`);
  return hash.digest("hex");
}

async function noteOutside(made: readonly Seal[]): Promise<void> {
  const lines = made.map(
    ({ projectId, number, minute, seal }) => `${projectId} ${number} ${minute} ${seal}\n`,
  );
  await mkdir(dataFolder(), { recursive: true });
  await appendFile(sealFile(), lines.join(""), { mode: 0o600 });
}

/** The newest seal of each project, to be kept where the database's owner cannot change it. */
export async function newestSeals(
  client: Queryable,
): Promise<{ projectId: string; number: number; seal: string }[]> {
  const { rows } = await client.query<{ projectId: string; number: number; seal: string }>(
    `SELECT DISTINCT ON (project_id) project_id AS "projectId", number, seal
       FROM audit_seal ORDER BY project_id, number DESC`,
  );
  return rows;
}

/** The newest seal of one project, or null. */
export async function newestSeal(client: Queryable, projectId: string): Promise<string | null> {
  const { rows } = await client.query<{ seal: string }>(
    "SELECT seal FROM audit_seal WHERE project_id = $1 ORDER BY number DESC LIMIT 1",
    [projectId],
  );
  return rows[0]?.seal ?? null;
}

/**
 * Computes all seals anew from the log, and compares them with those stored and with those noted outside
 * the database: an event that was changed, taken out, put in or moved is found.
 */
export async function verifyAudit(
  client: Queryable,
): Promise<{ sealed: number; events: number; unsealed: number; problems: SealProblem[] }> {
  const projects = await client.query<{ projectId: string }>(
    `SELECT project_id AS "projectId" FROM audit_event
     UNION SELECT project_id FROM audit_seal ORDER BY 1`,
  );
  const outside = await readOutside();
  const found = { sealed: 0, events: 0, unsealed: 0, problems: [] as SealProblem[] };
  for (const { projectId } of projects.rows) {
    const one = await verifyProject(client, projectId, outside.get(projectId) ?? []);
    found.sealed += one.sealed;
    found.events += one.events;
    found.unsealed += one.unsealed;
    found.problems.push(...one.problems.map((message) => ({ projectId, message })));
  }
  for (const projectId of outside.keys()) {
    if (!projects.rows.some((row) => row.projectId === projectId)) {
      found.problems.push({ projectId, message: "Seals were noted, and the log is gone." });
    }
  }
  return found;
}

type Noted = { number: number; seal: string };

async function verifyProject(client: Queryable, projectId: string, outside: readonly Noted[]) {
  const seals = await client.query<Omit<Seal, "projectId">>(
    `SELECT number, events, seal,
            to_char(minute AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:00"Z"') AS minute
       FROM audit_seal WHERE project_id = $1 ORDER BY number`,
    [projectId],
  );
  const problems: string[] = [];
  let before = BEGIN;
  let after: string | null = null;
  let events = 0;
  for (const [at, stored] of seals.rows.entries()) {
    const minutes: Minute[] = await readMinutes(client, {
      projectId,
      after,
      until: endOf(stored.minute),
    });
    const [minute, another] = minutes;
    const isSame =
      stored.number === at + 1 &&
      another === undefined &&
      minute?.minute === stored.minute &&
      sealOf({ ...stored, projectId, before, events: minute.events }) === stored.seal;
    if (!isSame) problems.push(`The events up to ${stored.minute} are not those that were sealed.`);
    events += minute?.events.length ?? 0;
    // What comes later is judged by the seal as it stands, so that each fault is told once.
    before = stored.seal;
    after = stored.minute;
  }
  problems.push(...outsideProblems(seals.rows, outside));
  const rest = await client.query<{ unsealed: number }>(
    `SELECT count(*)::int AS unsealed FROM audit_event
      WHERE project_id = $1 AND at >= coalesce($2::timestamptz + interval '1 minute', '-infinity')`,
    [projectId, after],
  );
  return { sealed: seals.rows.length, events, unsealed: rest.rows[0]?.unsealed ?? 0, problems };
}

function endOf(minute: string): string {
  return new Date(Date.parse(minute) + 60_000).toISOString();
}

function outsideProblems(stored: readonly Noted[], outside: readonly Noted[]): string[] {
  const bySeal = new Map(stored.map(({ number, seal }) => [number, seal]));
  const differing = outside.filter(({ number, seal }) => bySeal.get(number) !== seal);
  const first = differing[0];
  return first === undefined
    ? []
    : [`Seal ${first.number} is not the one noted in the file audit-seals.log.`];
}

async function readOutside(): Promise<Map<string, Noted[]>> {
  const content = await readFile(sealFile(), "utf8").catch(() => "");
  const noted = new Map<string, Noted[]>();
  for (const line of content.split("\n")) {
    const [projectId, number, , seal] = line.split(" ");
    if (projectId === undefined || number === undefined || seal === undefined) continue;
    const known = noted.get(projectId) ?? [];
    known.push({ number: Number(number), seal });
    noted.set(projectId, known);
  }
  return noted;
}
