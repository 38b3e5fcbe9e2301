import type { InputFile } from "./corpus";
import { type InputLine, MAX_FILE_BYTES, readLines, readText } from "./input";

/** A JSON object of a file with the line it begins in, or why there is none. */
export type JsonRecord = { line: number } & ({ fields: JsonFields } | { problem: string });
export type JsonFields = Readonly<Record<string, unknown>>;

/**
 * The objects of a file of JSON Lines, of a JSON array, or the one object of a JSON file. Objects of lines
 * and arrays come one after the other; a broken one does not stop the rest.
 */
export async function* readJsonRecords(file: InputFile): AsyncGenerator<JsonRecord> {
  const shape = await shapeOf(file);
  if (shape === "array") yield* readElements(file);
  else if (shape === "object") yield* readWhole(file);
  else yield* readRecordLines(file);
}

/** A value as an object, or null. */
export function asFields(value: unknown): JsonFields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonFields)
    : null;
}

/** A value as a list; anything else is an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value as text where it is text or a number. */
export function asText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : null;
}

/** A value as JSON on one line, also for readers that end lines at other signs. */
export function toJsonLine(value: object): string {
  return `${toJson(value)}\n`;
}

/** A value as JSON without signs at which some readers cut lines. */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(
    OTHER_LINE_ENDS,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const OTHER_LINE_ENDS = /[\u0085\u2028\u2029]/g;

/** By the first sign, and whether the first line is a whole value. */
async function shapeOf(file: InputFile): Promise<"array" | "object" | "lines"> {
  for await (const each of readLines(file)) {
    if (!("text" in each)) return "lines";
    const start = each.text.trim();
    if (start === "") continue;
    if (start.startsWith("[")) return "array";
    if (!start.startsWith("{")) return "lines";
    return parse(start) === undefined && !/\}\s*$/.test(start) ? "object" : "lines";
  }
  return "lines";
}

async function* readRecordLines(file: InputFile): AsyncGenerator<JsonRecord> {
  for await (const each of readLines(file)) {
    if ("problem" in each) yield each;
    else if (each.text.trim() !== "") yield { line: each.line, ...parseFields(each.text, "line") };
  }
}

async function* readWhole(file: InputFile): AsyncGenerator<JsonRecord> {
  const text = await readText(file);
  if (!text.ok) yield { line: 1, problem: text.failure.message };
  else yield { line: 1, ...parseFields(text.value, "file") };
}

function parseFields(
  text: string,
  what: "line" | "file" | "element",
): { fields: JsonFields } | { problem: string } {
  const fields = asFields(parse(text));
  return fields === null ? { problem: `This ${what} is not a JSON object.` } : { fields };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The elements of a top-level array, cut where brackets and quotes say. */
async function* readElements(file: InputFile): AsyncGenerator<JsonRecord> {
  const cutter = createCutter();
  for await (const each of readLines(file)) {
    for (const element of cutter.take(each)) {
      yield { line: element.line, ...parseFields(element.text, "element") };
    }
    if ("problem" in each) yield each;
    if (cutter.isTooLong()) {
      yield { line: each.line, problem: "This element is too long." };
      return;
    }
  }
  if (!cutter.isDone()) yield { line: cutter.line(), problem: "The array is not closed." };
}

/** Collects elements over lines. */
function createCutter() {
  const scan = createScan();
  let begun = 0;
  let held = "";

  function* take(each: InputLine): Generator<Element> {
    if (!("text" in each) || scan.isDone()) return;
    let from = 0;
    for (const cut of scan.cuts(each.text)) {
      if (cut.kind === "close") yield* close(held + each.text.slice(from, cut.at), each.line);
      from = cut.at + 1;
    }
    if (!scan.hasBegun() || scan.isDone()) return;
    const rest = each.text.slice(from);
    if (held.trim() === "" && rest.trim() !== "") begun = each.line;
    held += `${rest}\n`;
  }
  function* close(text: string, line: number): Generator<Element> {
    const at = held.trim() === "" ? line : begun;
    held = "";
    if (text.trim() !== "") yield { line: at, text };
  }
  return {
    take,
    isDone: scan.isDone,
    isTooLong: () => held.length > MAX_FILE_BYTES,
    line: () => begun,
  };
}

type Element = { line: number; text: string };
/** Where the outer array opens, and where an element of it ends. */
type Cut = { kind: "open" | "close"; at: number };

/** Follows depth and quotes over lines. */
function createScan() {
  let depth = 0;
  let isQuoted = false;
  let isDone = false;

  function cutAt(sign: string, at: number): Cut | null {
    const step = DEPTH_STEP[sign] ?? 0;
    depth += step;
    if (sign === '"') isQuoted = true;
    if (step > 0) return depth === 1 ? { kind: "open", at } : null;
    isDone = step < 0 && depth <= 0;
    const isCut = isDone || (sign === "," && depth === 1);
    return isCut ? { kind: "close", at } : null;
  }
  function cuts(text: string): Cut[] {
    const found: Cut[] = [];
    for (const match of text.matchAll(SIGNS)) {
      if (isDone) break;
      if (isQuoted) {
        isQuoted = match[0] !== '"';
        continue;
      }
      const cut = cutAt(match[0], match.index);
      if (cut !== null) found.push(cut);
    }
    return found;
  }
  return { cuts, isDone: () => isDone, hasBegun: () => depth > 0 || isDone };
}

const DEPTH_STEP: Readonly<Record<string, number>> = { "[": 1, "{": 1, "]": -1, "}": -1 };

/** What changes depth or quoting; an escaped sign counts as one. */
const SIGNS = /\\.|["[\]{},]/g;
