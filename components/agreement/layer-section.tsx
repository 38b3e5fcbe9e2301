import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { Swatch } from "@/components/ui/swatch";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { Figure } from "@/lib/domain/agreement/report-types";
import {
  type ChartName,
  type ChartWords,
  drawChart,
  intervalOfLabel,
} from "@/lib/domain/agreement-report/layer-charts";
import type { LayerReport, ResampledLayer } from "@/lib/domain/agreement-report/layer-report";
import { explainPrevalence } from "@/lib/domain/agreement-report/reading";
import type { LabelLook } from "@/lib/domain/codebook/looks";
import { Chart } from "./chart";
import { FigureCell, ReasonList } from "./figure-cell";
import { formatChange, formatCount, formatMeasure, formatShare, reasonsOf } from "./format";

/** What the parts of a layer need beside its figures. */
export type LayerContext = {
  report: LayerReport;
  resampled: ResampledLayer | null;
  words: ChartWords;
  looks: Record<string, LabelLook>;
  /** Address of a chart as a file. */
  chartFile: (name: ChartName, format: "svg" | "csv") => string;
  /** The page's address without a document. */
  withoutDocument: (id: string) => string;
};

/** All figures of a layer: by label, pair, annotator, document, and how labels and boundaries differ. */
export function LayerSection(context: LayerContext) {
  const { report } = context;
  const isSpans = report.kind === "spans";
  return (
    <>
      <Part context={context} title={`${report.name}, label by label`} chart="labels">
        {isSpans
          ? "● α with its 95 % interval · □ F1 of overlapping spans. 0 is what chance would give for α, 1 is full agreement. A label opens its spans."
          : "● α with its 95 % interval · □ specific agreement on the label, or on the rarest answer of a question."}
      </Part>
      <LabelTable {...context} />
      {report.pairs.length > 0 ? (
        <>
          <Part context={context} title={`${report.name}, pair by pair`} chart="pairs">
            {isSpans
              ? "α of each two, or F1 where α has no value. A cell opens the passages on which they differ."
              : "α of each two, or the share of equal answers where α has no value."}
          </Part>
          <PairTable {...context} />
        </>
      ) : null}
      {report.annotators.length > 1 ? (
        <>
          <Part
            context={context}
            title={`${report.name}, annotator by annotator`}
            chart="annotators"
          >
            ● mean agreement with the others · □ α without this annotator.
          </Part>
          <AnnotatorTable {...context} />
        </>
      ) : null}
      <DocumentPart {...context} />
      <Part context={context} title={`${report.name}: which labels met`} chart="confusion">
        Pairs of annotators at one passage, whatever the label; a passage that one of them did not
        mark counts as “not marked”. Darker: more often. Columns have the numbers of the rows; the
        last is “not marked”.{isSpans ? " A cell opens its passages." : ""}
      </Part>
      <Part context={context} title={`${report.name}: boundaries`} chart="boundaries">
        Spans that two annotators marked with the same label: how many tokens lie between their
        starts (first bar) and between their ends (second bar). Much beyond 0 means that boundaries
        need a rule.
      </Part>
      <Part context={context} title={`${report.name} over time`} chart="rounds" />
      <Part
        context={context}
        title={`${report.name} by version of the codebook`}
        chart="versions"
      />
      <Part context={context} title={`${report.name} by month`} chart="months">
        A document belongs to the month in which it was last submitted.
      </Part>
      <RepeatPart {...context} />
    </>
  );
}

function Part({
  context,
  title,
  chart,
  children,
}: {
  context: LayerContext;
  title: string;
  chart: ChartName;
  children?: ReactNode;
}) {
  const { report, resampled, words, chartFile } = context;
  const own = { report, resampled };
  const wide = drawChart(chart, own, { words, room: "wide" });
  const narrow = drawChart(chart, own, { words, room: "narrow" });
  if (wide === null || narrow === null) return null;
  const files = {
    svg: chartFile(chart, "svg"),
    csv: chartFile(chart, "csv"),
    name: `agreement-${report.layer}-${chart}`,
  };
  return (
    <section className="mb-2">
      <h3 className="mb-2 text-sm font-semibold">{title}</h3>
      <Chart wide={wide} narrow={narrow} files={files}>
        {children}
      </Chart>
    </section>
  );
}

