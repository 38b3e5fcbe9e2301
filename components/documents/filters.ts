/** What the list of documents is narrowed and sorted by, as its address says. */
export type Filters = {
  search: string;
  state: string;
  outlet: string;
  language: string;
  from: string;
  to: string;
  event: string;
  work: string;
  grouping: string;
  sort: string;
};

type Query = Record<string, string | string[] | undefined>;

const NAMES = [
  "search",
  "state",
  "outlet",
  "language",
  "from",
  "to",
  "event",
  "work",
  "grouping",
  "sort",
] as const;

/** The filters that an address names; an empty text where it names none. */
export function readFilters(query: Query): Filters {
  const entries = NAMES.map((name) => [name, one(query[name]).slice(0, 200)]);
  return Object.fromEntries(entries) as Filters;
}

/** An address of the list: the filters with some changed, empty ones left out. */
export function filterHref(
  base: string,
  filters: Filters,
  changes: Record<string, string>,
): string {
  const merged = Object.entries({ ...filters, ...changes }).filter(([, value]) => value !== "");
  return merged.length === 0 ? base : `${base}?${new URLSearchParams(merged)}`;
}

/** Whether anything narrows the list; order does not. */
export function isNarrowed({ sort: _, ...filters }: Filters): boolean {
  return Object.values(filters).some((value) => value !== "");
}

function one(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? "";
}
