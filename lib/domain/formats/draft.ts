import type { AttributeValue, AttributeValues, Flag, Unit } from "../annotation/state";
import { FLAGS } from "../annotation/state";
import { codePoint, indexText, type TextIndex, utf16 } from "../text/offsets";
import { BLOCK_ROLES, type BlockRole } from "../text/roles";
import { isStorable } from "../text/storable";
import type {
  CorpusBlock,
  CorpusComment,
  CorpusItem,
  CorpusRange,
  CorpusRelation,
  CorpusSet,
  CorpusSpan,
  CorpusUnitLabel,
  SetKind,
  SourceFact,
  SourceFacts,
} from "./corpus";
import { SOURCE_FACTS } from "./corpus";
import { problem } from "./input";
import { graphemeEdges, type RawRange, type Unit16 } from "./offset-unit";

type RawSpan = {
  id?: string | null;
  layer: string;
  label: string;
  ranges: readonly RawRange[];
  attributes?: AttributeValues;
  flags?: readonly Flag[];
  /** The words that the file says are at the ranges; compared where given. */
  quote?: string | null;
  /** How the file changes the words that it quotes. */
  quoteForm?: (words: string) => string;
};

type RawUnitLabel = {
  unit: Unit;
  layer: string;
  label: string;
  /** Left out for the whole document. */
  range?: RawRange;
  value?: string | null;
  evidence?: readonly string[];
};

type RawRelation = {
  id?: string | null;
  layer: string;
  label: string;
  from: string;
  to: string;
  attributes?: AttributeValues;
};

/** Collects one annotation set; what cannot be right becomes a problem of its line. */
export type SetDraft = {
  span(raw: RawSpan, line: number | null): void;
  relation(raw: RawRelation, line: number | null): void;
  unitLabel(raw: RawUnitLabel, line: number | null): void;
  comment(raw: { id?: string | null; spanId: string | null; body: string }): void;
  flag(raw: unknown): void;
};

/** Collects one document as a reader finds it. */
export type Draft = {
  readonly index: TextIndex;
  /** The set of this name; made at the first call. `path` where it is in a file of its own. */
  set(name: string, kind: SetKind, path?: string): SetDraft;
  block(role: string, range: RawRange, line: number | null): void;
  segments(tokens: readonly number[], sentences: readonly number[]): void;
  problem(line: number | null, message: string, path?: string): void;
  /** The problems, then the document. */
  finish(): CorpusItem[];
};

type Head = {
  id: string;
  title?: string | null;
  text: string;
  source?: SourceFacts;
  path: string;
  line: number | null;
  /** What the file's offsets count; code points if left out. */
  unit?: Unit16;
};

/** Begins a document. Text that cannot be stored makes it a problem. */
export function createDraft(head: Head): Draft {
  const { path } = head;
  const index = indexText(head.text);
  const problems: CorpusItem[] = [];
  const sets = new Map<string, { draft: SetDraft; finish: () => CorpusSet }>();
  const blocks: CorpusBlock[] = [];
  let segments: { tokens: readonly number[]; sentences: readonly number[] } | null = null;
  const say = (line: number | null, message: string, file = path) => {
    problems.push(problem(file, line, message));
  };
  const toRange = rangeReader(index, head.unit ?? "code_points");
  const place: Place = { index, toRange, say };
  return {
    index,
    problem: say,
    set(name, kind, file = path) {
      const own: Place = { ...place, say: (line, message) => say(line, message, file) };
      const found = sets.get(name) ?? createSet({ name, kind }, own);
      sets.set(name, found);
      return found.draft;
    },
    block(role, range, line) {
      const read = toRange(range);
      if (typeof read === "string") say(line, `A block cannot be placed: ${read}`);
      else if (isRole(role)) blocks.push({ ...read, role });
      else say(line, `There is no block role “${role}”.`);
    },
    segments(tokens, sentences) {
      segments = { tokens, sentences };
    },
    finish() {
      if (!isStorable(head.text) || !isStorable(`${head.id}${head.title ?? ""}`)) {
        say(head.line, "The text holds a null character or half a character.");
        return problems;
      }
      const document = {
        id: head.id,
        title: head.title ?? null,
        text: head.text,
        source: storableFacts(head.source ?? {}),
        blocks: blocks.sort((a, b) => a.start - b.start),
        ...segments,
        sets: [...sets.values()].map(({ finish }) => finish()),
      };
      return [...problems, { kind: "document", document, path, line: head.line }];
    },
  };
}

