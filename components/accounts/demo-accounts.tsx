import clsx from "clsx";
import { Badge } from "@/components/ui/badge";

export type DemoAccount = { name: string; email: string; role: string };

/** Whom one can be in the demo; a click fills in the e-mail. */
export function DemoAccounts({
  accounts,
  chosen,
  onChoose,
}: {
  accounts: readonly DemoAccount[];
  chosen: string;
  onChoose: (email: string) => void;
}) {
  return (
    <section aria-labelledby="demo-title">
      <h2 id="demo-title" className="text-[15px] font-semibold">
        This is the demo
      </h2>
      <p className="mt-1 text-[13px] text-ink-soft">
        Its people, places and outlets are invented. Choose whom to be; the password of all of them
        stands in the terminal where Framemark was started.
      </p>
      <ul className="mt-3 divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
        {accounts.map(({ name, email, role }) => (
          <li key={email}>
            <button
              type="button"
              aria-pressed={email === chosen}
              onClick={() => onChoose(email)}
              className={clsx(
                "flex w-full items-center gap-3 px-3 py-2 text-left text-sm -outline-offset-2",
                email === chosen ? "bg-accent-soft" : "hover:bg-sunken",
              )}
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{name}</span>
                <span className="block truncate text-[13px] text-ink-soft">{email}</span>
              </span>
              <Badge tone={role === "annotator" ? "plain" : "accent"}>{role}</Badge>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
