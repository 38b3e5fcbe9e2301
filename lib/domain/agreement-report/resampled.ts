import { clusterRows } from "../agreement/bootstrap";
import { deviationOf, meanOf, realAt } from "../agreement/columns";
import type { DocumentFigures } from "../agreement/document-figures";
import { gamma } from "../agreement/gamma";
import { unitsOfDocument } from "../agreement/gamma-continuum";
import { type Coincidences, coincidences } from "../agreement/krippendorff-alpha";
import { type Measured, measured, undefinedBecause } from "../agreement/measured";
import { createRandom, shuffleInPlace } from "../agreement/random";
import { figureOf } from "../agreement/report-figures";
import { compileSubmissions, computeState, type KnownFigures } from "../agreement/report-state";
import type { AgreementInput } from "../agreement/report-types";
import type { Codebook, Layer } from "../codebook/language";
import type { AgreementChoice } from "./choice";
import type { GammaFigure, ResampledInterval, ResampledLayer } from "./layer-report";
import { type KnownWork, noWork } from "./layers";
import type { ReportWork } from "./report-work";
import { intervalsOf, RESAMPLING, type Subject } from "./resampled-intervals";
import { resampleSpans } from "./resampled-spans";
import { everybodyIn, spanInput } from "./span-report";
import { documentPart, tabulateLayer, type UnitTable } from "./unit-tables";

/** Chance continua for each document, and the most documents that gamma is computed for. */
const GAMMA = { samples: 30, mostDocuments: 200, mostUnits: 600 } as const;

/** Steps of a long computation, so that it can say how far it is and be stopped between two of them. */
export type Step = () => void;

/** A part of a layer's long computation, in steps. */
export type ResampledPlan = {
  readonly layer: string;
  readonly intervalSteps: readonly Step[];
  /** One for each document, which may take seconds. */
  readonly gammaSteps: readonly Step[];
  /** What is known by now. */
  readonly finish: () => ResampledLayer;
};

/** Plans intervals by resampling for each layer, and gamma for spans. The same work gives the same figures. */
export function planResampling(
  codebook: Pick<Codebook, "layers">,
  work: ReportWork,
  choice: AgreementChoice,
  known: KnownWork = noWork(choice),
): ResampledPlan[] {
  return codebook.layers.flatMap((layer) => {
    if (layer.level === "span") return [planSpans(layer, work, choice, known(layer.key))];
    if (layer.level === "document" || layer.level === "block" || layer.level === "sentence") {
      return [planUnits(layer, work, choice)];
    }
    return [];
  });
}

function planSpans(
  layer: Layer,
  work: ReportWork,
  choice: AgreementChoice,
  known: KnownFigures,
): ResampledPlan {
  const input = spanInput(layer, work, work.sets, everybodyIn(work));
  let intervals: readonly ResampledInterval[] = [];
  const gammas: GammaOfDocument[] = [];
  const resample = () => {
    intervals = resampleSpans(computeState(input, { kind: choice.distance }, known), input, choice);
  };
  const random = createRandom(RESAMPLING.seed);
  const { chosen, eligible } = documentsForGamma(input);
  const documents = compileSubmissions(chosen).documents;
  const names = input.labels.map(({ id }) => id);
  const gammaSteps = documents.map((document) => () => {
    const lists = unitsOfDocument(document, names);
    const own = gamma(lists, document.length, { random, samples: GAMMA.samples });
    if (own.value === null) return;
    const { value, observed, expected, optimal } = own;
    gammas.push({ value, observed, expected, weight: lists.flat().length / lists.length, optimal });
  });
  return {
    layer: layer.key,
    intervalSteps: [resample],
    gammaSteps,
    finish: () => ({
      layer: layer.key,
      seed: RESAMPLING.seed,
      intervals,
      gamma: gammaFigure(gammas, eligible),
    }),
  };
}

type GammaOfDocument = {
  value: number;
  observed: number;
  expected: number;
  weight: number;
  optimal: boolean;
};

