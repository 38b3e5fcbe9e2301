import { type Measured, measured, undefinedBecause } from "./measured";

/** Two annotators on one yes-or-no question: how often both, the first only, the second only, and neither said yes. */
export type TwoByTwo = {
  readonly both: number;
  readonly first: number;
  readonly second: number;
  readonly neither: number;
};

/** Share of items on which the two agree, 0 to 1. Undefined without items. */
export function percentOfTwo(table: TwoByTwo): Measured {
  const total = table.both + table.first + table.second + table.neither;
  return total === 0 ? undefinedBecause("no_data") : measured((table.both + table.neither) / total);
}

/** Cohen's kappa (1960) of a 2 by 2 table. Undefined without items, or when both used the same one answer only. */
export function kappaOfTwo(table: TwoByTwo): Measured {
  const { both, first, second, neither } = table;
  const total = both + first + second + neither;
  if (total === 0) return undefinedBecause("no_data");
  const yes = ((both + first) / total) * ((both + second) / total);
  const no = ((neither + first) / total) * ((neither + second) / total);
  return kappaFrom((both + neither) / total, yes + no);
}

/** (observed - chance) / (1 - chance); undefined when chance agreement is complete. */
export function kappaFrom(observed: number, chance: number): Measured {
  return chance >= 1 - 1e-15
    ? undefinedBecause("no_variation")
    : measured((observed - chance) / (1 - chance));
}
