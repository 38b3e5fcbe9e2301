import type { ReportInterval } from "../agreement/report-types";
import { drawBars, drawCourse, drawStrip } from "../charts/bars-and-strips";
import { type Drawing, inWords, type Tone } from "../charts/drawing";
import { drawForest, type Room } from "../charts/forest-plot";
import { drawHeatMap, type HeatCell } from "../charts/heat-map";
import type { LabelLook } from "../codebook/looks";
import type { LabelRow, LayerReport, ResampledLayer, TrendRow } from "./layer-report";
import { NOT_MARKED } from "./span-finder";

/** The pictures of a layer, by the names they have in addresses. */
export const CHARTS = [
  "labels",
  "pairs",
  "annotators",
  "documents",
  "confusion",
  "boundaries",
  "rounds",
  "versions",
  "months",
] as const;
export type ChartName = (typeof CHARTS)[number];

/** What a picture needs beside the figures: names, colours, and where its parts lead. */
export type ChartWords = {
  readonly annotator: (id: string) => string;
  readonly document: (id: string) => string;
  readonly look: (label: string) => LabelLook | undefined;
  /** The address of the spans behind a part; left out in files. */
  readonly href?: {
    readonly spans: (question: {
      annotators?: readonly string[];
      label?: string;
      against?: string;
      show?: "differences" | "all";
    }) => string;
    readonly document: (id: string) => string;
  };
};

/** Draws one picture of a layer; null where there is nothing to draw. */
export function drawChart(
  name: ChartName,
  { report, resampled }: { report: LayerReport; resampled: ResampledLayer | null },
  { words, room }: { words: ChartWords; room: Room },
): Drawing | null {
  switch (name) {
    case "labels":
      return labels(report, { resampled, words, room });
    case "pairs":
      return pairs(report, words);
    case "annotators":
      return annotators(report, { words, room });
    case "documents":
      return documents(report, { words, room });
    case "confusion":
      return confusion(report, words);
    case "boundaries":
      return boundaries(report, room);
    case "rounds":
      return course(report, "round", room);
    case "versions":
      return course(report, "version", room);
    case "months":
      return course(report, "month", room);
  }
}

/** The interval to show: by resampling where it is known, else by leaving out documents. */
export function intervalOfLabel(
  key: string,
  interval: ReportInterval,
  resampled: ResampledLayer | null,
): { low: number | null; high: number | null } {
  const own = resampled?.intervals.find(
    ({ subject }) => subject !== "headline" && "label" in subject && subject.label === key,
  );
  if (own !== undefined) return { low: own.low, high: own.high };
  return interval.low === null ? { low: null, high: null } : interval;
}

function labels(
  report: LayerReport,
  { resampled, words, room }: { resampled: ResampledLayer | null; words: ChartWords; room: Room },
): Drawing | null {
  const used = report.labels.filter(({ given }) => given > 0);
  if (used.length === 0) return null;
  const isSpans = report.kind === "spans";
  return drawForest(
    used.map((row) => ({
      name: row.name,
      tone: toneOf(words.look(row.key)),
      value: row.alpha.value,
      ...intervalOfLabel(row.key, row.alpha.interval, resampled),
      second: row.specific.value,
      ...(row.alpha.value === null ? { because: row.alpha.because } : {}),
      ...(isSpans && words.href ? { href: words.href.spans({ label: row.key }) } : {}),
    })),
    {
      title: `${report.name}: agreement label by label`,
      first: "α",
      second: isSpans ? "F1, overlap" : "Specific agreement",
    },
    room,
  );
}

function pairs(report: LayerReport, words: ChartWords): Drawing | null {
  const ids = report.annotators.map(({ annotator }) => annotator);
  if (ids.length < 2 || ids.length > 30) return null;
  const names = ids.map(words.annotator);
  return drawHeatMap({
    title: `${report.name}: agreement of each two annotators`,
    rows: names,
    columns: names.slice(0, -1),
    cell: (row, column) => {
      const [a, b] = [ids[column] ?? "", ids[row] ?? ""];
      if (column >= row) return null;
      const pair = report.pairs.find(
        ({ first, second }) => (first === a && second === b) || (first === b && second === a),
      );
      if (pair === undefined) return null;
      const figure = pair.alpha.value === null ? (pair.specific ?? pair.percent) : pair.alpha;
      if (figure.value === null) return null;
      return cellOf(figure.value, {
        name: `${words.annotator(a)} and ${words.annotator(b)}: ${inWords(figure.value)}`,
        ...(report.kind === "spans" && words.href
          ? { href: words.href.spans({ annotators: [a, b] }) }
          : {}),
      });
    },
  });
}

function cellOf(value: number, { name, href }: { name: string; href?: string }): HeatCell {
  return {
    words: inWords(value),
    value,
    share: value,
    name,
    ...(href === undefined ? {} : { href }),
  };
}

