import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { OutputPiece } from "@/lib/domain/formats/corpus";
import { CommandError } from "./command-error";

/** Where converted files go. Nothing is in its place before all is written. */
export type Output = {
  take(pieces: Iterable<OutputPiece>): void;
  /** Puts what was written into its place. */
  keep(): Promise<void>;
  /** Leaves nothing behind. */
  drop(): Promise<void>;
};

/** Files kept open; formats with more close and open them again. */
const MOST_OPEN = 64;

/** A file or folder, or standard output for formats of one file. */
export async function createOutput(
  out: string,
  layout: "file" | "folder" | "archive",
): Promise<Output> {
  if (out === "-") {
    if (layout !== "folder") return toStandardOutput();
    throw new CommandError("This format has several files: name a folder.");
  }
  await refuseTaken(out);
  const draft = `${out}.part-${process.pid}`;
  const files = createFiles((name) => (layout === "folder" ? path.join(draft, name) : draft));
  if (layout === "folder") mkdirSync(draft, { recursive: true });
  return {
    take: files.take,
    async keep() {
      files.close();
      // An empty folder of that name may be there.
      if (layout === "folder") await rm(out, { recursive: true, force: true });
      await rename(draft, out);
    },
    async drop() {
      files.close();
      await rm(draft, { recursive: true, force: true });
    },
  };
}

async function refuseTaken(out: string): Promise<void> {
  const found = await stat(out).catch(() => null);
  if (found === null) return;
  const isEmpty = found.isDirectory() && (await readdir(out)).length === 0;
  if (!isEmpty) throw new CommandError(`${out} is there already; nothing is written over.`);
}

function toStandardOutput(): Output {
  return {
    take(pieces) {
      for (const { content } of pieces) writeAll(process.stdout.fd, content);
    },
    async keep() {},
    async drop() {},
  };
}

function createFiles(placeOf: (name: string) => string) {
  const open = new Map<string, number>();
  const begun = new Set<string>();
  const close = () => {
    for (const handle of open.values()) closeSync(handle);
    open.clear();
  };
  const handleOf = (name: string): number => {
    const known = open.get(name);
    if (known !== undefined) return known;
    if (open.size >= MOST_OPEN) close();
    const place = placeOf(name);
    if (!begun.has(name)) mkdirSync(path.dirname(place), { recursive: true });
    const handle = openSync(place, begun.has(name) ? "a" : "w");
    begun.add(name);
    open.set(name, handle);
    return handle;
  };
  return {
    close,
    take(pieces: Iterable<OutputPiece>) {
      for (const { path: name, content } of pieces) writeAll(handleOf(name), content);
    },
  };
}

function writeAll(handle: number, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(handle, bytes, at);
    } catch (error) {
      // A pipe that is full for the moment.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