/** Source facts from fields of a file: known names, also as the file may spell them, and the rest as `more`. */
export function toFacts(fields: Readonly<Record<string, unknown>>): SourceFacts {
  const facts: SourceFacts = {};
  const more: [string, string][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined || value === "") continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const fact = FACT_NAMES.get(name);
    if (fact !== undefined && facts[fact] === undefined) facts[fact] = text;
    else more.push([name, text]);
  }
  return more.length === 0 ? facts : { ...facts, more: Object.fromEntries(more) };
}

/** Source facts as fields of a file, by the names that `toFacts` knows. */
export function fromFacts(source: SourceFacts): Record<string, string> {
  const known = SOURCE_FACTS.flatMap((fact) => {
    const value = source[fact];
    return value === undefined ? [] : [[FIELD_NAMES[fact], value] as const];
  });
  return Object.fromEntries([...known, ...Object.entries(source.more ?? {})]);
}

/** A value of a file as an attribute value: text, number, truth or list of texts; null for anything else. */
function toAttribute(value: unknown): AttributeValue | null {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
  return null;
}

/** The values of an object that can be attributes. */
export function toAttributes(fields: Readonly<Record<string, unknown>>): AttributeValues {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      const read = toAttribute(value);
      return read === null ? [] : [[key, read] as const];
    }),
  );
}

const FIELD_NAMES: Record<SourceFact, string> = {
  outlet: "outlet",
  author: "author",
  publishedOn: "published_on",
  url: "url",
  language: "language",
  country: "country",
  section: "section",
  licence: "licence",
  event: "event",
};

const FACT_NAMES = new Map<string, SourceFact>([
  ...SOURCE_FACTS.map((fact) => [FIELD_NAMES[fact], fact] as const),
  ["publishedOn", "publishedOn"],
  ["date", "publishedOn"],
  ["source", "outlet"],
  ["publisher", "outlet"],
  ["byline", "author"],
  ["link", "url"],
  ["lang", "language"],
  ["license", "licence"],
]);

type Place = {
  index: TextIndex;
  /** The range in code points, or a sentence that says why it is none. */
  toRange: (raw: RawRange) => CorpusRange | string;
  say: (line: number | null, message: string) => void;
};

function rangeReader(index: TextIndex, unit: Unit16): Place["toRange"] {
  const edges = unit === "graphemes" ? graphemeEdges(index.text) : null;
  const longest = edges ? edges.length - 1 : unit === "utf16" ? index.text.length : index.length;
  const convert = (at: number): number => {
    if (edges !== null) return index.toCodePoint(utf16(edges[at] ?? 0));
    return unit === "utf16" ? index.toCodePoint(utf16(at)) : at;
  };
  return ([start, end]) => {
    if (!isOffset(start) || !isOffset(end)) return "its offsets are not whole numbers.";
    if (end <= start) return `it ends at ${end}, which is not after its start at ${start}.`;
    if (end > longest) return `it ends at ${end}, after the end of the text at ${longest}.`;
    const range = { start: convert(start), end: convert(end) };
    const isSplit = unit === "utf16" && index.toUtf16(codePoint(range.end)) !== end;
    if (isSplit || (unit === "utf16" && index.toUtf16(codePoint(range.start)) !== start)) {
      return `${start} to ${end} cuts a character in two.`;
    }
    return range;
  };
}

