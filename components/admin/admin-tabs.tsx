"use client";
import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";

const TABS = [
  ["/admin/users", "Users"],
  ["/admin/projects", "Projects"],
  ["/admin/jobs", "Jobs"],
  ["/admin/audit", "Audit log"],
  ["/admin/site", "Site"],
] as const;

/** The pages for admins. */
export function AdminTabs() {
  const path = usePathname();
  return (
    <nav aria-label="Administration" className="mb-5 overflow-x-auto border-b border-line">
      <ul className="flex gap-1">
        {TABS.map(([href, label]) => {
          const isHere = path.startsWith(href);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isHere ? "page" : undefined}
                className={clsx(
                  "block whitespace-nowrap border-b-2 px-3 py-2 text-sm -outline-offset-2",
                  isHere
                    ? "border-accent font-medium text-ink"
                    : "border-transparent text-ink-soft hover:text-ink",
                )}
              >
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
