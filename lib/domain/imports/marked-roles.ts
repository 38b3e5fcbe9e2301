import { normaliseText } from "../text/normalise";
import { codePointLength } from "../text/offsets";
import type { BlockRole } from "../text/roles";
import { findBlocks } from "../text/structure";

/** Roles that the words of a line tell better than markup: a link marked as a heading is still a link. */
const BY_WORDS: ReadonlySet<BlockRole> = new Set([
  "byline",
  "caption_duplicate",
  "photo_credit",
  "related_link",
  "widget_placeholder",
  "promo_footer",
]);

/**
 * The roles of all lines, by number, of a text whose markup gives some of them. Where the markup names
 * a headline, no other line is one.
 */
export function settleRoles(
  text: string,
  marked: ReadonlyMap<number, BlockRole>,
): ReadonlyMap<number, BlockRole> {
  const normal = normaliseText(text);
  if (marked.size === 0 || !normal.ok) return new Map();
  const hasHeadline = [...marked.values()].includes("headline");
  const found = new Map(findBlocks(normal.value).map(({ start, role }) => [start as number, role]));
  const settled = new Map<number, BlockRole>();
  let at = 0;
  normal.value.split("\n").forEach((line, number) => {
    const length = codePointLength(line);
    const role = roleFrom(found, at, at + length);
    const mark = marked.get(number);
    if (role !== undefined) {
      if (mark !== undefined && !BY_WORDS.has(role)) settled.set(number, mark);
      else settled.set(number, hasHeadline && role === "headline" ? "body" : role);
    }
    at += length + 1;
  });
  return settled;
}

/** The role of the block that starts in [start, end): a block may leave out white space before it. */
function roleFrom(
  found: ReadonlyMap<number, BlockRole>,
  start: number,
  end: number,
): BlockRole | undefined {
  for (let at = start; at < end; at++) {
    const role = found.get(at);
    if (role !== undefined) return role;
  }
  return undefined;
}
