"use client";
import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

export type Tab = { segment: string; name: string };

/** A project's name and its pages; on narrow screens the row scrolls sideways. */
export function ProjectTabs({
  projectId,
  tabs,
  children,
}: {
  projectId: string;
  tabs: Tab[];
  children: ReactNode;
}) {
  const pathname = usePathname();
  const base = `/projects/${projectId}`;
  return (
    <nav aria-label="Project">
      {children}
      <ul className="-mx-4 flex overflow-x-auto border-b border-line px-4">
        {tabs.map(({ segment, name }) => {
          const href = segment === "" ? base : `${base}/${segment}`;
          const isHere = segment === "" ? pathname === base : pathname.startsWith(href);
          return (
            <li key={segment}>
              <Link
                ref={isHere ? showInRow : undefined}
                href={href}
                aria-current={isHere ? "page" : undefined}
                className={clsx(
                  "-mb-px block whitespace-nowrap border-b-2 px-2 py-2 text-sm font-medium -outline-offset-2",
                  isHere
                    ? "border-accent text-ink"
                    : "border-transparent text-ink-soft hover:border-line-strong hover:text-ink",
                )}
              >
                {name}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** On a narrow screen the row begins at the page that is open. */
function showInRow(link: HTMLAnchorElement | null): void {
  const row = link?.closest("ul");
  if (link && row) row.scrollLeft = link.offsetLeft - row.offsetLeft - 48;
}
