"use client";
import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";

/** Signing in again without leaving the page: what waits here is sent as the same person only. */
export function SignInAgain({
  email,
  isOpen,
  onClose,
  onDone,
}: {
  email: string;
  isOpen: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    const password = String(new FormData(event.currentTarget).get("password") ?? "");
    const answer = await signIn("credentials", { email, password, redirect: false });
    setBusy(false);
    if (answer?.ok && !answer.error) return onDone();
    setProblem("That did not work. Check the password and try again.");
  };
  return (
    <Dialog title="Sign in again" isOpen={isOpen} onClose={onClose}>
      <form onSubmit={send} className="flex flex-col gap-3">
        <p className="text-sm text-ink-soft">
          Your session ended. Nothing is lost: your changes wait on this computer and are sent once
          you are signed in as the same person.
        </p>
        {problem === null ? null : <Notice tone="bad">{problem}</Notice>}
        <TextField label="E-mail" name="email" type="email" value={email} readOnly />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" tone="primary" disabled={isBusy}>
          {isBusy ? "Signing in…" : "Sign in"}
        </Button>
      </form>
    </Dialog>
  );
}
