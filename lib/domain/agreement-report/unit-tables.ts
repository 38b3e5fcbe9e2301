import {
  alphaOf,
  type Coincidences,
  coincidences,
  type ItemRange,
  scaleValues,
} from "../agreement/krippendorff-alpha";
import { type Level, squaredDistances } from "../agreement/krippendorff-distances";
import { type Measured, undefinedBecause } from "../agreement/measured";
import { compileRatings, pickItems, type RatingTable } from "../agreement/ratings";
import { setDistance } from "../agreement/set-distances";
import type { Layer } from "../codebook/language";
import { codePoint, type Range } from "../text/offsets";
import type { AgreementChoice } from "./choice";
import type { MeasureId } from "./measures";
import {
  comparedDocuments,
  type ReportDocument,
  type ReportSet,
  type ReportWork,
} from "./report-work";

/** One question that annotators answered on units: its ratings, and how alpha is made of them. */
export type UnitTable = {
  readonly key: string;
  readonly name: string;
  readonly measure: MeasureId;
  readonly table: RatingTable;
  /** First item of each compared document, and the number of items behind the last. */
  readonly firstItems: readonly number[];
  readonly alphaFrom: (coincidence: Coincidences) => Measured;
};

/** A layer as ratings: one question, or as many as a questionnaire has; and each label as "given or not". */
export type LayerTables = {
  readonly questions: readonly UnitTable[];
  readonly labels: readonly UnitTable[];
  /** The compared documents in order. */
  readonly documents: readonly ReportDocument[];
  readonly annotators: readonly string[];
  /** Pairs of labels that met at one unit: in a layer of one label each. */
  readonly choice: Layer["choice"];
};

type Answers = readonly (readonly string[] | null)[];

/** An answer that was not given, where such count as an answer of their own. */
export const NOT_ANSWERED = "";

/** Puts the answers of a layer into tables. */
export function tabulateLayer(
  layer: Layer,
  work: Pick<ReportWork, "documents" | "annotators">,
  { sets, choice }: { sets: readonly ReportSet[]; choice: AgreementChoice },
): LayerTables {
  const compared = comparedDocuments(work, sets);
  const present = new Set(
    compared.flatMap((each) => each.sets.map(({ annotatorId }) => annotatorId)),
  );
  const annotators = work.annotators.filter((id) => present.has(id));
  const firstItems = [0];
  const rows: Answers[] = [];
  for (const { document, sets: own } of compared) {
    const byAnnotator = new Map(own.map((set) => [set.annotatorId, answersByUnit(layer, set)]));
    for (const unit of unitsOf(layer, document)) {
      const key = `${unit.start}-${unit.end}`;
      rows.push(
        annotators.map((id) => {
          const answers = byAnnotator.get(id);
          return answers === undefined ? null : (answers.get(key) ?? []);
        }),
      );
    }
    firstItems.push(rows.length);
  }
  const labels = layer.labels.filter(({ selectable }) => selectable);
  const shared = { firstItems, choice };
  return {
    questions:
      layer.choice === "each"
        ? labels.map(({ key, name }) => question(key, name, { rows, ...shared }))
        : [wholeLayer(layer, { rows, ...shared })],
    labels:
      layer.choice === "each"
        ? []
        : labels.map(({ key, name }) => oneLabel(layer, { key, name }, { rows, ...shared })),
    documents: compared.map(({ document }) => document),
    annotators,
    choice: layer.choice,
  };
}

type Given = {
  readonly rows: readonly Answers[];
  readonly firstItems: readonly number[];
  readonly choice: AgreementChoice;
};

function question(key: string, name: string, given: Given): UnitTable {
  const start = `${key}=`;
  const ratings = given.rows.map((row) =>
    row.map((answers) => {
      if (answers === null) return null;
      const own = answers.find((answer) => answer.startsWith(start));
      return own === undefined ? unanswered(given.choice) : own.slice(start.length);
    }),
  );
  return tableAt(
    levelOf("nominal", given.choice),
    { key, name, table: compileRatings(ratings) },
    given,
  );
}

function wholeLayer(layer: Layer, given: Given): UnitTable {
  if (layer.choice === "many") return setTable(layer, given);
  const ratings = given.rows.map((row) => row.map((answers) => oneAnswer(answers, given.choice)));
  const order = layer.labels.map(({ key }) => key);
  const level = levelOf(layer.choice === "scale" ? "ordinal" : "nominal", given.choice);
  const table = compileRatings(ratings, order);
  return tableAt(level, { key: layer.key, name: layer.name, table }, given);
}

