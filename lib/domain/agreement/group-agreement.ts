import { deviationOf, meanOf } from "./columns";
import { type Measured, measured, undefinedBecause } from "./measured";

/** One pair of annotators and a measure of their agreement. */
export type PairValue = {
  readonly first: string;
  readonly second: string;
  readonly value: Measured;
};

/** Mean agreement of pairs inside one group, or between two. */
export type GroupAgreement = {
  readonly groups: readonly [string, string];
  readonly mean: Measured<{ readonly deviation: number; readonly pairs: number }>;
};

/**
 * Agreement within and between background groups of annotators: the plain mean over the pairs of each combination that have
 * a value. Annotators without a group are left out. Higher agreement within groups than between them is a sign that the
 * groups read the texts differently, not that either is careless.
 */
export function agreementByGroup(
  pairs: readonly PairValue[],
  groupOf: ReadonlyMap<string, string>,
): GroupAgreement[] {
  const names = [...new Set(groupOf.values())].sort();
  const values = new Map<string, Measured[]>();
  for (const pair of pairs) {
    const first = groupOf.get(pair.first);
    const second = groupOf.get(pair.second);
    if (first === undefined || second === undefined) continue;
    const key = JSON.stringify([first, second].sort());
    values.set(key, [...(values.get(key) ?? []), pair.value]);
  }
  return names.flatMap((first, index) =>
    names.slice(index).map((second): GroupAgreement => {
      const found = values.get(JSON.stringify([first, second])) ?? [];
      return { groups: [first, second], mean: meanOfPairs(found) };
    }),
  );
}

function meanOfPairs(values: readonly Measured[]): GroupAgreement["mean"] {
  const defined = values.flatMap((value) => (value.value === null ? [] : [value.value]));
  const mean = meanOf(defined);
  if (mean !== null)
    return measured(mean, { deviation: deviationOf(defined) ?? 0, pairs: defined.length });
  const first = values[0];
  return first?.value === null ? undefinedBecause(first.reason) : undefinedBecause("no_pairable");
}
