import type {
  LayerReport,
  ResampledInterval,
  ResampledLayer,
} from "@/lib/domain/agreement-report/layer-report";
import { adviceFor, readHeadline } from "@/lib/domain/agreement-report/reading";
import { formatCount, formatInterval, formatMeasure, formatShare } from "./format";

/** The one number of a layer with its interval, what it rests on, what it means, and what to do next. */
export function LayerHeadline({
  report,
  resampled,
  documentCount,
  nameOf,
}: {
  report: LayerReport;
  resampled: ResampledLayer | null;
  documentCount: number;
  nameOf: (annotator: string) => string;
}) {
  const { headline } = report;
  const { figure } = headline;
  const drawn = resampled?.intervals.find(({ subject }) => subject === "headline");
  const sentences = [...readHeadline(headline), ...adviceFor(report, nameOf)];
  return (
    <div className="mb-6 max-w-prose">
      <p className="text-base">
        {figure.value === null ? (
          <>
            <strong className="font-semibold">{report.name}: no figure yet.</strong>{" "}
            {figure.because}
          </>
        ) : (
          <>
            <strong className="font-semibold">
              {report.name}: α = {formatMeasure(figure.value)}
            </strong>{" "}
            ({intervalWords(headline, drawn)}), from {headline.documents} of{" "}
            {formatCount(documentCount, "document")} with two or more submissions,{" "}
            {formatCount(headline.annotators, "annotator")} and{" "}
            {formatCount(headline.units, headline.unitName)}.
          </>
        )}
      </p>
      <p className="mt-1 text-sm text-ink-soft">
        {headline.name}. {headline.why}
      </p>
      {headline.unfiltered === null ? null : (
        <p className="mt-1 text-sm">
          Before rounds, annotators and documents were taken out:{" "}
          {headline.unfiltered.value === null
            ? headline.unfiltered.because
            : `α = ${formatMeasure(headline.unfiltered.value)}.`}{" "}
          Report both.
        </p>
      )}
      {sentences.length > 0 ? (
        <ul className="mt-2 flex list-disc flex-col gap-0.5 pl-5 text-sm">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
      <Beside report={report} resampled={resampled} />
    </div>
  );
}

function intervalWords(
  { figure: { interval } }: LayerReport["headline"],
  drawn: ResampledInterval | undefined,
): string {
  if (drawn !== undefined) {
    const replicates = drawn.replicates.toLocaleString("en");
    return `95 % interval ${formatMeasure(drawn.low)} to ${formatMeasure(drawn.high)}, ${drawn.method} bootstrap over documents, ${replicates} resamples`;
  }
  return interval.low === null
    ? `no interval: ${lower(interval.because)}`
    : `95 % interval ${formatInterval(interval)}, leaving out one document at a time`;
}

/** The interval by resampling of a figure beside the headline, once it is there. */
function resampledBeside(resampled: ResampledLayer | null, measure: string): string | null {
  const own = resampled?.intervals.find(
    ({ subject }) => subject !== "headline" && "beside" in subject && subject.beside === measure,
  );
  return own === undefined ? null : `${formatMeasure(own.low)} to ${formatMeasure(own.high)}`;
}

/** What the headline does not tell. */
function Beside({ report, resampled }: { report: LayerReport; resampled: ResampledLayer | null }) {
  return (
    <dl className="mt-3 grid grid-cols-[1fr_auto_auto] gap-x-4 gap-y-0.5 text-sm">
      {report.beside.map(({ measure, name, figure, interval }) => (
        <div key={name} className="contents">
          <dt className="text-ink-soft">
            {name}
            {figure.value === null ? (
              <span className="block text-[13px]">{figure.because}</span>
            ) : null}
          </dt>
          <dd className="text-right tabular-nums">
            {figure.value === null
              ? "–"
              : (measure === "percent" ? formatShare : formatMeasure)(figure.value)}
          </dd>
          <dd className="text-right text-ink-soft tabular-nums">
            {resampledBeside(resampled, measure) ??
              (interval === null ? "" : formatInterval(interval))}
          </dd>
        </div>
      ))}
      {resampled?.gamma?.mean.value == null ? null : (
        <Gamma gamma={resampled.gamma} value={resampled.gamma.mean.value} seed={resampled.seed} />
      )}
    </dl>
  );
}

function Gamma({
  gamma,
  value,
  seed,
}: {
  gamma: NonNullable<ResampledLayer["gamma"]>;
  value: number;
  seed: number;
}) {
  const { documents, eligible, samples, optimal, deviation } = gamma;
  return (
    <div className="contents">
      <dt className="text-ink-soft">
        γ, mean over {formatCount(documents, "document")}
        {documents < eligible ? ` drawn of ${eligible}` : ""}
        <span className="block text-[13px]">
          α = β = Δ∅ = 1, shuffle sampler, {samples} samples, seed {seed},{" "}
          {optimal ? "best alignments" : "heuristic alignments"}; there is no published threshold
        </span>
      </dt>
      <dd className="text-right tabular-nums">{formatMeasure(value)}</dd>
      <dd className="text-right text-ink-soft tabular-nums">
        {deviation === null ? "" : `SD ${formatMeasure(deviation)}`}
      </dd>
    </div>
  );
}

function lower(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, "")}`;
}
