"use client";
import { useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextArea, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { showToast } from "@/components/ui/toasts";
import { useActionForm } from "@/components/ui/use-action-form";
import { archiveProject, renameProject, restoreProject } from "@/lib/actions/projects";
import { fieldProblem } from "@/lib/domain/form";
import type { OpenedProject } from "@/lib/services/projects";

/** Renames a project, puts it away and takes it up again. */
export function ProjectSettings({
  project,
}: {
  project: Pick<OpenedProject, "projectId" | "name" | "description" | "isArchived">;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Settings
      </Button>
      <Dialog title="Settings of the project" isOpen={isOpen} onClose={() => setOpen(false)}>
        <RenameForm project={project} onDone={() => setOpen(false)} />
        <ArchiveRow project={project} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

type Props = {
  project: Pick<OpenedProject, "projectId" | "name" | "description" | "isArchived">;
  onDone: () => void;
};

function RenameForm({ project, onDone }: Props) {
  const { state, isPending, form } = useActionForm(renameProject, () => {
    showToast({ tone: "good", message: "Saved." });
    onDone();
  });
  return (
    <form {...form} className="flex flex-col gap-3">
      <input type="hidden" name="projectId" value={project.projectId} />
      <TextField
        label="Name"
        name="name"
        required
        maxLength={120}
        defaultValue={project.name}
        problem={fieldProblem(state, "name")}
      />
      <TextArea
        label="What it is about"
        name="description"
        rows={3}
        maxLength={2000}
        defaultValue={project.description}
        problem={fieldProblem(state, "description")}
      />
      {state.state === "refused" && !state.failure.place ? (
        <Notice tone="bad">{state.failure.message}</Notice>
      ) : null}
      <div className="flex justify-end">
        <Button tone="primary" type="submit" disabled={isPending}>
          {isPending ? "Saving…" : "Save"}
        </Button>
      </div>
    </form>
  );
}

function ArchiveRow({ project: { projectId, isArchived }, onDone }: Props) {
  const [isPending, startTransition] = useTransition();
  const [change, takeBack] = isArchived
    ? [restoreProject, archiveProject]
    : [archiveProject, restoreProject];
  const run = () =>
    startTransition(async () => {
      const told = {
        message: isArchived ? "The project is open again." : "The project is archived.",
        undo: () => void act(() => takeBack({ projectId })),
      };
      if ((await act(() => change({ projectId }), told)) !== null) onDone();
    });
  return (
    <div className="mt-5 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
      <p className="max-w-60 text-[13px] text-ink-soft">
        {isArchived
          ? "Archived: everything is kept, and nothing new can be made."
          : "An archived project is kept whole; it leaves people's queues."}
      </p>
      <Button disabled={isPending} onClick={run}>
        {isArchived ? "Restore" : "Archive"}
      </Button>
    </div>
  );
}
