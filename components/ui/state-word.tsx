import clsx from "clsx";
import { CircleCheck, CircleDashed, CircleDot, CircleMinus, CircleSlash } from "lucide-react";

/** State of an assignment as it is shown; a withdrawn one keeps its state in the database. */
export type ShownState = "assigned" | "in_progress" | "submitted" | "skipped" | "withdrawn";

const LOOKS = {
  assigned: { icon: CircleDashed, word: "Not started", classes: "text-ink-soft" },
  in_progress: { icon: CircleDot, word: "In progress", classes: "text-accent" },
  submitted: { icon: CircleCheck, word: "Submitted", classes: "text-good" },
  skipped: { icon: CircleSlash, word: "Skipped", classes: "text-warn" },
  withdrawn: { icon: CircleMinus, word: "Withdrawn", classes: "text-ink-faint" },
};

/** The state of an assignment, as a sign and a word. */
export function StateWord({ state, className }: { state: ShownState; className?: string }) {
  const { icon: Icon, word, classes } = LOOKS[state];
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1 whitespace-nowrap text-[13px] font-medium",
        classes,
        className,
      )}
    >
      <Icon aria-hidden size={14} />
      {word}
    </span>
  );
}
