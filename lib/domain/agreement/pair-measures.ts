import type { CoverageTotals } from "./binary-alpha";
import { realAt } from "./columns";
import type { PairSets, PairTotals } from "./corpus-totals";
import { addCount, emptyCounts } from "./counts-by-number";
import { type Measured, measured, undefinedBecause } from "./measured";
import type { SetSums } from "./set-coverage";
import { kappaFrom, kappaOfTwo, percentOfTwo, type TwoByTwo } from "./two-by-two";

/** F1 = 2 TP / (units of a + units of b), 0 to 1; undefined when neither marked anything. */
export function f1Of(matched: number, unitsOfFirst: number, unitsOfSecond: number): Measured {
  const units = unitsOfFirst + unitsOfSecond;
  return units === 0 ? undefinedBecause("nothing_marked") : measured((2 * matched) / units);
}

/** How units are matched. */
export type Matching = "exact" | "overlap";

/** F1 of a pair in one label slot (the last slot: whatever the label). */
export function f1OfSlot(pair: PairTotals, matching: Matching, slot: number): Measured {
  return f1Of(
    realAt(pair[matching], slot),
    realAt(pair.unitsOfFirst, slot),
    realAt(pair.unitsOfSecond, slot),
  );
}

/** F1 of a pair over all labels, where matched units need the same label. */
export function f1OfLabels(pair: PairTotals, matching: Matching): Measured {
  return f1Of(labelSum(pair[matching]), labelSum(pair.unitsOfFirst), labelSum(pair.unitsOfSecond));
}

/** Sum over the label slots, without the last one. */
export function labelSum(column: Float64Array): number {
  let sum = 0;
  for (let slot = 0; slot + 1 < column.length; slot++) sum += realAt(column, slot);
  return sum;
}

/** Tokens of a pair in one label slot as "label or not". */
export function tokenTable(pair: PairTotals, slot: number): TwoByTwo {
  const both = realAt(pair.covered, slot);
  const first = realAt(pair.coveredByFirst, slot) - both;
  const second = realAt(pair.coveredBySecond, slot) - both;
  return { both, first, second, neither: pair.tokenSets.positions - both - first - second };
}

/** Share of tokens on which "label or not" agrees. */
export function tokenPercent(pair: PairTotals, slot: number): Measured {
  return pair.tokenSets.positions === 0
    ? undefinedBecause("no_tokens")
    : percentOfTwo(tokenTable(pair, slot));
}

/** Cohen's kappa of "label or not" on tokens. */
export function tokenKappa(pair: PairTotals, slot: number): Measured {
  return pair.tokenSets.positions === 0
    ? undefinedBecause("no_tokens")
    : kappaOfTwo(tokenTable(pair, slot));
}

/** Share of tokens to which both gave the same set of labels, "no label" included. */
export function tokenSetPercent({ tokenSets }: PairTotals): Measured {
  return tokenSets.positions === 0
    ? undefinedBecause("no_tokens")
    : measured(tokenSets.same / tokenSets.positions);
}

/** Cohen's kappa (1960) with the set of labels of a token as its category. */
export function tokenSetKappa({ tokenSets }: PairTotals): Measured {
  const { positions, first, second, same } = tokenSets;
  if (positions === 0) return undefinedBecause("no_tokens");
  let chance = 0;
  for (let set = 0; set < first.values.length; set++) {
    chance += realAt(first.values, set) * realAt(second.values, set);
  }
  return kappaFrom(same / positions, chance / positions ** 2);
}

/** The same sums as those of a corpus that the two alone annotated. */
export function setsOfPair({ first, second, apart }: PairSets): SetSums {
  const counts = emptyCounts();
  for (const own of [first, second]) {
    own.values.forEach((count, set) => {
      if (count !== 0) addCount(counts, set, count);
    });
  }
  return { counts, disagreement: 2 * apart };
}

/** "Marked or not" of a pair, as the coverage of a corpus that the two alone annotated; lengths squared are not known. */
export function marksOfPair({ positions, first, second, both }: PairSets): CoverageTotals {
  const unmarked = realAt(first.values, 0) + realAt(second.values, 0);
  return {
    total: 2 * positions,
    covered: 2 * positions - unmarked,
    coincident: 2 * both,
    squares: 0,
  };
}
