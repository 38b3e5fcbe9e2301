import "server-only";
import { createHash } from "node:crypto";
import { failure, type Result, success } from "@/lib/domain/result";
import { counted } from "@/lib/domain/wording";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";

/** Largest file, in bytes; a zip may be larger, since it holds many. */
export const MOST_FILE = 50_000_000;
const MOST_ZIP = 200_000_000;
const MOST_FILES = 10_000;
/** Bytes of one stored piece. */
const CHUNK = 1_048_576;

export type KeptFile = { fileId: string; name: string; size: number };
export type SentFile = {
  name: string;
  bytes: AsyncIterable<Uint8Array>;
  /** Where it was fetched from, if it was. */
  address?: string;
  /** What the sender says: both are compared with what arrived. */
  expected?: { size?: number; sha256?: string };
};

/**
 * Takes a file into an import, a megabyte at a time: none is ever whole in memory. A file that breaks off,
 * is too large, or is not what its sender said leaves nothing behind.
 */
export async function keepFile(
  projectId: string,
  importId: string,
  sent: SentFile,
): Promise<Result<KeptFile & { sha256: string }>> {
  const name = displayName(sent.name);
  const fileId = newId();
  const isTaken = await beginFile(projectId, importId, { fileId, name, address: sent.address });
  if (!isTaken.ok) return isTaken;
  try {
    const kept = await keepBytes(projectId, fileId, sent.bytes, mostBytes(name));
    const problem = kept === null ? tooLarge(name) : differs(kept, sent.expected);
    if (kept === null || problem !== null) {
      await dropFile(projectId, fileId);
      return failure("invalid", problem ?? tooLarge(name), { place: name });
    }
    await pool().query(
      "UPDATE import_file SET size = $3, sha256 = $4 WHERE project_id = $1 AND id = $2",
      [projectId, fileId, kept.size, kept.sha256],
    );
    return success({ fileId, name, ...kept });
  } catch (error) {
    await dropFile(projectId, fileId);
    throw error;
  }
}

/** A name for people, never a path to be opened: the characters that files may not have are taken out. */
export function displayName(name: string): string {
  const clean = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "")
    .replace(/\\/g, "/")
    .normalize("NFC")
    .trim();
  const parts = clean.split("/").filter((part) => part !== "" && part !== "." && part !== "..");
  const short = parts.join("/").slice(-400).toWellFormed();
  return short === "" ? "file" : short;
}

function mostBytes(name: string): number {
  return /\.zip$/i.test(name) ? MOST_ZIP : MOST_FILE;
}

function tooLarge(name: string): string {
  const most = mostBytes(name) / 1_000_000;
  return `${name} is larger than ${most} MB. Divide it, or send several files as a zip.`;
}

function differs(kept: { size: number; sha256: string }, expected: SentFile["expected"]) {
  const isSame =
    (expected?.size === undefined || expected.size === kept.size) &&
    (expected?.sha256 === undefined || expected.sha256.toLowerCase() === kept.sha256);
  return isSame ? null : "The file did not arrive whole. Send it again.";
}

async function beginFile(
  projectId: string,
  importId: string,
  { fileId, name, address }: { fileId: string; name: string; address: string | undefined },
): Promise<Result<null>> {
  // Two files at once must not take one position: the row of the import is held.
  const { rows } = await pool().query<{ position: number }>(
    `WITH held AS (
       SELECT id FROM import WHERE project_id = $1 AND id = $2 AND state = 'open' FOR UPDATE
     ), place AS (
       SELECT held.id, (SELECT count(*)::int FROM import_file f
                         WHERE f.project_id = $1 AND f.import_id = held.id) AS many,
              (SELECT coalesce(max(f.position) + 1, 0) FROM import_file f
                WHERE f.project_id = $1 AND f.import_id = held.id) AS position
         FROM held
     )
     INSERT INTO import_file (project_id, id, import_id, position, name, address, notes)
     SELECT $1, $3, id, position, $4, $5, '{}' FROM place WHERE many < $6
     RETURNING position`,
    [projectId, importId, fileId, name, address ?? null, MOST_FILES],
  );
  if (rows.length > 0) return success(null);
  return failure(
    "closed",
    `This import takes no more files: it has begun, or it has ${counted(MOST_FILES, "file")} already.`,
  );
}

