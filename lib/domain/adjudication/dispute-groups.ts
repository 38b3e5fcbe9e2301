import { wordKey } from "./consistency";
import type { DecisionKind } from "./decide";
import { type Item, isDisputed, type Option } from "./items";

/** How a dispute ended; the labels are those that the gold set took, none where it took nothing. */
export type DisputeEnd = {
  kind: DecisionKind;
  labels: readonly string[];
  reason: string | null;
  note: string;
};

/** A disputed item of one document, with how it ended; null while nobody has decided. */
export type Dispute = {
  /** Null while nobody has begun to adjudicate the document. */
  adjudicationId: string | null;
  documentId: string;
  item: Item;
  end: DisputeEnd | null;
};

/**
 * What two annotators said of the same words: two labels, a label and nothing, or twice the same
 * label, where they differ in boundaries or answers.
 */
export type DisputePair = { first: string; second: string | null };

/** Disputes of the same words. Empty words are those of a whole document or unit. */
export type WordsOfDisputes<Own extends Dispute = Dispute> = {
  key: string;
  words: string;
  disputes: readonly Own[];
};

/** All disputes in which two answers met. */
export type DisputeGroup<Own extends Dispute = Dispute> = DisputePair & {
  key: string;
  layer: string;
  disputes: readonly Own[];
  documents: number;
  /** The most frequent first. */
  words: readonly WordsOfDisputes<Own>[];
  decided: number;
  /** How often the gold set took each label; “” for nothing. The most frequent first. */
  ends: readonly { label: string; times: number }[];
  contested: number;
  /** Reason codes that were given, the most frequent first. */
  reasons: readonly { reason: string; times: number }[];
  /** Notes that adjudicators wrote, each once. */
  notes: readonly string[];
};

/**
 * Groups disputes by what was said against what, then by the words. A dispute of three answers is in
 * three groups. The largest group first.
 */
export function groupDisputes<Own extends Dispute>(disputes: readonly Own[]): DisputeGroup<Own>[] {
  const groups = new Map<string, { pair: DisputePair; layer: string; own: Own[] }>();
  for (const dispute of disputes) {
    if (!isDisputed(dispute.item)) continue;
    for (const pair of pairsOf(dispute.item)) {
      const key = groupKey(dispute.item.layer, pair);
      const group = groups.get(key) ?? { pair, layer: dispute.item.layer, own: [] };
      group.own.push(dispute);
      groups.set(key, group);
    }
  }
  return [...groups]
    .map(([key, { pair, layer, own }]) => toGroup(key, layer, pair, own))
    .sort((a, b) => b.disputes.length - a.disputes.length || (a.key < b.key ? -1 : 1));
}

/** The pairs of answers that met at an item, each once. */
export function pairsOf({ options, absent }: Item): DisputePair[] {
  const answers = options.map(labelsOf);
  if (absent.length > 0) answers.push(new Set());
  const pairs = new Map<string, DisputePair>();
  answers.forEach((one, at) => {
    for (const other of answers.slice(at + 1)) {
      for (const pair of between(one, other)) pairs.set(groupKey("", pair), pair);
    }
  });
  return [...pairs.values()];
}

/** What an option says: the label of a span, or all labels given to a unit. */
export function labelsOf({ span, unitLabels }: Option): Set<string> {
  return new Set(span === null ? unitLabels.map(({ label }) => label) : [span.label]);
}

/** Labels that only one of two answers has against those that only the other has. */
function between(one: ReadonlySet<string>, other: ReadonlySet<string>): DisputePair[] {
  const left = [...one].filter((label) => !other.has(label));
  const right = [...other].filter((label) => !one.has(label));
  if (left.length === 0 && right.length === 0) {
    return [...one].map((label) => ({ first: label, second: label }));
  }
  if (left.length === 0 || right.length === 0) {
    return [...left, ...right].map((label) => ({ first: label, second: null }));
  }
  return left.flatMap((a) =>
    right.map((b) => (a < b ? { first: a, second: b } : { first: b, second: a })),
  );
}

/** Keys of layers and labels hold no “/”. */
function groupKey(layer: string, { first, second }: DisputePair): string {
  return `${layer}/${first}/${second ?? ""}`;
}

function toGroup<Own extends Dispute>(
  key: string,
  layer: string,
  pair: DisputePair,
  disputes: readonly Own[],
): DisputeGroup<Own> {
  const ends = disputes.flatMap(({ end }) => (end === null ? [] : [end]));
  return {
    ...pair,
    key,
    layer,
    disputes,
    documents: new Set(disputes.map(({ documentId }) => documentId)).size,
    words: byWords(disputes),
    decided: ends.length,
    ends: counted(
      ends
        .filter(({ kind }) => kind !== "contested")
        .flatMap(({ labels }) => (labels.length === 0 ? [""] : [...labels])),
    ).map(([label, times]) => ({ label, times })),
    contested: ends.filter(({ kind }) => kind === "contested").length,
    reasons: counted(ends.flatMap(({ reason }) => (reason === null ? [] : [reason]))).map(
      ([reason, times]) => ({ reason, times }),
    ),
    notes: [...new Set(ends.map(({ note }) => note.trim()).filter((note) => note !== ""))],
  };
}

function byWords<Own extends Dispute>(disputes: readonly Own[]): WordsOfDisputes<Own>[] {
  const groups = new Map<string, Own[]>();
  for (const dispute of disputes) {
    const { quote } = dispute.item;
    // Signs alone have no words in common with anything but themselves.
    const key = wordKey(quote) || quote;
    groups.set(key, [...(groups.get(key) ?? []), dispute]);
  }
  return [...groups]
    .map(([key, own]) => ({
      key,
      words: counted(own.map(({ item }) => item.quote))[0]?.[0] ?? "",
      disputes: own,
    }))
    .sort((a, b) => b.disputes.length - a.disputes.length || (a.key < b.key ? -1 : 1));
}

/** Values with how often each comes, the most frequent first, then by name. */
function counted(values: readonly string[]): [string, number][] {
  const times = new Map<string, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
