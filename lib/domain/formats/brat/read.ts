import type { AttributeValue } from "../../annotation/state";
import type { TextIndex } from "../../text/offsets";
import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { createDraft, type Draft, isFlag, type SetDraft, toAttributes } from "../draft";
import { fromFilePart, splitPath, withoutEnding } from "../file-part";
import { problem, readLines, readRawText } from "../input";
import { asFields, asList, asText } from "../json-records";
import { PLAIN_LAYER, PLAIN_RELATION } from "../losses";
import type { RawRange } from "../offset-unit";
import { joinOverBreaks, OWN_NOTE } from "./write";

/** A document with the files that speak of it. */
type Bundle = { text: InputFile | null; annotations: { annotator: string; file: InputFile }[] };

/**
 * Reads brat standoff: `annotator/document.ann` with the text in the same folder or above, or
 * `document_ANNOTATOR.ann` beside `document.txt`. Offsets are code points and are compared with the words
 * in the file. Events are read as relations from their trigger to what they name.
 */
export async function* readBrat(
  files: readonly InputFile[],
  { annotator }: ReadOptions,
): AsyncGenerator<CorpusItem> {
  for (const [id, bundle] of bundlesOf(files, annotator)) {
    if (bundle.text !== null) yield* readBundle(id, bundle.text, bundle);
    for (const { file } of bundle.text === null ? bundle.annotations : []) {
      yield problem(file.path, null, `There is no text “${id}.txt” for these annotations.`);
    }
  }
}

function bundlesOf(files: readonly InputFile[], fallback?: string): Map<string, Bundle> {
  const bundles = new Map<string, Bundle>();
  for (const file of files) {
    const name = withoutEnding(splitPath(file.path).name, ".txt");
    if (name !== null) bundleOf(fromFilePart(name), bundles).text ??= file;
  }
  for (const file of files) {
    const { folders, name } = splitPath(file.path);
    const stem = withoutEnding(name, ".ann");
    if (stem === null) continue;
    const [id, suffix] = splitStem(fromFilePart(stem), bundles);
    const folder = folders.at(-1);
    const annotator =
      suffix ?? fallback ?? (folder === undefined ? "imported" : fromFilePart(folder));
    bundleOf(id, bundles).annotations.push({ annotator, file });
  }
  return bundles;
}

function bundleOf(id: string, bundles: Map<string, Bundle>): Bundle {
  const found = bundles.get(id) ?? { text: null, annotations: [] };
  bundles.set(id, found);
  return found;
}

/** A name such as `document_ANA` where the text is `document.txt`. */
function splitStem(stem: string, bundles: Map<string, Bundle>): [string, string | null] {
  const cut = stem.lastIndexOf("_");
  const isNamed = !bundles.has(stem) && cut > 0 && bundles.has(stem.slice(0, cut));
  return isNamed ? [stem.slice(0, cut), stem.slice(cut + 1)] : [stem, null];
}

async function* readBundle(
  id: string,
  textFile: InputFile,
  { annotations }: Bundle,
): AsyncGenerator<CorpusItem> {
  const read = await readRawText(textFile);
  if (!read.ok) {
    yield problem(textFile.path, null, read.failure.message);
    return;
  }
  const text = read.value;
  const path = annotations[0]?.file.path ?? textFile.path;
  const draft = createDraft({ id, text, path, line: null });
  for (const { annotator, file } of annotations) {
    await readAnn(file, draft.set(annotator, "annotator", file.path), draft);
  }
  yield* draft.finish();
}

type Kept = {
  line: number;
  layer: string | null;
  attributes: [string, AttributeValue][];
  flags: unknown[];
  /** Where our own note says that the span is elsewhere than brat can have it. */
  ranges: RawRange[];
};
type SpanLine = Kept & { label: string; fragments: RawRange[]; quote: string };
type RelationLine = Kept & { label: string; from: string; to: string };
type Ann = {
  spans: Map<string, SpanLine>;
  relations: Map<string, RelationLine>;
  notes: { target: string; body: string }[];
  /** Ids of events, with the span that triggers them. */
  triggers: Map<string, string>;
  later: { line: number; run: () => string | null }[];
};

