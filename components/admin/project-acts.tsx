"use client";
import { Ellipsis } from "lucide-react";
import { useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { Menu, type MenuChoice } from "@/components/ui/menu";
import { Notice } from "@/components/ui/notice";
import { showToast } from "@/components/ui/toasts";
import { useActionForm } from "@/components/ui/use-action-form";
import { archiveProject, restoreProject } from "@/lib/actions/projects";
import { purgeProject } from "@/lib/actions/users";
import { fieldProblem } from "@/lib/domain/form";

type Props = { projectId: string; name: string; isArchived: boolean };

/** Archives, restores and purges a project. */
export function ProjectActs({ projectId, name, isArchived }: Props) {
  const [isPurging, setPurging] = useState(false);
  const [, start] = useTransition();
  const toggle = () =>
    start(async () => {
      const [change, back] = isArchived
        ? [restoreProject, archiveProject]
        : [archiveProject, restoreProject];
      await act(() => change({ projectId }), {
        message: isArchived ? `${name} is open again.` : `${name} is archived.`,
        undo: () => void act(() => back({ projectId })),
      });
    });
  const choices: MenuChoice[] = isArchived
    ? [
        { id: "restore", label: "Restore", onChoose: toggle },
        { id: "purge", label: "Purge…", onChoose: () => setPurging(true), isDanger: true },
      ]
    : [{ id: "archive", label: "Archive", onChoose: toggle }];
  return (
    <>
      <Menu label={`More for ${name}`} choices={choices}>
        <Ellipsis aria-hidden size={16} />
      </Menu>
      <Dialog title="Purge the project" isOpen={isPurging} onClose={() => setPurging(false)}>
        <PurgeForm projectId={projectId} name={name} onDone={() => setPurging(false)} />
      </Dialog>
    </>
  );
}

function PurgeForm({
  projectId,
  name,
  onDone,
}: {
  projectId: string;
  name: string;
  onDone: () => void;
}) {
  const { state, isPending, form } = useActionForm(purgeProject, () => {
    showToast({ tone: "good", message: `${name} is gone.` });
    onDone();
  });
  return (
    <form {...form} className="flex flex-col gap-4">
      <input type="hidden" name="projectId" value={projectId} />
      <p className="text-sm">
        Documents, annotations, codebooks, releases: everything of “<bdi>{name}</bdi>” is removed
        for ever. No undo brings it back, only a backup. The audit log keeps that it was there.
      </p>
      {state.state === "refused" && state.failure.place === undefined ? (
        <Notice tone="bad">{state.failure.message}</Notice>
      ) : null}
      <TextField
        label="Type the name of the project"
        name="name"
        autoComplete="off"
        required
        problem={fieldProblem(state, "name")}
      />
      <div className="flex justify-end">
        <Button type="submit" tone="danger" disabled={isPending}>
          {isPending ? "Purging…" : "Purge for ever"}
        </Button>
      </div>
    </form>
  );
}
