import { ButtonLink } from "@/components/ui/button";
import type { Step } from "@/lib/domain/onboarding/settings";

const ASKED: Record<Step, string> = {
  consent: "A consent text is to be read before you go on.",
  questionnaire: "A few questions about you come first; each may be left open.",
  training: "Training documents come first.",
  quiz: "A short quiz comes first.",
};

/** Projects that ask something of the reader before they get documents. */
export function OpenSteps({
  steps,
}: {
  steps: { projectId: string; project: string; next: Step }[];
}) {
  if (steps.length === 0) return null;
  return (
    <ul className="mb-3 divide-y divide-line rounded-md border border-accent bg-surface">
      {steps.map(({ projectId, project, next }) => (
        <li
          key={projectId}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5"
        >
          <div className="min-w-0 text-sm">
            <div className="font-medium">
              <bdi>{project}</bdi>
            </div>
            <div className="text-[13px] text-ink-soft">{ASKED[next]}</div>
          </div>
          <ButtonLink tone="primary" href={`/join/${projectId}`} aria-label={`Go on: ${project}`}>
            Go on
          </ButtonLink>
        </li>
      ))}
    </ul>
  );
}
