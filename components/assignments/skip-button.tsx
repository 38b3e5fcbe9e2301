"use client";
import { type FormEvent, useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Select, TextField } from "@/components/ui/field";
import { resumeAssignment, skipAssignment } from "@/lib/actions/assignments";

const REASONS = [
  "The text is broken or incomplete",
  "It is in a language I do not read",
  "I know people in it or took part in it",
  "It distresses me",
  "The codebook does not fit it",
];

/** Puts a document aside with a reason, and offers to take it back. */
export function SkipButton({ assignmentId, title }: { assignmentId: string; title: string }) {
  const [isOpen, setOpen] = useState(false);
  const [isPending, startTransition] = useTransition();
  const skip = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const note = String(form.get("note") ?? "").trim();
    const reason = [String(form.get("reason")), note].filter(Boolean).join(": ");
    startTransition(async () => {
      const undo = () => void act(() => resumeAssignment({ assignmentId }));
      const told = { message: "Skipped. What you marked is kept.", undo };
      if ((await act(() => skipAssignment({ assignmentId, reason }), told)) !== null)
        setOpen(false);
    });
  };
  return (
    <>
      <Button tone="quiet" size="small" aria-label={`Skip ${title}`} onClick={() => setOpen(true)}>
        Skip
      </Button>
      <Dialog title="Skip this document" isOpen={isOpen} onClose={() => setOpen(false)}>
        <form onSubmit={skip} className="flex flex-col gap-3">
          <p className="text-sm text-ink-soft">
            The project lead sees the reason. You can take the document up again.
          </p>
          <Select label="Why" name="reason">
            {REASONS.map((reason) => (
              <option key={reason}>{reason}</option>
            ))}
          </Select>
          <TextField label="Anything to add (optional)" name="note" maxLength={200} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button tone="primary" type="submit" disabled={isPending}>
              {isPending ? "Working…" : "Skip it"}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
