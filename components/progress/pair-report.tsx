import Link from "next/link";
import type { DifferenceKind } from "@/lib/domain/campaign/quality-differences";
import { counted } from "@/lib/domain/wording";
import type { MarkedText, PairReport, ShownDifference } from "@/lib/services/quality-differences";

/** What two annotators differ in, document by document: the same words once for each of them. */
export function PairReportView({ projectId, report }: { projectId: string; report: PairReport }) {
  const { first, second, reports, labels } = report;
  return (
    <div className="flex flex-col gap-6">
      {reports.map(({ documentId, title, outlet, differences }) => (
        <section key={documentId} aria-label={title}>
          <h2 className="text-[15px] font-semibold">
            <Link
              href={`/projects/${projectId}/compare/${documentId}?annotator=${first.id}&annotator=${second.id}`}
              className="hover:underline"
            >
              <bdi>{title}</bdi>
            </Link>
          </h2>
          <p className="mb-2 text-[13px] text-ink-soft">
            {outlet === null ? "" : `${outlet}, `}
            {counted(differences.length, "difference")}
          </p>
          <ol className="divide-y divide-line border-y border-line">
            {differences.map((difference) => (
              <li key={difference.id} className="break-inside-avoid py-2.5">
                <DifferenceLines
                  {...{ difference, labels }}
                  discussHref={`/projects/${projectId}/discussions/new?${new URLSearchParams({
                    documentId,
                    start: String(difference.words.start),
                    end: String(difference.words.end),
                  })}`}
                  names={{ first: first.name, second: second.name }}
                />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function DifferenceLines({
  difference,
  names,
  labels,
  discussHref,
}: {
  difference: ShownDifference;
  discussHref: string;
  names: { first: string; second: string };
  labels: Record<string, string>;
}) {
  const { kind, first, second } = difference;
  const labelNames = (keys: readonly string[]) => keys.map((key) => labels[key] ?? key).join(", ");
  return (
    <>
      <p className="text-[13px] font-medium">
        {headingOf(kind, names)}
        <span className="font-normal text-ink-soft">
          {kind === "other_label"
            ? ""
            : `: ${labelNames(first.labels.length > 0 ? first.labels : second.labels)}`}
        </span>
        <Link
          href={discussHref}
          className="ms-2 font-normal text-accent underline underline-offset-2 print:hidden"
        >
          Discuss
        </Link>
      </p>
      <dl className="mt-1 grid grid-cols-1 gap-x-3 gap-y-0.5 sm:grid-cols-[9rem_1fr]">
        {[
          { name: names.first, side: first },
          { name: names.second, side: second },
        ].map(({ name, side }) => (
          <div key={name} className="contents">
            <dt className="truncate text-[13px] text-ink-soft">
              <bdi>{name}</bdi>
              {kind === "other_label" ? (
                <span className="block truncate text-ink">{labelNames(side.labels)}</span>
              ) : null}
            </dt>
            <dd dir="auto" className="font-serif text-[15px] leading-relaxed">
              <Marked text={side.text} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Marked words are set off by more than colour, so that they can be told apart on paper. */
function Marked({ text }: { text: MarkedText }) {
  let place = 0;
  return text.map((piece) => {
    place += piece.text.length;
    return piece.isMarked ? (
      <mark
        key={place}
        className="bg-accent-soft font-semibold text-ink underline decoration-2 underline-offset-4"
      >
        {piece.text}
      </mark>
    ) : (
      <span key={place}>{piece.text}</span>
    );
  });
}

export function headingOf(kind: DifferenceKind, names: { first: string; second: string }): string {
  switch (kind) {
    case "only_first":
      return `Only ${names.first} marked this`;
    case "only_second":
      return `Only ${names.second} marked this`;
    case "other_label":
      return "Same words, other label";
    case "other_boundaries":
      return "Other boundaries";
  }
}
