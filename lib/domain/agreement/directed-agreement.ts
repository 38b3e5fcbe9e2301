import { intAt } from "./columns";
import { type Measured, measured, undefinedBecause } from "./measured";
import type { SpanDocument } from "./span-document";
import { unitOverlap } from "./span-matching";
import type { UnitList } from "./unit-list";
import { withoutLabels } from "./unit-shape";

/**
 * agr(a||b) of MPQA (Wiebe, Wilson and Cardie 2005, section 6.2): the share of a's spans that overlap one of b's, over
 * the documents both submitted, 0 to 1. It is recall with a as the reference; agr(b||a) is the other direction and the
 * two differ. `labels: "compared"` asks for the same label too. Undefined when a marked nothing there.
 */
export function directedAgreement(
  documents: readonly SpanDocument[],
  pair: { readonly from: number; readonly to: number },
  labels: "compared" | "ignored" = "ignored",
): Measured<{ readonly matched: number; readonly spans: number }> {
  let matched = 0;
  let spans = 0;
  let shared = 0;
  for (const document of documents) {
    const from = document.submitters.indexOf(pair.from);
    const to = document.submitters.indexOf(pair.to);
    if (from < 0 || to < 0) continue;
    shared++;
    const units = labels === "ignored" ? withoutLabels(document.units) : document.units;
    const own = intAt(units.offsets, from + 1) - intAt(units.offsets, from);
    spans += own;
    matched += overlappedUnits(units, from, to);
  }
  if (shared === 0) return undefinedBecause("no_pairable");
  return spans === 0
    ? undefinedBecause("nothing_marked")
    : measured(matched / spans, { matched, spans });
}

/** How many units of one submitter overlap a unit of the same label of another. */
function overlappedUnits(units: UnitList, from: number, to: number): number {
  const rows = (submitter: number) =>
    Array.from(
      { length: intAt(units.offsets, submitter + 1) - intAt(units.offsets, submitter) },
      (_, index) => intAt(units.offsets, submitter) + index,
    );
  const others = rows(to);
  return rows(from).filter((a) =>
    others.some(
      (b) => intAt(units.label, a) === intAt(units.label, b) && unitOverlap(units, a, b) > 0,
    ),
  ).length;
}
