"use client";
import { Search } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useRef, useTransition } from "react";

const PAUSE_MS = 200;

/** Searches while one types; the search stands in the address, so it can be shared and gone back to. */
export function SearchField({ search }: { search: string }) {
  const router = useRouter();
  const path = usePathname();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isPending, start] = useTransition();

  function searchFor(words: string) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const query = words.trim() === "" ? "" : `?${new URLSearchParams({ search: words })}`;
      start(() => router.replace(path + query, { scroll: false }));
    }, PAUSE_MS);
  }

  return (
    <search className="relative w-full sm:w-72">
      <form action={path} onSubmit={(event) => event.preventDefault()}>
        <Search
          aria-hidden
          size={15}
          className="pointer-events-none absolute left-2.5 top-2.5 text-ink-faint"
        />
        <input
          type="search"
          name="search"
          aria-label="Search by name or e-mail"
          placeholder="Name or e-mail"
          defaultValue={search}
          maxLength={200}
          aria-busy={isPending}
          onChange={(event) => searchFor(event.target.value)}
          className="h-9 w-full rounded-md border border-line-strong bg-surface pl-8 pr-2 text-sm placeholder:text-ink-faint"
        />
      </form>
    </search>
  );
}
