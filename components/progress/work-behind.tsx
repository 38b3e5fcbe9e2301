import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { WorkBehind } from "@/lib/services/progress";
import { ExcludeButton } from "./exclude-button";
import { clock } from "./words";

const STATES: Record<WorkBehind["state"], string> = {
  assigned: "not begun",
  in_progress: "in progress",
  submitted: "submitted",
  skipped: "skipped",
};

const PURPOSES: Record<WorkBehind["purpose"], string | null> = {
  work: null,
  training: "training",
  gold_check: "silent gold",
};

/** The documents behind a figure, each with who annotated it. */
export function WorkBehindTable({
  projectId,
  rows,
}: {
  projectId: string;
  rows: readonly WorkBehind[];
}) {
  return (
    <Table
      label="Documents behind the figure"
      head={
        <>
          <HeadCell>Document</HeadCell>
          <HeadCell>Annotator</HeadCell>
          <HeadCell>Round</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell className="text-right">Words</HeadCell>
          <HeadCell className="text-right">Active time</HeadCell>
          <HeadCell className="text-right">Per 1,000 words</HeadCell>
          <HeadCell className="text-right">Marks</HeadCell>
          <HeadCell>
            <span className="sr-only">Act</span>
          </HeadCell>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.assignmentId}>
          <th scope="row" className="min-w-52 px-3 py-2 text-left font-normal">
            <Link
              className="font-medium hover:underline"
              href={
                row.state === "submitted" && row.marks !== null
                  ? `/projects/${projectId}/compare/${row.documentId}?annotator=${row.annotatorId}`
                  : `/projects/${projectId}/documents/${row.documentId}`
              }
            >
              <bdi>{row.title}</bdi>
            </Link>
            <span className="ms-2 inline-flex gap-1">
              {PURPOSES[row.purpose] === null ? null : <Badge>{PURPOSES[row.purpose]}</Badge>}
              {row.repetition > 0 ? <Badge>repeat {row.repetition}</Badge> : null}
              {row.isExcluded ? <Badge tone="warn">left out of figures</Badge> : null}
            </span>
          </th>
          <Cell>
            <bdi>{row.name}</bdi>
          </Cell>
          <Cell>
            <bdi>{row.round}</bdi>
          </Cell>
          <Cell className="whitespace-nowrap">
            {STATES[row.state]}
            <div
              className="max-w-48 truncate text-[13px] text-ink-soft"
              title={row.skipReason ?? undefined}
            >
              {row.state === "skipped" ? row.skipReason : row.submittedOn}
            </div>
          </Cell>
          <Cell className="text-right tabular-nums">{row.words.toLocaleString("en")}</Cell>
          <Cell className="text-right tabular-nums">{clock(row.activeSeconds)}</Cell>
          <Cell className="text-right tabular-nums">
            {clock((row.activeSeconds * 1_000) / row.words)}
          </Cell>
          <Cell className="text-right tabular-nums">{row.marks ?? "–"}</Cell>
          <Cell className="text-right">
            {row.isExcluded ? null : (
              <ExcludeButton
                projectId={projectId}
                kind="document"
                subjectId={row.documentId}
                name={row.title}
              />
            )}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