function LabelTable({ report, resampled, looks, words }: LayerContext) {
  const isSpans = report.kind === "spans";
  const reasons = reasonsOf(
    report.labels.flatMap(({ prevalence, alpha, percent, ac1, specific, exact }) => [
      prevalence,
      alpha,
      ac1,
      percent,
      ...(exact === null ? [] : [exact]),
      specific,
    ]),
  );
  const paradox = report.labels.filter((row) => row.paradox);
  return (
    <div className="mb-6">
      <Table
        label={`${report.name}: agreement by label`}
        head={
          <>
            <HeadCell>
              {report.headline.measure === "alpha.questions" ? "Question" : "Label"}
            </HeadCell>
            <HeadCell className="text-right">{isSpans ? "Spans" : "Given"}</HeadCell>
            <HeadCell className="text-right">Prevalence</HeadCell>
            <HeadCell className="text-right">α</HeadCell>
            <HeadCell className="text-right">95 % interval</HeadCell>
            <HeadCell className="text-right">AC1</HeadCell>
            <HeadCell className="text-right">Percent</HeadCell>
            {isSpans ? <HeadCell className="text-right">F1, exact</HeadCell> : null}
            <HeadCell className="text-right">{isSpans ? "F1, overlap" : "Specific"}</HeadCell>
          </>
        }
      >
        {report.labels.map((row) => {
          const look = looks[row.key];
          const { low, high } = intervalOfLabel(row.key, row.alpha.interval, resampled);
          return (
            <tr key={row.key}>
              <th scope="row" className="px-3 py-1.5 text-left font-normal">
                <span className="flex items-center gap-2">
                  {look && isSpans ? <Swatch colour={look.colour} code={look.code} /> : null}
                  {isSpans && row.given > 0 && words.href ? (
                    <Link
                      href={words.href.spans({ label: row.key })}
                      className="text-accent underline underline-offset-2"
                    >
                      {row.name}
                    </Link>
                  ) : (
                    row.name
                  )}
                  {row.paradox ? <Badge tone="warn">lopsided</Badge> : null}
                </span>
              </th>
              <Cell className="text-right tabular-nums">{row.given}</Cell>
              <FigureCell figure={row.prevalence} reasons={reasons} format={formatShare} />
              <FigureCell figure={row.alpha} reasons={reasons} look="shaded" />
              <Cell className="whitespace-nowrap text-right tabular-nums">
                {low === null || high === null
                  ? "–"
                  : `${formatMeasure(low)} to ${formatMeasure(high)}`}
              </Cell>
              <FigureCell figure={row.ac1} reasons={reasons} />
              <FigureCell figure={row.percent} reasons={reasons} format={formatShare} />
              {row.exact === null ? null : (
                <FigureCell figure={row.exact} reasons={reasons} look="shaded" />
              )}
              <FigureCell figure={row.specific} reasons={reasons} look="shaded" />
            </tr>
          );
        })}
      </Table>
      <ReasonList reasons={reasons} />
      {paradox.length > 0 ? (
        <Notice className="mt-3 max-w-prose">
          <p>{paradox[0] === undefined ? null : explainPrevalence(paradox[0])}</p>
          {paradox.length > 1 ? (
            <p className="mt-1">
              The same holds for {formatCount(paradox.length - 1, "other row")} marked{" "}
              <em>lopsided</em>.{" "}
              {isSpans ? "Read F1 for them." : "Read AC1 and specific agreement."}
            </p>
          ) : null}
        </Notice>
      ) : null}
    </div>
  );
}

