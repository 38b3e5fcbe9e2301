import { ButtonLink } from "@/components/ui/button";
import type { OwnTraining } from "@/lib/services/onboarding-steps";

/** Training documents: open ones to do, submitted ones with what was found. */
export function TrainingStep({
  projectId,
  training,
}: {
  projectId: string;
  training: readonly OwnTraining[];
}) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {training.map(({ assignmentId, title, state, isPassed }) => (
        <li key={assignmentId} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
          <span className="min-w-0 flex-1 basis-56 text-sm">
            <bdi>{title}</bdi>
            {isPassed ? <span className="text-ink-soft"> (done)</span> : null}
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
  );
}