function setTable(layer: Layer, { rows, firstItems, choice }: Given): UnitTable {
  const table = compileRatings(
    rows.map((row) =>
      row.map((answers) =>
        answers === null ? null : JSON.stringify([...new Set(answers)].sort()),
      ),
    ),
  );
  const sets = table.categories.map((key) => JSON.parse(String(key)) as string[]);
  const distances = Float64Array.from(
    sets.flatMap((a) => sets.map((b) => setDistance(a, b, { kind: choice.distance }))),
  );
  return {
    key: layer.key,
    name: layer.name,
    measure: choice.distance === "masi" ? "alpha.sets.masi" : "alpha.sets.jaccard",
    table,
    firstItems,
    alphaFrom: (coincidence) => alphaOf(coincidence, () => distances),
  };
}

function oneLabel(layer: Layer, label: { key: string; name: string }, given: Given): UnitTable {
  const { rows, firstItems, choice } = given;
  const ratings = rows.map((row) =>
    row.map((answers) => {
      if (answers === null) return null;
      if (layer.choice === "many") return Number(answers.includes(label.key));
      const own = oneAnswer(answers, choice);
      return own === null ? null : Number(own === label.key);
    }),
  );
  const table = compileRatings(ratings, [0, 1]);
  const nominal = tableAt("nominal", { ...label, table }, given);
  return { ...nominal, measure: "alpha.binary", firstItems };
}

function tableAt(
  level: Level,
  { key, name, table }: { key: string; name: string; table: RatingTable },
  { firstItems }: Given,
): UnitTable {
  const values = scaleValues(table.categories, level);
  return {
    key,
    name,
    measure: level === "ordinal" || level === "interval" ? `alpha.${level}` : "alpha.nominal",
    table,
    firstItems,
    alphaFrom: (coincidence) =>
      values === null
        ? undefinedBecause("not_numeric")
        : alphaOf(coincidence, (counts) => squaredDistances(level, { values, counts })),
  };
}

function levelOf(own: Level, { level }: AgreementChoice): Level {
  return level === "codebook" ? own : level;
}

function oneAnswer(answers: readonly string[] | null, choice: AgreementChoice): string | null {
  if (answers === null) return null;
  return answers[0] ?? unanswered(choice);
}

function unanswered({ missing }: AgreementChoice): string | null {
  return missing === "category" ? NOT_ANSWERED : null;
}

function answersByUnit(layer: Layer, set: ReportSet): Map<string, string[]> {
  const answers = new Map<string, string[]>();
  for (const { layer: own, label, value, start, end } of set.unitLabels) {
    if (own !== layer.key) continue;
    const key = `${start}-${end}`;
    const answer = layer.choice === "each" ? `${label}=${value}` : label;
    answers.set(key, [...(answers.get(key) ?? []), answer].sort());
  }
  return answers;
}

function unitsOf({ level }: Layer, document: ReportDocument): readonly Range[] {
  if (level === "document") return [{ start: codePoint(0), end: codePoint(document.length) }];
  if (level === "block") return document.annotatable;
  const sentences: Range[] = [];
  for (let at = 0; at + 1 < document.sentences.length; at += 2) {
    const start = codePoint(document.sentences[at] ?? 0);
    const end = codePoint(document.sentences[at + 1] ?? 0);
    if (document.annotatable.some((block) => block.start <= start && end <= block.end)) {
      sentences.push({ start, end });
    }
  }
  return sentences;
}

/** Alpha of a table as a whole. */
export function alphaOfTable({ table, alphaFrom }: UnitTable): Measured {
  return alphaFrom(coincidences(table));
}

/** The items of one document. */
export function itemsOf({ firstItems }: UnitTable, document: number): ItemRange {
  const from = firstItems[document] ?? 0;
  return { from, to: firstItems[document + 1] ?? from };
}

/** The part of a table with the items of one document. */
export function documentPart({ table, firstItems }: UnitTable, document: number): RatingTable {
  const from = firstItems[document] ?? 0;
  const to = firstItems[document + 1] ?? from;
  return pickItems(
    table,
    Int32Array.from({ length: to - from }, (_, index) => from + index),
  );
}
