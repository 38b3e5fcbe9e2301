import Link from "next/link";
import { Meter } from "@/components/ui/meter";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { ListedDocument } from "@/lib/services/document-search";

/** Documents with their source and how far they are. */
export function DocumentTable({
  projectId,
  documents,
}: {
  projectId: string;
  documents: ListedDocument[];
}) {
  return (
    <Table
      label="Documents"
      head={
        <>
          <HeadCell>Title</HeadCell>
          <HeadCell>Outlet</HeadCell>
          <HeadCell>Published</HeadCell>
          <HeadCell>Event</HeadCell>
          <HeadCell className="text-end">Characters</HeadCell>
          <HeadCell className="w-44">Submitted</HeadCell>
        </>
      }
    >
      {documents.map((document) => (
        <tr key={document.documentId}>
          <Cell className="min-w-56">
            <Link
              href={`/projects/${projectId}/documents/${document.documentId}`}
              className="font-medium hover:underline"
            >
              <bdi>{document.title}</bdi>
            </Link>
          </Cell>
          <Cell className="min-w-28 text-ink-soft">
            <bdi>{document.outlet}</bdi>
          </Cell>
          <Cell className="whitespace-nowrap tabular-nums text-ink-soft">
            {document.publishedOn}
          </Cell>
          <Cell className="min-w-44 text-ink-soft">
            <bdi>{document.event}</bdi>
          </Cell>
          <Cell className="text-end tabular-nums">{document.length.toLocaleString("en")}</Cell>
          <Cell>
            <Work document={document} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

function Work({ document: { title, work } }: { document: ListedDocument }) {
  const all = work.assigned + work.inProgress + work.submitted + work.skipped;
  if (all === 0) return <span className="whitespace-nowrap text-ink-soft">Not assigned</span>;
  return (
    <div className="flex items-center gap-2">
      <Meter value={work.submitted} most={all} label={`Submitted: ${title}`} className="max-w-20" />
      <span className="whitespace-nowrap tabular-nums">
        {work.submitted} of {all}
      </span>
    </div>
  );
}
