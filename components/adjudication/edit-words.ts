import { adjustRange, type BoundaryPolicy } from "@/lib/domain/text/boundary";
import { rangeAt, type Tables, tokensTouching } from "@/lib/domain/text/movement";
import { codePoint, type Range, type TextIndex, utf16 } from "@/lib/domain/text/offsets";
import { type BlockRole, isAnnotatable } from "@/lib/domain/text/roles";

/** The text with what its words can be chosen by. */
export type Words = { index: TextIndex; tables: Tables };

/** Tokens and sentences of the parts that can be marked. */
export function wordTables(document: {
  tokens: number[];
  sentences: number[];
  blocks: readonly (Range & { role: BlockRole })[];
}): Tables {
  const blocks = document.blocks.filter(({ role }) => isAnnotatable(role));
  const isInside = (start: number, end: number) =>
    blocks.some((block) => block.start <= start && end <= block.end);
  const within = (flat: number[]) =>
    flat.filter((_, at) => {
      const first = at - (at % 2);
      return isInside(flat[first] ?? 0, flat[first + 1] ?? 0);
    });
  return { tokens: within(document.tokens), sentences: within(document.sentences), blocks };
}

/** The range that the codebook allows for chosen words, or a sentence that says why there is none. */
export function allowedRange(range: Range, policy: BoundaryPolicy, words: Words): Range | string {
  const adjusted = adjustRange(range, policy, { ...words.tables, index: words.index });
  return "refused" in adjusted ? adjusted.refused : adjusted.range;
}

/** Moves one edge of a range by a word; the range keeps at least one. */
export function moveEdge(
  range: Range,
  { edge, by }: { edge: "start" | "end"; by: 1 | -1 },
  { tokens }: Tables,
): Range {
  const touched = tokensTouching(tokens, range);
  if (touched === null) return range;
  const first = edge === "start" ? touched.first + by : touched.first;
  const last = edge === "end" ? touched.last + by : touched.last;
  const [from, to] = [rangeAt(tokens, first), rangeAt(tokens, last)];
  if (first > last || from === null || to === null) return range;
  return { start: from.start, end: to.end };
}

/** The words that the page's own selection covers inside an element of the text, or null. */
export function selectedWords(root: HTMLElement, index: TextIndex): Range | null {
  const selection = document.getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = offsetAt(range.startContainer, range.startOffset, { root, index });
  const end = offsetAt(range.endContainer, range.endOffset, { root, index });
  return start === null || end === null || start >= end ? null : { start, end };
}

/** Each block's text nodes, joined, are exactly the block's text. */
function offsetAt(
  node: Node,
  offset: number,
  { root, index }: { root: HTMLElement; index: TextIndex },
) {
  const element = node instanceof Element ? node : node.parentElement;
  const block = element?.closest("[data-start]");
  if (!(block instanceof HTMLElement) || !root.contains(block)) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, offset);
  const start = index.toUtf16(codePoint(Number(block.dataset.start)));
  return index.toCodePoint(utf16(start + before.toString().length));
}
