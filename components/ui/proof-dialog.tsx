"use client";
import { signIn } from "next-auth/react";
import { type FormEvent, useState, useSyncExternalStore } from "react";
import { proveIdentity } from "@/lib/actions/accounts";
import { PASSWORD_MAXIMUM } from "@/lib/domain/password-length";
import type { Failure } from "@/lib/domain/result";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { TextField } from "./field";
import { Notice } from "./notice";
import { answerProof, isProofAsked, subscribeToProof } from "./proof-request";

/** Whoever wants to do something dangerous proves first who they are; then it goes on. Stands once on each page. */
export function ProofDialog({ hasPassword, email }: { hasPassword: boolean; email: string }) {
  const isAsked = useSyncExternalStore(subscribeToProof, isProofAsked, () => false);
  return (
    <Dialog title="Confirm that it is you" isOpen={isAsked} onClose={() => answerProof(false)}>
      {hasPassword ? <ByPassword email={email} /> : <ByProvider />}
    </Dialog>
  );
}

/** Without a transition: the act that waits for this is one, and React would show nothing of ours before its end. */
function ByPassword({ email }: { email: string }) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isPending, setPending] = useState(false);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const present = String(new FormData(event.currentTarget).get("present") ?? "");
    setPending(true);
    const proved = await proveIdentity({ present }).catch(() => null);
    if (proved?.ok) return answerProof(true);
    setPending(false);
    setFailure(proved === null ? UNREACHED : proved.failure);
  }
  const isAtField = failure?.place === "present";
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <p className="text-sm text-ink-soft">
        This act would do harm in other hands. Your password is asked for once in ten minutes.
      </p>
      {failure !== null && !isAtField ? <Notice tone="bad">{failure.message}</Notice> : null}
      {/* Tells a password keeper whose password this is; without a name, so it is not sent. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <TextField
        label="Your password"
        name="present"
        type="password"
        autoComplete="current-password"
        required
        autoFocus
        maxLength={PASSWORD_MAXIMUM}
        problem={isAtField ? failure.message : undefined}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={() => answerProof(false)}>Cancel</Button>
        <Button type="submit" tone="primary" disabled={isPending}>
          {isPending ? "Checking…" : "Confirm"}
        </Button>
      </div>
    </form>
  );
}

const UNREACHED: Failure = {
  kind: "busy",
  message: "This did not reach the server. Try again.",
};

/** A provider proves it on its own page: one comes back to this one and does the act again. */
function ByProvider() {
  const go = () =>
    void signIn(
      "open-id",
      { callbackUrl: window.location.href },
      { prompt: "login", max_age: "0" },
    );
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-ink-soft">
        This act would do harm in other hands. Sign in once more; you come back to this page and can
        then do it for ten minutes.
      </p>
      <div className="flex justify-end gap-2">
        <Button onClick={() => answerProof(false)}>Cancel</Button>
        <Button tone="primary" onClick={go}>
          Sign in again
        </Button>
      </div>
    </div>
  );
}