async function readAnn(file: InputFile, set: SetDraft, draft: Draft): Promise<void> {
  const ann: Ann = {
    spans: new Map(),
    relations: new Map(),
    notes: [],
    triggers: new Map(),
    later: [],
  };
  const say = (line: number | null, message: string) => draft.problem(line, message, file.path);
  for await (const each of readLines(file)) {
    if ("problem" in each) say(each.line, each.problem);
    else if (each.text !== "") {
      const wrong = readLine(each.text, each.line, ann);
      if (wrong !== null) say(each.line, wrong);
    }
  }
  // Attributes, notes and events may stand before what they speak of.
  for (const { line, run } of ann.later) {
    const wrong = run();
    if (wrong !== null) say(line, wrong);
  }
  hand(ann, set, draft.index);
}

function hand({ spans, relations, notes }: Ann, set: SetDraft, index: TextIndex): void {
  for (const [id, { line, label, fragments, quote, ...kept }] of spans) {
    const layer = kept.layer ?? PLAIN_LAYER;
    const attributes = Object.fromEntries(kept.attributes);
    const flags = kept.flags.filter(isFlag);
    const quoteForm = (words: string) => words.replace(/[\s\p{Cc}]+/gu, " ").trim();
    const ranges = kept.ranges.length > 0 ? kept.ranges : joinFragments(fragments, index);
    set.span({ id, layer, label, ranges, attributes, flags, quote, quoteForm }, line);
  }
  for (const [id, { line, label, from, to, ...kept }] of relations) {
    const layer = kept.layer ?? PLAIN_RELATION;
    const attributes = Object.fromEntries(kept.attributes);
    set.relation({ id, layer, label, from, to, attributes }, line);
  }
  for (const { target, body } of notes) set.comment({ spanId: target, body });
}

/** Offsets that are none are left for the check of the span. */
function joinFragments(fragments: readonly RawRange[], index: TextIndex): readonly RawRange[] {
  const ranges = fragments.flatMap(([start, end]) => {
    const isIn = typeof start === "number" && typeof end === "number" && end <= index.length;
    return isIn && start < end ? [{ start, end }] : [];
  });
  if (ranges.length < fragments.length) return fragments;
  const sorted = ranges.sort((a, b) => a.start - b.start);
  return joinOverBreaks(sorted, index).map(({ start, end }): RawRange => [start, end]);
}

/** A sentence where the line is wrong, or null. */
function readLine(text: string, line: number, ann: Ann): string | null {
  const cells = text.split("\t");
  const [id = "", middle = ""] = cells;
  const rest = cells.slice(2).join("\t");
  const kept = { line, layer: null, attributes: [], flags: [], ranges: [] };
  switch (id[0]) {
    case "T":
      return readSpan(id, middle, { ...kept, quote: rest }, ann);
    case "R":
      return readRelation(id, middle, kept, ann);
    case "*":
      return readEquivalence(middle, kept, ann);
    case "E":
      return readEvent(id, middle, kept, ann);
    case "A":
    case "M":
      ann.later.push({ line, run: () => addAttribute(middle, ann) });
      return null;
    case "N":
      ann.later.push({ line, run: () => addNormalisation(middle, ann) });
      return null;
    case "#":
      ann.later.push({ line, run: () => addNote(middle, rest, ann) });
      return null;
    default:
      return "This is no line of brat standoff.";
  }
}

function readSpan(
  id: string,
  middle: string,
  kept: Kept & { quote: string },
  ann: Ann,
): string | null {
  const space = middle.indexOf(" ");
  const fragments = middle
    .slice(space + 1)
    .split(";")
    .map((part): RawRange => {
      const [start, end, ...more] = part.trim().split(" ");
      return more.length > 0 ? [null, null] : [toOffset(start), toOffset(end)];
    });
  if (space <= 0) return "This annotation has no offsets.";
  if (ann.spans.has(id)) return `${id} is there twice.`;
  ann.spans.set(id, { ...kept, label: fromFilePart(middle.slice(0, space)), fragments });
  return null;
}

