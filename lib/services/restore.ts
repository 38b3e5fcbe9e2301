import "server-only";
import { createHash, type Hash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { type Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import yauzl from "yauzl";
import { failure, type Result, success } from "@/lib/domain/result";
import { dataFolder } from "@/lib/server/env";
import { sealFile } from "./audit-seals";
import {
  type BackupManifest,
  type BackupStep,
  backupManifestSchema,
  COPY_FORM,
  copyStatement,
  fileEntry,
  readTables,
  tableEntry,
} from "./backup";
import { queueAllAnew } from "./job-runs";
import type { Queryable } from "./project-store";
import { putInPlace } from "./release-files";

/** A backup that is open for reading; its entries are read in any order. */
export type OpenBackup = {
  manifest: BackupManifest;
  entry: (name: string) => Promise<Readable>;
  close: () => void;
};

/** Something in a backup that is not as its manifest says. */
export class DamagedBackup extends Error {}

/** Longest manifest that is read, in bytes. */
const MOST_MANIFEST = 64 * 1024 * 1024;

/** Opens a backup and reads its manifest; a failure says why it is none. */
export async function openBackup(file: string): Promise<Result<OpenBackup>> {
  if ((await stat(file).catch(() => null)) === null) {
    return failure("not_found", `There is no ${file}.`);
  }
  const zip = await yauzl
    .openPromise(file, { lazyEntries: true, autoClose: false, strictFileNames: true })
    .catch(() => null);
  const unusable = failure("invalid", `${file} is no backup, or a damaged one.`);
  if (zip === null) return unusable;
  try {
    const entries = new Map<string, yauzl.Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    const open = async (name: string) => {
      const entry = entries.get(name);
      if (entry === undefined) throw new DamagedBackup(`${name} is not in the backup.`);
      return zip.openReadStreamPromise(entry);
    };
    const entry = entries.get("manifest.json");
    if (entry === undefined || entry.uncompressedSize > MOST_MANIFEST) throw new Error("None.");
    const manifest = backupManifestSchema.parse(
      JSON.parse(await textOf(await open(entry.fileName))),
    );
    return success({ manifest, entry: open, close: () => zip.close() });
  } catch {
    zip.close();
    return unusable;
  }
}

async function textOf(stream: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}

/** Compares everything in a backup with its manifest; answers what is wrong. Restores nothing. */
export async function verifyBackup(backup: OpenBackup, step: BackupStep): Promise<string[]> {
  const problems: string[] = [];
  const parts = partsOf(backup.manifest);
  for (const [done, part] of parts.entries()) {
    step(part.what, done, parts.length);
    const nowhere = new Writable({ write: (_piece, _encoding, written) => written() });
    await readPart(backup, part, nowhere).catch((error: unknown) => {
      problems.push(problemOf(part, error));
    });
  }
  step("manifest.json", parts.length, parts.length);
  problems.push(...backup.manifest.missing.map(missingProblem));
  return problems;
}

/** What a backup says of a file that was not there, or not whole, when it was made. */
export function missingProblem(name: string): string {
  return `${name} was missing or damaged when the backup was made.`;
}

function problemOf({ what }: Part, error: unknown): string {
  if (error instanceof DamagedBackup) return error.message;
  return `${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

type Part = { what: string; entry: string; rows: number | null; bytes: number; sha256: string };

function partsOf({ tables, files }: BackupManifest): Part[] {
  return [
    ...tables.map(({ name, rows, bytes, sha256 }) => ({
      what: name,
      entry: tableEntry(name),
      rows,
      bytes,
      sha256,
    })),
    ...files.map(({ path: name, bytes, sha256 }) => ({
      what: name,
      entry: fileEntry(name),
      rows: null,
      bytes,
      sha256,
    })),
  ];
}

/** Sends a part on and throws where it is not the one that the manifest names. */
async function readPart(backup: OpenBackup, part: Part, to: Writable): Promise<void> {
  const counted = createCount();
  await pipeline(await backup.entry(part.entry), counted.stream, to).catch((error: unknown) => {
    throw counted.isWhole() ? error : new DamagedBackup(problemOf(part, error));
  });
  const found = counted.found();
  const isSame =
    found.bytes === part.bytes &&
    found.sha256 === part.sha256 &&
    (part.rows === null || found.lines === part.rows);
  if (!isSame) throw new DamagedBackup(`${part.what} is not as it was backed up.`);
}

function createCount() {
  const hash: Hash = createHash("sha256");
  let bytes = 0;
  let lines = 0;
  let isWhole = false;
  const stream = new Transform({
    transform(piece: Buffer, _, done) {
      hash.update(piece);
      bytes += piece.length;
      for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines += 1;
      done(null, piece);
    },
    flush(done) {
      isWhole = true;
      done();
    },
  });
  return {
    stream,
    isWhole: () => isWhole,
    found: () => ({ bytes, lines, sha256: hash.digest("hex") }),
  };
}

/** What a database holds before anything is restored into it. */
export type TargetState =
  | { kind: "bare" }
  | { kind: "prepared"; migrations: string[] }
  | { kind: "filled"; table: string }
  | { kind: "foreign"; table: string };

/** Looks into a database: bare, with our empty tables, with rows, or somebody else's. */
export async function readTarget(url: string): Promise<TargetState> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname`,
    );
    const names = rows.map(({ name }) => name);
    const [first] = names;
    if (first === undefined) return { kind: "bare" };
    if (!names.includes("_prisma_migrations")) return { kind: "foreign", table: first };
    for (const name of names.filter((each) => each !== "_prisma_migrations")) {
      const found = await client.query(`SELECT 1 FROM "${name}" LIMIT 1`);
      if (found.rows.length > 0) return { kind: "filled", table: name };
    }
    const applied = await client.query<{ name: string }>(
      "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1",
    );
    return { kind: "prepared", migrations: applied.rows.map(({ name }) => name) };
  });
}

