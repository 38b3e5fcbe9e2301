import { ButtonLink } from "@/components/ui/button";
import { StateWord } from "@/components/ui/state-word";
import { counted } from "@/lib/domain/wording";
import type { MyAssignment } from "@/lib/services/my-work";
import { ResumeButton } from "./resume-button";
import { SkipButton } from "./skip-button";

/** The first document large, with one obvious thing to do; the others below it. */
export function WorkQueue({ open, showProject }: { open: MyAssignment[]; showProject: boolean }) {
  const [next, ...others] = open;
  if (next === undefined) return null;
  return (
    <div className="rounded-md border border-line bg-surface">
      <NextUp assignment={next} showProject={showProject} />
      {others.length > 0 ? (
        <ul className="divide-y divide-line border-t border-line">
          {others.map((each) => (
            <li
              key={each.assignmentId}
              className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5"
            >
              <Facts assignment={each} showProject={showProject} />
              <StateWord state={each.state} />
              <div className="ms-auto flex items-center gap-1">
                <SkipButton assignmentId={each.assignmentId} title={each.title} />
                <ButtonLink
                  size="small"
                  href={`/assignments/${each.assignmentId}`}
                  aria-label={`${verb(each)}: ${each.title}`}
                >
                  {verb(each)}
                </ButtonLink>
              </div>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** What the caller submitted or skipped lately. */
export function FinishedWork({
  recent,
  showProject,
}: {
  recent: MyAssignment[];
  showProject: boolean;
}) {
  if (recent.length === 0) return null;
  return (
    <details className="mt-3">
      <summary className="rounded py-1 text-sm text-ink-soft hover:text-ink">
        {counted(recent.length, "document")} done lately
      </summary>
      <ul className="mt-2 divide-y divide-line rounded-md border border-line bg-surface">
        {recent.map((each) => (
          <li
            key={each.assignmentId}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2"
          >
            <Facts assignment={each} showProject={showProject} />
            <StateWord state={each.state} />
            <AfterSubmission assignment={each} />
            {each.state === "skipped" ? (
              <ResumeButton assignmentId={each.assignmentId} title={each.title} />
            ) : (
              <ButtonLink
                size="small"
                tone="quiet"
                href={`/assignments/${each.assignmentId}`}
                aria-label={`Look at ${each.title}`}
              >
                Look at it
              </ButtonLink>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What opens with the submission: the comparison of a training document, a hidden source, what was decided. */
function AfterSubmission({ assignment }: { assignment: MyAssignment }) {
  const { projectId, assignmentId, title, state } = assignment;
  const { isTraining, isSourceHidden, hasDecisions } = assignment;
  if (state !== "submitted") return null;
  return (
    <>
      {isTraining ? (
        <ButtonLink
          size="small"
          href={`/join/${projectId}/training/${assignmentId}`}
          aria-label={`See how ${title} compares`}
        >
          See how it compares
        </ButtonLink>
      ) : null}
      {hasDecisions ? (
        <ButtonLink
          size="small"
          href={`/join/${projectId}/decisions/${assignmentId}`}
          aria-label={`What was decided on ${title}`}
        >
          What was decided
        </ButtonLink>
      ) : null}
      {isSourceHidden ? (
        <ButtonLink
          size="small"
          tone="quiet"
          href={`/join/${projectId}/source/${assignmentId}`}
          aria-label={`Source of ${title}`}
        >
          Source
        </ButtonLink>
      ) : null}
    </>
  );
}

function NextUp({ assignment, showProject }: { assignment: MyAssignment; showProject: boolean }) {
  const { assignmentId, title, state } = assignment;
  const isBegun = state === "in_progress";
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-4 p-4 sm:p-5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="text-[13px] font-medium text-accent">
          {isBegun ? "Go on where you stopped" : "Next for you"}
        </p>
        <h3 className="mt-0.5 font-serif text-xl font-semibold leading-snug">
          <bdi>{title}</bdi>
        </h3>
        <p className="mt-1 text-[13px] text-ink-soft">{facts(assignment, showProject)}</p>
      </div>
      <div className="flex items-center gap-2">
        <SkipButton assignmentId={assignmentId} title={title} />
        <ButtonLink
          tone="primary"
          href={`/assignments/${assignmentId}`}
          className="h-11 px-5 text-[15px]"
        >
          {isBegun ? "Continue" : "Start annotating"}
        </ButtonLink>
      </div>
    </div>
  );
}

function Facts({ assignment, showProject }: { assignment: MyAssignment; showProject: boolean }) {
  return (
    <div className="min-w-0 flex-1 basis-64">
      <p className="font-medium">
        <bdi>{assignment.title}</bdi>
      </p>
      <p className="text-[13px] text-ink-soft">{facts(assignment, showProject)}</p>
      {assignment.skipReason ? (
        <p className="text-[13px] text-ink-soft">{assignment.skipReason}</p>
      ) : null}
    </div>
  );
}

function facts({ outlet, project, words, spans, state }: MyAssignment, showProject: boolean) {
  const parts = [
    outlet,
    showProject ? project : null,
    counted(words, "word"),
    state === "assigned" ? null : counted(spans, "mark"),
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function verb({ state }: MyAssignment): string {
  return state === "in_progress" ? "Continue" : "Start";
}
