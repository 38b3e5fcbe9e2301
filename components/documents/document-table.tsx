"use client";
import clsx from "clsx";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { KeyboardEvent } from "react";
import { Badge } from "@/components/ui/badge";
import { Meter } from "@/components/ui/meter";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { counted } from "@/lib/domain/wording";
import type { ListedDocument } from "@/lib/services/document-search";
import { BulkBar } from "./bulk-bar";
import { type Filters, filterHref } from "./filters";
import { chooseByKey, isPlainKey, useSelection } from "./use-selection";

/** Documents with their source and how far they are; rows can be chosen and changed together. */
export function DocumentTable({
  projectId,
  documents,
  filters,
  events,
  hasMore,
}: {
  projectId: string;
  documents: ListedDocument[];
  filters: Filters;
  events: { eventId: string; name: string }[];
  hasMore: boolean;
}) {
  const router = useRouter();
  const base = `/projects/${projectId}/documents`;
  const ids = documents.map(({ documentId }) => documentId);
  const selection = useSelection(ids);
  const areAllChosen = ids.length > 0 && ids.every((id) => selection.chosen.has(id));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    if (!isPlainKey(event)) return;
    if (event.key === "Enter") router.push(`${base}/${ids[index]}`);
    else chooseByKey(event, index, selection);
  };
  return (
    <>
      <BulkBar
        {...{ projectId, filters, events, hasMore }}
        documentIds={[...selection.chosen]}
        areArchived={filters.state === "archived"}
        onChoose={selection.set}
      />
      <Table
        label="Documents"
        head={
          <>
            <HeadCell className="w-8 pe-0">
              <input
                type="checkbox"
                aria-label="Choose all documents of this page"
                checked={areAllChosen}
                onChange={() => selection.set(areAllChosen ? [] : ids)}
                className="block size-4 accent-(--accent)"
              />
            </HeadCell>
            <SortCell {...{ base, filters }} by="title" label="Title" />
            <SortCell {...{ base, filters }} by="outlet" label="Outlet" />
            <SortCell {...{ base, filters }} by="published" label="Published" />
            <HeadCell>Event</HeadCell>
            <HeadCell className="text-end">Characters</HeadCell>
            <HeadCell className="w-40">Submitted</HeadCell>
          </>
        }
      >
        {documents.map((document, index) => (
          <tr
            key={document.documentId}
            data-row
            tabIndex={index === 0 ? 0 : -1}
            aria-selected={selection.chosen.has(document.documentId)}
            onKeyDown={(event) => onKeyDown(event, index)}
            className={clsx(
              "-outline-offset-2",
              selection.chosen.has(document.documentId) && "bg-accent-soft",
            )}
          >
            <Cell className="pe-0">
              <input
                type="checkbox"
                aria-label={`Choose ${document.title}`}
                checked={selection.chosen.has(document.documentId)}
                onChange={() => {}}
                onClick={(event) => selection.toggle(index, event.shiftKey)}
                className="block size-4 accent-(--accent)"
              />
            </Cell>
            <Cell className="min-w-56">
              <Link href={`${base}/${document.documentId}`} className="font-medium hover:underline">
                <bdi>{document.title}</bdi>
              </Link>
              <Marks document={document} />
            </Cell>
            <Cell className="min-w-28 text-ink-soft">
              <bdi>{document.outlet}</bdi>
            </Cell>
            <Cell className="whitespace-nowrap tabular-nums text-ink-soft">
              {document.publishedOn}
            </Cell>
            <Cell className="min-w-44 text-ink-soft">
              {document.eventId === null ? null : (
                <Link
                  href={`/projects/${projectId}/events/${document.eventId}`}
                  className="hover:underline"
                >
                  <bdi>{document.event}</bdi>
                </Link>
              )}
            </Cell>
            <Cell className="text-end tabular-nums">{document.length.toLocaleString("en")}</Cell>
            <Cell>
              <Work document={document} />
            </Cell>
          </tr>
        ))}
      </Table>
    </>
  );
}

function Marks({ document: { duplicateOf, reprints, version } }: { document: ListedDocument }) {
  return (
    <span className="ms-2 inline-flex gap-1">
      {duplicateOf === null ? null : <Badge>reprint</Badge>}
      {reprints === 0 ? null : <Badge tone="accent">{counted(reprints, "reprint")}</Badge>}
      {version === 1 ? null : <Badge>version {version}</Badge>}
    </span>
  );
}

function SortCell({
  base,
  filters,
  by,
  label,
}: {
  base: string;
  filters: Filters;
  by: string;
  label: string;
}) {
  const isUp = filters.sort === by;
  const isDown = filters.sort === `-${by}`;
  return (
    <HeadCell aria-sort={isUp ? "ascending" : isDown ? "descending" : "none"}>
      <Link
        href={filterHref(base, filters, { sort: isUp ? `-${by}` : isDown ? "" : by })}
        className="hover:text-ink hover:underline"
      >
        {label}
        <span aria-hidden className="inline-block w-3">
          {isUp ? "↑" : isDown ? "↓" : ""}
        </span>
      </Link>
    </HeadCell>
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
