"use client";
import { EllipsisVertical } from "lucide-react";
import { act } from "@/components/ui/act";
import { Menu, type MenuChoice } from "@/components/ui/menu";
import { StateWord } from "@/components/ui/state-word";
import { reopenAssignment, restoreAssignment, withdrawAssignment } from "@/lib/actions/assignments";
import { counted, durationWords } from "@/lib/domain/wording";
import type { PlannedCell } from "@/lib/services/assignments";

/** One document for one annotator: how far it is, and what a lead can do about it. */
export function MatrixCell({
  cell,
  title,
  name,
  isFixed,
}: {
  cell: PlannedCell;
  title: string;
  name: string;
  isFixed: boolean;
}) {
  const { state, isWithdrawn, spans, activeSeconds, skipReason } = cell;
  return (
    <div className="flex items-start justify-between gap-1">
      <div className="min-w-0">
        <StateWord state={isWithdrawn ? "withdrawn" : state} />
        {state === "assigned" || isWithdrawn ? null : (
          <p className="whitespace-nowrap text-xs text-ink-soft">
            {spans === null ? "" : `${counted(spans, "mark")}, `}
            {durationWords(activeSeconds)}
          </p>
        )}
        {skipReason ? <p className="max-w-44 text-xs text-ink-soft">{skipReason}</p> : null}
      </div>
      {isFixed ? null : (
        <Menu
          label={`${title}, ${name}: what to do`}
          choices={choices(cell, name)}
          className="inline-flex size-6 shrink-0 items-center justify-center rounded text-ink-faint hover:bg-sunken hover:text-ink"
        >
          <EllipsisVertical aria-hidden size={14} />
        </Menu>
      )}
    </div>
  );
}

function choices({ assignmentId, state, isWithdrawn }: PlannedCell, name: string): MenuChoice[] {
  const key = { assignmentId };
  const restore = () => restoreAssignment(key);
  if (isWithdrawn) {
    const giveBack = () => void act(restore, { message: `${name} has the document again.` });
    return [{ id: "restore", label: "Give it back", onChoose: giveBack }];
  }
  const withdraw = () =>
    void act(() => withdrawAssignment(key), {
      message: `Withdrawn from ${name}. What was marked is kept.`,
      undo: () => void act(restore),
    });
  const reopen = () =>
    void act(() => reopenAssignment(key), { message: `${name} can go on with the document.` });
  const canReopen = state === "submitted" || state === "skipped";
  return [
    ...(canReopen ? [{ id: "reopen", label: "Open again", onChoose: reopen }] : []),
    ...(state === "submitted" ? [] : [{ id: "withdraw", label: "Withdraw", onChoose: withdraw }]),
  ];
}
