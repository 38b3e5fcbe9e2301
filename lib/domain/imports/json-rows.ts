import type { TableItem } from "./table";

/** A line longer than this is no article; in bytes. */
const LONGEST_LINE = 20_000_000;
const MOST_DEPTH = 4;
const MOST_FIELDS = 500;

/** The objects of a JSON file: a list of them, or an object with one list in it, or one object. */
export function* readJsonRows(text: string): Generator<TableItem> {
  const parsed = parse(text.replace(/^\uFEFF/, ""));
  if (parsed === undefined) {
    yield { place: "", line: null, problem: "This file is not JSON. Lines of JSON end in .jsonl." };
    return;
  }
  let number = 0;
  for (const entry of listIn(parsed)) {
    number++;
    yield rowOf(entry, `entry ${number}`, null);
  }
}

/** The objects of a JSON Lines file, from its bytes as they come: one broken line is one problem. */
export async function* readJsonLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TableItem> {
  let number = 0;
  for await (const line of splitLines(bytes)) {
    number++;
    const place = `line ${number}`;
    if (line === null) {
      yield { place, line: number, problem: "This line is longer than 20 MB." };
      continue;
    }
    const text = decode(line);
    if (text === null) {
      yield { place, line: number, problem: "This line is not UTF-8 text." };
      continue;
    }
    const trimmed = (number === 1 ? text.replace(/^\uFEFF/, "") : text).trim();
    if (trimmed === "") continue;
    const parsed = parse(trimmed);
    if (parsed === undefined) {
      yield { place, line: number, problem: "This line is not JSON." };
    } else if (!isRecordOfAnotherKind(parsed)) yield rowOf(parsed, place, number);
  }
}

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Of our own dataset files the documents are taken, the annotations passed over. */
function isRecordOfAnotherKind(value: unknown): boolean {
  return isFields(value) && typeof value.record === "string" && value.record !== "document";
}

function listIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (!isFields(value)) return [value];
  const lists = Object.values(value).filter(
    (each): each is unknown[] => Array.isArray(each) && each.every(isFields) && each.length > 0,
  );
  const only = lists[0];
  return lists.length === 1 && only !== undefined && typeof value.text !== "string"
    ? only
    : [value];
}

function rowOf(value: unknown, place: string, line: number | null): TableItem {
  if (!isFields(value)) return { place, line, problem: "This is not a JSON object." };
  const cells = new Map<string, string>();
  flatten(value, "", 0, cells);
  return { place, line, cells };
}

/** Fields by path, as "meta.source". */
function flatten(value: Fields, path: string, depth: number, cells: Map<string, string>): void {
  for (const [name, each] of Object.entries(value)) {
    if (cells.size >= MOST_FIELDS) return;
    const key = `${path}${name}`.slice(0, 200);
    const cell = cellOf(each, key);
    if (cell !== null) cells.set(key, cell);
    else if (isFields(each) && depth < MOST_DEPTH) flatten(each, `${key}.`, depth + 1, cells);
  }
}

/** Lists of plain values are joined, a text as paragraphs; other lists are left out. */
function cellOf(value: unknown, key: string): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const isPlainList =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => typeof each === "string" || typeof each === "number");
  return isPlainList ? value.join(key.endsWith("text") ? "\n\n" : ", ") : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Lines without their ends; null for one that is too long, which is then not kept in memory. */
async function* splitLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      size += end - from;
      if (size <= LONGEST_LINE) parts.push(chunk.subarray(from, end));
      yield size > LONGEST_LINE ? null : joined(parts);
      parts = [];
      size = 0;
      from = end + 1;
    }
    size += chunk.length - from;
    if (size <= LONGEST_LINE) parts.push(chunk.subarray(from));
    else parts = [];
  }
  if (size > 0) yield size > LONGEST_LINE ? null : joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts);
}