function PairTable({ report, words }: LayerContext) {
  const reasons = reasonsOf(
    report.pairs.flatMap(({ alpha, kappa, percent, specific }) => [
      alpha,
      kappa,
      percent,
      ...(specific === null ? [] : [specific]),
    ]),
  );
  const isSpans = report.kind === "spans";
  return (
    <details className="mb-6 text-sm">
      <summary className="mb-2 text-ink-soft">Every pair as a table</summary>
      <Table
        label={`${report.name}: agreement by pair of annotators`}
        head={
          <>
            <HeadCell>Pair</HeadCell>
            <HeadCell className="text-right">Documents</HeadCell>
            <HeadCell className="text-right">α</HeadCell>
            <HeadCell className="text-right">κ{isSpans ? ", tokens" : ""}</HeadCell>
            <HeadCell className="text-right">Percent{isSpans ? ", tokens" : ""}</HeadCell>
            {isSpans ? <HeadCell className="text-right">F1, overlap</HeadCell> : null}
          </>
        }
      >
        {report.pairs.map((pair) => (
          <tr key={`${pair.first}/${pair.second}`}>
            <th scope="row" className="px-3 py-1.5 text-left font-normal">
              {isSpans && words.href ? (
                <Link
                  href={words.href.spans({ annotators: [pair.first, pair.second] })}
                  className="text-accent underline underline-offset-2"
                >
                  {words.annotator(pair.first)} and {words.annotator(pair.second)}
                </Link>
              ) : (
                <>
                  {words.annotator(pair.first)} and {words.annotator(pair.second)}
                </>
              )}
            </th>
            <Cell className="text-right tabular-nums">{pair.documents}</Cell>
            <FigureCell figure={pair.alpha} reasons={reasons} look="shaded" />
            <FigureCell figure={pair.kappa} reasons={reasons} look="shaded" />
            <FigureCell figure={pair.percent} reasons={reasons} format={formatShare} />
            {pair.specific === null ? null : (
              <FigureCell figure={pair.specific} reasons={reasons} look="shaded" />
            )}
          </tr>
        ))}
      </Table>
      <ReasonList reasons={reasons} />
    </details>
  );
}

function AnnotatorTable({ report, words }: LayerContext) {
  const reasons = reasonsOf(
    report.annotators.flatMap(({ withOthers, without, change }) => [withOthers, without, change]),
  );
  return (
    <div className="mb-6">
      <Table
        label={`${report.name}: agreement by annotator`}
        head={
          <>
            <HeadCell>Annotator</HeadCell>
            <HeadCell className="text-right">Documents</HeadCell>
            <HeadCell className="text-right">
              {report.kind === "spans" ? "Spans" : "Answers"}
            </HeadCell>
            <HeadCell className="text-right">With the others</HeadCell>
            <HeadCell className="text-right">α without them</HeadCell>
            <HeadCell className="text-right">Change</HeadCell>
          </>
        }
      >
        {report.annotators.map((row) => (
          <tr key={row.annotator}>
            <th scope="row" className="px-3 py-1.5 text-left font-normal">
              {report.kind === "spans" && words.href ? (
                <Link
                  href={words.href.spans({ annotators: [row.annotator] })}
                  className="text-accent underline underline-offset-2"
                >
                  {words.annotator(row.annotator)}
                </Link>
              ) : (
                words.annotator(row.annotator)
              )}
            </th>
            <Cell className="text-right tabular-nums">{row.documents}</Cell>
            <Cell className="text-right tabular-nums">{row.given}</Cell>
            <FigureCell figure={row.withOthers} reasons={reasons} look="shaded" />
            <FigureCell figure={row.without} reasons={reasons} look="shaded" />
            <FigureCell figure={row.change} reasons={reasons} format={formatChange} />
          </tr>
        ))}
      </Table>
      <ReasonList reasons={reasons} />
    </div>
  );
}

