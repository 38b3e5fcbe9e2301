import { normalCumulative, normalQuantile, studentQuantile } from "./distributions";
import { type Measured, measured, undefinedBecause } from "./measured";

/** A standard error and the documents it came from. */
export type Precision = { readonly standardError: number; readonly documents: number };

/**
 * How many documents in all until the interval reaches no further than `halfWidth` on either side: the smallest n with
 * t(n - 1) SE sqrt(n_0 / n) <= halfWidth, taking new documents to be like the old ones. Undefined below two documents.
 */
export function documentsForPrecision(
  now: Precision,
  goal: { readonly halfWidth: number; readonly level?: number },
): Measured<{ readonly more: number }> {
  if (now.documents < 2) return undefinedBecause("too_few_documents");
  const p = 1 - (1 - (goal.level ?? 0.95)) / 2;
  const reach = (n: number) =>
    studentQuantile(p, n - 1) * now.standardError * Math.sqrt(now.documents / n);
  let high = 2;
  while (reach(high) > goal.halfWidth) {
    if (high > 1e9) return undefinedBecause("too_large");
    high *= 2;
  }
  let low = Math.max(1, high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reach(middle) > goal.halfWidth) low = middle;
    else high = middle;
  }
  return measured(high, { more: Math.max(0, high - now.documents) });
}

/**
 * How many documents per round to notice that a measure rose by `difference` between two independent rounds, with the given
 * power (two-sided normal test): n = 2 ((z_a + z_b) s / difference)^2 with s = SE sqrt(n_0).
 */
export function documentsForPower(
  now: Precision,
  goal: { readonly difference: number; readonly power?: number; readonly significance?: number },
): Measured {
  if (now.documents < 2) return undefinedBecause("too_few_documents");
  if (goal.difference === 0) return undefinedBecause("no_variation");
  const spread = now.standardError * Math.sqrt(now.documents);
  const z = normalQuantile(1 - (goal.significance ?? 0.05) / 2) + normalQuantile(goal.power ?? 0.8);
  return measured(Math.max(2, Math.ceil(2 * ((z * spread) / goal.difference) ** 2)));
}

/** The chance to notice such a difference with so many documents per round (two-sided normal test). */
export function powerFor(
  now: Precision,
  plan: { readonly difference: number; readonly documents: number; readonly significance?: number },
): Measured {
  if (now.documents < 2 || plan.documents < 2) return undefinedBecause("too_few_documents");
  const error = now.standardError * Math.sqrt((2 * now.documents) / plan.documents);
  if (error === 0) return undefinedBecause("no_variation");
  const z = normalQuantile(1 - (plan.significance ?? 0.05) / 2);
  return measured(normalCumulative(Math.abs(plan.difference) / error - z));
}
