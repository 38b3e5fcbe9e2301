import { BLOCK_ROLES, type BlockRole, isAnnotatable, roleName } from "@/lib/domain/text/roles";
import { counted } from "@/lib/domain/wording";
import type { ImportFound } from "@/lib/services/import-store";

/** What the files hold, before anything is stored. */
export function FoundSummary({ found }: { found: ImportFound }) {
  const facts: [string, string, string][] = [
    ["New", found.fresh.toLocaleString("en"), "will be stored"],
    ["Known", found.known.toLocaleString("en"), "are in the project already"],
    ["Refused", found.refused.toLocaleString("en"), "cannot be read"],
    ["To look at", found.noted.toLocaleString("en"), "have a note"],
  ];
  const roles = BLOCK_ROLES.filter((role) => (found.roles[role] ?? 0) > 0);
  return (
    <section aria-label="What was found" className="flex flex-col gap-3">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-4">
        {facts.map(([name, count, about]) => (
          <div key={name} className="bg-surface px-3 py-2">
            <dt className="text-[13px] text-ink-soft">{name}</dt>
            <dd className="text-lg font-semibold tabular-nums">{count}</dd>
            <dd className="text-[13px] text-ink-soft">{about}</dd>
          </div>
        ))}
      </dl>
      {roles.length > 0 ? <Roles roles={roles} found={found} /> : null}
      {found.placed + found.unplaced > 0 ? (
        <p className="text-sm">
          {counted(found.placed, "annotation")} can be placed
          {found.unplaced > 0
            ? `; ${counted(found.unplaced, "problem")} with others ${found.unplaced === 1 ? "is" : "are"} told at ${found.unplaced === 1 ? "its row" : "their rows"}.`
            : "."}
        </p>
      ) : null}
    </section>
  );
}

function Roles({ roles, found }: { roles: BlockRole[]; found: ImportFound }) {
  const all = Object.values(found.roles).reduce((sum, count) => sum + count, 0);
  const open = roles.filter(isAnnotatable).reduce((sum, role) => sum + (found.roles[role] ?? 0), 0);
  return (
    <details className="text-sm">
      <summary className="rounded py-1 font-medium">
        Lines and roles{" "}
        <span className="font-normal text-ink-soft">
          {open.toLocaleString("en")} of {counted(all, "line")} can be annotated
        </span>
      </summary>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-[13px]">
        {roles.map((role) => (
          <li key={role}>
            {roleName(role)}{" "}
            <span className="text-ink-soft tabular-nums">
              {(found.roles[role] ?? 0).toLocaleString("en")}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
