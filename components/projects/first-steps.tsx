import { Circle, CircleCheck } from "lucide-react";
import Link from "next/link";
import type { OpenedProject } from "@/lib/services/projects";

type Step = { title: string; help: string; href: string; isDone: boolean };

/** What to do next in a young project, in order; null once everything has been begun. */
export function FirstSteps({ project }: { project: OpenedProject }) {
  const steps = stepsOf(project);
  const next = steps.find((step) => !step.isDone);
  if (next === undefined) return null;
  return (
    <section className="mb-8 rounded-md border border-line bg-surface p-4">
      <h2 className="text-[15px] font-semibold">First steps</h2>
      <ol className="mt-2 flex flex-col gap-1">
        {steps.map((step) => (
          <li key={step.title} className="flex items-start gap-2.5 py-1">
            {step.isDone ? (
              <CircleCheck aria-hidden size={18} className="mt-px shrink-0 text-good" />
            ) : (
              <Circle aria-hidden size={18} className="mt-px shrink-0 text-ink-faint" />
            )}
            <div className="min-w-0 text-sm">
              <Link
                href={step.href}
                className={
                  step === next
                    ? "font-medium text-accent underline"
                    : "font-medium hover:underline"
                }
              >
                {step.title}
              </Link>
              {step.isDone ? <span className="text-ink-soft"> · done</span> : null}
              {step === next ? <p className="text-[13px] text-ink-soft">{step.help}</p> : null}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function stepsOf({ projectId, whole }: OpenedProject): Step[] {
  if (whole === null) return [];
  const base = `/projects/${projectId}`;
  const { assigned, inProgress, submitted, skipped } = whole;
  return [
    {
      title: "Add documents",
      help: "Paste articles or choose text files. The headline, captions and links are found for you.",
      href: `${base}/documents/new`,
      isDone: whole.documents > 0,
    },
    {
      title: "Add annotators",
      help: "By e-mail. Two or more are needed to measure agreement.",
      href: `${base}/people`,
      isDone: whole.annotators > 1,
    },
    {
      title: "Give documents to annotators",
      help: "Give the same document to several people, who do not see each other's spans.",
      href: `${base}/assignments`,
      isDone: assigned + inProgress + submitted + skipped > 0,
    },
    {
      title: "Read the agreement",
      help: "Once two annotators have submitted the same document, you see where they agree.",
      href: `${base}/agreement`,
      isDone: submitted > 1,
    },
  ];
}