function annotators(
  report: LayerReport,
  { words, room }: { words: ChartWords; room: Room },
): Drawing | null {
  if (report.annotators.length < 2) return null;
  const rows = [...report.annotators].sort(
    (a, b) => (a.withOthers.value ?? 2) - (b.withOthers.value ?? 2),
  );
  return drawForest(
    rows.map((row) => ({
      name: words.annotator(row.annotator),
      tone: "accent",
      value: row.withOthers.value,
      low: null,
      high: null,
      second: row.without.value,
      ...(row.withOthers.value === null ? { because: row.withOthers.because } : {}),
      ...(report.kind === "spans" && words.href
        ? { href: words.href.spans({ annotators: [row.annotator] }) }
        : {}),
    })),
    {
      title: `${report.name}: each annotator against the others`,
      first: report.kind === "spans" ? "Mean F1 with the others" : "Same answer as the others",
      second: "α without this annotator",
    },
    room,
  );
}

function documents(
  report: LayerReport,
  { words, room }: { words: ChartWords; room: Room },
): Drawing | null {
  const marks = report.documents.flatMap(({ documentId, specific }) =>
    specific.value === null
      ? []
      : [
          {
            name: words.document(documentId),
            value: specific.value,
            href: words.href?.document(documentId) ?? "",
          },
        ],
  );
  if (marks.length < 2) return null;
  return drawStrip(
    marks,
    {
      title: `${report.name}: document by document`,
      measure: report.kind === "spans" ? "F1, overlap" : "Same answer",
    },
    room,
  );
}

/** Labels that are drawn; with more the numbers would not be read. */
const MOST_LABELS = 24;

function confusion(report: LayerReport, words: ChartWords): Drawing | null {
  const met = new Map(report.confusion.map(({ a, b, count }) => [`${a}\n${b ?? ""}`, count]));
  const counts = (a: string, b: string | null) =>
    (met.get(`${a}\n${b ?? ""}`) ?? 0) + (b !== null && a !== b ? (met.get(`${b}\n${a}`) ?? 0) : 0);
  const used = report.labels
    .filter(({ key }) => report.confusion.some(({ a, b }) => a === key || b === key))
    .slice(0, MOST_LABELS);
  if (used.length === 0) return null;
  const most = Math.max(
    1,
    ...report.confusion.filter(({ a, b }) => a !== b).map(({ count }) => count),
  );
  const cellAt = (a: LabelRow, b: LabelRow | null): HeatCell | null => {
    const count = counts(a.key, b?.key ?? null);
    if (count === 0) return null;
    return {
      words: String(count),
      value: count,
      share: a === b ? 0 : Math.min(0.99, count / most),
      name: `${a.name} and ${b?.name ?? "not marked"}: ${count}`,
      ...(report.kind === "spans" && words.href
        ? {
            href: words.href.spans({
              label: a.key,
              against: b?.key ?? NOT_MARKED,
              show: "all",
            }),
          }
        : {}),
    };
  };
  return drawHeatMap({
    title: `${report.name}: which labels met`,
    rows: used.map(({ name }) => name),
    columns: [...used.map(({ name }) => name), "not marked"],
    cell: (row, column) => {
      const a = used[row];
      const isLast = column === used.length;
      return a === undefined || (column > row && !isLast) ? null : cellAt(a, used[column] ?? null);
    },
  });
}

function boundaries(report: LayerReport, room: Room): Drawing | null {
  if (report.boundaries.every(({ starts, ends }) => starts + ends === 0)) return null;
  return drawBars(
    report.boundaries.map(({ from, to, starts, ends }) => ({
      name: to === null ? `${from}+` : from === to ? String(from) : `${from}–${to}`,
      values: [starts, ends],
    })),
    {
      title: `${report.name}: how far the ends of matched spans lie apart`,
      series: ["Starts", "Ends"],
      axis: "Tokens apart",
    },
    room,
  );
}

function course(report: LayerReport, kind: TrendRow["kind"], room: Room): Drawing | null {
  const rows = report.trend.filter((row) => row.kind === kind && row.documents > 0);
  if (rows.length < 2) return null;
  const titles = {
    round: "round by round",
    version: "by version of the codebook",
    month: "month by month",
  };
  return drawCourse(
    rows.map(({ name, figure }) => ({
      name,
      value: figure.value,
      low: figure.interval.low,
      high: figure.interval.low === null ? null : figure.interval.high,
    })),
    { title: `${report.name}: ${titles[kind]}`, measure: report.headline.name },
    room,
  );
}

function toneOf(look: LabelLook | undefined): Tone {
  return look === undefined ? "accent" : `label-${look.colour}`;
}
