import Link from "next/link";
import type { ReactNode } from "react";
import { placeId } from "@/components/ui/compared-text/compared-text";
import { Swatch } from "@/components/ui/swatch";
import { quoteOf } from "@/lib/domain/annotation/state";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";
import type { Cluster, OwnedSpan } from "@/lib/domain/comparison/clusters";
import type { Range } from "@/lib/domain/text/offsets";
import { shorten } from "@/lib/domain/wording";

type Naming = {
  /** Names of annotators by id. */
  names: ReadonlyMap<string, string>;
  /** Names of labels by look key. */
  labels: ReadonlyMap<string, string>;
  looks: ReadonlyMap<string, LabelLook>;
};

/** What annotators have to talk about, in the order of the text; each leads to its place. */
export function ClusterList({
  clusters,
  discussHref,
  ...naming
}: Naming & {
  clusters: readonly Cluster[];
  /** Where a discussion of these words begins. */
  discussHref: (words: Range) => string;
}) {
  return (
    <ol className="divide-y divide-line">
      {clusters.map((cluster) => (
        <li key={cluster.id} className="px-3 py-2 text-sm">
          <a
            href={`#${placeId(cluster.start)}`}
            className="block font-serif text-[15px] leading-snug text-accent underline decoration-line-strong underline-offset-2"
          >
            “{shorten(longestQuote(cluster), 90)}”
          </a>
          <p className="mt-0.5 text-[13px] font-medium">
            {headingOf(cluster, naming)}
            <Link
              href={discussHref(cluster)}
              className="ms-2 font-normal text-accent underline underline-offset-2"
            >
              Discuss
            </Link>
          </p>
          <ul className="mt-1 flex flex-col gap-0.5 text-[13px] text-ink-soft">
            {linesOf(cluster).map(({ key, owners, span }) => (
              <SpanLine key={key} owners={owners} span={span} cluster={cluster} naming={naming} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function SpanLine({
  owners,
  span,
  cluster,
  naming,
}: {
  owners: readonly string[];
  span: OwnedSpan["span"];
  cluster: Cluster;
  naming: Naming;
}) {
  const key = lookKey(span.layer, span.label);
  const look = naming.looks.get(key);
  const words: ReactNode =
    cluster.kind === "boundaries" ? (
      <>: “{shorten(quoteOf(span), 90)}”</>
    ) : cluster.kind === "other_label" ? (
      <>: {naming.labels.get(key)}</>
    ) : null;
  return (
    <li className="flex items-start gap-1.5">
      {look ? <Swatch colour={look.colour} code={look.code} className="shrink-0" /> : null}
      <span className="min-w-0">
        {owners.map((id) => naming.names.get(id)).join(", ")}
        {words}
      </span>
    </li>
  );
}

/** Spans with the same words and label on one line, with all who marked them. */
function linesOf({ spans }: Cluster) {
  const lines = new Map<string, { key: string; owners: string[]; span: OwnedSpan["span"] }>();
  for (const { annotatorId, span } of spans) {
    const places = span.ranges.map(({ start, end }) => `${start}-${end}`).join(" ");
    const key = `${span.label}@${places}`;
    const line = lines.get(key) ?? { key, owners: [], span };
    lines.set(key, { ...line, owners: [...line.owners, annotatorId] });
  }
  return [...lines.values()];
}

function headingOf({ kind, labels, layer, spans, absent }: Cluster, naming: Naming): string {
  const label = naming.labels.get(lookKey(layer, labels[0] ?? "")) ?? labels[0] ?? "";
  const present = [...new Set(spans.map((each) => each.annotatorId))];
  switch (kind) {
    case "agreed":
      return `${label}: all agree`;
    case "only_one":
      return `${label}: only ${naming.names.get(present[0] ?? "")} marked this`;
    case "not_all":
      return `${label}: ${present.length} of ${present.length + absent.length} marked this`;
    case "boundaries":
      return `${label}: other boundaries`;
    case "other_label":
      return "Same words, other label";
  }
}

function longestQuote({ spans }: Cluster): string {
  const quotes = spans.map(({ span }) => quoteOf(span));
  return quotes.reduce((longest, quote) => (quote.length > longest.length ? quote : longest), "");
}
