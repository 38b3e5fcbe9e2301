import { failure, type Result, success } from "../result";
import { decodeText } from "../text/normalise";
import type { CorpusItem, InputFile } from "./corpus";

/** Largest file that is read as a whole, and longest line, in bytes. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;

/** One line with its number from 1, or why its bytes are no text. The line break is left out. */
export type InputLine = { line: number } & ({ text: string } | { problem: string });

/** The bytes of a file, or a refusal where they are too many. */
export async function readBytes(file: InputFile): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.open()) {
    size += chunk.length;
    if (size > MAX_FILE_BYTES) {
      return failure("invalid", `The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB.`);
    }
    chunks.push(chunk);
  }
  return { ok: true, value: joinBytes(chunks) };
}

/** The text of a file, decoded strictly; a byte order mark is removed. */
export async function readText(file: InputFile): Promise<Result<string>> {
  const bytes = await readBytes(file);
  return bytes.ok ? decodeText(bytes.value) : bytes;
}

/** The text of a UTF-8 file with every character that standoff offsets count, a byte order mark too. */
export async function readRawText(file: InputFile): Promise<Result<string>> {
  const bytes = await readBytes(file);
  if (!bytes.ok) return bytes;
  const text = decodeUtf8(bytes.value);
  return text === null ? failure("invalid", "The file is not UTF-8 text.") : success(text);
}

/**
 * The lines of a UTF-8 file, without holding more than one. A line whose bytes are no text is a problem
 * of that line only.
 */
export async function* readLines(file: InputFile): AsyncGenerator<InputLine> {
  let line = 0;
  let rest: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.open()) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      line++;
      rest.push(chunk.subarray(from, at));
      yield { line, ...decodeLine(joinBytes(rest), line) };
      rest = [];
      size = 0;
      from = at + 1;
    }
    rest.push(chunk.slice(from));
    size += chunk.length - from;
    if (size > MAX_FILE_BYTES) {
      yield { line: line + 1, problem: "This line is too long." };
      return;
    }
  }
  if (size > 0) yield { line: line + 1, ...decodeLine(joinBytes(rest), line + 1) };
}

/** A problem as a reader yields it. */
export function problem(path: string, line: number | null, message: string): CorpusItem {
  return { kind: "problem", path, line, message };
}

function joinBytes(chunks: Uint8Array[]): Uint8Array {
  if (chunks.length === 1 && chunks[0] !== undefined) return chunks[0];
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function decodeLine(bytes: Uint8Array, line: number): { text: string } | { problem: string } {
  const text = decodeUtf8(line === 1 ? withoutMark(bytes) : bytes);
  if (text === null) return { problem: "This line is not UTF-8 text." };
  return { text: text.endsWith("\r") ? text.slice(0, -1) : text };
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return isMarked ? bytes.subarray(3) : bytes;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return STRICT.decode(bytes);
  } catch {
    return null;
  }
}

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
