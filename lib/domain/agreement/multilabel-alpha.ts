import { type Alpha, krippendorffAlpha, krippendorffAlphaWith } from "./krippendorff-alpha";
import { compileRatings } from "./ratings";
import { type SetDistance, setDistance } from "./set-distances";

/** Multi-label ratings: one row per item, one column per annotator; [] = rated, nothing applies; null = no rating. */
export type SetRatings = readonly (readonly (readonly string[] | null)[])[];

/** Krippendorff's alpha with sets of labels as ratings and a distance between sets (Passonneau 2006; Artstein and Poesio 2008). */
export function multilabelAlpha(rows: SetRatings, rule: SetDistance): Alpha {
  const sets = new Map<string, readonly string[]>();
  const keys = rows.map((row) =>
    row.map((set) => {
      if (set === null) return null;
      const labels = [...new Set(set)].sort();
      const key = JSON.stringify(labels);
      sets.set(key, labels);
      return key;
    }),
  );
  const table = compileRatings(keys);
  const known = table.categories.map((key) => sets.get(String(key)) ?? []);
  const distances = known.flatMap((a) => known.map((b) => setDistance(a, b, rule)));
  return krippendorffAlphaWith(table, Float64Array.from(distances));
}

/** Nominal alpha of every label as "given or not"; an annotator who did not rate an item stays missing. */
export function multilabelAlphaPerLabel(rows: SetRatings): Map<string, Alpha> {
  const labels = new Set(rows.flatMap((row) => row.flatMap((set) => set ?? [])));
  return new Map(
    [...labels].sort().map((label) => {
      const binary = rows.map((row) =>
        row.map((set) => (set === null ? null : Number(set.includes(label)))),
      );
      return [label, krippendorffAlpha(compileRatings(binary, [0, 1]))];
    }),
  );
}
