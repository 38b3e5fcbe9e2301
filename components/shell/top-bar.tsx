import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu } from "./account-menu";
import { Wordmark } from "./wordmark";

/** The bar on top of every page but the workspace: where I am, and my account. */
export function TopBar({
  name,
  isAdmin,
  isDemo,
  children,
}: {
  name: string;
  isAdmin: boolean;
  isDemo: boolean;
  children?: ReactNode;
}) {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-surface">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:left-2 focus:top-2 focus:z-50 focus:bg-surface focus:p-2"
      >
        Skip to content
      </a>
      <div className="mx-auto flex h-12 max-w-6xl items-center gap-3 px-4">
        <Link href="/" className="rounded" aria-label="Framemark, to your work">
          <Wordmark />
        </Link>
        {isDemo ? (
          <span className="hidden rounded bg-warn-soft px-1.5 py-0.5 text-xs text-warn sm:inline">
            Demo: invented people, places and outlets
          </span>
        ) : null}
        <div className="min-w-0 flex-1">{children}</div>
        {isAdmin ? (
          <Link
            href="/admin/users"
            className="rounded px-2 py-1 text-sm text-ink-soft hover:bg-sunken"
          >
            Admin
          </Link>
        ) : null}
        <AccountMenu name={name} />
      </div>
    </header>
  );
}
