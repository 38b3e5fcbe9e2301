import type { Tables } from "@/lib/domain/text/movement";
import { codePoint } from "@/lib/domain/text/offsets";
import { type BlockRole, isAnnotatable } from "@/lib/domain/text/roles";

/** Tokens, sentences and blocks of the parts of an article that can be marked. */
export function markableTables(document: {
  tokens: number[];
  sentences: number[];
  blocks: { role: BlockRole; start: number; end: number }[];
}): Tables {
  const blocks = document.blocks
    .filter((block) => isAnnotatable(block.role))
    .map(({ role, start, end }) => ({ role, start: codePoint(start), end: codePoint(end) }));
  return {
    tokens: within(document.tokens, blocks),
    sentences: within(document.sentences, blocks),
    blocks,
  };
}

/**
 * The ranges that lie in a block. Where all do, the list itself: a long text has hundreds of thousands
 * of tokens, which are walked without an object for each and not kept twice.
 */
function within(flat: number[], blocks: Tables["blocks"]): number[] {
  let kept: number[] | null = null;
  let at = 0;
  for (let pair = 0; pair + 1 < flat.length; pair += 2) {
    const start = flat[pair] ?? 0;
    const end = flat[pair + 1] ?? 0;
    while ((blocks[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++;
    const block = blocks[at];
    const isWithin = block !== undefined && start >= block.start && end <= block.end;
    if (isWithin) kept?.push(start, end);
    else kept ??= flat.slice(0, pair);
  }
  return kept ?? flat;
}
