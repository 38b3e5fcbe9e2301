import {
  type Coefficient,
  coefficientFrom,
  totalWeight,
  type Weights,
  weightOf,
} from "./chance-corrected";
import { cohenKappa, scottPi, tableAgreement } from "./cohen-kappa";
import { realAt } from "./columns";
import { type CrossTable, tableMargins, tableTotal } from "./cross-table";
import { type WithError, withInterval } from "./linearised-error";
import { undefinedBecause } from "./measured";

/** Coefficients of two annotators whose large-sample error is known. */
export type TableCoefficient = "kappa" | "scott" | "ac" | "bp" | "alpha";

/**
 * Standard error of a two-annotator coefficient from its contingency table (Fleiss, Cohen and Everitt 1969 for kappa;
 * Gwet 2014, ch. 5 for the others): the variance over cells of w_kl - 2 (1 - k) g_kl, over n (1 - p_e)^2. The interval
 * uses Student's t with n - 1 degrees of freedom and is cut at 1.
 */
export function tableError(
  table: CrossTable,
  coefficient: TableCoefficient,
  options: { readonly weights?: Weights; readonly level?: number } = {},
): WithError {
  const n = tableTotal(table);
  if (n === 0) return undefinedBecause("no_data");
  if (n < 2) return undefinedBecause("too_few_ratings");
  const weights = options.weights ?? null;
  const plain = plainCoefficient(table, coefficient, weights);
  if (plain.value === null) return plain;
  const chances = cellChances(table, coefficient, weights);
  let mean = 0;
  let squares = 0;
  table.cells.forEach((count, cell) => {
    const weight = weightOf(weights, Math.floor(cell / table.size), cell % table.size, table.size);
    const part = weight - 2 * (1 - plain.value) * realAt(chances, cell);
    mean += (count / n) * part;
    squares += (count / n) * part ** 2;
  });
  const variance = Math.max(0, squares - mean ** 2) / (n * (1 - plain.chance) ** 2);
  const value = coefficient === "alpha" ? alphaOfPi(plain.value, n) : plain.value;
  return withInterval(value, Math.sqrt(variance), { freedom: n - 1, level: options.level ?? 0.95 });
}

/** Alpha of two annotators with complete ratings from Scott's pi: 1 - (1 - pi) (2n - 1) / 2n (Krippendorff 2004). */
function alphaOfPi(pi: number, items: number): number {
  return 1 - ((1 - pi) * (2 * items - 1)) / (2 * items);
}

function plainCoefficient(
  table: CrossTable,
  coefficient: TableCoefficient,
  weights: Weights,
): Coefficient {
  if (coefficient === "kappa") return cohenKappa(table, weights);
  if (coefficient === "scott" || coefficient === "alpha") return scottPi(table, weights);
  const q = table.size;
  if (q < 2) return undefinedBecause("no_variation");
  const observed = tableAgreement(table, weights);
  if (coefficient === "bp") return coefficientFrom(observed, totalWeight(q, weights) / q ** 2);
  const spread = meanMargins(table).reduce((sum, share) => sum + share * (1 - share), 0);
  return coefficientFrom(observed, (totalWeight(q, weights) * spread) / (q * (q - 1)));
}

/** Half the derivative of chance agreement by the share of each cell. */
function cellChances(
  table: CrossTable,
  coefficient: TableCoefficient,
  weights: Weights,
): Float64Array {
  const q = table.size;
  const byRow = rowChances(table, coefficient, weights);
  return table.cells.map((_, cell) => {
    const k = Math.floor(cell / q);
    const l = cell % q;
    return (realAt(byRow.rows, k) + realAt(byRow.columns, l)) / 2;
  });
}

function rowChances(
  table: CrossTable,
  coefficient: TableCoefficient,
  weights: Weights,
): { rows: Float64Array; columns: Float64Array } {
  const q = table.size;
  const margins = tableMargins(table);
  const mean = meanMargins(table);
  if (coefficient === "bp") return { rows: new Float64Array(q), columns: new Float64Array(q) };
  if (coefficient === "ac") {
    const factor = totalWeight(q, weights) / (q * (q - 1));
    const column = mean.map((share) => factor * (1 - share));
    return { rows: column, columns: column };
  }
  const product = (x: Float64Array) =>
    x.map((_, k) => x.reduce((sum, share, l) => sum + weightOf(weights, k, l, q) * share, 0));
  if (coefficient === "kappa")
    return { rows: product(margins.columns), columns: product(margins.rows) };
  return { rows: product(mean), columns: product(mean) };
}

function meanMargins(table: CrossTable): Float64Array {
  const { rows, columns } = tableMargins(table);
  return rows.map((share, k) => (share + realAt(columns, k)) / 2);
}
