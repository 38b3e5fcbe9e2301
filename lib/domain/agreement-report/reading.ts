import { BENCHMARK_SCALES, wordsFor } from "../agreement/benchmarks";
import { measured } from "../agreement/measured";
import type { Headline, LayerReport } from "./layer-report";

/** A headline in plain words: each a sentence of its own. The thresholds are named, and so are their limits. */
export function readHeadline({ figure, measure, unitName }: Headline): string[] {
  if (figure.value === null) return [];
  const { value, interval } = figure;
  const chance =
    value < 0
      ? "Annotators agree less than chance would have it."
      : `Of the disagreement that chance would give, ${Math.round((1 - value) * 100)} % is there: 1 would be full agreement, 0 is chance.`;
  if (measure === "alpha.questions") {
    return [chance, "Thresholds are for single questions; read them one by one below."];
  }
  const scale = BENCHMARK_SCALES.krippendorff;
  const atValue = wordsFor(measured(value), scale);
  const atLow = interval.low === null ? null : wordsFor(measured(interval.low), scale);
  const verdict =
    atLow === null
      ? `By the usual threshold for α (${scale.source}: .800 to rely on, .667 for tentative conclusions) the value alone ${wordsAfterValue(atValue)}. Without an interval even that is uncertain.`
      : `By the usual threshold for α (${scale.source}: .800 to rely on, .667 for tentative conclusions), which is meant for the lower end of the interval, this ${wordsAfterValue(atLow)}.`;
  return [chance, verdict, limitsOf(unitName)];
}

function wordsAfterValue(words: string | null): string {
  return words === "too low to draw conclusions" ? "is too low to draw conclusions" : `${words}`;
}

function limitsOf(unitName: string): string {
  return unitName === "span"
    ? "The threshold was made for coding whole items, not for spans in running text; published projects on bias and framing mostly lie below it. Low agreement can also be a real difference of readings."
    : "The threshold is a convention, not a law. Low agreement can also be a real difference of readings.";
}

/** What a lead may do next, the most pressing first; at most three sentences. */
export function adviceFor(report: LayerReport, nameOf: (annotator: string) => string): string[] {
  const advice: string[] = [];
  const weak = weakestLabel(report);
  if (weak !== null) {
    advice.push(
      `Look at “${weak.name}” first: of the labels that are used often it has the lowest figure (${weak.value.toFixed(2)}). Open its spans, then sharpen its definition or add counter-examples.`,
    );
  }
  const apart = [...report.annotators]
    .filter(({ change }) => change.value !== null && change.value > 0.02)
    .sort((a, b) => (b.change.value ?? 0) - (a.change.value ?? 0))[0];
  if (apart !== undefined && report.annotators.length > 2) {
    advice.push(
      `${nameOf(apart.annotator)} reads differently from the others: without them the figure would be ${(apart.change.value ?? 0).toFixed(2)} higher. Compare documents before deciding who is right.`,
    );
  }
  const unmarked = report.confusion.find(({ b }) => b === null);
  const mixed = report.confusion.find(({ a, b }) => b !== null && a !== b);
  if (mixed !== undefined && (unmarked === undefined || mixed.count > unmarked.count)) {
    const names = new Map(report.labels.map(({ key, name }) => [key, name]));
    advice.push(
      `“${names.get(mixed.a) ?? mixed.a}” and “${names.get(mixed.b ?? "") ?? mixed.b}” are confused most (${mixed.count} times): say in both definitions how they differ.`,
    );
  }
  return advice;
}

function weakestLabel({ labels, kind }: LayerReport): { name: string; value: number } | null {
  const used = labels.flatMap(({ name, given, alpha, specific }) => {
    const figure = kind === "spans" ? specific : alpha;
    return given >= 10 && figure.value !== null ? [{ name, value: figure.value }] : [];
  });
  if (used.length < 2) return null;
  return used.reduce((least, own) => (own.value < least.value ? own : least));
}

/** The note on a label or question of which chance-corrected figures say little. */
export function explainPrevalence(row: LayerReport["labels"][number]): string {
  const [most] = row.answers;
  const share = Math.round((row.prevalence.value ?? 0) * 1000) / 10;
  const percent =
    row.percent.value === null
      ? ""
      : ` Annotators agree in ${(row.percent.value * 100).toFixed(1)} % of pairs`;
  const ac1 = row.ac1.value === null ? "" : `, AC1 is ${row.ac1.value.toFixed(2)}`;
  const what =
    most === undefined
      ? `“${row.name}” is given in ${share} % of what was rated.`
      : `“${row.name}” is answered “${most.name}” in ${share} % (${row.answers.map(({ name, given }) => `${given} ${name}`).join(", ")}).`;
  return `${what}${percent}${ac1}${percent === "" ? "" : "."} Where nearly everything is the same, α and κ fall with every single difference and can be 0 although annotators almost always agree (Feinstein and Cicchetti 1990). It says that these data cannot show whether the rare answer is found reliably, not that the work was careless.`;
}
