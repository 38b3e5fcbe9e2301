import clsx from "clsx";
import { type BlockRole, isAnnotatable } from "@/lib/domain/text/roles";
import { counted } from "@/lib/domain/wording";
import type { Preview } from "@/lib/services/documents";
import { RoleBadge } from "./role-badge";

/** The lines of a text with the roles that were found. */
export function PreviewLines({ preview }: { preview: Preview }) {
  return (
    <section
      aria-label="Lines and their roles"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-96 overflow-y-auto rounded-md border border-line"
    >
      <ol className="divide-y divide-line">
        {preview.blocks.map(({ position, role, text }) => (
          <li key={position} className="grid gap-x-3 gap-y-0.5 px-3 py-1.5 sm:grid-cols-[9rem_1fr]">
            <div>
              <RoleBadge role={role} />
            </div>
            <p className={clsx("break-words text-sm", lineLook(role))} dir="auto">
              {text}
            </p>
          </li>
        ))}
      </ol>
      {preview.hiddenBlocks > 0 ? (
        <p className="border-t border-line px-3 py-2 text-[13px] text-ink-soft">
          {counted(preview.hiddenBlocks, "more line")}, not shown here.
        </p>
      ) : null}
    </section>
  );
}

function lineLook(role: BlockRole): string {
  if (role === "headline") return "font-serif font-semibold";
  return isAnnotatable(role) ? "font-serif" : "text-ink-soft";
}
