import type { CodebookIndex } from "../codebook/lookup";
import { codePoint, indexText, type Range } from "../text/offsets";
import { type BlockRole, isAnnotatable } from "../text/roles";
import type { EditContext } from "./edit";

/** A document as it is stored; offsets in code points, sentences as a flat [start, end, ...] list. */
export type AnnotatedText = {
  text: string;
  sentences: readonly number[];
  blocks: readonly { role: BlockRole; start: number; end: number }[];
};

/** What edits of this document under this codebook are judged by; the same in browser and server. */
export function makeEditContext(document: AnnotatedText, codebook: CodebookIndex): EditContext {
  const text = indexText(document.text);
  const annotatable = document.blocks.filter((block) => isAnnotatable(block.role)).map(toRange);
  // Only when asked for: a long text has thousands, and the page opens without them.
  const sentences = once(() => pairsOf(document.sentences));
  const unitsOf = {
    document: () => [{ start: codePoint(0), end: text.length }],
    block: once(() => document.blocks.map(toRange)),
    sentence: sentences,
  };
  const markableSentences = once(() => rangesWithin(sentences(), annotatable));
  return {
    codebook,
    text,
    annotatable,
    annotatableUnits: (unit) => (unit === "block" ? annotatable : markableSentences()),
    isUnit: (unit, range) =>
      unitsOf[unit]().some((each) => each.start === range.start && each.end === range.end),
  };
}

/** The ranges that lie in one of the blocks; both are in order of the text. */
function rangesWithin(ranges: readonly Range[], blocks: readonly Range[]): Range[] {
  let at = 0;
  return ranges.filter(({ start, end }) => {
    while ((blocks[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++;
    const block = blocks[at];
    return block !== undefined && start >= block.start && end <= block.end;
  });
}

/** A value that is made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The ranges of a flat [start, end, start, end, ...] list. */
export function pairsOf(flat: readonly number[]): Range[] {
  const ranges: Range[] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) {
    ranges.push(toRange({ start: flat[at] ?? 0, end: flat[at + 1] ?? 0 }));
  }
  return ranges;
}

function toRange({ start, end }: { start: number; end: number }): Range {
  return { start: codePoint(start), end: codePoint(end) };
}
