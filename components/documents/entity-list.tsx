"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Select, TextArea, TextField } from "@/components/ui/field";
import { editEntities, proposeEntities } from "@/lib/actions/documents";
import { counted } from "@/lib/domain/wording";
import type { EntityChange, ListedEntity } from "@/lib/services/entities";

type Of = { kind: "document" | "event"; id: string };
type Props = { projectId: string; of: Of; entities: ListedEntity[] };

/** The closed list that questions about targets offer: proposed from names in the text, then edited. */
export function EntityList({ projectId, of, entities }: Props) {
  const [isPending, startTransition] = useTransition();
  const [edited, setEdited] = useState<ListedEntity | null>(null);
  const live = entities.filter(({ isRemoved }) => !isRemoved);
  const edit = (change: EntityChange, told?: { message: string; back: EntityChange }) =>
    startTransition(async () => {
      await act(
        () => editEntities({ projectId, of, change }),
        told && {
          message: told.message,
          undo: () => void act(() => editEntities({ projectId, of, change: told.back })),
        },
      );
    });
  const propose = () =>
    startTransition(async () => {
      let added: string[] = [];
      const run = async () => {
        const result = await proposeEntities({ projectId, of });
        if (result.ok) added = result.value.added;
        return result;
      };
      await act(run, {
        message: "Names with capitals are added. Take out what is no target.",
        undo: () => void removeAll(projectId, of, added),
      });
    });
  const move = (at: number, by: number) => {
    const ids = live.map(({ entityId }) => entityId);
    const id = ids[at];
    if (id === undefined || at + by < 0 || at + by >= ids.length) return;
    edit({ kind: "order", entityIds: ids.toSpliced(at, 1).toSpliced(at + by, 0, id) });
  };
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get("name") ?? "");
    form.reset();
    edit({ kind: "add", name });
  };
  return (
    <div className="flex flex-col gap-2 text-sm">
      {live.length === 0 ? (
        <p className="text-ink-soft">
          Questions of the type “entity” offer this list. Have it proposed from the names in the
          text, or add names.
        </p>
      ) : (
        <ol className="flex flex-col divide-y divide-line">
          {live.map((entity, at) => (
            <EntityRow
              key={entity.entityId}
              {...{ entity, isPending }}
              onMove={(by) => move(at, by)}
              onEdit={() => setEdited(entity)}
              onRemove={() =>
                edit(
                  { kind: "remove", entityId: entity.entityId },
                  {
                    message: `“${entity.name}” is not offered any more.`,
                    back: { kind: "restore", entityId: entity.entityId },
                  },
                )
              }
            />
          ))}
        </ol>
      )}
      <form onSubmit={add} className="flex gap-2">
        <input
          name="name"
          required
          maxLength={200}
          aria-label="Name to add"
          placeholder="Name"
          autoComplete="off"
          className="h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-[13px]"
        />
        <Button size="small" className="h-8" type="submit" disabled={isPending}>
          Add
        </Button>
      </form>
      <Button size="small" onClick={propose} disabled={isPending}>
        Propose from the text
      </Button>
      <Dialog title="A name of the list" isOpen={edited !== null} onClose={() => setEdited(null)}>
        {edited === null ? null : (
          <EntityForm
            entity={edited}
            others={live.filter(({ entityId }) => entityId !== edited.entityId)}
            onChange={(change, told) => {
              setEdited(null);
              edit(change, told);
            }}
          />
        )}
      </Dialog>
    </div>
  );
}

async function removeAll(projectId: string, of: Of, entityIds: readonly string[]): Promise<void> {
  for (const entityId of entityIds) {
    await act(() => editEntities({ projectId, of, change: { kind: "remove", entityId } }));
  }
}

function EntityRow({
  entity: { name, aliases, mentions },
  isPending,
  onMove,
  onEdit,
  onRemove,
}: {
  entity: ListedEntity;
  isPending: boolean;
  onMove: (by: number) => void;
  onEdit: () => void;
  onRemove: () => void;
}) {
  return (
    <li className="flex items-center gap-1 py-1">
      <button
        type="button"
        onClick={onEdit}
        title="Edit"
        className="min-w-0 flex-1 rounded text-start hover:underline"
      >
        <bdi>{name}</bdi>
        <span className="block text-xs text-ink-soft">
          {[...aliases, ...(mentions === 0 ? [] : [counted(mentions, "mention")])].join(" · ")}
        </span>
      </button>
      <IconButton label={`Move ${name} up`} isDisabled={isPending} onClick={() => onMove(-1)}>
        <ArrowUp aria-hidden size={14} />
      </IconButton>
      <IconButton label={`Move ${name} down`} isDisabled={isPending} onClick={() => onMove(1)}>
        <ArrowDown aria-hidden size={14} />
      </IconButton>
      <Button
        size="small"
        tone="quiet"
        disabled={isPending}
        aria-label={`Take out ${name}`}
        onClick={onRemove}
      >
        Take out
      </Button>
    </li>
  );
}

function IconButton({
  label,
  isDisabled,
  onClick,
  children,
}: {
  label: string;
  isDisabled: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={isDisabled}
      onClick={onClick}
      className="rounded p-1.5 text-ink-soft hover:bg-sunken disabled:opacity-55"
    >
      {children}
    </button>
  );
}

function EntityForm({
  entity: { entityId, name, aliases },
  others,
  onChange,
}: {
  entity: ListedEntity;
  others: ListedEntity[];
  onChange: (change: EntityChange, told?: { message: string; back: EntityChange }) => void;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const intoId = String(form.get("into") ?? "");
    if (intoId !== "") {
      const into = others.find((other) => other.entityId === intoId)?.name ?? "";
      onChange(
        { kind: "merge", entityId, intoId },
        { message: `“${name}” is “${into}” now.`, back: { kind: "restore", entityId } },
      );
      return;
    }
    const lines = String(form.get("aliases") ?? "").split("\n");
    onChange(
      {
        kind: "describe",
        entityId,
        name: String(form.get("name") ?? ""),
        aliases: lines.map((line) => line.trim()).filter((line) => line !== ""),
      },
      { message: "Saved.", back: { kind: "describe", entityId, name, aliases } },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <TextField label="Name" name="name" defaultValue={name} required maxLength={200} />
      <TextArea
        label="Also called"
        name="aliases"
        rows={4}
        defaultValue={aliases.join("\n")}
        help="One a line. Answers that were given keep their meaning."
      />
      <Select label="Or is the same as" name="into" defaultValue="">
        <option value="">Nobody else in the list</option>
        {others.map((other) => (
          <option key={other.entityId} value={other.entityId}>
            {other.name}
          </option>
        ))}
      </Select>
      <div className="flex justify-end">
        <Button tone="primary" type="submit">
          Save
        </Button>
      </div>
    </form>
  );
}