function toOffset(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function readRelation(id: string, middle: string, kept: Kept, ann: Ann): string | null {
  const [label = "", ...ends] = middle.trim().split(" ");
  const [from, to] = ends.map((end) => end.slice(end.indexOf(":") + 1));
  if (label === "" || from === undefined || to === undefined) return "This relation lacks an end.";
  const relation = { ...kept, label: fromFilePart(label), from, to };
  ann.relations.set(id, relation);
  ann.later.push({ line: kept.line, run: () => resolveEnds(relation, ann) });
  return null;
}

/** Ends that are events stand for their triggers. */
function resolveEnds(relation: RelationLine, ann: Ann): null {
  relation.from = ann.triggers.get(relation.from) ?? relation.from;
  relation.to = ann.triggers.get(relation.to) ?? relation.to;
  return null;
}

function readEquivalence(middle: string, kept: Kept, ann: Ann): string | null {
  const [label = "", first, ...others] = middle.trim().split(" ");
  if (first === undefined || others.length === 0) return "This equivalence names fewer than two.";
  for (const to of others) {
    const id = `*${ann.relations.size + 1}`;
    ann.relations.set(id, { ...kept, label: fromFilePart(label), from: first, to });
  }
  return null;
}

function readEvent(id: string, middle: string, kept: Kept, ann: Ann): string | null {
  const [trigger = "", ...roles] = middle.trim().split(" ");
  const from = trigger.slice(trigger.indexOf(":") + 1);
  if (!from.startsWith("T")) return "This event has no trigger.";
  ann.triggers.set(id, from);
  roles.forEach((role, at) => {
    const [label = "", to = ""] = role.split(":");
    const relation = { ...kept, label: fromFilePart(label), from, to };
    ann.relations.set(`${id}.${at + 1}`, relation);
    ann.later.push({ line: kept.line, run: () => resolveEnds(relation, ann) });
  });
  return null;
}

function addAttribute(middle: string, ann: Ann): string | null {
  const [key = "", target = "", ...value] = middle.split(" ");
  const owner = ownerOf(target, ann);
  if (owner === null) return `This speaks of ${target}, which is not there.`;
  owner.attributes.push([key, value.length === 0 ? true : value.join(" ")]);
  return null;
}

function addNormalisation(middle: string, ann: Ann): string | null {
  const [key = "", target = "", ...value] = middle.split(" ");
  const owner = ownerOf(target, ann);
  if (owner === null) return `This speaks of ${target}, which is not there.`;
  owner.attributes.push([key, value.join(" ")]);
  return null;
}

function addNote(middle: string, body: string, ann: Ann): string | null {
  const [type = "", target = ""] = middle.split(" ");
  const owner = ownerOf(target, ann);
  if (type !== OWN_NOTE) {
    const spanId = ann.triggers.get(target) ?? target;
    ann.notes.push({ target: spanId, body: fromFilePart(body) });
    return null;
  }
  if (owner === null) return `This speaks of ${target}, which is not there.`;
  const own = parseOwn(body);
  if (own === null) return "This note of ours is broken.";
  owner.layer = asText(own.layer);
  owner.flags = [...asList(own.flags)];
  owner.ranges = asList(own.ranges).map((each): RawRange => [asList(each)[0], asList(each)[1]]);
  owner.attributes.push(...Object.entries(toAttributes(asFields(own.attributes) ?? {})));
  return null;
}

function ownerOf(target: string, ann: Ann): Kept | null {
  const id = ann.triggers.get(target) ?? target;
  return ann.spans.get(id) ?? ann.relations.get(id) ?? null;
}

function parseOwn(body: string) {
  try {
    return asFields(JSON.parse(body));
  } catch {
    return null;
  }
}
