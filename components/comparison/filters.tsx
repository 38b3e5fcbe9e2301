import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";

/** What the address of the page says to show. */
export type ComparisonFilter = {
  annotators: readonly string[];
  label: string | null;
  show: "disputes" | "all";
};

/** The address of a document's comparison with a filter. */
export function comparisonHref(
  projectId: string,
  documentId: string,
  filter: ComparisonFilter,
): string {
  const query = new URLSearchParams(filter.annotators.map((id) => ["annotator", id]));
  if (filter.label !== null) query.set("label", filter.label);
  if (filter.show === "all") query.set("show", "all");
  const text = query.toString();
  return `/projects/${projectId}/compare/${documentId}${text === "" ? "" : `?${text}`}`;
}

/** A row of links of which some are on. */
export function FilterRow({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <span className="mr-1 text-[13px] text-ink-soft">{title}</span>
      {children}
    </div>
  );
}

/** A link that switches one part of the filter. */
export function FilterLink({
  href,
  isOn,
  children,
}: {
  href: string;
  isOn: boolean;
  children: ReactNode;
}) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={isOn ? "true" : undefined}
      className={clsx(
        "inline-flex min-h-7 items-center gap-1.5 rounded-md border px-2 text-[13px]",
        isOn
          ? "border-accent bg-accent-soft font-medium text-accent"
          : "border-line bg-surface text-ink-soft hover:bg-sunken",
      )}
    >
      {children}
    </Link>
  );
}
