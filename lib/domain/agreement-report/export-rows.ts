import type { Figure, ReportInterval } from "../agreement/report-types";
import { type AgreementChoice, choiceInWords } from "./choice";
import type { GoldAgreement } from "./gold-agreement";
import type { QuestionGroups } from "./group-agreement";
import { intervalOfLabel } from "./layer-charts";
import type { LayerReport, ResampledLayer } from "./layer-report";
import { MEASURES, type MeasureId } from "./measures";

/** Everything that a file of a report is made of. */
export type ReportFile = {
  readonly project: string;
  readonly codebook: { readonly name: string; readonly version: number };
  readonly software: { readonly name: string; readonly version: string };
  readonly computedAt: string;
  /** SHA-256 over settings, submissions, codebook and formulas. */
  readonly inputHash: string;
  readonly choice: AgreementChoice;
  readonly layers: readonly LayerReport[];
  readonly resampled: readonly ResampledLayer[];
  readonly documentCount: number;
  /** Each annotator against the gold; no agreement between annotators. */
  readonly againstGold?: readonly GoldAgreement[];
  /** Within groups of annotators; only where the reader may know of groups. */
  readonly groups?: readonly QuestionGroups[];
  readonly annotator: (id: string) => string;
  readonly document: (id: string) => string;
};

/** One figure of a report, in a row of its own. */
export type ExportRow = {
  readonly layer: string;
  readonly scope:
    | "layer"
    | "label"
    | "pair"
    | "annotator"
    | "document"
    | "trend"
    | "repeat"
    | "confusion"
    | "boundary"
    | "gold"
    | "group";
  readonly subject: string;
  readonly measure: MeasureId | "prevalence" | "count" | "without" | "change";
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly interval: "" | "jackknife" | "BCa" | "percentile";
  readonly documents: number | null;
  readonly count: number | null;
  /** Why there is no value. */
  readonly reason: string;
};

/** All figures of a report as rows. */
export function exportRows(file: ReportFile): ExportRow[] {
  return file.layers.flatMap((report) => [
    ...layerRows(report, file),
    ...labelRows(report, file),
    ...otherRows(report, file),
    ...goldRows(report, file),
    ...groupRows(report, file),
  ]);
}

type Ends = Pick<ExportRow, "low" | "high" | "interval">;

const NO_INTERVAL: Ends = { low: null, high: null, interval: "" };

function endsOf(interval: ReportInterval | null): Ends {
  return interval === null || interval.low === null
    ? NO_INTERVAL
    : { low: interval.low, high: interval.high, interval: "jackknife" };
}

function row(
  place: Pick<ExportRow, "layer" | "scope" | "subject" | "measure">,
  figure: Figure,
  more: Partial<Ends & Pick<ExportRow, "documents" | "count">> = {},
): ExportRow {
  return {
    ...place,
    value: figure.value,
    ...NO_INTERVAL,
    documents: null,
    count: null,
    ...more,
    reason: figure.value === null ? figure.because : "",
  };
}

/** The measure of a label's own alpha. */
function labelMeasure({ headline }: LayerReport): MeasureId {
  return headline.measure === "alpha.questions" ? "alpha.nominal" : "alpha.binary";
}

function layerRows(report: LayerReport, { resampled }: ReportFile): ExportRow[] {
  const { headline, layer, beside } = report;
  const own = resampled.find((each) => each.layer === layer);
  const drawn = own?.intervals.find(({ subject }) => subject === "headline");
  const counts = { documents: headline.documents, count: headline.units };
  const at = (measure: MeasureId) => ({ layer, scope: "layer", subject: "", measure }) as const;
  return [
    row(at(headline.measure), headline.figure, { ...endsOf(headline.figure.interval), ...counts }),
    ...(drawn === undefined
      ? []
      : [
          row(at(headline.measure), headline.figure, {
            low: drawn.low,
            high: drawn.high,
            interval: drawn.method,
            ...counts,
          }),
        ]),
    ...beside.map(({ measure, figure, interval }) =>
      row(at(measure), figure, { ...endsOf(interval), documents: headline.documents }),
    ),
    ...(own?.gamma ? [row(at("gamma"), own.gamma.mean, { documents: own.gamma.documents })] : []),
  ];
}

