"use client";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";

/** Setting a document aside, with the reason that the lead will read. */
export function SkipDialog({
  isOpen,
  onClose,
  onSkip,
}: {
  isOpen: boolean;
  onClose: () => void;
  onSkip: (reason: string) => Promise<string | null>;
}) {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    setProblem((await onSkip(reason)) ?? undefined);
  };
  return (
    <Dialog title="Skip this document" isOpen={isOpen} onClose={onClose}>
      <form onSubmit={send} className="flex flex-col gap-3">
        <p className="text-sm text-ink-soft">
          Your spans are kept. The project lead sees the reason, and you can take the document up
          again from your work.
        </p>
        <TextField label="Reason" name="reason" required maxLength={300} problem={problem} />
        <Button type="submit" tone="primary">
          Skip document
        </Button>
      </form>
    </Dialog>
  );
}
