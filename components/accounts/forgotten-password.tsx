"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useActionForm } from "@/components/ui/use-action-form";
import { requestPasswordReset } from "@/lib/actions/accounts";
import { fieldProblem } from "@/lib/domain/form";

/** Asks for a link by mail; the answer is the same whether there is such an account or not. */
export function ForgottenPassword({ email }: { email: string }) {
  const [isOpen, setOpen] = useState(false);
  const { state, isPending, form } = useActionForm(requestPasswordReset);
  return (
    <>
      <Button size="small" tone="quiet" className="self-start" onClick={() => setOpen(true)}>
        No password any more?
      </Button>
      <Dialog title="A link to a new password" isOpen={isOpen} onClose={() => setOpen(false)}>
        {state.state === "done" ? (
          <Notice tone="good">{state.message}</Notice>
        ) : (
          <form {...form} className="flex flex-col gap-4">
            {state.state === "refused" && !state.failure.place ? (
              <Notice tone="bad">{state.failure.message}</Notice>
            ) : null}
            <TextField
              label="E-mail"
              name="email"
              type="email"
              autoComplete="username"
              required
              autoFocus
              defaultValue={email}
              problem={fieldProblem(state, "email")}
            />
            <div className="flex justify-end">
              <Button type="submit" tone="primary" disabled={isPending}>
                Send the link
              </Button>
            </div>
          </form>
        )}
      </Dialog>
    </>
  );
}
