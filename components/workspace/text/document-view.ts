import type { Span, UnitLabel } from "@/lib/domain/annotation/state";
import {
  codePoint,
  indexText,
  type Range,
  type TextIndex,
  type Utf16,
} from "@/lib/domain/text/offsets";
import { type BlockRole, isAnnotatable } from "@/lib/domain/text/roles";

/** A block as the page shows it. */
export type ShownBlock = Range & {
  position: number;
  role: BlockRole;
  isAnnotatable: boolean;
  text: string;
  startUtf16: Utf16;
};

/** The text of a document cut into its blocks. */
export type ShownText = { index: TextIndex; blocks: readonly ShownBlock[] };

/** Prepares a document for showing. */
export function showText(document: {
  text: string;
  blocks: readonly { role: BlockRole; start: number; end: number }[];
}): ShownText {
  const index = indexText(document.text);
  const blocks = document.blocks.map(({ role, start, end }, position) => ({
    position,
    role,
    isAnnotatable: isAnnotatable(role),
    start: codePoint(start),
    end: codePoint(end),
    text: index.slice(codePoint(start), codePoint(end)),
    startUtf16: index.toUtf16(codePoint(start)),
  }));
  return { index, blocks };
}

/** Labels of sentences and blocks by the block that holds them. */
export function unitLabelsByBlock(
  labels: Iterable<UnitLabel>,
  blocks: readonly ShownBlock[],
): ReadonlyMap<number, readonly UnitLabel[]> {
  const lists = new Map<number, UnitLabel[]>();
  for (const label of labels) {
    if (label.unit === "document") continue;
    const position = firstEndingAfter(label.start, blocks);
    lists.set(position, [...(lists.get(position) ?? []), label]);
  }
  return lists;
}

/**
 * The spans of each block. Lists are the same objects as before where nothing changed in a block, so
 * that only touched blocks are drawn again.
 */
export function spansByBlock(
  spans: Iterable<Span>,
  blocks: readonly ShownBlock[],
  before: readonly (readonly Span[])[] | null,
): readonly (readonly Span[])[] {
  const lists: Span[][] = blocks.map(() => []);
  for (const span of spans) {
    for (const range of span.ranges) {
      for (const position of touchedBlocks(range, blocks)) {
        const list = lists[position];
        // Two pieces in one block are still one span of it.
        if (list !== undefined && list[list.length - 1] !== span) list.push(span);
      }
    }
  }
  return lists.map((list, position) => {
    const old = before?.[position];
    return old !== undefined && sameItems(old, list) ? old : list;
  });
}

/** Positions of the blocks that a range meets. */
function touchedBlocks(range: Range, blocks: readonly ShownBlock[]): number[] {
  const positions: number[] = [];
  for (let at = firstEndingAfter(range.start, blocks); at < blocks.length; at++) {
    const block = blocks[at];
    if (block === undefined || block.start >= range.end) break;
    positions.push(at);
  }
  return positions;
}

function firstEndingAfter(at: number, blocks: readonly ShownBlock[]): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((blocks[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

function sameItems(a: readonly Span[], b: readonly Span[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
