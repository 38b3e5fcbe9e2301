import "server-only";
import { Readable } from "node:stream";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { failure, type Result, success } from "@/lib/domain/result";
import { displayName, type FileBytes, MOST_FILE } from "./import-files";

const MOST_ENTRIES = 10_000;
const MOST_INFLATED = 1_000_000_000;
const MOST_RATIO = 100;
/** Below this a high ratio does no harm: a small file of one letter is no bomb. */
const RATIO_MATTERS = 1_000_000;
/** What office programs and computers put beside the files that people mean. */
const IGNORED = /(^|\/)(__MACOSX|\.git|node_modules)\/|(^|\/)(\.[^/]*|Thumbs\.db|desktop\.ini)$/i;

export type ArchiveEntry = {
  /** Its name in the archive, for people. */
  name: string;
  size: number;
  /** Inflates the entry; throws `ArchiveRefused` where it is more than the archive said. */
  read: () => Promise<Uint8Array>;
};

/** An archive that is not what it says, or that could do harm. */
export class ArchiveRefused extends Error {}

/**
 * Opens a zip: its directory is read and judged before a byte is inflated. Refused as a whole are names
 * that lead elsewhere or clash, links, entries that lie over each other, passwords, and more or larger
 * entries than an import takes. The caller closes it.
 */
export async function openArchive(
  bytes: FileBytes,
): Promise<Result<{ entries: ArchiveEntry[]; close: () => void }>> {
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(new KeptReader(bytes), bytes.size, {
      lazyEntries: true,
      autoClose: false,
      strictFileNames: true,
      validateEntrySizes: true,
    });
    const listed = await listEntries(zip);
    const problem = listed.length > MOST_ENTRIES ? tooMany() : directoryProblem(listed, bytes.size);
    if (problem !== null) {
      zip.close();
      return failure("invalid", problem);
    }
    const budget = { left: MOST_INFLATED };
    const entries = listed
      .filter(({ fileName }) => !fileName.endsWith("/") && !IGNORED.test(fileName))
      .map((entry) => ({
        name: displayName(entry.fileName),
        size: entry.uncompressedSize,
        read: () => inflate(zip, entry, budget),
      }));
    return success({ entries, close: () => zip.close() });
  } catch (error) {
    return failure("invalid", sentenceOf(error));
  }
}

/**
 * Judges a file of an office program, which is a zip, before a library opens it: real sizes, and no XML
 * with a document type, which such files never have and attacks need.
 */
export async function checkOfficeFile(bytes: Uint8Array): Promise<Result<null>> {
  try {
    const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), {
      lazyEntries: true,
      autoClose: false,
    });
    const listed = await listEntries(zip);
    const problem =
      listed.length > MOST_ENTRIES ? tooMany() : directoryProblem(listed, bytes.length);
    if (problem !== null) return failure("invalid", problem);
    const budget = { left: MOST_FILE * 4 };
    for (const entry of listed) {
      if (entry.fileName.endsWith("/")) continue;
      const content = await inflate(zip, entry, budget);
      const isXml = /\.(xml|rels)$/i.test(entry.fileName);
      if (isXml && hasDocumentType(content)) {
        return failure("invalid", "This file holds XML with a document type and was not opened.");
      }
    }
    zip.close();
    return success(null);
  } catch (error) {
    return failure("invalid", sentenceOf(error));
  }
}

/** Looked for in UTF-8 and in UTF-16, with the zeros taken out. */
function hasDocumentType(content: Uint8Array): boolean {
  const text = Buffer.from(content).toString("latin1").replaceAll("\0", "");
  return /<!(?:DOCTYPE|ENTITY)/i.test(text);
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  // Not more than needed to know that there are too many.
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    if (entries.length > MOST_ENTRIES) break;
  }
  return entries;
}

function tooMany(): string {
  return `This archive holds more than ${MOST_ENTRIES.toLocaleString("en")} files. Divide it.`;
}

/** A sentence on what is wrong with the directory of an archive, or null. */
function directoryProblem(entries: readonly Entry[], size: number): string | null {
  const names = new Set<string>();
  let inflated = 0;
  for (const entry of entries) {
    const { fileName } = entry;
    const invalid = yauzl.validateFileName(fileName);
    if (invalid !== null || fileName.includes("\0") || /(^|[\\/])\.\.([\\/]|$)/.test(fileName)) {
      return "This archive holds a name that leads out of it and was not opened.";
    }
    if (isLink(entry))
      return `“${displayName(fileName)}” in this archive is a link. Pack the files themselves.`;
    if ((entry.generalPurposeBitFlag & 1) !== 0) return "This archive is locked with a password.";
    const name = fileName.normalize("NFC").toLowerCase();
    if (names.has(name)) return `This archive holds “${displayName(fileName)}” twice.`;
    names.add(name);
    inflated += entry.uncompressedSize;
    if (isBomb(entry) || inflated > MOST_INFLATED) return BOMB;
  }
  return liesOverEachOther(entries, size)
    ? "This archive is damaged: its files lie over each other."
    : null;
}

const BOMB =
  "This archive would be far larger unpacked than it is packed, so it was not opened. Send the files in smaller archives.";

function isBomb(entry: Entry): boolean {
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  return entry.uncompressedSize > RATIO_MATTERS && ratio > MOST_RATIO;
}

function isLink(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

function liesOverEachOther(entries: readonly Entry[], size: number): boolean {
  const ranges = entries
    .map((entry) => ({
      start: entry.relativeOffsetOfLocalHeader,
      // The header is 30 bytes and its name; what follows may be longer, never shorter.
      end: entry.relativeOffsetOfLocalHeader + 30 + entry.compressedSize,
    }))
    .sort((a, b) => a.start - b.start);
  return ranges.some(({ start, end }, at) => end > size || start < (ranges[at - 1]?.end ?? 0));
}

/** Counts what really comes out: the sizes in a directory can lie. */
async function inflate(zip: ZipFile, entry: Entry, budget: { left: number }): Promise<Uint8Array> {
  if (entry.uncompressedSize > MOST_FILE) {
    throw new ArchiveRefused(`This file is larger than ${MOST_FILE / 1_000_000} MB.`);
  }
  try {
    const stream = await zip.openReadStreamPromise(entry);
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of stream as AsyncIterable<Buffer>) {
      size += piece.length;
      budget.left -= piece.length;
      if (size > MOST_FILE || budget.left < 0) {
        stream.destroy();
        throw new ArchiveRefused(BOMB);
      }
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } catch (error) {
    if (error instanceof ArchiveRefused) throw error;
    throw new ArchiveRefused(sentenceOf(error));
  }
}

/** The library speaks of bytes and records; people need to know what to do. */
function sentenceOf(error: unknown): string {
  if (error instanceof ArchiveRefused) return error.message;
  const message = error instanceof Error ? error.message : "";
  if (/relative path|absolute path|characters in fileName|file name/i.test(message)) {
    return "This archive holds a name that leads out of it and was not opened.";
  }
  if (/encrypt|password/i.test(message)) return "This archive is locked with a password.";
  return "This archive is damaged or is no zip. Pack the files again.";
}

class KeptReader extends yauzl.RandomAccessReader {
  constructor(private readonly bytes: FileBytes) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.bytes.range(start, end), { objectMode: false });
  }
}
