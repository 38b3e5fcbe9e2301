import type { Metadata } from "next";
import Link from "next/link";
import { MeetingList } from "@/components/agreement/meeting-list";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listAgreementSpans } from "@/lib/services/agreement-spans";

export const metadata: Metadata = { title: "Spans behind a figure" };

type Query = Record<string, string | string[] | undefined>;

export default async function AgreementSpansPage({
  params,
  searchParams,
}: {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Query>;
}) {
  const { projectId } = await params;
  const query = await searchParams;
  const people = query.annotators ?? [];
  const spans = unwrap(
    await listAgreementSpans({
      ...query,
      projectId,
      annotators: Array.isArray(people) ? people : [people],
    } as Parameters<typeof listAgreementSpans>[0]),
  );
  const names = new Map(spans.annotators.map(({ id, name }) => [id, name]));
  const labels = new Map(spans.labels.map((label) => [label.key, label]));
  const asked = [people].flat().map((id) => names.get(id) ?? "somebody");
  const label = first(query.label);
  const against = first(query.against);
  return (
    <main>
      <PageHeader title="Spans behind a figure">
        <p>
          {spans.layer.name}
          {label === null ? "" : `, “${labels.get(label)?.name ?? label}”`}
          {against === null
            ? ""
            : against === "none"
              ? " where the other marked nothing"
              : ` and “${labels.get(against)?.name ?? against}”`}
          {asked.length === 0 ? ", all annotators" : `, ${asked.join(" and ")}`}
          {query.show === "all" ? "." : ": where two annotators differ."} {spans.total}{" "}
          {spans.total === 1 ? "passage" : "passages"}
          {spans.total > spans.found.length ? `, the first ${spans.found.length} are shown` : ""}.
        </p>
        <Link
          href={`/projects/${projectId}/agreement${backQuery(query)}`}
          className="text-accent underline underline-offset-2"
        >
          Back to the agreement
        </Link>
      </PageHeader>
      <MeetingList projectId={projectId} found={spans.found} names={names} labels={labels} />
    </main>
  );
}

function first(value: string | string[] | undefined): string | null {
  const one = Array.isArray(value) ? value[0] : value;
  return one === undefined || one === "" ? null : one;
}

const OWN = new Set(["layer", "annotators", "label", "against", "show"]);

function backQuery(query: Query): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (OWN.has(name)) continue;
    for (const one of [value ?? []].flat()) parts.append(name, one);
  }
  const text = parts.toString();
  return text === "" ? "" : `?${text}`;
}
