"use client";
import type { MouseEvent } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import type { Gap } from "@/lib/domain/annotation/completeness";
import { counted } from "@/lib/domain/wording";
import type { OpenAssignment } from "@/lib/services/workspace";
import type { AnnotatorView } from "../text-cursor";

/** At the foot: the last thing said, what is still missing, and the way to hand in. */
export function SubmitBar({
  notice,
  submission,
  isWithdrawn,
  gaps,
  spanCount,
  next,
  assignment: { projectId, assignmentId, opensAfter = [] },
  submitKeys,
  onSubmit,
  onSkip,
  onGap,
}: {
  notice: AnnotatorView["notice"];
  submission: "open" | "sending" | "submitted" | "skipped";
  isWithdrawn: boolean;
  gaps: readonly Gap[];
  spanCount: number;
  next: { assignmentId: string; title: string } | undefined;
  assignment: Pick<OpenAssignment, "projectId" | "assignmentId" | "opensAfter">;
  /** For aria-keyshortcuts. */
  submitKeys: string | undefined;
  onSubmit: () => void;
  onSkip: () => void;
  onGap: (gap: Gap) => void;
}) {
  return (
    <footer className="workspace-edge sticky bottom-0 z-20 border-t border-line bg-surface">
      {gaps.length > 0 && submission === "open" ? <Gaps gaps={gaps} onGap={onGap} /> : null}
      <div className="mx-auto flex min-h-12 max-w-7xl flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
        <p
          role="status"
          aria-live="polite"
          aria-label="What happened"
          className="min-w-0 flex-1 truncate text-[13px] text-ink-soft"
        >
          <bdi key={notice.count}>{notice.text}</bdi>
        </p>
        {submission === "open" ? (
          isWithdrawn ? (
            <p className="text-[13px] text-warn">
              This document was taken back. Your marks stay as your own draft.
            </p>
          ) : (
            <>
              <Button tone="quiet" onClick={onSkip}>
                Skip
              </Button>
              <Button tone="primary" onClick={onSubmit} aria-keyshortcuts={submitKeys}>
                Submit
              </Button>
            </>
          )
        ) : (
          <>
            {submission === "submitted"
              ? opensAfter.map((kind) => (
                  <ButtonLink key={kind} href={`/join/${projectId}/${kind}/${assignmentId}`}>
                    {AFTERWARDS[kind]}
                  </ButtonLink>
                ))
              : null}
            <Done submission={submission} spanCount={spanCount} next={next} projectId={projectId} />
          </>
        )}
      </div>
    </footer>
  );
}

function Gaps({ gaps, onGap }: { gaps: readonly Gap[]; onGap: (gap: Gap) => void }) {
  return (
    <section
      aria-label="Needed before submitting"
      className="mx-auto max-h-40 max-w-7xl overflow-y-auto border-b border-line px-4 py-2 text-[13px]"
    >
      <h2 className="font-medium">
        {gaps.length === 1 ? "One thing is" : `${gaps.length} things are`} needed before submitting:
      </h2>
      <ul className="flex flex-wrap gap-x-3">
        {gaps.map((gap) => (
          <li key={gap.at === "span" ? `${gap.spanId}/${gap.attribute}` : gap.layer}>
            <button
              type="button"
              className="min-h-6 text-accent underline"
              onClick={() => onGap(gap)}
            >
              {gap.message}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const AFTERWARDS = {
  training: "See how it compares",
  source: "Source",
  decisions: "What was decided",
};

const WORDS = {
  sending: "Submitting…",
  submitted: "Submitted. Thank you.",
  skipped: "You skipped this document.",
};

function Done({
  submission,
  spanCount,
  next,
  projectId,
}: {
  submission: "sending" | "submitted" | "skipped";
  spanCount: number;
  next: { assignmentId: string; title: string } | undefined;
  projectId: string;
}) {
  return (
    <>
      <p role="status" aria-live="polite" className="text-sm">
        {WORDS[submission]} {counted(spanCount, "span")}.
      </p>
      {submission === "sending" ? null : next === undefined ? (
        <ButtonLink href={`/projects/${projectId}`} onClick={ignoreSecondClick}>
          Nothing more waits: back to the project
        </ButtonLink>
      ) : (
        <ButtonLink
          tone="primary"
          href={`/assignments/${next.assignmentId}`}
          onClick={ignoreSecondClick}
        >
          Next document
        </ButtonLink>
      )}
    </>
  );
}

/** The link stands where Submit stood: the rest of a double click there is not meant for it. */
function ignoreSecondClick(event: MouseEvent): void {
  if (event.detail > 1) event.preventDefault();
}