/** The documents that gamma is computed for: all that can have one, or as many drawn from them as there is time for. */
function documentsForGamma(input: AgreementInput): { chosen: AgreementInput; eligible: number } {
  const counts = new Map<string, { submissions: number; spans: number }>();
  for (const { documentId, spans } of input.submissions) {
    const own = counts.get(documentId) ?? { submissions: 0, spans: 0 };
    counts.set(documentId, {
      submissions: own.submissions + 1,
      spans: own.spans + spans.length,
    });
  }
  const eligible = input.documents.filter(({ id }) => {
    const { submissions, spans } = counts.get(id) ?? { submissions: 0, spans: 0 };
    return submissions > 1 && spans > 0 && spans <= GAMMA.mostUnits;
  });
  const order = Int32Array.from(eligible, (_, index) => index);
  if (eligible.length > GAMMA.mostDocuments) shuffleInPlace(order, createRandom(RESAMPLING.seed));
  const kept = new Set([...order.subarray(0, GAMMA.mostDocuments)].map((at) => eligible[at]?.id));
  return {
    eligible: eligible.length,
    chosen: {
      ...input,
      documents: input.documents.filter(({ id }) => kept.has(id)),
      submissions: input.submissions.filter(({ documentId }) => kept.has(documentId)),
    },
  };
}

function gammaFigure(
  gammas: readonly {
    value: number;
    observed: number;
    expected: number;
    weight: number;
    optimal: boolean;
  }[],
  eligible: number,
): GammaFigure {
  const values = gammas.map(({ value }) => value);
  const mean = meanOf(values);
  const sum = (of: "observed" | "expected") =>
    gammas.reduce((total, own) => total + own[of] * own.weight, 0);
  const expected = sum("expected");
  return {
    mean: figureOf(mean === null ? undefinedBecause("no_pairable") : measured(mean)),
    pooled: figureOf(
      expected === 0 ? undefinedBecause("no_pairable") : measured(1 - sum("observed") / expected),
    ),
    deviation: deviationOf(values),
    documents: values.length,
    eligible,
    samples: GAMMA.samples,
    optimal: gammas.every(({ optimal }) => optimal),
  };
}

/** What a document adds to total, covered and coincident positions of a label slot. */
export function coverageRow(
  figures: DocumentFigures,
  unit: AgreementChoice["unit"],
  { slot, slots }: { slot: number; slots: number },
): Float64Array {
  const coverage = unit === "tokens" ? figures.tokens?.labels : figures.characters;
  if (coverage === undefined) return new Float64Array(3);
  const own = slot === slots - 1 ? coverage.any : coverage.byLabel[coverage.labels.indexOf(slot)];
  return Float64Array.of(coverage.total, own?.covered ?? 0, own?.coincident ?? 0);
}

function planUnits(layer: Layer, work: ReportWork, choice: AgreementChoice): ResampledPlan {
  const tables = tabulateLayer(layer, work, { sets: work.sets, choice });
  const intervals: ResampledInterval[] = [];
  const keep = (interval: ResampledInterval | null) => {
    if (interval !== null) intervals.push(interval);
  };
  const ofLabels = layer.choice === "each" ? tables.questions : tables.labels;
  const whole = tables.questions[0];
  return {
    layer: layer.key,
    intervalSteps: [
      ...(layer.choice === "each" || whole === undefined
        ? []
        : [() => keep(tableInterval(whole, "headline"))]),
      ...ofLabels.map((own) => () => keep(tableInterval(own, { label: own.key }))),
    ],
    gammaSteps: [],
    finish: () => ({ layer: layer.key, seed: RESAMPLING.seed, intervals, gamma: null }),
  };
}

/** Interval of a table's alpha from what each document adds to the coincidences. */
function tableInterval(own: UnitTable, subject: Subject): ResampledInterval | null {
  const size = own.table.categories.length;
  // A row per document and cell; beyond this the layer has so many different sets that it is not worth the memory.
  if (size * size * own.firstItems.length > 40_000_000) return null;
  const rows = own.firstItems
    .slice(1)
    .map((_, document) => coincidences(documentPart(own, document)).cells);
  return intervalOfSums(rows, subject, (sums) => own.alphaFrom(fromCells(sums, size)));
}

/** Sums of the coincidence cells of documents, as coincidences. */
export function fromCells(cells: Float64Array, size: number): Coincidences {
  const sums = new Float64Array(size);
  let total = 0;
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) {
      const cell = realAt(cells, c * size + k);
      sums[c] = realAt(sums, c) + cell;
      total += cell;
    }
  }
  return { size, cells, sums, total, items: 0 };
}

/** Bias-corrected and accelerated where it can be said, else by percentiles; null with few documents or no value. */
function intervalOfSums(
  rows: readonly Float64Array[],
  subject: Subject,
  figure: (sums: Float64Array) => Measured,
): ResampledInterval | null {
  const [interval] = intervalsOf(clusterRows(rows), [subject], (sums) => [figure(sums)]);
  return interval ?? null;
}
