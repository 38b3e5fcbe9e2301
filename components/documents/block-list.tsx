"use client";
import clsx from "clsx";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { setBlockRoles } from "@/lib/actions/documents";
import { BLOCK_ROLES, type BlockRole, isAnnotatable, roleName } from "@/lib/domain/text/roles";
import type { ShownBlock } from "@/lib/services/documents";
import { RoleBadge } from "./role-badge";

/** The text by lines, each with its role; roles can be corrected until the document is assigned. */
export function BlockList({
  projectId,
  documentId,
  blocks,
  areRolesLocked,
  language,
}: {
  projectId: string;
  documentId: string;
  blocks: ShownBlock[];
  areRolesLocked: boolean;
  language: string;
}) {
  return (
    <ol className="divide-y divide-line rounded-md border border-line bg-surface">
      {blocks.map((block) => (
        <li
          key={block.position}
          className="grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[10.5rem_1fr]"
        >
          <div className="pt-0.5">
            {areRolesLocked ? (
              <RoleBadge role={block.role} />
            ) : (
              <RoleSelect {...{ projectId, documentId, block }} />
            )}
          </div>
          <p
            lang={language}
            dir="auto"
            className={clsx(
              "whitespace-pre-wrap break-words",
              isAnnotatable(block.role) ? "font-serif text-base" : "text-sm text-ink-soft",
              block.role === "headline" && "text-lg font-semibold",
              block.role === "subheading" && "font-semibold",
            )}
          >
            {block.text}
          </p>
        </li>
      ))}
    </ol>
  );
}

function RoleSelect({
  projectId,
  documentId,
  block: { position, role: current },
}: {
  projectId: string;
  documentId: string;
  block: ShownBlock;
}) {
  const [isPending, startTransition] = useTransition();
  const set = (role: BlockRole) =>
    setBlockRoles({ projectId, documentId, changes: [{ position, role }] });
  const choose = (role: BlockRole) =>
    startTransition(async () => {
      await act(() => set(role), {
        message: `Line ${position + 1} is now: ${roleName(role)}.`,
        undo: () => void act(() => set(current)),
      });
    });
  return (
    <select
      aria-label={`Role of line ${position + 1}`}
      value={current}
      disabled={isPending}
      onChange={(event) => choose(event.target.value as BlockRole)}
      className="h-7 w-full max-w-40 rounded border border-line bg-surface px-1.5 text-[13px] hover:border-line-strong"
    >
      {BLOCK_ROLES.map((role) => (
        <option key={role} value={role}>
          {roleName(role)}
        </option>
      ))}
    </select>
  );
}
