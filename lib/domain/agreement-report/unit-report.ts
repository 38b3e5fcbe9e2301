import { gwetAc } from "../agreement/chance-corrected";
import { realAt } from "../agreement/columns";
import { type Interval, jackknifeInterval, LIVE_INTERVAL } from "../agreement/jackknife";
import { type Coincidences, coincidences } from "../agreement/krippendorff-alpha";
import { type Measured, measured, undefinedBecause } from "../agreement/measured";
import { percentAgreement } from "../agreement/percent-agreement";
import { countRatings } from "../agreement/rating-counts";
import type { RatingTable } from "../agreement/ratings";
import { figureOf, intervalOf, meanMeasure } from "../agreement/report-figures";
import type { Figure, IntervalFigure } from "../agreement/report-types";
import type { Layer } from "../codebook/language";
import type { AgreementChoice } from "./choice";
import type {
  ConfusionCell,
  DocumentRow,
  Headline,
  LabelRow,
  LayerReport,
  RepeatRow,
  TrendRow,
} from "./layer-report";
import { type ReportSet, type ReportWork, repeatsOf, slicesOf } from "./report-work";
import { bare, difference, meanFigure, RARE } from "./span-report";
import { alphaWithout, minus, unitPairRows } from "./unit-pairs";
import {
  alphaOfTable,
  documentPart,
  itemsOf,
  type LayerTables,
  NOT_ANSWERED,
  tabulateLayer,
  type UnitTable,
} from "./unit-tables";

/** Numbers to go through for an interval that are worth their time. */
const MOST_CELLS = 300_000_000;

/** Everything that is said of a layer whose labels belong to documents, blocks or sentences. */
export function reportUnitLayer(
  layer: Layer,
  work: ReportWork,
  choice: AgreementChoice,
): LayerReport {
  const tables = tabulateLayer(layer, work, { sets: work.sets, choice });
  const figure = headlineFigure(tables);
  const pairs = unitPairRows(tables);
  return {
    layer: layer.key,
    name: layer.name,
    kind: "units",
    headline: {
      ...headlineMeasure(layer, tables),
      figure,
      unfiltered: unfilteredFigure(layer, work, choice),
      documents: tables.documents.length,
      annotators: tables.annotators.length,
      units: tables.questions.reduce((sum, { table }) => sum + pairableItems(table), 0),
      unitName: layer.choice === "each" ? "answered question" : layer.level,
    },
    beside: [
      {
        measure: "percent",
        name: "Percent, same answer",
        figure: meanFigure(tables.questions.map(({ table }) => figureOf(percentAgreement(table)))),
        interval: null,
      },
      {
        measure: "ac1",
        name: "Gwet’s AC1",
        figure: meanFigure(tables.questions.map(({ table }) => figureOf(gwetAc(table)))),
        interval: null,
      },
    ],
    labels:
      layer.choice === "each"
        ? tables.questions.map((question) => questionRow(question))
        : tables.labels.map((label) => labelRow(label)),
    pairs,
    annotators: tables.annotators.map((annotator, index) => {
      const without = figureOf(
        meanMeasure(tables.questions.map((own) => alphaWithout(own, index))),
      );
      return {
        annotator,
        documents: documentsOf(tables, index),
        given: answersOf(tables, index),
        withOthers: meanFigure(
          pairs
            .filter(({ first, second }) => first === annotator || second === annotator)
            .map(({ percent }) => percent),
        ),
        without,
        change: difference(without, figure),
      };
    }),
    documents: documentRows(tables),
    confusion: layer.choice === "each" ? [] : confusionOf(tables),
    boundaries: [],
    trend: trendRows(layer, work, choice),
    repeats: repeatRows(layer, work, choice),
    notes: [
      choice.missing === "left_out"
        ? "An answer that was not given is missing: it counts in no figure."
        : "An answer that was not given counts as an answer of its own.",
      ...(layer.choice === "many"
        ? ["Where several labels may be given, giving none is an answer."]
        : []),
      "Only units that two or more annotators answered count.",
      "Intervals leave out one document at a time and use Student's t; none is given below 10 documents.",
    ],
  };
}

