import { eachPair } from "./annotator-pairs";
import {
  type Coefficient,
  coefficientFrom,
  quadraticForm,
  type Weights,
  weightOf,
} from "./chance-corrected";
import { meanOf, realAt } from "./columns";
import {
  type CrossTable,
  crossColumns,
  ratingColumns,
  tableMargins,
  tableTotal,
} from "./cross-table";
import { type Measured, measured, undefinedBecause } from "./measured";
import type { RatingTable } from "./ratings";

/**
 * Cohen's kappa (1960), weighted with weights (Cohen 1968): chance is sum_kl w_kl p_k. p_.l from each annotator's own
 * shares. At most 1. Undefined without items or when chance agreement is complete.
 */
export function cohenKappa(table: CrossTable, weights: Weights = null): Coefficient {
  if (tableTotal(table) === 0) return undefinedBecause("no_data");
  const { rows, columns } = tableMargins(table);
  let chance = 0;
  for (let k = 0; k < table.size; k++) {
    for (let l = 0; l < table.size; l++) {
      chance += weightOf(weights, k, l, table.size) * realAt(rows, k) * realAt(columns, l);
    }
  }
  return coefficientFrom(tableAgreement(table, weights), chance);
}

/** Scott's pi (1955): chance is sum_kl w_kl pi_k pi_l with pi_k the mean of the two annotators' shares. */
export function scottPi(table: CrossTable, weights: Weights = null): Coefficient {
  if (tableTotal(table) === 0) return undefinedBecause("no_data");
  const { rows, columns } = tableMargins(table);
  const shares = rows.map((share, k) => (share + realAt(columns, k)) / 2);
  return coefficientFrom(tableAgreement(table, weights), quadraticForm(shares, weights));
}

/** Bennett, Alpert and Goldstein's S (1954): chance is 1 / q; with two categories 2 p_o - 1, which is PABAK. */
export function bennettS(table: CrossTable): Coefficient {
  if (tableTotal(table) === 0) return undefinedBecause("no_data");
  return coefficientFrom(tableAgreement(table, null), table.size < 2 ? null : 1 / table.size);
}

/** The largest kappa that the two annotators' shares allow: (sum_k min(p_k., p_.k) - p_e) / (1 - p_e) (Cohen 1960). */
export function maximumKappa(table: CrossTable): Measured {
  const kappa = cohenKappa(table);
  if (kappa.value === null) return kappa;
  const { rows, columns } = tableMargins(table);
  const reachable = rows.reduce((sum, share, k) => sum + Math.min(share, realAt(columns, k)), 0);
  return measured((reachable - kappa.chance) / (1 - kappa.chance));
}

/** Share of items on which the two agree, weighted where weights are given. The table must not be empty. */
export function tableAgreement(table: CrossTable, weights: Weights): number {
  let agreeing = 0;
  for (let k = 0; k < table.size; k++) {
    for (let l = 0; l < table.size; l++) {
      agreeing += weightOf(weights, k, l, table.size) * realAt(table.cells, k * table.size + l);
    }
  }
  return agreeing / tableTotal(table);
}

/** Cohen's kappa of every pair, in the order of `pairIndex`, each over the items both rated. */
export function pairwiseKappas(table: RatingTable, weights: Weights = null): Coefficient[] {
  return pairTables(table).map((pair) => {
    const kappa = cohenKappa(pair, weights);
    return kappa.value === null && kappa.reason === "no_data"
      ? undefinedBecause("no_pairable")
      : kappa;
  });
}

/** Light's kappa (1971): the mean of the pairwise kappas; pairs without a value are left out. */
export function lightKappa(table: RatingTable): Measured {
  const kappas = pairwiseKappas(table);
  const mean = meanOf(kappas.flatMap((kappa) => (kappa.value === null ? [] : [kappa.value])));
  if (mean !== null) return measured(mean);
  return kappas[0]?.value === null
    ? undefinedBecause(kappas[0].reason)
    : undefinedBecause("no_data");
}

/**
 * The kappa of Davies and Fleiss (1982), also Hubert's (1977): mean observed and mean chance agreement over the pairs,
 * each pair with its own shares.
 */
export function daviesFleissKappa(table: RatingTable): Coefficient {
  let observed = 0;
  let chance = 0;
  let pairs = 0;
  for (const pair of pairTables(table)) {
    if (tableTotal(pair) === 0) continue;
    const { rows, columns } = tableMargins(pair);
    observed += tableAgreement(pair, null);
    chance += rows.reduce((sum, share, k) => sum + share * realAt(columns, k), 0);
    pairs++;
  }
  if (pairs === 0) return undefinedBecause(table.items === 0 ? "no_data" : "no_pairable");
  return coefficientFrom(observed / pairs, chance / pairs);
}

function pairTables(table: RatingTable): CrossTable[] {
  const columns = ratingColumns(table);
  const tables: CrossTable[] = [];
  eachPair(table.annotators, (first, second) => {
    tables.push(
      crossColumns(columns, { first, second, items: table.items, size: table.categories.length }),
    );
  });
  return tables;
}
