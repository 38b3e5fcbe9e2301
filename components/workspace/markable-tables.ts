import { pairsOf } from "@/lib/domain/annotation/make-context";
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
  const keep = (flat: number[]) => {
    let at = 0;
    return pairsOf(flat).flatMap(({ start, end }) => {
      while ((blocks[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++;
      const block = blocks[at];
      return block !== undefined && start >= block.start && end <= block.end ? [start, end] : [];
    });
  };
  return { tokens: keep(document.tokens), sentences: keep(document.sentences), blocks };
}
