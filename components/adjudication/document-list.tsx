"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { startAdjudication } from "@/lib/actions/adjudication";
import type { AdjudicationRow } from "@/lib/services/adjudications";

type Show = "to_do" | "finished" | "all";

const SHOWS: readonly [Show, string][] = [
  ["to_do", "To do"],
  ["finished", "Finished"],
  ["all", "All"],
];

const OBSTACLES = {
  own_work: "You annotated it: somebody else decides.",
  one_submission: "One submission so far: nothing to compare.",
};

/** Documents that somebody submitted, with how far their adjudication is. */
export function DocumentList({
  projectId,
  rows,
}: {
  projectId: string;
  rows: readonly AdjudicationRow[];
}) {
  const [show, setShow] = useState<Show>("to_do");
  const shown = rows.filter((row) => isShown(row, show));
  return (
    <>
      <fieldset className="mb-3 flex flex-wrap items-center gap-1.5">
        <legend className="sr-only">Which documents</legend>
        {SHOWS.map(([key, name]) => (
          <Button
            key={key}
            size="small"
            tone={show === key ? "primary" : "plain"}
            aria-pressed={show === key}
            onClick={() => setShow(key)}
          >
            {name} {rows.filter((row) => isShown(row, key)).length}
          </Button>
        ))}
      </fieldset>
      {shown.length === 0 ? (
        <p className="text-sm text-ink-soft">No document here.</p>
      ) : (
        <Table
          label="Documents to adjudicate"
          head={
            <>
              <HeadCell>Document</HeadCell>
              <HeadCell>State</HeadCell>
              <HeadCell className="text-right">Submissions</HeadCell>
              <HeadCell className="text-right">Decided</HeadCell>
              <HeadCell>Adjudicator</HeadCell>
              <HeadCell>
                <span className="sr-only">What to do</span>
              </HeadCell>
            </>
          }
        >
          {shown.map((row) => (
            <Line key={row.documentId} projectId={projectId} row={row} />
          ))}
        </Table>
      )}
    </>
  );
}

function isShown({ state, isStale }: AdjudicationRow, show: Show): boolean {
  if (show === "all") return true;
  return show === "finished" ? state === "finished" : state !== "finished" || isStale;
}

function Line({ projectId, row }: { projectId: string; row: AdjudicationRow }) {
  const { documentId, title, outlet, submissions, adjudicationId, decided, adjudicator } = row;
  const href =
    adjudicationId === null ? null : `/projects/${projectId}/adjudication/${adjudicationId}`;
  const mayOpen = href !== null && row.obstacle !== "own_work";
  return (
    <tr>
      <Cell className="min-w-44">
        {mayOpen ? (
          <Link href={href} className="font-medium hover:underline">
            <bdi>{title}</bdi>
          </Link>
        ) : (
          <bdi className="font-medium">{title}</bdi>
        )}
        {outlet === null ? null : <div className="text-[13px] text-ink-soft">{outlet}</div>}
      </Cell>
      <Cell>
        <State row={row} />
      </Cell>
      <Cell className="text-right tabular-nums">{submissions}</Cell>
      <Cell className="text-right tabular-nums">{adjudicationId === null ? "" : decided}</Cell>
      <Cell>{adjudicator ?? ""}</Cell>
      <Cell className="text-right">
        {row.obstacle !== null && !mayOpen ? (
          <span className="text-[13px] text-ink-soft">{OBSTACLES[row.obstacle]}</span>
        ) : mayOpen ? (
          <Link href={href} className="text-accent underline underline-offset-2">
            {row.state === "finished" ? "Look" : "Continue"}
            <span className="sr-only"> {title}</span>
          </Link>
        ) : (
          <StartButton projectId={projectId} documentId={documentId} title={title} />
        )}
      </Cell>
    </tr>
  );
}

function State({ row: { state, isStale } }: { row: AdjudicationRow }) {
  return (
    <span className="flex flex-wrap gap-1">
      {state === "none" ? <Badge>not begun</Badge> : null}
      {state === "open" ? <Badge tone="accent">open</Badge> : null}
      {state === "finished" ? <Badge tone="good">finished</Badge> : null}
      {isStale ? <Badge tone="warn">submissions changed</Badge> : null}
    </span>
  );
}

function StartButton({
  projectId,
  documentId,
  title,
}: {
  projectId: string;
  documentId: string;
  title: string;
}) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  return (
    <Button
      size="small"
      disabled={isBusy}
      onClick={async () => {
        setBusy(true);
        const started = await act(() => startAdjudication({ projectId, documentId }));
        if (started === null) return setBusy(false);
        router.push(`/projects/${projectId}/adjudication/${started.adjudicationId}`);
      }}
    >
      Start<span className="sr-only"> {title}</span>
    </Button>
  );
}
