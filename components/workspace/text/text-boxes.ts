import type { Range as TextRange } from "@/lib/domain/text/offsets";
import type { ShownText } from "./document-view";
import { domRanges } from "./dom-offsets";

/** A box on the page in pixels, from the upper left corner of the article's frame. */
export type Box = { left: number; top: number; right: number; bottom: number };

/** The boxes of some words in the page, measured from a corner. */
export function boxesOf(
  range: TextRange,
  origin: { left: number; top: number },
  { root, shown }: { root: HTMLElement; shown: ShownText },
): Box[] {
  return domRanges(range, root, shown)
    .flatMap((each) => [...each.getClientRects()])
    .map(({ left, top, right, bottom }) => ({
      left: left - origin.left,
      top: top - origin.top,
      right: right - origin.left,
      bottom: bottom - origin.top,
    }));
}

/** Whether a part of the article lies on the screen or within one screen of it. */
export function isNearScreen({ top, bottom }: { top: number; bottom: number }): boolean {
  return bottom > -window.innerHeight && top < 2 * window.innerHeight;
}
