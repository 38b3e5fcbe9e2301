import { cohenKappa } from "./cohen-kappa";
import { crossTable } from "./cross-table";
import { type Alpha, krippendorffAlpha } from "./krippendorff-alpha";
import type { Level } from "./krippendorff-distances";
import type { Measured } from "./measured";
import { percentAgreement } from "./percent-agreement";
import type { RatingTable } from "./ratings";

/** How well one annotator agrees with the own earlier work; an upper bound of agreement between annotators. */
export type IntraAnnotator = {
  readonly percent: Measured;
  readonly alpha: Alpha;
  /** Of the first two passes. */
  readonly kappa: Measured;
};

/** Intra-annotator agreement: rows are items, columns the passes of one annotator over them. */
export function intraAnnotator(passes: RatingTable, level: Level = "nominal"): IntraAnnotator {
  return {
    percent: percentAgreement(passes),
    alpha: krippendorffAlpha(passes, level),
    kappa: cohenKappa(crossTable(passes, 0, 1)),
  };
}