/** Takes our empty tables away, so that those of an older version can be made. */
export async function clearTarget(url: string): Promise<void> {
  await withClient(url, (client) =>
    client.query(
      "DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS graphile_worker CASCADE",
    ),
  );
}

/**
 * Fills a database that has the backup's tables, all empty, and the data folder: in one transaction that is
 * only committed when every row and every file is there as the manifest says.
 */
export async function restoreBackup(
  url: string,
  backup: OpenBackup,
  step: BackupStep,
): Promise<{ rows: number; files: number; jobs: number }> {
  const { manifest } = backup;
  const parts = partsOf(manifest);
  const placed: string[] = [];
  try {
    return await withClient(url, async (client) => {
      await client.query(`BEGIN; SET LOCAL statement_timeout = 0; ${COPY_FORM}`);
      await refuseOtherTables(client, manifest);
      const putBack = await withoutRules(client, manifest);
      for (const [done, part] of parts.entries()) {
        step(part.what, done, parts.length);
        const table = manifest.tables.find(({ name }) => tableEntry(name) === part.entry);
        if (table === undefined) placed.push(await placeFile(backup, part));
        else {
          const rows = client.query(copyFrom(copyStatement(table, "FROM STDIN")));
          await readPart(backup, part, rows);
          if (rows.rowCount !== table.rows) throw new DamagedBackup(`${table.name} lacks rows.`);
        }
      }
      step("references", parts.length, parts.length);
      await putBack();
      await setSequences(client);
      const jobs = await queueAllAnew(client);
      await client.query("COMMIT");
      await client.query("ANALYZE");
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      return { rows, files: manifest.files.length, jobs };
    });
  } catch (error) {
    for (const place of placed) await rm(place, { force: true });
    throw error;
  }
}

async function refuseOtherTables(client: Queryable, manifest: BackupManifest): Promise<void> {
  const there = new Map((await readTables(client)).map(({ name, columns }) => [name, columns]));
  for (const { name, columns } of manifest.tables) {
    const known = there.get(name);
    if (known === undefined || columns.some((column) => !known.includes(column))) {
      throw new DamagedBackup(`The database has no table ${name} as the backup has it.`);
    }
  }
}

/**
 * Takes references and triggers off, as their owner may, and answers what puts them back: references are
 * then checked over all rows at once.
 */
async function withoutRules(
  client: Queryable,
  { tables }: BackupManifest,
): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ table: string; name: string; rule: string }>(
    `SELECT c.conrelid::regclass::text AS table, c.conname AS name, pg_get_constraintdef(c.oid) AS rule
       FROM pg_constraint c
      WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  const each = (statement: (row: (typeof rows)[number]) => string) =>
    rows.map(statement).join(";\n");
  const all = (what: string) =>
    tables.map(({ name }) => `ALTER TABLE "${name}" ${what} TRIGGER USER`).join(";\n");
  await client.query(each(({ table, name }) => `ALTER TABLE ${table} DROP CONSTRAINT "${name}"`));
  await client.query(all("DISABLE"));
  return async () => {
    await client.query(all("ENABLE"));
    await client.query(
      each(({ table, name, rule }) => `ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${rule}`),
    );
  };
}

/** Numbers that the database gives go on after the highest there is. */
async function setSequences(client: Queryable): Promise<void> {
  const { rows } = await client.query<{ sequence: string; table: string; column: string }>(
    `SELECT d.objid::regclass::text AS sequence, d.refobjid::regclass::text AS table,
            a.attname AS column
       FROM pg_depend d
       JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
       JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
        AND d.deptype IN ('a', 'i') AND s.relnamespace = 'public'::regnamespace`,
  );
  for (const { sequence, table, column } of rows) {
    await client.query(
      `SELECT setval('${sequence}', coalesce(max("${column}"), 1), max("${column}") IS NOT NULL)
         FROM ${table}`,
    );
  }
}

/** Puts a file into the data folder; another one in its place is never written over. */
async function placeFile(backup: OpenBackup, part: Part): Promise<string> {
  const place = path.resolve(dataFolder(), part.what);
  if (!place.startsWith(`${path.resolve(dataFolder())}${path.sep}`)) {
    throw new DamagedBackup(`${part.what} leads out of the data folder.`);
  }
  if (place === path.resolve(sealFile())) await keepOlder(place);
  else if ((await stat(place).catch(() => null)) !== null) {
    throw new DamagedBackup(
      `${place} is there already. Give the restore a data folder of its own.`,
    );
  }
  await mkdir(path.dirname(place), { recursive: true });
  const draft = `${place}.${process.pid}.part`;
  try {
    await readPart(backup, part, createWriteStream(draft, { mode: 0o600 }));
    await putInPlace(draft, place);
  } finally {
    await rm(draft, { force: true });
  }
  return place;
}

/** Notes of a log that went on after the backup are evidence, and kept under another name. */
async function keepOlder(place: string): Promise<void> {
  if ((await stat(place).catch(() => null)) === null) return;
  await rename(place, `${place}.before-${new Date().toISOString().replace(/[:.]/g, "-")}`);
}

async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {}); // the statement under way reports it
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
