"use client";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useActionForm } from "@/components/ui/use-action-form";
import { changeOwnPassword } from "@/lib/actions/accounts";
import { fieldProblem } from "@/lib/domain/form";
import { PASSWORD_MAXIMUM } from "@/lib/domain/password-length";
import { NewPassword } from "./new-password";

/** A new password for the present one. */
export function PasswordForm({ email }: { email: string }) {
  const element = useRef<HTMLFormElement>(null);
  const { state, isPending, form } = useActionForm(changeOwnPassword, () =>
    element.current?.reset(),
  );
  const isGeneral = state.state === "refused" && state.failure.place === undefined;
  return (
    <form {...form} ref={element} className="flex max-w-sm flex-col items-start gap-3">
      {state.state === "done" ? <Notice tone="good">{state.message}</Notice> : null}
      {isGeneral ? <Notice tone="bad">{state.failure.message}</Notice> : null}
      {/* Tells a password keeper whose password this is; without a name, so it is not sent. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <div className="w-full">
        <TextField
          label="Present password"
          name="present"
          type="password"
          autoComplete="current-password"
          required
          maxLength={PASSWORD_MAXIMUM}
          problem={fieldProblem(state, "present")}
        />
      </div>
      <div className="w-full">
        <NewPassword problem={fieldProblem(state, "password")} />
      </div>
      <Button type="submit" disabled={isPending}>
        {isPending ? "Working…" : "Change password"}
      </Button>
    </form>
  );
}
