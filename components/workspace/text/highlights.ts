/** Short-lived layers over the text: painted by the browser, no change to the page. */
export type HighlightLayer = "cursor" | "pending" | "dropped" | "added" | "fading";

/** Shows ranges of the page in a layer, in place of what it showed. Does nothing in old browsers. */
export function paint(layer: HighlightLayer, ranges: Range[]): void {
  if (typeof CSS === "undefined" || CSS.highlights === undefined) return;
  if (ranges.length === 0) CSS.highlights.delete(layer);
  else CSS.highlights.set(layer, new Highlight(...ranges));
}
