import { binaryAlpha } from "../agreement/binary-alpha";
import { realAt } from "../agreement/columns";
import { studentQuantile } from "../agreement/distributions";
import { jackknifeError, jackknifeInterval } from "../agreement/jackknife";
import { coincidences } from "../agreement/krippendorff-alpha";
import { comparedFigures } from "../agreement/leave-one-out";
import { type Measured, measured, reasonInWords, undefinedBecause } from "../agreement/measured";
import { createRandom } from "../agreement/random";
import { computeState } from "../agreement/report-state";
import type { Codebook, Layer } from "../codebook/language";
import { USUAL_CHOICE } from "./choice";
import type { ReportDocument, ReportSet } from "./report-work";
import { coverageRow, fromCells } from "./resampled";
import { spanInput } from "./span-report";
import { documentPart, tabulateLayer, type UnitTable } from "./unit-tables";

/** A figure with its 95 % interval, or why there is none. */
export type RoundFigure =
  | { value: number; low: number | null; high: number | null }
  | { value: null; because: string };

/** What became of the agreement on one label; a null label stands for all of the layer. */
export type ChangeRow = {
  label: string | null;
  name: string;
  before: RoundFigure;
  after: RoundFigure;
  /** After minus before. */
  difference: RoundFigure;
  /** Share of swapped rounds that differ as much; null where that was not counted. */
  p: number | null;
};

export type LayerChange = { layer: string; name: string; measure: string; rows: ChangeRow[] };

/** Two rounds on the same documents, by the same annotators of each document. */
export type RoundChange = { documents: number; annotators: number; layers: LayerChange[] };

/** Fewer documents than this give no interval at all; fewer than ten give a rough one. */
const INTERVAL = { level: 0.95, minimumDocuments: 3 } as const;

/** Documents whose swaps are counted one by one; beyond that so many are drawn, or fewer of large tables. */
const EXACT_UP_TO = 12;
const SAMPLES = 4_095;
const FEWEST_SAMPLES = 199;
/** Numbers added up in one test. */
const MOST_WORK = 200_000_000;

type Rounds = {
  documents: readonly ReportDocument[];
  before: readonly ReportSet[];
  after: readonly ReportSet[];
};

/**
 * Compares the agreement of two rounds label by label: Krippendorff’s alpha of “this label or not”, on
 * characters for spans. Only what both rounds have counts: documents, and annotators of each of them.
 * Intervals are t intervals from the values with one document left out in turn. The test swaps the
 * rounds of whole documents, which would change nothing if the rounds did not differ.
 */
export function compareRounds(codebook: Pick<Codebook, "layers">, rounds: Rounds): RoundChange {
  const pairs = pairDocuments(rounds);
  const work = {
    documents: [
      ...pairs.map(({ before }) => before.document),
      ...pairs.map(({ after }) => after.document),
    ],
    annotators: [...new Set(pairs.flatMap(({ annotators }) => annotators))].sort(),
    sets: pairs.flatMap(({ before, after }) => [...before.sets, ...after.sets]),
  };
  return {
    documents: pairs.length,
    annotators: work.annotators.length,
    layers: codebook.layers.flatMap((layer) => {
      if (layer.archived) return [];
      if (layer.level === "span") return [spanChange(layer, work, pairs.length)];
      if (layer.level === "document" || layer.level === "block" || layer.level === "sentence") {
        return [unitChange(layer, work, pairs.length)];
      }
      return [];
    }),
  };
}

type Side = { document: ReportDocument; sets: ReportSet[] };
type Pair = { before: Side; after: Side; annotators: string[] };
type Work = { documents: ReportDocument[]; annotators: string[]; sets: ReportSet[] };

/** Documents that two annotators or more did in both rounds, each side under a name of its own. */
function pairDocuments({ documents, before, after }: Rounds): Pair[] {
  const byVersion = new Map(documents.map((document) => [document.versionId, document]));
  const group = (sets: readonly ReportSet[]) => {
    const groups = new Map<string, { document: ReportDocument; sets: ReportSet[] }>();
    for (const set of sets) {
      const document = byVersion.get(set.versionId);
      if (document === undefined || set.repetition > 0) continue;
      const known = groups.get(document.documentId);
      // Of a text that was corrected meanwhile, the version that came last counts.
      if (known === undefined || known.document.versionId !== document.versionId) {
        groups.set(document.documentId, { document, sets: [set] });
      } else known.sets.push(set);
    }
    return groups;
  };
  const later = group(after);
  return [...group(before)].flatMap(([documentId, one]) => {
    const other = later.get(documentId);
    if (other === undefined) return [];
    const present = new Set(other.sets.map(({ annotatorId }) => annotatorId));
    const annotators = one.sets
      .map(({ annotatorId }) => annotatorId)
      .filter((id) => present.has(id));
    if (annotators.length < 2) return [];
    return [
      {
        before: named("before", one, annotators),
        after: named("after", other, annotators),
        annotators,
      },
    ];
  });
}

function named(round: string, { document, sets }: Side, annotators: readonly string[]): Side {
  const versionId = `${document.versionId} ${round}`;
  return {
    document: { ...document, versionId },
    sets: sets
      .filter(({ annotatorId }) => annotators.includes(annotatorId))
      .map((set) => ({ ...set, versionId })),
  };
}

