"use client";
import clsx from "clsx";
import { signIn } from "next-auth/react";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PASSWORD_MAXIMUM } from "@/lib/domain/password-length";
import { type DemoAccount, DemoAccounts } from "./demo-accounts";

const PROBLEMS: Record<string, string> = {
  CredentialsSignin: "E-mail or password is wrong.",
  throttled: "Too many tries. Wait up to 15 minutes.",
  busy: "Many people are signing in. Try again in a moment.",
};
const UNREACHED = "The server could not be reached. Try again.";

/** The way in by e-mail and password. `target` is the page to go on to. */
export function SignIn({
  target,
  demoAccounts,
}: {
  target: string;
  demoAccounts: readonly DemoAccount[];
}) {
  const [email, setEmail] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setPending(true);
    setProblem(null);
    const error = await trySignIn(email, password.current?.value ?? "");
    // A page that is loaded afresh shows nothing of whoever was here before.
    if (error === null) return window.location.assign(target);
    setPending(false);
    setProblem(error);
    password.current?.select();
  }

  return (
    <div
      className={clsx(demoAccounts.length > 0 && "grid items-start gap-6 md:grid-cols-[1fr_1.2fr]")}
    >
      <form
        method="post"
        onSubmit={send}
        className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5"
      >
        {problem === null ? null : <Notice tone="bad">{problem}</Notice>}
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={PASSWORD_MAXIMUM}
          ref={password}
        />
        <Button type="submit" tone="primary" disabled={isPending}>
          {isPending ? "Signing in…" : "Sign in"}
        </Button>
        <p className="text-[13px] text-ink-soft">
          No account, or no password any more? The admin of this site can give you a link.
        </p>
      </form>
      {demoAccounts.length > 0 ? (
        <DemoAccounts
          accounts={demoAccounts}
          chosen={email}
          onChoose={(chosen) => {
            setEmail(chosen);
            password.current?.focus();
          }}
        />
      ) : null}
    </div>
  );
}

/** Null when signed in, else what to tell. */
async function trySignIn(email: string, password: string): Promise<string | null> {
  const answer = await signIn("credentials", { redirect: false, email, password }).catch(
    () => null,
  );
  if (!answer) return UNREACHED;
  return answer.error ? (PROBLEMS[answer.error] ?? UNREACHED) : null;
}
