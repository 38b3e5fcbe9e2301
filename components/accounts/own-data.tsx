"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useActionForm } from "@/components/ui/use-action-form";
import { eraseOwnAccount } from "@/lib/actions/accounts";
import { fieldProblem } from "@/lib/domain/form";

/** A copy of all that is stored about me, and the way to have it erased. */
export function OwnData({ email }: { email: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flex max-w-prose flex-col items-start gap-3">
      <p className="text-[13px] text-ink-soft">
        The file has everything that is stored about you, your own annotations among it, as JSON.
      </p>
      <div className="flex flex-wrap gap-2">
        <a
          href="/account/data"
          download
          className="inline-flex h-9 items-center rounded-md border border-line-strong bg-surface px-3 text-sm font-medium hover:bg-sunken"
        >
          Download your data
        </a>
        <Button tone="danger" onClick={() => setOpen(true)}>
          Erase your account
        </Button>
      </div>
      <Dialog title="Erase your account" isOpen={isOpen} onClose={() => setOpen(false)}>
        <EraseForm email={email} />
      </Dialog>
    </div>
  );
}

function EraseForm({ email }: { email: string }) {
  const { state, isPending, form } = useActionForm(eraseOwnAccount, () =>
    window.location.assign("/sign-in"),
  );
  return (
    <form {...form} className="flex flex-col gap-4">
      <p className="text-sm">
        Your name, e-mail, password, sessions, tokens and answers about yourself are erased at once
        and for good. What you annotated stays in its projects under your pseudonym, and nobody can
        tell any more that it was you.
      </p>
      {state.state === "refused" && state.failure.place === undefined ? (
        <Notice tone="bad">{state.failure.message}</Notice>
      ) : null}
      <TextField
        label="Type your e-mail to confirm"
        name="email"
        type="email"
        autoComplete="off"
        required
        placeholder={email}
        problem={fieldProblem(state, "email")}
      />
      <div className="flex justify-end">
        <Button type="submit" tone="danger" disabled={isPending}>
          {isPending ? "Erasing…" : "Erase for good"}
        </Button>
      </div>
    </form>
  );
}
