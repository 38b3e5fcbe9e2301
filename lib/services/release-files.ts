import "server-only";
import { createHash, type Hash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import yauzl from "yauzl";
import { createZip } from "@/lib/domain/formats/zip";
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
/** The zip format as written here counts in 32 bits. */
const MOST_BYTES = 4_000_000_000;

/** Files that are written in pieces beside each other and then put into place at once. */
export type Spool = {
  folder: string;
  /** Names that come from data must have been made safe. */
  write(name: string, content: string | Uint8Array): void;
  /** Everything written so far, by path. */
  files(): ReleaseFile[];
  /** Closes what is open, with all of it on the disk. */
  close(): void;
  /** Removes the folder with what is still in it. */
  remove(): Promise<void>;
};

/** A folder for drafts beside the place of `target`; those that a killed run left for it are removed. */
export async function createSpool(target: string, runId: string): Promise<Spool> {
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
  const known = new Map<string, { hash: Hash; bytes: number }>();
  const handles = new Map<string, number>();
  const closeAll = () => {
    for (const handle of handles.values()) {
      fsyncSync(handle);
      closeSync(handle);
    }
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
      const file = known.get(name) ?? { hash: createHash("sha256"), bytes: 0 };
      known.set(name, file);
      writeAll(handle, bytes);
      file.hash.update(bytes);
      file.bytes += bytes.length;
    },
    files: () =>
      [...known]
        .map(([name, { hash, bytes }]) => ({
          path: name,
          bytes,
          sha256: hash.copy().digest("hex"),
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
  const files = spool.files();
  const out = openSync(draft, "w");
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    const zip = createZip();
    const flush = () => {
      for (const piece of zip.take()) {
        writeAll(out, piece);
        hash.update(piece);
        bytes += piece.length;
      }
    };
    for (const file of files) {
      zip.add(file.path, new Uint8Array());
      for (const chunk of chunksOf(path.join(spool.folder, file.path))) {
        zip.add(file.path, chunk);
        flush();
        await step();
      }
      zip.close(file.path);
      flush();
    }
    zip.end();
    flush();
    fsyncSync(out);
  } finally {
    closeSync(out);
  }
  if (bytes > MOST_BYTES) throw new Error("The archive is larger than a zip file can be.");
  return { bytes, sha256: hash.digest("hex") };
}

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

function* chunksOf(file: string): Generator<Uint8Array> {
  const handle = openSync(file, "r");
  try {
    for (;;) {
      // Filled to the brim each time, since the packed bytes depend on where chunks end.
      const chunk = new Uint8Array(CHUNK);
      let filled = 0;
      while (filled < CHUNK) {
        const read = readSync(handle, chunk, filled, CHUNK - filled, null);
        if (read === 0) break;
        filled += read;
      }
      if (filled > 0) yield chunk.subarray(0, filled);
      if (filled < CHUNK) return;
    }
  } finally {
    closeSync(handle);
  }
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}
