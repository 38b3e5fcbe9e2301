import { type Interval, jackknifeInterval, LIVE_INTERVAL } from "../agreement/jackknife";
import { alphaPerCategory, krippendorffAlpha } from "../agreement/krippendorff-alpha";
import { type Measured, undefinedBecause } from "../agreement/measured";
import { multilabelAlpha, multilabelAlphaPerLabel } from "../agreement/multilabel-alpha";
import { percentAgreement } from "../agreement/percent-agreement";
import { compileRatings } from "../agreement/ratings";
import { figureOf, intervalOf } from "../agreement/report-figures";
import type { Figure, IntervalFigure } from "../agreement/report-types";
import type { UnitLabel } from "../annotation/state";
import type { Layer } from "../codebook/language";
import { selectableLabels } from "../codebook/lookup";
import type { Range } from "../text/offsets";

/** A document with its units (itself, its blocks or its sentences) and what was submitted on them. */
export type RatedDocument = {
  units: readonly Range[];
  /** By annotator, in one order for all documents; null where there is no submission. */
  submissions: readonly (readonly UnitLabel[] | null)[];
};

/** Agreement on a layer whose labels belong to whole documents, blocks or sentences. */
export type UnitLayerReport = {
  layer: string;
  name: string;
  level: Layer["level"];
  choice: Layer["choice"];
  /** Undefined as a whole for a questionnaire, whose questions have figures of their own. */
  alpha: IntervalFigure | null;
  percent: Figure;
  /** Documents with two or more submissions, and those of their units with two or more answers. */
  documents: number;
  units: number;
  labels: readonly UnitLabelReport[];
};

export type UnitLabelReport = {
  key: string;
  name: string;
  /** How often the label was given (or its question answered), and how often it could have been. */
  given: number;
  of: number;
  alpha: Figure;
};

/** A unit's answers by annotator: the labels given, null where nothing was rated. */
type Row = readonly (readonly string[] | null)[];

/**
 * Krippendorff's alpha of a layer: nominal where one label is chosen, ordinal on a scale, on sets with
 * Jaccard distance where several may be chosen, nominal for each question of a questionnaire. Intervals
 * leave out one document at a time.
 */
export function reportUnitLayer(
  layer: Layer,
  documents: readonly RatedDocument[],
): UnitLayerReport {
  const compared = documents.filter(
    ({ submissions }) => submissions.filter((each) => each !== null).length > 1,
  );
  const rows = compared.map((document) => rowsOf(layer, document));
  const all = rows.flat();
  return {
    layer: layer.key,
    name: layer.name,
    level: layer.level,
    choice: layer.choice,
    alpha: layer.choice === "each" ? null : withInterval(rows, (some) => layerAlpha(layer, some)),
    percent: figureOf(percentAgreement(compileRatings(all.map(setKeys)))),
    documents: compared.length,
    units: all.filter((row) => row.filter((each) => each !== null).length > 1).length,
    labels: labelReports(layer, all),
  };
}

function rowsOf(layer: Layer, { units, submissions }: RatedDocument): Row[] {
  return units.map((unit) =>
    submissions.map((labels) => (labels === null ? null : answersAt(layer, unit, labels))),
  );
}

/** What one annotator said of one unit. Only where several may be chosen is "none" an answer. */
function answersAt(
  layer: Layer,
  unit: Range,
  labels: readonly UnitLabel[],
): readonly string[] | null {
  const given = labels
    .filter((each) => each.layer === layer.key)
    .filter((each) => each.start === unit.start && each.end === unit.end)
    .map((each) => (layer.choice === "each" ? `${each.label}=${each.value}` : each.label))
    .sort();
  return given.length > 0 || layer.choice === "many" ? given : null;
}

function layerAlpha(layer: Layer, rows: readonly Row[]): Measured {
  if (layer.choice === "many") return multilabelAlpha(rows, { kind: "jaccard" });
  const order = layer.labels.map(({ key }) => key);
  const table = compileRatings(rows.map(setKeys), order);
  return krippendorffAlpha(table, layer.choice === "scale" ? "ordinal" : "nominal");
}

function setKeys(row: Row): (string | null)[] {
  return row.map((given) => (given === null ? null : given.join("\n")));
}

/** Most documents for which an interval is computed while a person waits. */
const MOST_LEFT_OUT = 400;

function withInterval(
  byDocument: readonly (readonly Row[])[],
  measure: (rows: readonly Row[]) => Measured,
): IntervalFigure {
  const value = measure(byDocument.flat());
  return { ...figureOf(value), interval: intervalOf(intervalAround(value, byDocument, measure)) };
}

function intervalAround(
  value: Measured,
  byDocument: readonly (readonly Row[])[],
  measure: (rows: readonly Row[]) => Measured,
): Interval {
  if (value.value === null) return undefinedBecause(value.reason);
  if (byDocument.length < LIVE_INTERVAL.minimumDocuments) {
    return undefinedBecause("too_few_documents");
  }
  if (byDocument.length > MOST_LEFT_OUT) return undefinedBecause("too_large");
  const leftOut = byDocument.map((_, out) =>
    measure(byDocument.flatMap((rows, index) => (index === out ? [] : rows))),
  );
  return jackknifeInterval(value, leftOut, LIVE_INTERVAL);
}

function labelReports(layer: Layer, rows: readonly Row[]): UnitLabelReport[] {
  const of = rows.flat().filter((given) => given !== null).length;
  if (layer.choice === "each") {
    return selectableLabels(layer).map(({ key, name }) => questionReport(key, name, rows));
  }
  const alphas =
    layer.choice === "many"
      ? multilabelAlphaPerLabel(rows)
      : alphaPerCategory(compileRatings(rows.map(setKeys)));
  return selectableLabels(layer).map(({ key, name }) => ({
    key,
    name,
    given: rows.flat().filter((given) => given?.includes(key)).length,
    of,
    alpha: figureOf(alphas.get(key) ?? undefinedBecause("label_unused")),
  }));
}

/** One question of a questionnaire: the answers as categories. */
function questionReport(key: string, name: string, rows: readonly Row[]): UnitLabelReport {
  const answers = rows.map((row) =>
    row.map((given) => given?.find((each) => each.startsWith(`${key}=`)) ?? null),
  );
  const table = compileRatings(answers);
  const given = answers.flat().filter((each) => each !== null).length;
  return { key, name, given, of: rows.flat().length, alpha: figureOf(krippendorffAlpha(table)) };
}