/** Size and hash of what came; null where it is more than `most`. */
async function keepBytes(
  projectId: string,
  fileId: string,
  bytes: AsyncIterable<Uint8Array>,
  most: number,
): Promise<{ size: number; sha256: string } | null> {
  const hash = createHash("sha256");
  const waiting: Uint8Array[] = [];
  let held = 0;
  let size = 0;
  let position = 0;
  const write = async (chunk: Uint8Array) => {
    await pool().query(
      "INSERT INTO import_chunk (project_id, file_id, position, bytes) VALUES ($1, $2, $3, $4)",
      [projectId, fileId, position++, chunk],
    );
  };
  for await (const piece of bytes) {
    size += piece.length;
    if (size > most) return null;
    hash.update(piece);
    waiting.push(piece);
    held += piece.length;
    if (held < CHUNK) continue;
    const all = Buffer.concat(waiting.splice(0));
    const whole = all.length - (all.length % CHUNK);
    for (let at = 0; at < whole; at += CHUNK) await write(all.subarray(at, at + CHUNK));
    // A copy: a slice would keep all of it in memory.
    if (whole < all.length) waiting.push(Buffer.from(all.subarray(whole)));
    held = all.length - whole;
  }
  if (held > 0) await write(Buffer.concat(waiting));
  return { size, sha256: hash.digest("hex") };
}

async function dropFile(projectId: string, fileId: string): Promise<void> {
  await pool().query("DELETE FROM import_chunk WHERE project_id = $1 AND file_id = $2", [
    projectId,
    fileId,
  ]);
  await pool().query("DELETE FROM import_file WHERE project_id = $1 AND id = $2", [
    projectId,
    fileId,
  ]);
}

/** Reads a kept file piece by piece, or any part of it. The last few pieces stay in memory. */
export class FileBytes {
  private readonly recent = new Map<number, Promise<Buffer>>();

  constructor(
    private readonly projectId: string,
    readonly fileId: string,
    readonly size: number,
  ) {}

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let position = 0; position * CHUNK < this.size; position++) {
      yield await this.load(position);
    }
  }

  /** The whole file; for formats that cannot be read otherwise. */
  async whole(): Promise<Uint8Array> {
    const all: Uint8Array[] = [];
    for await (const chunk of this.chunks()) all.push(chunk);
    return all.length === 1 ? (all[0] ?? new Uint8Array()) : Buffer.concat(all);
  }

  /** The bytes of [start, end). */
  async *range(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const position = Math.floor(at / CHUNK);
      const chunk = await this.kept(position);
      const from = at - position * CHUNK;
      const piece = chunk.subarray(from, Math.min(chunk.length, end - position * CHUNK));
      if (piece.length === 0) return;
      yield piece;
      at += piece.length;
    }
  }

  private kept(position: number): Promise<Buffer> {
    const known = this.recent.get(position);
    if (known !== undefined) return known;
    const loading = this.load(position);
    this.recent.set(position, loading);
    loading.catch(() => this.recent.delete(position));
    const oldest = this.recent.keys().next().value;
    if (this.recent.size > 4 && oldest !== undefined) this.recent.delete(oldest);
    return loading;
  }

  private async load(position: number): Promise<Buffer> {
    const { rows } = await pool().query<{ bytes: Buffer }>(
      "SELECT bytes FROM import_chunk WHERE project_id = $1 AND file_id = $2 AND position = $3",
      [this.projectId, this.fileId, position],
    );
    const row = rows[0];
    if (row === undefined) throw new Error(`File ${this.fileId} has no piece ${position}.`);
    return row.bytes;
  }
}
