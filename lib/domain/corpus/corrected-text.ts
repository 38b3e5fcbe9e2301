import { codePoint, type TextIndex } from "../text/offsets";
import type { BlockRole } from "../text/roles";
import type { Block } from "../text/structure";

/** A line as a person corrected it; `from` is the place of the line that it was, null for a new one. */
export type CorrectedLine = { from: number | null; role: BlockRole; text: string };

/**
 * The text that corrected lines make. What stood between two lines stays where they still follow each
 * other, as do the ends of the text; new neighbours are set apart by an empty line. A line break within
 * a line divides it, and an empty line is left out.
 */
export function correctedText(
  index: TextIndex,
  blocks: readonly Pick<Block, "start" | "end">[],
  lines: readonly CorrectedLine[],
): { text: string; roles: ReadonlyMap<number, BlockRole> } {
  const gap = (before: number, after: number) => {
    const [left, right] = [blocks[before], blocks[after]];
    if (left === undefined || right === undefined) return "\n\n";
    return index.slice(codePoint(left.end), codePoint(right.start));
  };
  const kept = lines.flatMap(({ from, role, text }) =>
    text
      .split(/\r\n|[\r\n\u2028\u2029]/)
      .filter((line) => line.trim() !== "")
      .map((line, part) => ({ from: part === 0 ? from : null, last: from, role, line })),
  );
  const roles = new Map<number, BlockRole>();
  let text = index.slice(codePoint(0), codePoint(blocks[0]?.start ?? 0));
  kept.forEach(({ from, role, line }, at) => {
    const before = kept[at - 1];
    if (before !== undefined) {
      const follows = before.last !== null && from !== null && from === before.last + 1;
      text += follows ? gap(before.last ?? 0, from ?? 0) : "\n\n";
    }
    roles.set(text.split("\n").length - 1, role);
    text += line;
  });
  text += index.slice(codePoint(blocks.at(-1)?.end ?? 0), index.length);
  return { text, roles };
}
