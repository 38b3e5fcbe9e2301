/** A mark somewhere in the corpus: submitted by an annotator, or gold. */
export type CorpusMark = {
  setId: string;
  spanId: string;
  documentId: string;
  layer: string;
  label: string;
  quote: string;
  kind: "annotator" | "gold";
};

/** The same or nearly the same words, with all the labels that they got across the corpus. */
export type WordGroup<Mark extends CorpusMark = CorpusMark> = {
  /** The same for the same words. */
  key: string;
  layer: string;
  /** The words as they are written most often. */
  words: string;
  documents: number;
  /** The most frequent first. */
  labels: readonly { label: string; marks: readonly Mark[]; documents: number }[];
};

/** Words longer than this are compared as they are: one letter more or less says little there. */
const MOST_LETTERS = 60;
/** In shorter words one letter makes another word. */
const FEWEST_LETTERS = 6;

/**
 * Finds words that carry different labels of one layer in different documents. Case, white space and
 * punctuation do not count; of six letters or more, one letter more, less or other is "nearly the
 * same". Words in a single document are left to its own adjudication. Most marks first.
 */
export function findInconsistent<Mark extends CorpusMark>(
  marks: readonly Mark[],
): WordGroup<Mark>[] {
  const byLayer = groupBy(marks, ({ layer }) => layer);
  return [...byLayer]
    .flatMap(([layer, own]) => wordGroups(layer, own))
    .sort((a, b) => sizeOf(b) - sizeOf(a) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** The words by which marks are compared; empty where nothing but signs is marked. */
export function wordKey(quote: string): string {
  return quote
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

function wordGroups<Mark extends CorpusMark>(
  layer: string,
  marks: readonly Mark[],
): WordGroup<Mark>[] {
  const byKey = groupBy(marks, ({ quote }) => wordKey(quote));
  byKey.delete("");
  return nearKeys([...byKey.keys()]).flatMap((keys) => {
    const own = keys.flatMap((key) => byKey.get(key) ?? []);
    const labels = labelsOf(own);
    const documents = countDocuments(own);
    if (labels.length < 2 || documents < 2) return [];
    const key = `${layer} ${[...keys].sort()[0] ?? ""}`;
    return [{ key, layer, words: commonest(own), documents, labels }];
  });
}

function labelsOf<Mark extends CorpusMark>(marks: readonly Mark[]) {
  return [...groupBy(marks, ({ label }) => label)]
    .map(([label, own]) => ({ label, marks: own, documents: countDocuments(own) }))
    .sort((a, b) => b.marks.length - a.marks.length || (a.label < b.label ? -1 : 1));
}

function countDocuments(marks: readonly CorpusMark[]): number {
  return new Set(marks.map(({ documentId }) => documentId)).size;
}

function commonest(marks: readonly CorpusMark[]): string {
  const counts = [...groupBy(marks, ({ quote }) => quote)];
  counts.sort(([a, one], [b, two]) => two.length - one.length || (a < b ? -1 : 1));
  return counts[0]?.[0] ?? "";
}

/**
 * Puts keys together that differ by one letter, transitively: keys that become the same when one
 * letter is left out are candidates, and an edit distance of one decides.
 */
function nearKeys(keys: readonly string[]): string[][] {
  const parent = new Map(keys.map((key) => [key, key]));
  const rootOf = (key: string): string => {
    let root = key;
    for (
      let next = parent.get(root);
      next !== undefined && next !== root;
      next = parent.get(root)
    ) {
      root = next;
    }
    return root;
  };
  const byStem = new Map<string, string[]>();
  for (const key of [...keys].sort()) {
    const letters = [...key];
    if (letters.length < FEWEST_LETTERS || letters.length > MOST_LETTERS) continue;
    for (const stem of stemsOf(letters)) {
      const others = byStem.get(stem) ?? [];
      const near = others.find((other) => isOneApart([...other], letters));
      if (near !== undefined) parent.set(rootOf(key), rootOf(near));
      byStem.set(stem, [...others, key]);
    }
  }
  return [...groupBy(keys, rootOf).values()];
}

/** The word itself, and with each letter left out. */
function stemsOf(letters: readonly string[]): Set<string> {
  return new Set([
    letters.join(""),
    ...letters.map((_, at) => [...letters.slice(0, at), ...letters.slice(at + 1)].join("")),
  ]);
}

/** Whether one letter added, left out or changed makes one of the other; numbers must be the same. */
function isOneApart(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const changed = [short[at] ?? "", long[at] ?? ""];
  if (changed.some((letter) => /\p{N}/u.test(letter))) return false;
  const rest = short.length === long.length ? at + 1 : at;
  return short.slice(rest).join("") === long.slice(at + 1).join("");
}

function sizeOf({ labels }: WordGroup): number {
  return labels.reduce((sum, { marks }) => sum + marks.length, 0);
}

function groupBy<Key, Value>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [value]);
    else known.push(value);
  }
  return groups;
}
