import { Unzip, UnzipInflate, Zip, ZipDeflate } from "fflate";
import { failure, type Result, success } from "../result";

/** Bytes of a zip as they come, without holding the files. Same content, same bytes: no times in it. */
export function createZip(): {
  /** Adds to a file; the first call with a name begins it. */
  add(name: string, content: string | Uint8Array): void;
  /** No more comes for this file. */
  close(name: string): void;
  /** What is ready to be written. */
  take(): Uint8Array[];
  end(): void;
} {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const files = new Map<string, ZipDeflate>();
  const fileOf = (name: string): ZipDeflate => {
    const known = files.get(name);
    if (known !== undefined) return known;
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = EPOCH;
    files.set(name, file);
    zip.add(file);
    return file;
  };
  const encoder = new TextEncoder();
  return {
    add(name, content) {
      fileOf(name).push(typeof content === "string" ? encoder.encode(content) : content, false);
    },
    close(name) {
      fileOf(name).push(new Uint8Array(), true);
    },
    take() {
      const taken = ready;
      ready = [];
      return taken;
    },
    end() {
      zip.end();
    },
  };
}

/** The first day that a zip can name, at noon so that every time zone sees that day. */
const EPOCH = new Date(1980, 0, 1, 12);

/** Most files, and most bytes of all files together, that a zip may hold. */
const MAX_ENTRIES = 10_000;
const MAX_BYTES = 1024 * 1024 * 1024;
const MAX_RATIO = 100;

/**
 * The files of a zip whose names pass, with the bytes that come out counted rather than those that its
 * directory promises. Refused: too many files or bytes, and bytes that unpack to far more.
 */
export function readZip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
): Result<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array[]>();
  const most = Math.min(MAX_BYTES, Math.max(1024 * 1024, bytes.length * MAX_RATIO));
  let entries = 0;
  let size = 0;
  const refuse = (message: string): never => {
    throw new ZipRefusal(message);
  };
  const unzip = new Unzip((file) => {
    if (++entries > MAX_ENTRIES) refuse(`The archive has more than ${MAX_ENTRIES} files.`);
    if (!wanted(file.name)) return;
    const chunks: Uint8Array[] = [];
    files.set(file.name, chunks);
    file.ondata = (error, chunk) => {
      if (error) refuse("The archive is damaged.");
      size += chunk.length;
      if (size > most) refuse("The archive unpacks to far more than its size.");
      chunks.push(chunk);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    // In steps, so that a bomb is noticed before it has unpacked.
    for (let at = 0; at < bytes.length; at += STEP) {
      unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
    }
  } catch (error) {
    const message = error instanceof ZipRefusal ? error.message : "The archive is damaged.";
    return failure("invalid", message);
  }
  return success(new Map([...files].map(([name, chunks]) => [name, join(chunks)])));
}

const STEP = 8 * 1024;

class ZipRefusal extends Error {}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