function spanChange(layer: Layer, work: Work, documents: number): LayerChange {
  const state = computeState(spanInput(layer, work, work.sets));
  const { slots } = state.totals;
  const figures = comparedFigures(state.figures);
  const row = (slot: number, label: string | null, name: string): ChangeRow => {
    const rows = figures.map((own) => coverageRow(own, "characters", { slot, slots }));
    return { label, name, ...changeOf(rows, documents, coverageAlpha) };
  };
  const labels = layer.labels.filter(({ selectable }) => selectable);
  return {
    layer: layer.key,
    name: layer.name,
    measure: "Krippendorff’s α on characters",
    rows: [
      row(slots - 1, null, "Marked or not"),
      ...labels.map(({ key, name }, slot) => row(slot, key, name)),
    ],
  };
}

function coverageAlpha(sums: Float64Array): Measured {
  return binaryAlpha({
    total: realAt(sums, 0),
    covered: realAt(sums, 1),
    coincident: realAt(sums, 2),
    squares: 0,
  });
}

function unitChange(layer: Layer, work: Work, documents: number): LayerChange {
  const tables = tabulateLayer(layer, work, { sets: work.sets, choice: USUAL_CHOICE });
  const row = (table: UnitTable, label: string | null, name: string): ChangeRow => {
    const size = table.table.categories.length;
    const rows = tables.documents.map((_, at) => coincidences(documentPart(table, at)).cells);
    const figure = (sums: Float64Array) => table.alphaFrom(fromCells(sums, size));
    return { label, name, ...changeOf(rows, documents, figure) };
  };
  const [whole] = tables.questions;
  return {
    layer: layer.key,
    name: layer.name,
    measure: "Krippendorff’s α on answers",
    rows:
      layer.choice === "each"
        ? tables.questions.map((table) => row(table, table.key, table.name))
        : [
            ...(whole === undefined ? [] : [row(whole, null, "All answers")]),
            ...tables.labels.map((table) => row(table, table.key, table.name)),
          ],
  };
}

type Figure = (sums: Float64Array) => Measured;

/** `rows` has what each document adds before, then what each adds after, in the same order. */
function changeOf(
  rows: readonly Float64Array[],
  documents: number,
  figure: Figure,
): Omit<ChangeRow, "label" | "name"> {
  const before = rows.slice(0, documents);
  const after = rows.slice(documents);
  const difference = (one: readonly Float64Array[], other: readonly Float64Array[]) =>
    minus(figure(sumOf(other)), figure(sumOf(one)));
  const value = difference(before, after);
  const leftOut = before.map((_, at) => difference(without(before, at), without(after, at)));
  return {
    before: withInterval(before, figure),
    after: withInterval(after, figure),
    difference: differenceFigure(value, leftOut),
    p: value.value === null ? null : swapTest(before, after, value.value, figure),
  };
}

function withInterval(rows: readonly Float64Array[], figure: Figure): RoundFigure {
  const value = figure(sumOf(rows));
  if (value.value === null) return { value: null, because: reasonInWords(value.reason) };
  const left = rows.map((_, at) => figure(sumOf(without(rows, at))));
  const interval = jackknifeInterval(value, left, INTERVAL);
  return "reason" in interval
    ? { value: value.value, low: null, high: null }
    : { value: value.value, low: interval.low, high: interval.high };
}

/** As `jackknifeInterval`, for a number that may lie anywhere between -2 and 2. */
function differenceFigure(value: Measured, leftOut: readonly Measured[]): RoundFigure {
  if (value.value === null) return { value: null, because: reasonInWords(value.reason) };
  const known = leftOut.flatMap((each) => (each.value === null ? [] : [each.value]));
  const error = known.length < leftOut.length ? null : jackknifeError(known);
  if (error === null || known.length < INTERVAL.minimumDocuments) {
    return { value: value.value, low: null, high: null };
  }
  const reach = studentQuantile(1 - (1 - INTERVAL.level) / 2, known.length - 1) * error;
  return { value: value.value, low: value.value - reach, high: value.value + reach };
}

/**
 * The share of ways to swap the rounds of documents whose difference is at least as large, two-sided:
 * the sign-flip test (Fisher 1935, section 21) on the pooled figure instead of a mean. A swap that
 * leaves a round without a value counts as large. Null where there is too much to add up.
 */
function swapTest(
  before: readonly Float64Array[],
  after: readonly Float64Array[],
  observed: number,
  figure: Figure,
): number | null {
  const random = createRandom(42);
  const isExact = before.length <= EXACT_UP_TO;
  const perWay = 2 * before.length * Math.max(1, before[0]?.length ?? 0);
  const ways = isExact ? 2 ** before.length : Math.min(SAMPLES, Math.floor(MOST_WORK / perWay));
  if (ways * perWay > MOST_WORK || (!isExact && ways < FEWEST_SAMPLES)) return null;
  let reached = 0;
  for (let way = 0; way < ways; way++) {
    const swaps = before.map((_, at) => (isExact ? ((way >> at) & 1) === 1 : random() < 0.5));
    const one = before.map((row, at) => (swaps[at] ? (after[at] ?? row) : row));
    const other = after.map((row, at) => (swaps[at] ? (before[at] ?? row) : row));
    const drawn = minus(figure(sumOf(other)), figure(sumOf(one)));
    const isLarge = drawn.value === null || Math.abs(drawn.value) >= Math.abs(observed) - 1e-12;
    reached += Number(isLarge);
  }
  return isExact ? reached / ways : (reached + 1) / (ways + 1);
}

function minus(value: Measured, from: Measured): Measured {
  if (value.value === null) return undefinedBecause(value.reason);
  if (from.value === null) return undefinedBecause(from.reason);
  return measured(value.value - from.value);
}

function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, index) => index !== at);
}

function sumOf(rows: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) {
    row.forEach((value, at) => {
      sums[at] = realAt(sums, at) + value;
    });
  }
  return sums;
}
