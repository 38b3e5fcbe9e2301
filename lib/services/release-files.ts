import "server-only";
import { createHash, type Hash } from "node:crypto";
import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import yauzl from "yauzl";
import yazl from "yazl";
import type { ReleaseFile } from "@/lib/domain/releases/facts";
import { dataFolder } from "@/lib/server/env";

/** Where the files of a project's releases are. */
function releaseFolder(projectId: string): string {
  return path.join(dataFolder(), "releases", projectId);
}

/** The archive of a release. */
export function archivePath(projectId: string, releaseId: string): string {
  return path.join(releaseFolder(projectId), `${releaseId}.zip`);
}

/** What releases are compared by; it is in no archive. */
export function indexPath(projectId: string, releaseId: string): string {
  return path.join(releaseFolder(projectId), `${releaseId}.index.jsonl`);
}

/** A release in one of the formats, made when it is first asked for. */
export function formatPath(projectId: string, releaseId: string, format: string): string {
  return path.join(releaseFolder(projectId), `${releaseId}.${format}.out`);
}

/** Files kept open at a time; some formats have one for each document and annotator. */
const MOST_OPEN = 64;
const CHUNK = 256 * 1024;

/** Files that are written in pieces beside each other and then put into place at once. */
export type Spool = {
  folder: string;
  /** Names that come from data must have been made safe. */
  write(name: string, content: string | Uint8Array): void;
  /** Everything written so far, by path. */
  files(): ReleaseFile[];
  /** Closes what is open. What goes into its place is brought to the disk by `putInPlace`. */
  close(): void;
  /** Removes the folder with what is still in it. */
  remove(): Promise<void>;
};

/**
 * A folder for drafts beside the place of `target`; those that a killed run left for it are removed.
 * Some formats have a file for each document and annotator: hashes of all of them would fill the memory.
 */
export async function createSpool(
  target: string,
  runId: string,
  { isHashed = true } = {},
): Promise<Spool> {
  const parent = path.dirname(target);
  mkdirSync(parent, { recursive: true });
  const begin = `${path.basename(target)}.`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(begin) && name.endsWith(".part")) {
      await rm(path.join(parent, name), { recursive: true, force: true });
    }
  }
  const folder = `${target}.${runId}.part`;
  mkdirSync(folder, { recursive: true });
  const known = new Map<string, { hash: Hash | null; bytes: number }>();
  const handles = new Map<string, number>();
  const closeAll = () => {
    for (const handle of handles.values()) closeSync(handle);
    handles.clear();
  };
  const handleOf = (name: string): number => {
    const open = handles.get(name);
    if (open !== undefined) return open;
    if (handles.size >= MOST_OPEN) closeAll();
    const place = path.join(folder, name);
    if (!known.has(name)) mkdirSync(path.dirname(place), { recursive: true });
    const handle = openSync(place, known.has(name) ? "a" : "w");
    handles.set(name, handle);
    return handle;
  };
  return {
    folder,
    write(name, content) {
      const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
      const handle = handleOf(name);
      const hash = isHashed && !known.has(name) ? createHash("sha256") : null;
      const file = known.get(name) ?? { hash, bytes: 0 };
      known.set(name, file);
      writeAll(handle, bytes);
      file.hash?.update(bytes);
      file.bytes += bytes.length;
    },
    files: () =>
      [...known]
        .map(([name, { hash, bytes }]) => ({
          path: name,
          bytes,
          sha256: hash?.copy().digest("hex") ?? "",
        }))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
    close: closeAll,
    async remove() {
      closeAll();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Packs the files of a spool, in order of their paths and without times, into `draft` of its folder:
 * the same files give the same bytes. Answers size and hash of the archive.
 */
export async function packSpool(
  spool: Spool,
  draft: string,
  step: () => Promise<void> = async () => {},
): Promise<{ bytes: number; sha256: string }> {
  const zip = new yazl.ZipFile();
  for (const { path: name } of spool.files()) {
    zip.addFile(path.join(spool.folder, name), name, ZIPPED);
  }
  zip.end();
  const out = openSync(draft, "w");
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const piece of zip.outputStream as AsyncIterable<Buffer>) {
      writeAll(out, piece);
      hash.update(piece);
      bytes += piece.length;
      await step();
    }
    fsyncSync(out);
  } finally {
    closeSync(out);
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** The first day that a zip can name, at noon so that every time zone writes the same. */
const ZIPPED = {
  mtime: new Date(1980, 0, 1, 12),
  mode: 0o100644,
  forceDosTimestamp: true,
  compressionLevel: 6,
};

/** Moves a finished file to its place, so that it is there whole or not at all, even after a power cut. */
export async function putInPlace(draft: string, target: string): Promise<void> {
  const file = await open(draft, "r+");
  await file.sync();
  await file.close();
  await rename(draft, target);
  const folder = await open(path.dirname(target), "r");
  // Some systems cannot sync a folder; there the rename is as safe as it gets.
  await folder.sync().catch(() => {});
  await folder.close();
}

/** The size of a file, or null where it is not there. */
export async function sizeOf(file: string): Promise<number | null> {
  const found = await stat(file).catch(() => null);
  return found === null ? null : found.size;
}

/** A file as it is read. */
export function readFrom(file: string): AsyncIterable<Uint8Array> {
  return createReadStream(file, { highWaterMark: CHUNK });
}

/** The names of the files in an archive; those that lead out of it are refused. */
export async function listEntries(archive: string): Promise<string[]> {
  const zip = await yauzl.openPromise(archive, {
    lazyEntries: true,
    autoClose: false,
    strictFileNames: true,
  });
  try {
    const names: string[] = [];
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith("/")) names.push(entry.fileName);
    }
    return names;
  } finally {
    zip.close();
  }
}

/** One file of an archive, inflated as it is read. */
export async function* readEntry(archive: string, name: string): AsyncGenerator<Uint8Array> {
  const zip = await yauzl.openPromise(archive, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== name) continue;
      const stream = await zip.openReadStreamPromise(entry);
      yield* stream as AsyncIterable<Uint8Array>;
      return;
    }
    throw new Error(`${name} is not in the archive.`);
  } finally {
    zip.close();
  }
}

/** Whether a file could not be written for want of room, and what to tell people then. */
export function roomProblem(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG"
    ? "The disk has no room for it; nothing half made was left. Make room in the data folder, then try again."
    : null;
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}
