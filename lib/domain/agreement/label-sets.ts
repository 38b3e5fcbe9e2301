import { type SetDistance, setDistance } from "./set-distances";

/**
 * Numbers the sets of labels that occur at one position, so that a sweep compares whole numbers. Set 0 is the empty
 * set. One registry serves all documents of a report.
 */
export type LabelSets = {
  /** The set after adding the label where it is missing, or taking it away where it is there. */
  readonly toggle: (set: number, label: number) => number;
  /** Distance of two sets, by Jaccard unless another was asked for; 0 between two empty sets, 1 between an empty set and another. */
  readonly distance: (a: number, b: number) => number;
  /** How many sets were met. */
  readonly size: () => number;
  /** All distances, of sets a and b at `a * size + b`, for sums over many pairs of sets. */
  readonly table: () => { readonly size: number; readonly distances: Float64Array };
};

type KnownSet = {
  readonly labels: readonly number[];
  readonly toggles: Map<number, number>;
  readonly distances: Map<number, number>;
};

/** A registry that knows the empty set only. */
export function createLabelSets(rule: SetDistance = { kind: "jaccard" }): LabelSets {
  const known: KnownSet[] = [];
  const byKey = new Map<string, number>();

  function intern(labels: readonly number[]): number {
    const key = labels.join(" ");
    const found = byKey.get(key);
    if (found !== undefined) return found;
    known.push({ labels, toggles: new Map(), distances: new Map() });
    byKey.set(key, known.length - 1);
    return known.length - 1;
  }
  function setAt(set: number): KnownSet {
    const found = known[set];
    if (!found) throw new RangeError(`Label set ${set} was never met.`);
    return found;
  }
  function toggle(set: number, label: number): number {
    const from = setAt(set);
    const cached = from.toggles.get(label);
    if (cached !== undefined) return cached;
    const labels = from.labels.includes(label)
      ? from.labels.filter((other) => other !== label)
      : [...from.labels, label].sort((a, b) => a - b);
    const to = intern(labels);
    from.toggles.set(label, to);
    return to;
  }
  function distance(a: number, b: number): number {
    if (a === b) return 0;
    if (a === 0 || b === 0) return 1;
    const from = setAt(a);
    const cached = from.distances.get(b);
    if (cached !== undefined) return cached;
    const apart = setDistance(from.labels, setAt(b).labels, rule);
    from.distances.set(b, apart);
    return apart;
  }
  let kept = { size: 0, distances: new Float64Array(0) };
  function table() {
    const size = known.length;
    if (kept.size === size) return kept;
    const distances = new Float64Array(size * size);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < a; b++) {
        distances[a * size + b] = distance(a, b);
        distances[b * size + a] = distance(a, b);
      }
    }
    kept = { size, distances };
    return kept;
  }
  intern([]);
  return { toggle, distance, size: () => known.length, table };
}
