import { binaryAlpha } from "../agreement/binary-alpha";
import {
  acceleratedInterval,
  type Bootstrap,
  bootstrapSums,
  percentileInterval,
} from "../agreement/bootstrap";
import { deviationOf, meanOf, realAt } from "../agreement/columns";
import type { DocumentFigures } from "../agreement/document-figures";
import { gamma } from "../agreement/gamma";
import { unitsOfDocument } from "../agreement/gamma-continuum";
import { type Coincidences, coincidences } from "../agreement/krippendorff-alpha";
import { comparedFigures } from "../agreement/leave-one-out";
import { type Measured, measured, undefinedBecause } from "../agreement/measured";
import { createRandom, shuffleInPlace } from "../agreement/random";
import { figureOf } from "../agreement/report-figures";
import { compileSubmissions, computeState, type ReportState } from "../agreement/report-state";
import type { AgreementInput } from "../agreement/report-types";
import { setAlpha } from "../agreement/set-coverage";
import type { Codebook, Layer } from "../codebook/language";
import type { AgreementChoice } from "./choice";
import type { GammaFigure, ResampledInterval, ResampledLayer } from "./layer-report";
import type { ReportWork } from "./report-work";
import { spanInput } from "./span-report";
import { documentPart, tabulateLayer, type UnitTable } from "./unit-tables";

/** Resamples of the documents, the seed of all drawing, and the confidence level. */
const RESAMPLING = {
  replicates: 1_000,
  seed: 42,
  level: 0.95,
  fewestDocuments: 10,
} as const;

/** Chance continua for each document, and the most documents that gamma is computed for. */
const GAMMA = { samples: 30, mostDocuments: 200, mostUnits: 600 } as const;

/** Steps of a long computation, so that it can say how far it is and be stopped between two of them. */
export type Step = () => void;

/** A part of a layer's long computation, in steps. */
export type ResampledPlan = {
  readonly layer: string;
  readonly steps: readonly Step[];
  readonly finish: () => ResampledLayer;
};

/** Plans intervals by resampling for each layer, and gamma for spans. The same work gives the same figures. */
export function planResampling(
  codebook: Pick<Codebook, "layers">,
  work: ReportWork,
  choice: AgreementChoice,
): ResampledPlan[] {
  return codebook.layers.flatMap((layer) => {
    if (layer.level === "span") return [planSpans(layer, work, choice)];
    if (layer.level === "document" || layer.level === "block" || layer.level === "sentence") {
      return [planUnits(layer, work, choice)];
    }
    return [];
  });
}

function planSpans(layer: Layer, work: ReportWork, choice: AgreementChoice): ResampledPlan {
  const input = spanInput(layer, work, work.sets);
  const intervals: ResampledInterval[] = [];
  const gammas: {
    value: number;
    observed: number;
    expected: number;
    weight: number;
    optimal: boolean;
  }[] = [];
  const keep = (interval: ResampledInterval | null) => {
    if (interval !== null) intervals.push(interval);
  };
  let state: ReportState | null = null;
  const known = () => {
    state ??= computeState(input, { kind: choice.distance });
    return state;
  };
  const labels = input.labels.map(({ id }, slot) => () => {
    keep(binaryInterval(known(), choice, { slot, subject: { label: id } }));
  });
  const headline = () => {
    const { totals } = known();
    keep(
      choice.compare === "any"
        ? binaryInterval(known(), choice, { slot: totals.slots - 1, subject: "headline" })
        : setInterval95(known(), choice),
    );
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
    steps: [headline, ...labels, ...gammaSteps],
    finish: () => ({
      layer: layer.key,
      seed: RESAMPLING.seed,
      intervals,
      gamma: gammaFigure(gammas, eligible),
    }),
  };
}

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

type Subject = ResampledInterval["subject"];

/** Interval of "given or not" from what each document adds to total, covered and coincident positions. */
function binaryInterval(
  { figures, totals }: ReportState,
  { unit }: AgreementChoice,
  { slot, subject }: { slot: number; subject: Subject },
): ResampledInterval | null {
  const rows = comparedFigures(figures).map((document) =>
    coverageRow(document, unit, { slot, slots: totals.slots }),
  );
  return intervalOfSums(rows, subject, (sums) =>
    binaryAlpha({
      total: realAt(sums, 0),
      covered: realAt(sums, 1),
      coincident: realAt(sums, 2),
      squares: 0,
    }),
  );
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

function setInterval95(
  { figures, sets }: ReportState,
  { unit }: AgreementChoice,
): ResampledInterval | null {
  const size = sets.size();
  const rows = comparedFigures(figures).map((document) => {
    const row = new Float64Array(size + 1);
    const own = unit === "tokens" ? document.tokens?.coverage : document.sets;
    own?.sets.forEach((set, index) => {
      row[set] = realAt(row, set) + realAt(own.counts, index);
    });
    row[size] = own?.disagreement ?? 0;
    return row;
  });
  return intervalOfSums(rows, "headline", (sums) => {
    const counts = new Map<number, number>();
    for (let set = 0; set < size; set++) {
      const count = realAt(sums, set);
      if (count > 0) counts.set(set, count);
    }
    return setAlpha({ counts, disagreement: realAt(sums, size) }, sets);
  });
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
    steps: [
      ...(layer.choice === "each" || whole === undefined
        ? []
        : [() => keep(tableInterval(whole, "headline"))]),
      ...ofLabels.map((own) => () => keep(tableInterval(own, { label: own.key }))),
    ],
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
  if (rows.length < RESAMPLING.fewestDocuments) return null;
  const all = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows)
    row.forEach((value, index) => {
      all[index] = realAt(all, index) + value;
    });
  const value = figure(all);
  if (value.value === null) return null;
  const bootstrap = bootstrapSums(rows, figure, {
    replicates: RESAMPLING.replicates,
    random: createRandom(RESAMPLING.seed),
  });
  const leftOut = rows.map(
    (row) => figure(all.map((sum, index) => sum - realAt(row, index))).value,
  );
  return endsOf(bootstrap, value.value, { leftOut, subject });
}

function endsOf(
  bootstrap: Bootstrap,
  value: number,
  { leftOut, subject }: { leftOut: readonly (number | null)[]; subject: Subject },
): ResampledInterval | null {
  const { level } = RESAMPLING;
  const known = leftOut.filter((each) => each !== null);
  const accelerated =
    known.length < leftOut.length
      ? null
      : acceleratedInterval(bootstrap, value, { leftOut: known, level });
  const ends = accelerated ?? percentileInterval(bootstrap, level);
  if (ends === null || !Number.isFinite(ends.low) || !Number.isFinite(ends.high)) return null;
  return {
    subject,
    low: ends.low,
    high: ends.high,
    method: accelerated === null ? "percentile" : "BCa",
    replicates: bootstrap.replicates.length,
  };
}