/** Documents that stand in the table; the file of the chart has all. */
const MOST_DOCUMENTS = 30;

function DocumentPart(context: LayerContext) {
  const { report, words, withoutDocument } = context;
  const worst = [...report.documents]
    .sort((a, b) => orderOf(a.specific) - orderOf(b.specific))
    .slice(0, MOST_DOCUMENTS);
  if (worst.length === 0) return null;
  const reasons = reasonsOf(worst.flatMap(({ alpha, specific }) => [alpha, specific]));
  const isSpans = report.kind === "spans";
  return (
    <>
      <Part context={context} title={`${report.name}, document by document`} chart="documents">
        Each line is a document; the dot is the middle one.
      </Part>
      <div className="mb-6">
        <Table
          label={`${report.name}: documents, the lowest first`}
          head={
            <>
              <HeadCell>Document, the lowest first</HeadCell>
              <HeadCell className="text-right">Annotators</HeadCell>
              <HeadCell className="text-right">{isSpans ? "Spans" : "Answers"}</HeadCell>
              <HeadCell className="text-right">{isSpans ? "F1, overlap" : "Same answer"}</HeadCell>
              <HeadCell className="text-right">α</HeadCell>
              <HeadCell className="print:hidden">
                <span className="sr-only">Settings</span>
              </HeadCell>
            </>
          }
        >
          {worst.map((row) => (
            <tr key={row.documentId}>
              <th scope="row" className="min-w-48 px-3 py-1.5 text-left font-normal">
                <Link
                  href={words.href?.document(row.documentId) ?? ""}
                  className="text-accent underline underline-offset-2"
                >
                  {words.document(row.documentId)}
                </Link>
              </th>
              <Cell className="text-right tabular-nums">{row.annotators}</Cell>
              <Cell className="text-right tabular-nums">{row.given}</Cell>
              <FigureCell figure={row.specific} reasons={reasons} look="shaded" />
              <FigureCell figure={row.alpha} reasons={reasons} look="shaded" />
              <Cell className="text-right print:hidden">
                <Link
                  href={withoutDocument(row.documentId)}
                  scroll={false}
                  className="whitespace-nowrap text-[13px] text-ink-soft underline underline-offset-2"
                >
                  Take out<span className="sr-only"> {words.document(row.documentId)}</span>
                </Link>
              </Cell>
            </tr>
          ))}
        </Table>
        <ReasonList reasons={reasons} />
      </div>
    </>
  );
}

function orderOf(figure: Figure): number {
  return figure.value ?? 2;
}

function RepeatPart({ report, words }: LayerContext) {
  if (report.repeats.length === 0) return null;
  const reasons = reasonsOf(report.repeats.flatMap(({ alpha, specific }) => [alpha, specific]));
  return (
    <Section title={`${report.name}: the same annotator twice`}>
      <p className="mb-2 max-w-prose text-sm text-ink-soft">
        The first and the second submission of one document by one person. Nobody can be expected to
        agree with others more than with themselves.
      </p>
      <Table
        label={`${report.name}: annotators and their own earlier work`}
        head={
          <>
            <HeadCell>Annotator</HeadCell>
            <HeadCell className="text-right">Documents twice</HeadCell>
            <HeadCell className="text-right">α</HeadCell>
            <HeadCell className="text-right">
              {report.kind === "spans" ? "F1, overlap" : "Same answer"}
            </HeadCell>
          </>
        }
      >
        {report.repeats.map((row) => (
          <tr key={row.annotator}>
            <th scope="row" className="px-3 py-1.5 text-left font-normal">
              {words.annotator(row.annotator)}
            </th>
            <Cell className="text-right tabular-nums">{row.documents}</Cell>
            <FigureCell figure={row.alpha} reasons={reasons} look="shaded" />
            <FigureCell figure={row.specific} reasons={reasons} look="shaded" />
          </tr>
        ))}
      </Table>
      <ReasonList reasons={reasons} />
    </Section>
  );
}
