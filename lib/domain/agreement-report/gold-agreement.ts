import type { Figure } from "../agreement/report-types";
import { rangesOf } from "../agreement/span-input";
import type { Codebook, Layer } from "../codebook/language";
import type { Range } from "../text/offsets";
import type { AgreementChoice } from "./choice";
import { reportedLayers } from "./layers";
import { byDocument, type ReportSet, type ReportWork } from "./report-work";
import { exactF1 } from "./span-report";
import { equalAnswers } from "./unit-report";

/** What adjudication left open: there is no gold at this passage, or of these labels at this unit. */
export type ContestedPlace = Range & {
  readonly versionId: string;
  readonly layer: string;
  readonly kind: "span" | "unit";
  /** Labels that somebody gave the unit. */
  readonly labels: readonly string[];
};

/** Each annotator against the gold of one layer. */
export type GoldAgreement = {
  readonly layer: string;
  readonly name: string;
  readonly measure: "f1.exact" | "percent";
  readonly rows: readonly {
    readonly annotator: string;
    /** Documents that the annotator submitted and whose adjudication is finished. */
    readonly documents: number;
    readonly figure: Figure;
  }[];
};

/** Stands for the gold where two are compared. */
const GOLD = "gold";

/**
 * How far each annotator's own submissions are what adjudication decided. It is no agreement between annotators:
 * the gold was made from their work. What stays contested counts for nobody.
 */
export function agreementWithGold(
  codebook: Pick<Codebook, "layers">,
  {
    documents,
    sets,
    gold,
    contested,
  }: Pick<ReportWork, "documents" | "sets"> & {
    gold: readonly ReportSet[];
    contested: readonly ContestedPlace[];
  },
  choice: AgreementChoice,
): GoldAgreement[] {
  const goldOf = byDocument(gold);
  const annotators = [...new Set(sets.map(({ annotatorId }) => annotatorId))].sort();
  return reportedLayers(codebook).map((layer): GoldAgreement => {
    const places = contested.filter((place) => place.layer === layer.key);
    const rows = annotators.flatMap((annotator) => {
      const pairs = sets
        .filter((set) => set.annotatorId === annotator && !isOpen(layer, set, places))
        .flatMap((own) => {
          const decided = goldOf.get(own.versionId)?.[0];
          return decided === undefined ? [] : [own, { ...decided, annotatorId: GOLD }];
        })
        .map((set) => withoutContested(set, places));
      if (pairs.length === 0) return [];
      const work = { documents, annotators: [annotator, GOLD] };
      // Where either gave no answer there is nothing to be equal.
      const settings = { sets: pairs, choice: { ...choice, missing: "left_out" as const } };
      const figure =
        layer.level === "span" ? exactF1(layer, work, pairs) : equalAnswers(layer, work, settings);
      return [{ annotator, documents: pairs.length / 2, figure }];
    });
    return {
      layer: layer.key,
      name: layer.name,
      measure: layer.level === "span" ? "f1.exact" : "percent",
      rows,
    };
  });
}

/** Where several labels may be given, none is an answer: a unit without gold takes its document out. */
function isOpen(layer: Layer, set: ReportSet, places: readonly ContestedPlace[]): boolean {
  return (
    layer.choice === "many" &&
    places.some(({ versionId, kind }) => versionId === set.versionId && kind === "unit")
  );
}

function withoutContested(set: ReportSet, all: readonly ContestedPlace[]): ReportSet {
  const places = all.filter(({ versionId }) => versionId === set.versionId);
  if (places.length === 0) return set;
  return {
    ...set,
    spans: set.spans.filter(
      (span) =>
        !places.some(
          ({ kind, layer, start, end }) =>
            kind === "span" &&
            layer === span.layer &&
            rangesOf(span).some((range) => range.start < end && start < range.end),
        ),
    ),
    unitLabels: set.unitLabels.filter(
      (own) =>
        !places.some(
          ({ kind, layer, start, end, labels }) =>
            kind === "unit" &&
            layer === own.layer &&
            start === own.start &&
            end === own.end &&
            labels.includes(own.label),
        ),
    ),
  };
}
