import Link from "next/link";
import { Meter } from "@/components/ui/meter";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { ListedDocument } from "@/lib/services/document-search";

/** How far each document is, in words and as a bar. */
export function DocumentProgressTable({
  projectId,
  documents,
}: {
  projectId: string;
  documents: ListedDocument[];
}) {
  return (
    <Table
      label="Progress by document"
      head={
        <>
          <HeadCell>Document</HeadCell>
          <HeadCell className="w-56">Submitted</HeadCell>
          <HeadCell className="text-end">In progress</HeadCell>
        </>
      }
    >
      {documents.map(({ documentId, title, outlet, work }) => {
        const all = work.assigned + work.inProgress + work.submitted + work.skipped;
        return (
          <tr key={documentId}>
            <Cell className="min-w-56">
              <Link
                href={`/projects/${projectId}/documents/${documentId}`}
                className="font-medium hover:underline"
              >
                <bdi>{title}</bdi>
              </Link>
              {outlet ? <span className="text-ink-soft"> · {outlet}</span> : null}
            </Cell>
            <Cell>
              {all === 0 ? (
                <span className="text-ink-soft">Not assigned</span>
              ) : (
                <div className="flex min-w-40 items-center gap-2">
                  <Meter
                    value={work.submitted}
                    most={all}
                    label={`Submitted: ${title}`}
                    className="max-w-28"
                  />
                  <span className="whitespace-nowrap tabular-nums">
                    {work.submitted} of {all}
                  </span>
                </div>
              )}
            </Cell>
            <Cell className="text-end tabular-nums">{work.inProgress}</Cell>
          </tr>
        );
      })}
    </Table>
  );
}
