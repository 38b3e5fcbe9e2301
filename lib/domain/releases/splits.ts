import { createRandom, drawIndex } from "../agreement/random";
import type { SplitKey, SplitSettings } from "./settings";

export const SPLITS = ["train", "validation", "test"] as const;
export type Split = (typeof SPLITS)[number];

/** What decides where a document goes. */
export type SplitDocument = {
  id: string;
  event: string | null;
  outlet: string | null;
  publishedOn: string | null;
  /** The same for reprints of one text. */
  cluster: string;
};

/**
 * The split of each document by id. Documents that share the key or are near-duplicates of each other stay
 * together, whatever the shares ask for. By time the newest are for testing; documents without a day train.
 */
export function splitDocuments(
  documents: readonly SplitDocument[],
  settings: SplitSettings,
): Map<string, Split> {
  if (settings.by === "none") return new Map();
  const groups = groupDocuments(documents, settings.by);
  const ordered = settings.by === "time" ? byTime(groups) : shuffled(groups, settings.seed);
  const wanted = {
    train: (1 - settings.validation - settings.test) * documents.length,
    validation: settings.validation * documents.length,
    test: settings.test * documents.length,
  };
  const chosen =
    settings.by === "time" ? fillInOrder(ordered, wanted) : fillEvenly(ordered, wanted);
  return new Map(
    ordered.flatMap((group, index) =>
      group.map(({ id }) => [id, chosen[index] ?? "train"] as const),
    ),
  );
}

/** Documents that may not be divided, joined by key and by cluster; in order of the first of each. */
export function groupDocuments(
  documents: readonly SplitDocument[],
  by: SplitKey,
): SplitDocument[][] {
  const parents = documents.map((_, index) => index);
  const root = (at: number): number => {
    let top = at;
    while ((parents[top] ?? top) !== top) top = parents[top] ?? top;
    parents[at] = top;
    return top;
  };
  const first = new Map<string, number>();
  documents.forEach((document, index) => {
    for (const key of keysOf(document, by)) {
      const known = first.get(key);
      if (known === undefined) first.set(key, index);
      else {
        const [a, b] = [root(known), root(index)];
        parents[Math.max(a, b)] = Math.min(a, b);
      }
    }
  });
  const groups = new Map<number, SplitDocument[]>();
  documents.forEach((document, index) => {
    const top = root(index);
    const group = groups.get(top);
    if (group === undefined) groups.set(top, [document]);
    else group.push(document);
  });
  return [...groups.values()];
}

function keysOf({ cluster, event, outlet }: SplitDocument, by: SplitKey): string[] {
  const own = by === "event" ? event : by === "outlet" ? outlet : null;
  return [`cluster ${cluster}`, ...(own === null ? [] : [`${by} ${own}`])];
}

/** Oldest first by the newest document of each group, so that nothing later than a test document trains with it. */
function byTime(groups: readonly SplitDocument[][]): SplitDocument[][] {
  const dayOf = (group: SplitDocument[]) =>
    group.reduce(
      (last, { publishedOn }) => ((publishedOn ?? "") > last ? (publishedOn ?? "") : last),
      "",
    );
  return [...groups].sort((a, b) => {
    const [left, right] = [dayOf(a), dayOf(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

/** In a seeded order, larger groups first: what is large must be placed while there is room. */
function shuffled(groups: readonly SplitDocument[][], seed: number): SplitDocument[][] {
  const random = createRandom(seed);
  const mixed = [...groups].sort((a, b) => ((a[0]?.id ?? "") < (b[0]?.id ?? "") ? -1 : 1));
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = drawIndex(random, last + 1);
    const [a, b] = [mixed[last], mixed[other]];
    if (a !== undefined && b !== undefined) [mixed[last], mixed[other]] = [b, a];
  }
  return mixed.sort((a, b) => b.length - a.length);
}

type Wanted = Record<Split, number>;

/** Each group to where most is missing, as a part of what is wanted there. */
function fillEvenly(groups: readonly SplitDocument[][], wanted: Wanted): Split[] {
  const filled: Wanted = { train: 0, validation: 0, test: 0 };
  return groups.map((group) => {
    let best: Split = "train";
    let most = Number.NEGATIVE_INFINITY;
    for (const split of SPLITS) {
      const missing =
        wanted[split] > 0 ? (wanted[split] - filled[split]) / wanted[split] : -Infinity;
      if (missing > most + 1e-9) [best, most] = [split, missing];
    }
    filled[best] += group.length;
    return best;
  });
}

/** Along the order: first those that train, last those that test. */
function fillInOrder(groups: readonly SplitDocument[][], wanted: Wanted): Split[] {
  let before = 0;
  return groups.map((group) => {
    const middle = before + group.length / 2;
    before += group.length;
    if (middle <= wanted.train + 1e-9) return "train";
    return middle <= wanted.train + wanted.validation + 1e-9 ? "validation" : "test";
  });
}
