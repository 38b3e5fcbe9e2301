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
  const units = {
    document: [{ start: codePoint(0), end: text.length }],
    block: document.blocks.map(toRange),
    sentence: pairsOf(document.sentences),
  };
  const annotatable = document.blocks.filter((block) => isAnnotatable(block.role)).map(toRange);
  const sentences = units.sentence.filter((sentence) =>
    annotatable.some((block) => sentence.start >= block.start && sentence.end <= block.end),
  );
  return {
    codebook,
    text,
    annotatable,
    annotatableUnits: (unit) => (unit === "block" ? annotatable : sentences),
    isUnit: (unit, range) =>
      units[unit].some((each) => each.start === range.start && each.end === range.end),
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
