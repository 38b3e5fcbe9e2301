import {
  type CodePoint,
  codePoint,
  type Range as TextRange,
  utf16,
} from "@/lib/domain/text/offsets";
import type { ShownText } from "./document-view";

/**
 * Between places in the page and offsets of the text. Each block's text nodes, joined, are exactly
 * the block's text: codes and lines are drawn by the style sheet and are no text.
 */

/** The code point offset of a place in the page, or null outside the text. */
export function offsetAt(node: Node, offset: number, shown: ShownText): CodePoint | null {
  const element = node instanceof Element ? node : node.parentElement;
  const blockElement = element?.closest("[data-block]");
  if (!(blockElement instanceof HTMLElement)) return null;
  const block = shown.blocks[Number(blockElement.dataset.block)];
  if (block === undefined) return null;
  const before = document.createRange();
  before.setStart(blockElement, 0);
  before.setEnd(node, offset);
  const units = before.toString().length;
  return shown.index.toCodePoint(utf16(block.startUtf16 + units));
}

/** The range of the page's own selection in the text, or null where there is none. */
export function selectedRange(root: HTMLElement, shown: ShownText): TextRange | null {
  const selection = document.getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.commonAncestorContainer) && range.commonAncestorContainer !== root) {
    if (!range.intersectsNode(root)) return null;
  }
  const start = edgeOffset(range.startContainer, range.startOffset, root, shown, "start");
  const end = edgeOffset(range.endContainer, range.endOffset, root, shown, "end");
  if (start === null || end === null || start >= end) return null;
  return { start, end };
}

/** A selection may begin or end between blocks (Safari ends it in the next one); take the nearest text. */
function edgeOffset(
  node: Node,
  offset: number,
  root: HTMLElement,
  shown: ShownText,
  edge: "start" | "end",
): CodePoint | null {
  const inside = offsetAt(node, offset, shown);
  if (inside !== null) return inside;
  const point = document.createRange();
  point.setStart(node, offset);
  const blocks = [...root.children].filter((element) => element instanceof HTMLElement);
  const isAfter = (element: HTMLElement) => point.comparePoint(element, 0) > 0;
  const following = blocks.find(isAfter);
  const preceding = blocks.filter((element) => !isAfter(element)).at(-1);
  const nearest = edge === "start" ? following : preceding;
  const block = nearest === undefined ? undefined : shown.blocks[Number(nearest.dataset.block)];
  if (block === undefined) return null;
  return edge === "start" ? block.start : block.end;
}

/** Ranges of the page that show [start, end), one per block. */
export function domRanges({ start, end }: TextRange, root: HTMLElement, shown: ShownText): Range[] {
  return shown.blocks.flatMap((block) => {
    const from = Math.max(start, block.start);
    const to = Math.min(end, block.end);
    if (from >= to) return [];
    // The blocks are the root's children, in order: no search among thousands of marks.
    const element = root.children[block.position];
    if (element === undefined) return [];
    const range = document.createRange();
    const first = placeIn(element, shown.index.toUtf16(codePoint(from)) - block.startUtf16);
    const last = placeIn(element, shown.index.toUtf16(codePoint(to)) - block.startUtf16);
    if (first === null || last === null) return [];
    range.setStart(first.node, first.offset);
    range.setEnd(last.node, last.offset);
    return [range];
  });
}

/** The text node and offset at a number of UTF-16 units into a block. */
function placeIn(element: Element, units: number): { node: Text; offset: number } | null {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = units;
  let last: Text | null = null;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    if (left <= node.data.length) return { node, offset: left };
    left -= node.data.length;
    last = node;
  }
  return last === null ? null : { node: last, offset: last.data.length };
}
