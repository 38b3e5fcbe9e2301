import { failure, type Result, success } from "../result";
import { normaliseText } from "../text/normalise";
import { codePointLength } from "../text/offsets";
import type { CorpusDocument, CorpusRange, CorpusSet } from "./corpus";

/**
 * A document in the form in which text is stored (`normaliseText`), with every offset carried over. Where
 * several signs become one, such as a letter and its accent, an offset between them moves outwards.
 */
export function normaliseDocument(document: CorpusDocument): Result<CorpusDocument> {
  const normal = normaliseText(document.text);
  if (!normal.ok || normal.value === document.text) {
    return normal.ok ? success(document) : normal;
  }
  const map = mapOffsets(document.text, normal.value);
  if (map === null) {
    return failure("invalid", "The characters of the text cannot be brought to one form.");
  }
  const { tokens, sentences } = document;
  return success({
    ...document,
    text: normal.value,
    blocks: document.blocks.map((block) => ({ ...block, ...move(block, map) })).filter(hasLength),
    ...(tokens && sentences
      ? { tokens: moveFlat(tokens, map), sentences: moveFlat(sentences, map) }
      : {}),
    sets: document.sets.map((set) => moveSet(set, map)),
  });
}

/** New offsets by old ones, in code points: where a range that starts or ends there does so now. */
type OffsetMap = { start: Int32Array; end: Int32Array };

/** One line break, or a letter with what may join it; never both halves of a composition apart. */
const PIECES = /^\uFEFF+|\r\n|[\r\u2028\u2029]|[^\r\u2028\u2029][\p{M}\u1160-\u11FF]*/gsu;

function mapOffsets(text: string, normal: string): OffsetMap | null {
  const length = codePointLength(text);
  const map = { start: new Int32Array(length + 1), end: new Int32Array(length + 1) };
  let from = 0;
  let to = 0;
  let rebuilt = "";
  for (const [piece] of text.matchAll(PIECES)) {
    const form = formOf(piece, from);
    const [size, formSize] = [codePointLength(piece), codePointLength(form)];
    for (let at = 0; at < size; at++) {
      const isSame = size === formSize;
      map.start[from + at] = isSame ? to + at : to;
      map.end[from + at] = isSame || at === 0 ? to + at : to + formSize;
    }
    from += size;
    to += formSize;
    rebuilt += form;
  }
  map.start[length] = to;
  map.end[length] = to;
  return rebuilt === normal ? map : null;
}

function formOf(piece: string, at: number): string {
  if (at === 0 && /^\uFEFF+$/.test(piece)) return "";
  return /^[\r\u2028\u2029]/.test(piece) ? "\n" : piece.normalize("NFC");
}

function move(range: CorpusRange, map: OffsetMap): CorpusRange {
  return { start: map.start[range.start] ?? 0, end: map.end[range.end] ?? 0 };
}

function hasLength({ start, end }: CorpusRange): boolean {
  return end > start;
}

function moveFlat(flat: readonly number[], map: OffsetMap): number[] {
  return flat.map((at, index) => (index % 2 === 0 ? map.start[at] : map.end[at]) ?? 0);
}

/** Spans that covered nothing but what is gone, such as a byte order mark, go with it. */
function moveSet(set: CorpusSet, map: OffsetMap): CorpusSet {
  const spans = set.spans
    .map((span) => ({
      ...span,
      ranges: joinTouching(span.ranges.map((range) => move(range, map)).filter(hasLength)),
    }))
    .filter(({ ranges }) => ranges.length > 0);
  const ids = new Set(spans.map(({ id }) => id));
  return {
    ...set,
    spans,
    relations: set.relations.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    unitLabels: set.unitLabels.map((each) => ({
      ...each,
      ...move(each, map),
      evidence: each.evidence.filter((id) => ids.has(id)),
    })),
    comments: set.comments.map((each) =>
      each.spanId === null || ids.has(each.spanId) ? each : { ...each, spanId: null },
    ),
  };
}

function joinTouching(ranges: readonly CorpusRange[]): CorpusRange[] {
  const joined: CorpusRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else joined.push({ ...range });
  }
  return joined;
}
