import Link from "next/link";
import { WorkBehindTable } from "@/components/progress/work-behind";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listWorkBehind, type ShownWork } from "@/lib/services/progress";

export const metadata = { title: "Documents behind a figure" };

type Asked = Partial<
  Record<"roundId" | "annotatorId" | "state" | "show" | "label" | "day" | "after", string>
>;
type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Asked> };

const TITLES: Record<ShownWork, string> = {
  all: "All work",
  fast: "Done far faster than usual",
  nothing_marked: "Nothing marked",
  gold_check: "Silent gold documents",
  repeats: "Annotated twice by the same person",
  training: "Training documents",
};

export default async function BehindPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const asked = await searchParams;
  const input = { projectId, ...asked } as Parameters<typeof listWorkBehind>[0];
  const { rows, next } = unwrap(await listWorkBehind(input));
  const title = TITLES[(asked.show ?? "all") as ShownWork] ?? TITLES.all;
  const only = [
    ...(asked.annotatorId === undefined ? [] : [`by ${rows[0]?.name ?? "one annotator"}`]),
    ...(asked.roundId === undefined ? [] : [`in ${rows[0]?.round ?? "one round"}`]),
    ...(asked.state === undefined ? [] : [asked.state.replace("_", " ")]),
    ...(asked.label === undefined ? [] : [`with the label ${asked.label}`]),
  ];
  return (
    <main>
      <PageHeader title={title}>
        {only.length > 0 ? `Only ${only.join(", ")}. ` : ""}
        <Link className="text-accent underline" href={`/projects/${projectId}/progress`}>
          Back to progress
        </Link>
      </PageHeader>
      {rows.length === 0 ? (
        <EmptyState title="There are none">
          Nothing in this project is behind this figure at the moment.
        </EmptyState>
      ) : (
        <WorkBehindTable projectId={projectId} rows={rows} />
      )}
      {next === null ? null : (
        <p className="mt-3">
          <Link
            className="text-accent underline"
            href={`/projects/${projectId}/progress/documents?${new URLSearchParams({ ...asked, after: next })}`}
          >
            More
          </Link>
        </p>
      )}
    </main>
  );
}
