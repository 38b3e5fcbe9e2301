import clsx from "clsx";
import Link from "next/link";

/** Parts of a list, one of which is shown; each has an address of its own. */
export function GroupLinks({
  label,
  groups,
  present,
}: {
  label: string;
  groups: readonly { key: string; name: string; href: string }[];
  present: string;
}) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-1">
      {groups.map(({ key, name, href }) => (
        <Link
          key={key}
          href={href}
          aria-current={key === present ? "true" : undefined}
          className={clsx(
            "rounded-md border px-2 py-1 text-[13px]",
            key === present
              ? "border-accent bg-accent-soft text-accent"
              : "border-line text-ink-soft hover:bg-sunken",
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
