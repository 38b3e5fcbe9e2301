"use client";
import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";

export type Tab = { segment: string; name: string };

/** The pages of a project; on narrow screens the row scrolls sideways. */
export function ProjectTabs({ projectId, tabs }: { projectId: string; tabs: Tab[] }) {
  const pathname = usePathname();
  const base = `/projects/${projectId}`;
  return (
    <nav aria-label="Project" className="-mx-4 overflow-x-auto border-b border-line px-4">
      <ul className="flex gap-1">
        {tabs.map(({ segment, name }) => {
          const href = segment === "" ? base : `${base}/${segment}`;
          const isHere = segment === "" ? pathname === base : pathname.startsWith(href);
          return (
            <li key={segment}>
              <Link
                href={href}
                aria-current={isHere ? "page" : undefined}
                className={clsx(
                  "-mb-px block whitespace-nowrap border-b-2 px-2.5 py-2 text-sm font-medium -outline-offset-2",
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