function labelRows(report: LayerReport, { resampled }: ReportFile): ExportRow[] {
  const { layer } = report;
  const own = resampled.find((each) => each.layer === layer) ?? null;
  return report.labels.flatMap((label) => {
    const counts = { documents: label.documents, count: label.given };
    const at = (measure: ExportRow["measure"]) =>
      ({ layer, scope: "label", subject: label.key, measure }) as const;
    const drawn = own?.intervals.find(
      ({ subject }) => subject !== "headline" && "label" in subject && subject.label === label.key,
    );
    const ends: Ends =
      drawn === undefined
        ? endsOf(label.alpha.interval)
        : { low: drawn.low, high: drawn.high, interval: drawn.method };
    return [
      row(at("prevalence"), label.prevalence, counts),
      row(at(labelMeasure(report)), label.alpha, { ...ends, ...counts }),
      row(at("ac1"), label.ac1, counts),
      row(at("percent"), label.percent, counts),
      row(at(report.kind === "spans" ? "f1.overlap" : "psa"), label.specific, {
        ...endsOf(label.specific.interval),
        ...counts,
      }),
      ...(label.exact === null ? [] : [row(at("f1.exact"), label.exact, counts)]),
    ];
  });
}

function otherRows(report: LayerReport, { annotator, document }: ReportFile): ExportRow[] {
  const { layer, headline } = report;
  const specific = report.kind === "spans" ? "f1.overlap" : "percent";
  return [
    ...report.pairs.flatMap((pair) => {
      const subject = `${annotator(pair.first)} / ${annotator(pair.second)}`;
      const at = (measure: MeasureId) => ({ layer, scope: "pair", subject, measure }) as const;
      const counts = { documents: pair.documents };
      return [
        row(at(headline.measure), pair.alpha, counts),
        row(at("kappa.cohen"), pair.kappa, counts),
        row(at("percent"), pair.percent, counts),
        ...(pair.specific === null ? [] : [row(at("f1.overlap"), pair.specific, counts)]),
      ];
    }),
    ...report.annotators.flatMap((own) => {
      const at = (measure: ExportRow["measure"]) =>
        ({ layer, scope: "annotator", subject: annotator(own.annotator), measure }) as const;
      const counts = { documents: own.documents, count: own.given };
      return [
        row(at(specific), own.withOthers, counts),
        row(at("without"), own.without, counts),
        row(at("change"), own.change, counts),
      ];
    }),
    ...report.documents.flatMap((own) => {
      const at = (measure: MeasureId) =>
        ({ layer, scope: "document", subject: document(own.documentId), measure }) as const;
      return [
        row(at(headline.measure), own.alpha, { documents: 1, count: own.given }),
        row(at(specific), own.specific, { documents: 1, count: own.given }),
      ];
    }),
    ...report.trend.map((own) =>
      row({ layer, scope: "trend", subject: own.name, measure: headline.measure }, own.figure, {
        ...endsOf(own.figure.interval),
        documents: own.documents,
      }),
    ),
    ...report.repeats.map((own) =>
      row(
        { layer, scope: "repeat", subject: annotator(own.annotator), measure: headline.measure },
        own.alpha,
        { documents: own.documents },
      ),
    ),
    ...report.confusion.map(({ a, b, count }) =>
      row(
        { layer, scope: "confusion", subject: `${a} / ${b ?? "(not marked)"}`, measure: "count" },
        { value: count },
      ),
    ),
    ...report.boundaries.flatMap(({ from, to, starts, ends }) =>
      [["starts", starts] as const, ["ends", ends] as const].map(([which, count]) =>
        row(
          {
            layer,
            scope: "boundary",
            subject: `${which} ${from}${to === from ? "" : `-${to ?? ""}`} tokens apart`,
            measure: "count",
          },
          { value: count },
        ),
      ),
    ),
  ];
}

