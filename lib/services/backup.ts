import "server-only";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import yazl from "yazl";
import { z } from "zod";
import { SOFTWARE } from "@/lib/domain/software";
import { databaseUrl } from "@/lib/server/db";
import { dataFolder } from "@/lib/server/env";
import { newestSeals, sealFile } from "./audit-seals";
import type { Queryable } from "./project-store";
import { archivePath, indexPath, putInPlace } from "./release-files";

const BACKUP_FORMAT = "framemark-backup/1";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What manifest.json of a backup says, by which everything else in it is checked. */
export const backupManifestSchema = z.object({
  format: z.literal(BACKUP_FORMAT),
  software: z.string(),
  madeAt: z.string(),
  server: z.string(),
  /** Migrations that its tables had, oldest first. */
  migrations: z.array(z.string()),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.int(),
      bytes: z.int(),
      sha256: hash,
    }),
  ),
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: hash })),
  /** Files that the database names and the data folder has not, or has otherwise. */
  missing: z.array(z.string()),
  seals: z.array(z.object({ projectId: z.string(), number: z.int(), seal: hash })),
});
export type BackupManifest = z.output<typeof backupManifestSchema>;

/**
 * What is not backed up: the history of migrations, which a restore makes by itself, and what must not
 * come to life again, such as sessions that were ended since.
 */
const LEFT_OUT = new Set(["_prisma_migrations", "session", "throttle"]);

/** Says what is being written, and how many of how many parts are done. */
export type BackupStep = (what: string, done: number, total: number) => void;

/** Where a table's rows are in a backup. */
export function tableEntry(name: string): string {
  return `tables/${name}.copy`;
}

/** Where a file of the data folder is in a backup. */
export function fileEntry(name: string): string {
  return `files/${name}`;
}

type Table = { name: string; columns: string[] };
type Zip = InstanceType<typeof yazl.ZipFile>;

/**
 * Writes all tables, as one moment of the database has them, and the files that they name into a zip.
 * The product runs on meanwhile. The zip is there whole or not at all.
 */
export async function writeBackup(target: string, step: BackupStep): Promise<BackupManifest> {
  const socket = new net.Socket();
  const client = new pg.Client({ connectionString: databaseUrl(), stream: () => socket });
  client.on("error", () => {}); // the statement under way reports it
  await client.connect();
  const draft = `${target}.${process.pid}.part`;
  try {
    const zip = new yazl.ZipFile();
    const written = pipeline(zip.outputStream, createWriteStream(draft));
    // Whichever fails first is told; the other one must not be an unhandled failure.
    written.catch(() => {});
    const manifest = await Promise.race([
      writeParts(client, zip, step),
      written.then(() => Promise.reject(new Error("The backup ended early."))),
    ]);
    await client.end();
    zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), "manifest.json", ZIPPED);
    zip.end();
    await written;
    await putInPlace(draft, target);
    return manifest;
  } finally {
    await rm(draft, { force: true });
    // Not by a farewell: a table that nobody reads on would be waited for.
    socket.destroy();
  }
}

/** Only for its owner: it holds everything that the database holds. */
const ZIPPED = { mtime: new Date(1980, 0, 1, 12), mode: 0o100600, forceDosTimestamp: true };

async function writeParts(client: pg.Client, zip: Zip, step: BackupStep): Promise<BackupManifest> {
  const tables = await readTables(client);
  await openSnapshot(client, tables);
  const files = await readFiles(client);
  const total = tables.length + files.length;
  let done = 0;
  const manifest: BackupManifest = {
    format: BACKUP_FORMAT,
    software: `${SOFTWARE.name} ${SOFTWARE.version}`,
    ...(await readAbout(client)),
    tables: [],
    files: [],
    missing: [],
    seals: await newestSeals(client),
  };
  for (const table of tables) {
    step(table.name, done++, total);
    const rows = client.query(copyTo(copyStatement(table, "TO STDOUT")));
    const sums = await addEntry(zip, tableEntry(table.name), rows);
    manifest.tables.push({ ...table, rows: rows.rowCount, ...sums });
  }
  await client.query("COMMIT");
  for (const file of files) {
    step(file.path, done++, total);
    const place = path.join(dataFolder(), file.path);
    if ((await stat(place).catch(() => null)) === null) {
      if (file.sha256 !== null) manifest.missing.push(file.path);
      continue;
    }
    const sums = await addEntry(zip, fileEntry(file.path), createReadStream(place));
    if (file.sha256 !== null && file.sha256 !== sums.sha256) manifest.missing.push(file.path);
    manifest.files.push({ path: file.path, ...sums });
  }
  step("manifest.json", total, total);
  return manifest;
}

/** A COPY of a table with its columns named, so that their order is no matter. */
export function copyStatement({ name, columns }: Table, direction: string): string {
  return `COPY "${name}" (${columns.map((column) => `"${column}"`).join(", ")}) ${direction}`;
}

/** Adds an entry as its content comes; answers once all of it has come. */
function addEntry(
  zip: Zip,
  name: string,
  content: NodeJS.ReadableStream,
): Promise<{ bytes: number; sha256: string }> {
  return new Promise((resolve, reject) => {
    const sum = createHash("sha256");
    let bytes = 0;
    const counted = new Transform({
      transform(piece: Buffer, _, done) {
        sum.update(piece);
        bytes += piece.length;
        done(null, piece);
      },
      flush(done) {
        resolve({ bytes, sha256: sum.digest("hex") });
        done();
      },
    });
    pipeline(content, counted).catch(reject);
    zip.addReadStream(counted, name, ZIPPED);
  });
}

/** The tables that are ours and backed up, with their columns. */
export async function readTables(client: Queryable): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = ''
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      GROUP BY c.relname ORDER BY c.relname`,
  );
  return rows.filter(({ name }) => !LEFT_OUT.has(name));
}

/** One moment for all statements; no table is changed in its form meanwhile. */
async function openSnapshot(client: Queryable, tables: readonly Table[]): Promise<void> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await client.query(
    `SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; ${COPY_FORM}`,
  );
  const names = tables.map(({ name }) => `"${name}"`).join(", ");
  await client.query(`LOCK TABLE ${names} IN ACCESS SHARE MODE`);
}

/** How values are written, whatever the server's settings. */
export const COPY_FORM =
  "SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1;" +
  " SET LOCAL bytea_output = 'hex'; SET LOCAL client_encoding = 'UTF8'";

async function readAbout(client: Queryable) {
  const { rows } = await client.query<{ madeAt: string; server: string; migrations: string[] }>(
    `SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "madeAt",
            current_setting('server_version') AS server,
            (SELECT coalesce(array_agg(migration_name::text ORDER BY migration_name), '{}')
               FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL)
              AS migrations`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error("A question answers one row.");
  return row;
}

/** Files that go along, with the hash that the database knows of them. */
async function readFiles(client: Queryable): Promise<{ path: string; sha256: string | null }[]> {
  const { rows } = await client.query<{ projectId: string; id: string; sha256: string }>(
    `SELECT project_id AS "projectId", id, sha256 FROM release
      WHERE state = 'ready' ORDER BY project_id, version`,
  );
  const relative = (place: string) => path.relative(dataFolder(), place).split(path.sep).join("/");
  return [
    { path: relative(sealFile()), sha256: null },
    ...rows.flatMap(({ projectId, id, sha256 }) => [
      { path: relative(archivePath(projectId, id)), sha256 },
      { path: relative(indexPath(projectId, id)), sha256: null },
    ]),
  ];
}
