"use client";
import clsx from "clsx";
import { type KeyboardEvent, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { setBlockRoles } from "@/lib/actions/documents";
import { BLOCK_ROLES, type BlockRole, isAnnotatable, roleName } from "@/lib/domain/text/roles";
import { counted } from "@/lib/domain/wording";
import type { ShownBlock } from "@/lib/services/documents";
import { RoleBadge } from "./role-badge";
import { ROLE_KEYS, roleOfKey } from "./role-keys";
import { chooseByKey, isPlainKey, useSelection } from "./use-selection";

type Props = {
  projectId: string;
  documentId: string;
  blocks: ShownBlock[];
  areRolesLocked: boolean;
  language: string;
};

/** The text by lines, each with its role; roles are set for one line or for many, until there is work. */
export function BlockList(props: Props) {
  return props.areRolesLocked ? <ReadBlocks {...props} /> : <EditableBlocks {...props} />;
}

const LIST = "divide-y divide-line rounded-md border border-line bg-surface";
const ROW = "grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[12.5rem_1fr]";

function ReadBlocks({ blocks, language }: Props) {
  return (
    <ol className={LIST}>
      {blocks.map((block) => (
        <li key={block.position} className={ROW}>
          <div className="pt-0.5">
            <RoleBadge role={block.role} />
          </div>
          <BlockText {...{ block, language }} />
        </li>
      ))}
    </ol>
  );
}

function EditableBlocks({ projectId, documentId, blocks, language }: Props) {
  const [isPending, startTransition] = useTransition();
  const ids = blocks.map(({ position }) => String(position));
  const selection = useSelection(ids);
  const setRole = (positions: number[], role: BlockRole) =>
    startTransition(async () => {
      let before: Parameters<typeof setBlockRoles>[0]["changes"] = [];
      const changes = positions.map((position) => ({ position, role }));
      const run = async () => {
        const result = await setBlockRoles({ projectId, documentId, changes });
        if (result.ok) before = result.value.before;
        return result;
      };
      const what =
        positions.length === 1
          ? `Line ${(positions[0] ?? 0) + 1}`
          : counted(positions.length, "line");
      await act(run, {
        message: `${what}: ${roleName(role)}.`,
        undo: () => void act(() => setBlockRoles({ projectId, documentId, changes: before })),
      });
    });
  const chosen = blocks
    .map(({ position }) => position)
    .filter((each) => selection.chosen.has(String(each)));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    if (!isPlainKey(event)) return;
    const role = roleOfKey(event.key);
    if (role !== null) {
      event.preventDefault();
      const position = blocks[index]?.position ?? 0;
      setRole(chosen.includes(position) ? chosen : [position], role);
    } else chooseByKey(event, index, selection);
  };
  return (
    <>
      <RoleBar {...{ chosen, isPending, setRole }} onClear={selection.clear} />
      <ol className={LIST} aria-label="Lines of the text">
        {blocks.map((block, index) => (
          <li
            key={block.position}
            data-row
            tabIndex={index === 0 ? 0 : -1}
            onKeyDown={(event) => onKeyDown(event, index)}
            className={clsx(
              ROW,
              "-outline-offset-2",
              selection.chosen.has(String(block.position)) && "bg-accent-soft",
            )}
          >
            <div className="flex items-center gap-2 self-start pt-0.5">
              <input
                type="checkbox"
                aria-label={`Choose line ${block.position + 1}`}
                checked={selection.chosen.has(String(block.position))}
                onChange={() => {}}
                onClick={(event) => selection.toggle(index, event.shiftKey)}
                className="size-4 shrink-0 accent-(--accent)"
              />
              <RoleSelect
                label={`Role of line ${block.position + 1}`}
                value={block.role}
                isDisabled={isPending}
                onChoose={(role) => setRole([block.position], role)}
              />
            </div>
            <BlockText {...{ block, language }} />
          </li>
        ))}
      </ol>
    </>
  );
}

function RoleBar({
  chosen,
  isPending,
  setRole,
  onClear,
}: {
  chosen: number[];
  isPending: boolean;
  setRole: (positions: number[], role: BlockRole) => void;
  onClear: () => void;
}) {
  if (chosen.length === 0) {
    return (
      <p className="mb-2 text-[13px] text-ink-soft">
        Move with <kbd>↑</kbd> <kbd>↓</kbd>, choose with <kbd>Space</kbd>, then press a letter:{" "}
        {BLOCK_ROLES.map((role) => `${ROLE_KEYS[role]} ${roleName(role).toLowerCase()}`).join(", ")}
        .
      </p>
    );
  }
  return (
    <div className="sticky top-0 z-10 mb-2 flex flex-wrap items-center gap-2 rounded-md border border-line bg-sunken px-3 py-1.5 text-[13px]">
      <p aria-live="polite" className="font-medium">
        {counted(chosen.length, "line")} chosen
      </p>
      <RoleSelect
        label="Role of the chosen lines"
        value={null}
        isDisabled={isPending}
        onChoose={(role) => setRole(chosen, role)}
      />
      <Button size="small" tone="quiet" onClick={onClear}>
        Choose none
      </Button>
    </div>
  );
}

/** A role to choose; nothing is chosen where lines of several roles are meant. */
export function RoleSelect({
  label,
  value,
  isDisabled,
  onChoose,
}: {
  label: string;
  value: BlockRole | null;
  isDisabled: boolean;
  onChoose: (role: BlockRole) => void;
}) {
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      disabled={isDisabled}
      onChange={(event) => onChoose(event.target.value as BlockRole)}
      className="h-7 w-full max-w-40 rounded border border-line bg-surface px-1.5 text-[13px] hover:border-line-strong"
    >
      {value === null ? <option value="">Set the role…</option> : null}
      {BLOCK_ROLES.map((role) => (
        <option key={role} value={role}>
          {roleName(role)}
        </option>
      ))}
    </select>
  );
}

function BlockText({ block: { role, text }, language }: { block: ShownBlock; language: string }) {
  return (
    <p
      lang={language}
      dir="auto"
      className={clsx(
        "min-w-0 whitespace-pre-wrap break-words",
        isAnnotatable(role) ? "font-serif text-base" : "text-sm text-ink-soft",
        role === "headline" && "text-lg font-semibold",
        role === "subheading" && "font-semibold",
      )}
    >
      {text}
    </p>
  );
}