/** The headline of some sets alone, for example those of a group. */
export function unitHeadline(
  layer: Layer,
  work: Pick<ReportWork, "documents" | "annotators">,
  { sets, choice }: { sets: readonly ReportSet[]; choice: AgreementChoice },
): IntervalFigure {
  return headlineFigure(tabulateLayer(layer, work, { sets, choice }));
}

/** Share of equal answers, over questions the mean, of those who answered the same units. */
export function equalAnswers(
  layer: Layer,
  work: Pick<ReportWork, "documents" | "annotators">,
  { sets, choice }: { sets: readonly ReportSet[]; choice: AgreementChoice },
): Figure {
  const { questions } = tabulateLayer(layer, work, { sets, choice });
  return meanFigure(questions.map(({ table }) => figureOf(percentAgreement(table))));
}

function headlineMeasure(
  layer: Layer,
  { questions }: LayerTables,
): Pick<Headline, "measure" | "name" | "why"> {
  if (layer.choice === "each") {
    return {
      measure: "alpha.questions",
      name: `mean α of ${questions.length} questions`,
      why: "Each question has its own α, which is what to read; the mean only says how the questionnaire does as a whole.",
    };
  }
  const measure = questions[0]?.measure ?? "alpha.nominal";
  const names: Partial<Record<typeof measure, string>> = {
    "alpha.ordinal": "Krippendorff’s α, ordinal",
    "alpha.interval": "Krippendorff’s α, interval",
    "alpha.sets.jaccard": "Krippendorff’s α on sets of labels, Jaccard distance",
    "alpha.sets.masi": "Krippendorff’s α on sets of labels, MASI distance",
  };
  return {
    measure,
    name: names[measure] ?? "Krippendorff’s α, nominal",
    why:
      layer.choice === "scale"
        ? "Answers have an order, so that near answers count as half agreed; it takes out chance and bears missing answers."
        : "It takes out chance, bears missing answers and any number of annotators.",
  };
}

function headlineFigure({ questions }: LayerTables): IntervalFigure {
  if (questions.length === 1 && questions[0] !== undefined) return alphaFigure(questions[0]);
  const perQuestion = questions.map((own) => leavingOut(own));
  const values = questions.map(alphaOfTable);
  const mean = meanMeasure(values);
  const documents = (questions[0]?.firstItems.length ?? 1) - 1;
  const left = Array.from({ length: documents }, (_, out) =>
    meanMeasure(perQuestion.map((each) => each[out] ?? undefinedBecause("no_data"))),
  );
  return { ...figureOf(mean), interval: intervalOf(jackknifeInterval(mean, left, LIVE_INTERVAL)) };
}

/** Alpha of one table with its interval. */
function alphaFigure(own: UnitTable): IntervalFigure {
  const value = alphaOfTable(own);
  return { ...figureOf(value), interval: intervalOf(intervalAround(value, own)) };
}

function intervalAround(value: Measured, own: UnitTable): Interval {
  const documents = own.firstItems.length - 1;
  if (value.value === null) return undefinedBecause(value.reason);
  if (documents < LIVE_INTERVAL.minimumDocuments) return undefinedBecause("too_few_documents");
  if (documents * own.table.categories.length ** 2 > MOST_CELLS)
    return undefinedBecause("too_large");
  return jackknifeInterval(value, leavingOut(own), LIVE_INTERVAL);
}

/** Alpha with one document left out in turn, from sums over documents. */
function leavingOut(own: UnitTable): Measured[] {
  const all = coincidences(own.table);
  return Array.from({ length: own.firstItems.length - 1 }, (_, document) =>
    own.alphaFrom(minus(all, coincidences(own.table, itemsOf(own, document)))),
  );
}

