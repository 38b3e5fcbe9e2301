/** Where something stands in the margin, in pixels from the top of the article. */
export type Row<Item> = { item: Item; top: number };

/**
 * Rows of the margin, each at its line or, where that is taken, right below the one before. Rows of
 * one line keep their order.
 */
export function stackRows<Item>(wanted: readonly Row<Item>[], height: number): Row<Item>[] {
  let free = Number.NEGATIVE_INFINITY;
  return [...wanted]
    .sort((a, b) => a.top - b.top)
    .map(({ item, top }) => {
      const row = { item, top: Math.max(top, free) };
      free = row.top + height;
      return row;
    });
}
