"use client";
import { type FormEvent, useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { excludeFromFigures, liftExclusion } from "@/lib/actions/progress";

type Subject = {
  projectId: string;
  kind: "annotator" | "document";
  subjectId: string;
  name: string;
};

/** Leaves an annotator or a document out of figures, once a reason is given. */
export function ExcludeButton({ projectId, kind, subjectId, name }: Subject) {
  const [isOpen, setOpen] = useState(false);
  const exclude = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
    const done = await act(() => excludeFromFigures({ projectId, kind, subjectId, reason }));
    if (done === null) return;
    setOpen(false);
    void act(async () => ({ ok: true, value: null }), {
      message: `“${name}” is left out of figures.`,
      undo: () => void act(() => liftExclusion({ projectId, exclusionId: done.exclusionId })),
    });
  };
  return (
    <>
      <Button
        size="small"
        tone="quiet"
        onClick={() => setOpen(true)}
        aria-label={`Leave out ${name}`}
      >
        Leave out
      </Button>
      <Dialog
        title={`Leave “${name}” out of figures?`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      >
        <form onSubmit={(event) => void exclude(event)} className="flex flex-col gap-3">
          <p className="text-sm text-ink-soft">
            Agreement and the figures of quality no longer count{" "}
            {kind === "annotator" ? "this person’s work" : "this document"}. Everything stays stored
            and exported, and you can let it count again at any time.
          </p>
          <TextField
            label="Reason, kept in the log"
            name="reason"
            required
            maxLength={500}
            autoFocus
          />
          <div className="flex justify-end gap-2">
            <Button tone="quiet" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button type="submit" tone="primary">
              Leave out
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

/** Lets figures count again what was left out. */
export function LiftButton({
  projectId,
  exclusionId,
  name,
}: {
  projectId: string;
  exclusionId: string;
  name: string;
}) {
  return (
    <Button
      size="small"
      aria-label={`Count ${name} again`}
      onClick={() =>
        void act(() => liftExclusion({ projectId, exclusionId }), {
          message: `“${name}” counts again.`,
        })
      }
    >
      Count again
    </Button>
  );
}