function labelRow(own: UnitTable): LabelRow {
  const { table } = own;
  const given = countOf(table, 1);
  const rated = countOf(table, 0) + given;
  const share = rated === 0 ? undefinedBecause("no_data") : measured(given / rated);
  return {
    key: own.key,
    name: own.name,
    given,
    documents: documentsWith(own, 1),
    prevalence: figureOf(share),
    alpha: alphaFigure(own),
    percent: figureOf(percentAgreement(table)),
    ac1: figureOf(gwetAc(table)),
    specific: specificFigure(own, 1),
    exact: null,
    answers: [],
    paradox: given > 0 && share.value !== null && (share.value < RARE || share.value > 1 - RARE),
  };
}

function questionRow(own: UnitTable): LabelRow {
  const { table } = own;
  const counts = table.categories.map((category, index) => ({
    name: category === NOT_ANSWERED ? "not answered" : String(category),
    given: countOf(table, index),
    index,
  }));
  const answers = counts.filter(({ given }) => given > 0).sort((a, b) => b.given - a.given);
  const rated = answers.reduce((sum, { given }) => sum + given, 0);
  const most = answers[0]?.given ?? 0;
  const rarest = answers.at(-1)?.index ?? 0;
  return {
    key: own.key,
    name: own.name,
    given: rated,
    documents: own.firstItems.length - 1,
    prevalence: figureOf(rated === 0 ? undefinedBecause("no_data") : measured(most / rated)),
    alpha: alphaFigure(own),
    percent: figureOf(percentAgreement(table)),
    ac1: figureOf(gwetAc(table)),
    specific: specificFigure(own, rarest),
    exact: null,
    answers: answers.map(({ name, given }) => ({ name, given })),
    paradox: rated > 0 && most / rated > 1 - RARE,
  };
}

/** Specific agreement on one category: the share of its ratings that other annotators share, o_kk / n_k. */
function specificFigure(own: UnitTable, category: number): IntervalFigure {
  const value = specificOf(coincidences(own.table), category);
  const all = coincidences(own.table);
  const left = () =>
    Array.from({ length: own.firstItems.length - 1 }, (_, document) =>
      specificOf(minus(all, coincidences(documentPart(own, document))), category),
    );
  const interval =
    value.value === null || own.firstItems.length - 1 < LIVE_INTERVAL.minimumDocuments
      ? undefinedBecause(value.value === null ? value.reason : "too_few_documents")
      : jackknifeInterval(value, left(), LIVE_INTERVAL);
  return { ...figureOf(value), interval: intervalOf(interval) };
}

function specificOf({ cells, sums, size, total }: Coincidences, category: number): Measured {
  if (total === 0) return undefinedBecause("no_pairable");
  const given = realAt(sums, category);
  return given === 0
    ? undefinedBecause("label_unused")
    : measured(realAt(cells, category * size + category) / given);
}

function documentRows({ questions, documents, annotators }: LayerTables): DocumentRow[] {
  return documents.map(({ documentId }, document) => {
    const present = new Set<number>();
    let given = 0;
    for (const own of questions) {
      const { from, to } = itemsOf(own, document);
      for (let cell = from * annotators.length; cell < to * annotators.length; cell++) {
        if ((own.table.codes[cell] ?? -1) < 0) continue;
        present.add(cell % annotators.length);
        given++;
      }
    }
    return {
      documentId,
      annotators: present.size,
      given,
      alpha: figureOf(
        meanMeasure(
          questions.map((own) => own.alphaFrom(coincidences(own.table, itemsOf(own, document)))),
        ),
      ),
      specific: meanFigure(
        questions.map((own) => figureOf(percentAgreement(documentPart(own, document)))),
      ),
    };
  });
}

/** Pairs of ratings of one unit: the two labels that met, or a label and "not given" where several may be given. */
function confusionOf({ questions, labels, choice }: LayerTables): ConfusionCell[] {
  const cells: ConfusionCell[] = [];
  if (choice === "many") {
    for (const { key, table } of labels) {
      const pairs = pairCounts(table);
      cells.push({ a: key, b: key, count: pairs(1, 1) }, { a: key, b: null, count: pairs(0, 1) });
    }
  } else if (questions[0] !== undefined) {
    const { table } = questions[0];
    const pairs = pairCounts(table);
    table.categories.forEach((a, first) => {
      for (let second = first; second < table.categories.length; second++) {
        const b = table.categories[second] ?? "";
        const [label, other] = a === NOT_ANSWERED ? [b, a] : [a, b];
        cells.push({
          a: String(label),
          b: other === NOT_ANSWERED ? null : String(other),
          count: pairs(first, second),
        });
      }
    });
  }
  return cells.filter(({ count }) => count > 0).sort((x, y) => y.count - x.count);
}