function goldRows(
  { layer }: LayerReport,
  { againstGold = [], annotator }: ReportFile,
): ExportRow[] {
  return againstGold
    .filter((each) => each.layer === layer)
    .flatMap(({ measure, rows }) =>
      rows.map((own) =>
        row({ layer, scope: "gold", subject: annotator(own.annotator), measure }, own.figure, {
          documents: own.documents,
        }),
      ),
    );
}

function groupRows({ layer, headline }: LayerReport, { groups = [] }: ReportFile): ExportRow[] {
  return groups.flatMap(({ words, groups: told }) =>
    told.flatMap(({ name, people, figures }) =>
      figures
        .filter((own) => own.layer === layer)
        .map(({ value, low, high, because }): ExportRow => {
          const interval = low === null ? "" : "jackknife";
          return {
            ...{ layer, scope: "group", subject: `${words} ${name}`, measure: headline.measure },
            ...{ value, low, high, interval, documents: null, count: people, reason: because },
          };
        }),
    ),
  );
}

/** The table of a layer's labels, for papers: words and numbers as they are printed, no more than three decimals. */
export function labelTable(
  report: LayerReport,
  resampled: ResampledLayer | null,
): { head: string[]; rows: string[][] } {
  const isSpans = report.kind === "spans";
  return {
    head: [
      "Label",
      isSpans ? "Spans" : "Given",
      "Prevalence",
      "Alpha",
      "95 % interval",
      "AC1",
      "Percent",
      isSpans ? "F1 (overlap)" : "Specific",
    ],
    rows: report.labels
      .filter(({ given }) => given > 0)
      .map((label) => {
        const { low, high } = intervalOfLabel(label.key, label.alpha.interval, resampled);
        return [
          label.name,
          String(label.given),
          printed(label.prevalence),
          printed(label.alpha),
          low === null || high === null ? "–" : `${low.toFixed(3)} to ${high.toFixed(3)}`,
          printed(label.ac1),
          printed(label.percent),
          printed(label.specific),
        ];
      }),
  };
}

/** A figure as it is printed: three decimals, or a dash. */
export function printed(figure: Figure): string {
  return figure.value === null ? "–" : figure.value.toFixed(3);
}

/** A sentence with the headline, as agreement.md asks for it. */
export function headlineSentence(report: LayerReport, file: ReportFile): string {
  const { headline } = report;
  if (headline.figure.value === null)
    return `${report.name}: no figure. ${headline.figure.because}`;
  const ends = headlineEnds(report, file);
  const interval =
    ends.low === null || ends.high === null
      ? "no interval"
      : `95 % CI ${ends.low.toFixed(3)} to ${ends.high.toFixed(3)}, ${ends.interval}`;
  return `${report.name}: alpha = ${headline.figure.value.toFixed(3)} (${interval}; ${headline.name}), ${headline.documents} documents with two or more submissions, ${headline.annotators} annotators, ${headline.units} ${headline.unitName}s.`;
}

/** The interval of a headline: by resampling where it is known. */
export function headlineEnds(report: LayerReport, { resampled }: ReportFile): Ends {
  const drawn = resampled
    .find(({ layer }) => layer === report.layer)
    ?.intervals.find(({ subject }) => subject === "headline");
  return drawn === undefined
    ? endsOf(report.headline.figure.interval)
    : { low: drawn.low, high: drawn.high, interval: drawn.method };
}

/** The settings of a file in words. */
export function settingsOf(file: ReportFile): { name: string; value: string }[] {
  return [
    { name: "Project", value: file.project },
    { name: "Codebook", value: `${file.codebook.name}, version ${file.codebook.version}` },
    ...choiceInWords(file.choice),
    { name: "Computed", value: file.computedAt },
    { name: "Software", value: `${file.software.name} ${file.software.version}` },
    { name: "Inputs (SHA-256)", value: file.inputHash },
  ];
}

/** The measures that a report uses, in the order of their ids. */
export function measuresIn(file: ReportFile): MeasureId[] {
  const ids = new Set(
    exportRows(file).flatMap(({ measure }) => (measure in MEASURES ? [measure as MeasureId] : [])),
  );
  return [...ids].sort();
}
