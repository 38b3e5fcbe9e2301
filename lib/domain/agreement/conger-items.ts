import { type Weights, weightOf } from "./chance-corrected";
import { realAt } from "./columns";
import type { RatingTable } from "./ratings";

/**
 * The part of every item in the chance agreement of Conger's kappa (Gwet 2014, section 5.3.3): for annotator g and item
 * u, what u adds to g's shares, weighted by the shares of the other annotators.
 */
export function congerItemChance(table: RatingTable, weights: Weights): Float64Array {
  const q = table.categories.length;
  const annotators = ratingAnnotators(table, q);
  const r = annotators.length;
  const sums = new Float64Array(q);
  for (const { shares } of annotators) {
    shares.forEach((share, k) => {
      sums[k] = realAt(sums, k) + share;
    });
  }
  const chances = new Float64Array(table.items);
  for (const { annotator, rated, shares } of annotators) {
    const others = shares.map((share, k) => realAt(sums, k) - share);
    const pull = Float64Array.from({ length: q }, (_, l) => {
      let sum = 0;
      for (let k = 0; k < q; k++) sum += weightOf(weights, k, l, q) * realAt(others, k);
      return sum;
    });
    const usual = pull.reduce((sum, value, l) => sum + value * realAt(shares, l), 0);
    for (let item = 0; item < table.items; item++) {
      const code = table.codes[item * table.annotators + annotator] ?? -1;
      const own = code < 0 ? 0 : realAt(pull, code) - usual;
      const part = (table.items / rated) * own + usual;
      chances[item] = realAt(chances, item) + part / (r * (r - 1));
    }
  }
  return chances;
}

type Annotator = {
  readonly annotator: number;
  readonly rated: number;
  readonly shares: Float64Array;
};

function ratingAnnotators(table: RatingTable, categories: number): Annotator[] {
  const list: Annotator[] = [];
  for (let annotator = 0; annotator < table.annotators; annotator++) {
    const shares = new Float64Array(categories);
    let rated = 0;
    for (let cell = annotator; cell < table.codes.length; cell += table.annotators) {
      const code = table.codes[cell] ?? -1;
      if (code < 0) continue;
      shares[code] = realAt(shares, code) + 1;
      rated++;
    }
    if (rated > 0) list.push({ annotator, rated, shares: shares.map((count) => count / rated) });
  }
  return list;
}
