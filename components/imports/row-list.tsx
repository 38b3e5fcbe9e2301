"use client";
import Link from "next/link";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/page";
import { leaveOutImportRow } from "@/lib/actions/imports";
import { counted } from "@/lib/domain/wording";
import type { ImportRow, ImportRowPage, ImportView } from "@/lib/services/imports";
import { RowLines } from "./row-lines";

const STATES = {
  fresh: { word: "new", tone: "accent" },
  known: { word: "known", tone: "plain" },
  refused: { word: "refused", tone: "bad" },
  stored: { word: "stored", tone: "good" },
} as const;

/** The rows of an import with what is to be said of each, and all that need a look as a file. */
export function RowList({
  projectId,
  view,
  first,
}: {
  projectId: string;
  view: ImportView;
  first: ImportRowPage;
}) {
  const [more, setMore] = useState<ImportRow[]>([]);
  const [next, setNext] = useState(first.next);
  const [isTroubledOnly, setTroubledOnly] = useState(false);
  const address = `/api/v1/projects/${projectId}/imports/${view.importId}/rows`;
  const rows = [...first.rows, ...more];
  const shown = isTroubledOnly
    ? rows.filter(({ state, notes }) => state === "refused" || notes.length > 0)
    : rows;
  const loadMore = async () => {
    const answer = await fetch(`${address}?after=${next}`).catch(() => null);
    if (!answer?.ok) return;
    const page = (await answer.json()) as ImportRowPage;
    setMore([...more, ...page.rows]);
    setNext(page.next);
  };
  return (
    <Section
      title="Articles"
      actions={
        view.troubled === 0 ? null : (
          <>
            <Button
              size="small"
              aria-pressed={isTroubledOnly}
              onClick={() => setTroubledOnly(!isTroubledOnly)}
            >
              {isTroubledOnly ? "Show all" : `Only those to look at (${view.troubled})`}
            </Button>
            <a
              href={`${address}.csv?show=troubled`}
              className="inline-flex h-7 items-center rounded-md border border-line-strong bg-surface px-2 text-[13px] font-medium hover:bg-sunken"
            >
              Download them as CSV
            </a>
          </>
        )
      }
    >
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {shown.map((row) => (
          <Row key={row.position} {...{ projectId, view, row }} />
        ))}
      </ul>
      {next === null ? null : (
        <div className="mt-2">
          <Button size="small" onClick={() => void loadMore()}>
            Show more
          </Button>
        </div>
      )}
    </Section>
  );
}

function Row({ projectId, view, row }: { projectId: string; view: ImportView; row: ImportRow }) {
  const { word, tone } = STATES[row.state];
  const place = { projectId, importId: view.importId, position: row.position };
  const title = row.title || row.place || row.file;
  return (
    <li className="px-3 py-2">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <Badge tone={tone}>{word}</Badge>
        <div className="min-w-0 flex-1">
          <p className="break-words text-sm font-medium">
            {row.documentId === null ? (
              <bdi>{title}</bdi>
            ) : (
              <Link
                href={`/projects/${projectId}/documents/${row.documentId}`}
                className="underline"
              >
                <bdi>{title}</bdi>
              </Link>
            )}
          </p>
          <p className="break-words text-[13px] text-ink-soft">
            <bdi>{row.place}</bdi>
            {row.length === null ? "" : ` · ${counted(row.length, "character")}`}
          </p>
          {row.problem ? <p className="text-sm text-bad">{row.problem}</p> : null}
          {row.notes.length > 0 ? (
            <ul className="text-sm text-warn">
              {row.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          ) : null}
          {view.state === "ready" && row.state !== "refused" ? <RowLines place={place} /> : null}
        </div>
        {view.state === "ready" ? <Choice place={place} row={row} title={title} /> : null}
      </div>
    </li>
  );
}

function Choice({
  place,
  row,
  title,
}: {
  place: { projectId: string; importId: string; position: number };
  row: ImportRow;
  title: string;
}) {
  const isLeftOut = row.problem === "Left out by hand.";
  if (row.state === "refused" && !isLeftOut) return null;
  return (
    <Button
      size="small"
      tone="quiet"
      aria-label={isLeftOut ? `Take in ${title}` : `Leave out ${title}`}
      onClick={() =>
        void act(() => leaveOutImportRow({ ...place, choice: isLeftOut ? "take_in" : "leave_out" }))
      }
    >
      {isLeftOut ? "Take in" : "Leave out"}
    </Button>
  );
}
