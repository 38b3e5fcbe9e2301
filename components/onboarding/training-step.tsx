import { ButtonLink } from "@/components/ui/button";
import type { OwnTraining } from "@/lib/services/onboarding-steps";

/** Training documents: open ones to do, submitted ones with what was found. */
export function TrainingStep({
  projectId,
  training,
  share,
}: {
  projectId: string;
  training: readonly OwnTraining[];
  /** Agreement with the gold that each must reach, 0 to 1. */
  share: number;
}) {
  return (
    <>
      {share > 0 ? (
        <p className="mb-3 max-w-prose text-[13px] text-ink-soft">
          Each document is compared with a gold layer: {percent(share)} agreement (F1) pass, as
          often as you like to try.
        </p>
      ) : null}
      <ul className="divide-y divide-line rounded-md border border-line">
        {training.map(({ assignmentId, title, state, isPassed, score }) => (
          <li key={assignmentId} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
            <span className="min-w-0 flex-1 basis-56 text-sm">
              <bdi>{title}</bdi>
              {isPassed ? <span className="text-ink-soft"> (done)</span> : null}
              {score !== null && share > 0 ? (
                <span className={isPassed ? "text-good" : "text-bad"}> {percent(score)}</span>
              ) : null}
            </span>
            {state === "submitted" ? (
              <ButtonLink size="small" href={`/join/${projectId}/training/${assignmentId}`}>
                See how it compares
              </ButtonLink>
            ) : (
              <ButtonLink size="small" tone="primary" href={`/assignments/${assignmentId}`}>
                {state === "assigned" ? "Start" : "Continue"}
              </ButtonLink>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
