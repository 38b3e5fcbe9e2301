import "server-only";
import { readPlace, writePlace } from "@/lib/domain/api/place";
import { failure, type Result, success } from "@/lib/domain/result";

/** How a page of a list is asked for. */
export type AskedPage = { after?: string | undefined; limit?: number | undefined };

const USUAL = 50;

/** One page of a short list that was read whole. `keyOf` names an item, and stays the same for it. */
export function pageOfAll<Item>(
  found: Result<readonly Item[]>,
  list: string,
  keyOf: (item: Item) => string | number,
  { after, limit = USUAL }: AskedPage,
): Result<{ items: Item[]; next: string | null }> {
  if (!found.ok) return found;
  const place = after === undefined ? undefined : readPlace(list, after);
  const before = found.value.findIndex((item) => keyOf(item) === place?.[0]);
  if (after !== undefined && before < 0) {
    return failure("invalid", "This is no page of the list. Begin without “after”.", {
      place: "after",
    });
  }
  const items = found.value.slice(before + 1, before + 1 + limit);
  const last = items.at(-1);
  const isEnd = before + 1 + limit >= found.value.length;
  return success({
    items,
    next: isEnd || last === undefined ? null : writePlace(list, [keyOf(last)]),
  });
}
