"use client";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";

/** The second step of signing in: the code of the app on the phone, or one of the recovery codes. */
export function CodeStep({
  problem,
  onCode,
  onBack,
}: {
  problem: string | null;
  onCode: (code: string) => Promise<void>;
  onBack: () => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [isPending, setPending] = useState(false);
  const [isRecovery, setRecovery] = useState(false);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setPending(true);
    await onCode(field.current?.value ?? "");
    setPending(false);
    field.current?.select();
  }
  return (
    <form
      method="post"
      onSubmit={send}
      className="flex max-w-sm flex-col gap-4 rounded-lg border border-line bg-surface p-5"
    >
      {problem === null ? null : <Notice tone="bad">{problem}</Notice>}
      {isRecovery ? (
        <TextField
          key="recovery"
          label="Recovery code"
          name="code"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          maxLength={40}
          ref={field}
          help="One of the ten that you wrote down. It works once."
          className="font-mono"
        />
      ) : (
        <TextField
          key="code"
          label="Code"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          autoFocus
          maxLength={10}
          ref={field}
          help="The six digits that the app on your phone shows for Framemark."
          className="font-mono tracking-widest"
        />
      )}
      <Button type="submit" tone="primary" disabled={isPending}>
        {isPending ? "Checking…" : "Sign in"}
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button size="small" tone="quiet" onClick={onBack}>
          Back
        </Button>
        <Button size="small" tone="quiet" onClick={() => setRecovery(!isRecovery)}>
          {isRecovery ? "Use the app instead" : "No phone at hand? Use a recovery code"}
        </Button>
      </div>
    </form>
  );
}
