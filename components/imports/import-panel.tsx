"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Meter } from "@/components/ui/meter";
import { Notice } from "@/components/ui/notice";
import { cancelImport, startImport } from "@/lib/actions/imports";
import { counted } from "@/lib/domain/wording";
import type { ImportRowPage, ImportView } from "@/lib/services/imports";
import { AuthorChooser, type Person } from "./author-chooser";
import { ColumnChooser } from "./column-chooser";
import { FoundSummary } from "./found-summary";
import { LabelChooser, type LabelTargetChoice } from "./label-chooser";
import { RowList } from "./row-list";
import { type ReadableFormat, SettingsForm } from "./settings-form";
import { useImportWatch } from "./use-import-watch";

/** One import from its reading to its result. */
export function ImportPanel({
  projectId,
  view: loaded,
  rows,
  targets,
  formats,
  people,
}: {
  projectId: string;
  view: ImportView;
  rows: ImportRowPage;
  targets: LabelTargetChoice[];
  formats: ReadableFormat[];
  people: Person[];
}) {
  const view = useImportWatch(projectId, loaded);
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const place = { projectId, importId: view.importId };
  const top = useRef<HTMLDivElement>(null);
  const run = async (doing: () => Promise<unknown>) => {
    setBusy(true);
    await doing();
    setBusy(false);
    top.current?.focus();
    router.refresh();
  };
  const start = () => run(() => act(() => startImport(place)));
  const cancel = () => run(() => act(() => cancelImport(place)));
  return (
    <div className="flex flex-col gap-6">
      <div ref={top} tabIndex={-1} className="scroll-mt-16 outline-none">
        <State view={view} projectId={projectId} />
      </div>
      {view.state === "ready" ? (
        <>
          <FoundSummary found={view.found} />
          <SettingsForm key={`${view.importId}-settings`} {...{ place, view, formats }} />
          <ColumnChooser place={place} found={view.found} />
          <LabelChooser place={place} view={view} targets={targets} />
          <AuthorChooser place={place} view={view} people={people} />
        </>
      ) : null}
      {view.rows.fresh + view.rows.known + view.rows.refused + view.rows.stored > 0 ? (
        <RowList key={view.state} {...{ projectId, view, first: rows }} />
      ) : null}
      <Foot {...{ view, isBusy, projectId }} onStart={start} onCancel={cancel} />
    </div>
  );
}

function State({ view, projectId }: { view: ImportView; projectId: string }) {
  if (view.state === "reading" || view.state === "storing") return <Progress view={view} />;
  if (view.state === "failed") {
    return (
      <Notice tone="bad">
        {view.problem ?? "The import stopped."} What was stored so far is kept; it can go on from
        there.
      </Notice>
    );
  }
  if (view.state === "cancelled") {
    return (
      <Notice tone="warn">
        This import was cancelled. {counted(view.rows.stored, "document")} had been stored and stay
        in the project.
      </Notice>
    );
  }
  return view.state === "done" ? <Done view={view} projectId={projectId} /> : null;
}

function Progress({ view }: { view: ImportView }) {
  const { done, total, state } = view;
  const doing = state === "reading" ? "Reading" : "Storing";
  return (
    <div className="rounded-md border border-line bg-surface p-4">
      <p role="status" className="text-sm font-medium">
        {doing} {counted(done, "article")}
        {total === null ? "" : ` of ${total.toLocaleString("en")}`}…
      </p>
      {total === null ? null : (
        <Meter value={done} most={total} label={`${doing} articles`} className="mt-2" />
      )}
      <p className="mt-2 text-[13px] text-ink-soft">
        This goes on if you leave the page. What is stored stays if it is interrupted, and it then
        goes on where it was.
      </p>
    </div>
  );
}

function Done({ view, projectId }: { view: ImportView; projectId: string }) {
  const { stored, known, refused } = view.rows;
  const base = `/projects/${projectId}`;
  return (
    <Notice tone={stored > 0 ? "good" : "info"}>
      <p className="font-medium" role="status">
        {counted(stored, "document")} stored
        {known > 0 ? `, ${counted(known, "text was", "texts were")} in the project already` : ""}
        {refused > 0 ? `, ${counted(refused, "row")} refused` : ""}.
      </p>
      <p className="mt-1 flex flex-wrap gap-x-4">
        <Link href={`${base}/documents`} className="inline-block py-1 font-medium underline">
          Look at the documents
        </Link>
        <Link href={`${base}/assignments`} className="inline-block py-1 font-medium underline">
          Give them to annotators
        </Link>
        <Link href={`${base}/documents/new`} className="inline-block py-1 font-medium underline">
          Add more
        </Link>
      </p>
    </Notice>
  );
}

function Foot({
  view,
  isBusy,
  projectId,
  onStart,
  onCancel,
}: {
  view: ImportView;
  isBusy: boolean;
  projectId: string;
  onStart: () => Promise<void>;
  onCancel: () => Promise<void>;
}) {
  const { state, rows } = view;
  const isEnded = state === "done" || state === "cancelled";
  if (isEnded) return null;
  const isWaiting = state === "reading" || state === "storing";
  const again = rows.fresh > 0 ? `Go on with ${counted(rows.fresh, "document")}` : "Go on";
  // Known texts may still carry annotations of this import.
  const count = rows.fresh;
  const canStart = rows.fresh > 0 || (view.found.authors.length > 0 && rows.known > 0);
  return (
    <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center justify-end gap-3 border-t border-line bg-canvas px-4 py-3">
      {canStart || isWaiting ? null : (
        <p className="min-w-0 flex-1 text-sm text-ink-soft">
          Nothing here is new.{" "}
          <Link href={`/projects/${projectId}/documents/new`} className="underline">
            Add other files
          </Link>
        </p>
      )}
      <Button disabled={isBusy} onClick={() => void onCancel()}>
        {state === "storing" ? "Stop the import" : "Cancel"}
      </Button>
      {state === "ready" ? (
        <Button tone="primary" disabled={!canStart || isBusy} onClick={() => void onStart()}>
          {count === 0 && canStart
            ? "Store the annotations"
            : `Store ${counted(count, "document")}`}
        </Button>
      ) : null}
      {state === "failed" ? (
        <Button tone="primary" disabled={isBusy} onClick={() => void onStart()}>
          {again}
        </Button>
      ) : null}
    </div>
  );
}