function isOffset(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function createSet(
  { name, kind }: { name: string; kind: SetKind },
  place: Place,
): { draft: SetDraft; finish: () => CorpusSet } {
  const spans = new Map<string, CorpusSpan>();
  const relations: { relation: CorpusRelation; line: number | null }[] = [];
  const unitLabels: { label: CorpusUnitLabel; line: number | null }[] = [];
  const comments: CorpusComment[] = [];
  const flags = new Set<Flag>();
  const draft: SetDraft = {
    span(raw, line) {
      const read = readSpan(raw, place, freeId(raw.id, "s", spans));
      if (typeof read === "string") place.say(line, `“${raw.label}” is left out: ${read}`);
      else spans.set(read.id, read);
    },
    relation(raw, line) {
      const id = raw.id ?? `r${relations.length + 1}`;
      relations.push({ relation: { ...raw, id, attributes: raw.attributes ?? {} }, line });
    },
    unitLabel(raw, line) {
      const range = raw.range ? place.toRange(raw.range) : { start: 0, end: place.index.length };
      if (typeof range === "string") return place.say(line, `“${raw.label}” is left out: ${range}`);
      const { unit, layer, label, value = null, evidence = [] } = raw;
      unitLabels.push({ label: { unit, layer, label, value, evidence, ...range }, line });
    },
    comment(raw) {
      comments.push({ ...raw, id: raw.id ?? `c${comments.length + 1}` });
    },
    flag(raw) {
      if (isFlag(raw)) flags.add(raw);
    },
  };
  const finish = (): CorpusSet => ({
    name,
    kind,
    spans: [...spans.values()],
    relations: relations.flatMap(({ relation, line }) => {
      if (spans.has(relation.from) && spans.has(relation.to)) return [relation];
      place.say(line, `The relation “${relation.label}” joins a span that is not there.`);
      return [];
    }),
    unitLabels: unitLabels.map(({ label, line }) => {
      const evidence = label.evidence.filter((id) => spans.has(id));
      if (evidence.length < label.evidence.length) {
        place.say(line, `“${label.label}” is backed by a span that is not there.`);
      }
      return { ...label, evidence };
    }),
    comments: comments.map((each) =>
      each.spanId === null || spans.has(each.spanId) ? each : { ...each, spanId: null },
    ),
    flags: [...flags].sort(),
  });
  return { draft, finish };
}

function readSpan(raw: RawSpan, place: Place, id: string): CorpusSpan | string {
  if (raw.label === "") return "it has no label.";
  if (!isStorable(`${id}${raw.layer}${raw.label}${JSON.stringify(raw.attributes ?? {})}`)) {
    return "it holds a null character or half a character.";
  }
  const ranges: CorpusRange[] = [];
  for (const each of raw.ranges) {
    const range = place.toRange(each);
    if (typeof range === "string") return range;
    ranges.push(range);
  }
  const joined = joinRanges(ranges);
  if (joined.length === 0) return "it has no place in the text.";
  const wrong = quoteProblem(raw, ranges, place.index);
  if (wrong !== null) return wrong;
  const { layer, label, attributes = {}, flags = [] } = raw;
  return { id, layer, label, ranges: joined, attributes, flags };
}

function quoteProblem(
  { quote, quoteForm = (words) => words }: RawSpan,
  ranges: readonly CorpusRange[],
  index: TextIndex,
): string | null {
  if (quote === undefined || quote === null) return null;
  const words = ranges.map(({ start, end }) => index.slice(codePoint(start), codePoint(end)));
  const there = words.join(" ");
  if (quote === there || quoteForm(quote) === quoteForm(there)) return null;
  return `the file quotes “${shorten(quote)}”, but the text has “${shorten(there)}” there.`;
}

/** Sorted; ranges that touch or overlap become one. */
function joinRanges(ranges: readonly CorpusRange[]): CorpusRange[] {
  const joined: CorpusRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else joined.push({ ...range });
  }
  return joined;
}

function freeId(wish: string | null | undefined, prefix: string, taken: Map<string, unknown>) {
  if (wish !== null && wish !== undefined && wish !== "" && !taken.has(wish)) return wish;
  let number = taken.size + 1;
  while (taken.has(`${prefix}${number}`)) number++;
  return `${prefix}${number}`;
}

function storableFacts({ more, ...facts }: SourceFacts): SourceFacts {
  const clean = (values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).filter((each) => isStorable(each.join(""))));
  return more === undefined ? clean(facts) : { ...clean(facts), more: clean(more) };
}

function shorten(words: string): string {
  const signs = [...words];
  return signs.length <= 40 ? words : `${signs.slice(0, 39).join("")}…`;
}

function isRole(role: string): role is BlockRole {
  return (BLOCK_ROLES as readonly string[]).includes(role);
}

/** Whether a value is one of the flags. */
export function isFlag(value: unknown): value is Flag {
  return (FLAGS as readonly unknown[]).includes(value);
}
