import clsx from "clsx";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const LOOKS = {
  info: { icon: Info, classes: "border-line bg-sunken text-ink" },
  good: { icon: CircleCheck, classes: "border-good bg-good-soft text-ink" },
  warn: { icon: TriangleAlert, classes: "border-warn bg-warn-soft text-ink" },
  bad: { icon: CircleAlert, classes: "border-bad bg-bad-soft text-ink" },
};

/** A message that belongs to its place on the page. A `bad` one is announced. */
export function Notice({
  tone = "info",
  children,
  className,
}: {
  tone?: keyof typeof LOOKS;
  children: ReactNode;
  className?: string;
}) {
  const { icon: Icon, classes } = LOOKS[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : "note"}
      className={clsx(
        "flex items-start gap-2 rounded-md border px-3 py-2 text-sm",
        classes,
        className,
      )}
    >
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}

/** What stands where nothing is yet: says what this place is for and how to begin. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="rounded-md border border-dashed border-line-strong px-6 py-10 text-center">
      <h2 className="font-semibold">{title}</h2>
      <div className="mx-auto mt-1 max-w-prose text-sm text-ink-soft">{children}</div>
      {action ? <div className="mt-4 flex justify-center gap-2">{action}</div> : null}
    </div>
  );
}