function pairCounts(table: RatingTable): (first: number, second: number) => number {
  const { counts, items, categories } = countRatings(table);
  return (first, second) => {
    let pairs = 0;
    for (let item = 0; item < items; item++) {
      const a = counts[item * categories + first] ?? 0;
      const b = counts[item * categories + second] ?? 0;
      pairs += first === second ? (a * (a - 1)) / 2 : a * b;
    }
    return pairs;
  };
}

function unfilteredFigure(layer: Layer, work: ReportWork, choice: AgreementChoice): Figure | null {
  if (work.unfiltered === null) return null;
  const everybody = [...new Set(work.unfiltered.map(({ annotatorId }) => annotatorId))];
  const tables = tabulateLayer(
    layer,
    { documents: work.documents, annotators: everybody },
    { sets: work.unfiltered, choice },
  );
  return figureOf(meanMeasure(tables.questions.map(alphaOfTable)));
}

function trendRows(layer: Layer, work: ReportWork, choice: AgreementChoice): TrendRow[] {
  return slicesOf(work).map(({ kind, name, sets }) => {
    const tables = tabulateLayer(layer, work, { sets, choice });
    return {
      kind,
      name,
      documents: tables.documents.length,
      annotators: tables.annotators.length,
      figure: headlineFigure(tables),
    };
  });
}

function repeatRows(layer: Layer, work: ReportWork, choice: AgreementChoice): RepeatRow[] {
  return [...repeatsOf(work)].map(([annotator, tries]) => {
    const sets = tries.flatMap(({ first, second }) => [
      { ...first, annotatorId: "first" },
      { ...second, annotatorId: "second" },
    ]);
    const tables = tabulateLayer(
      layer,
      { documents: work.documents, annotators: ["first", "second"] },
      { sets, choice },
    );
    return {
      annotator,
      documents: tries.length,
      alpha: bare(figureOf(meanMeasure(tables.questions.map(alphaOfTable)))),
      specific: meanFigure(tables.questions.map(({ table }) => figureOf(percentAgreement(table)))),
    };
  });
}

function documentsOf({ questions, documents }: LayerTables, annotator: number): number {
  return documents.filter((_, document) =>
    questions.some((own) => hasRating(own, document, annotator)),
  ).length;
}

function hasRating(own: UnitTable, document: number, annotator: number): boolean {
  const { from, to } = itemsOf(own, document);
  for (let item = from; item < to; item++) {
    if ((own.table.codes[item * own.table.annotators + annotator] ?? -1) >= 0) return true;
  }
  return false;
}

function answersOf({ questions }: LayerTables, annotator: number): number {
  return questions.reduce((sum, { table }) => sum + ratingsBy(table, annotator), 0);
}

function documentsWith(own: UnitTable, category: number): number {
  const { table } = own;
  let documents = 0;
  for (let document = 0; document + 1 < own.firstItems.length; document++) {
    const { from, to } = itemsOf(own, document);
    const cells = table.codes.subarray(from * table.annotators, to * table.annotators);
    documents += Number(cells.includes(category));
  }
  return documents;
}

function ratingsBy(table: RatingTable, annotator: number): number {
  let ratings = 0;
  for (let at = annotator; at < table.codes.length; at += table.annotators) {
    if ((table.codes[at] ?? -1) >= 0) ratings++;
  }
  return ratings;
}

function countOf(table: RatingTable, category: number): number {
  let count = 0;
  for (const code of table.codes) count += Number(code === category);
  return count;
}

function pairableItems(table: RatingTable): number {
  return countRatings(table).ratings.filter((ratings) => ratings > 1).length;
}
