"use client";
import clsx from "clsx";
import { signIn } from "next-auth/react";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PASSWORD_MAXIMUM } from "@/lib/domain/password-length";
import { signInProblem } from "@/lib/domain/sign-in-problem";
import { CodeStep } from "./code-step";
import { type DemoAccount, DemoAccounts } from "./demo-accounts";
import { ForgottenPassword } from "./forgotten-password";

const UNREACHED = "The server could not be reached. Try again.";

export type Ways = {
  hasPasswords: boolean;
  /** Whether links are sent by mail. */
  isMailed: boolean;
  /** What the provider is called; null without one. */
  provider: string | null;
};

type Tried = { email: string; password: string };

/** The way in. `target` is the page to go on to; `reason` why a provider's answer let nobody in. */
export function SignIn({
  target,
  demoAccounts,
  ways,
  reason,
}: {
  target: string;
  demoAccounts: readonly DemoAccount[];
  ways: Ways;
  reason: string | null;
}) {
  const [email, setEmail] = useState("");
  const [problem, setProblem] = useState<string | null>(reason && signInProblem(reason));
  const [tried, setTried] = useState<Tried | null>(null);
  const password = useRef<HTMLInputElement>(null);

  async function enter(given: Tried & { code?: string }): Promise<void> {
    setProblem(null);
    const error = await trySignIn(given);
    // A page that is loaded afresh shows nothing of whoever was here before.
    if (error === null) return window.location.assign(target);
    if (error === "code_needed") return setTried(given);
    setProblem(error === UNREACHED ? error : signInProblem(error));
  }

  if (tried !== null) {
    return (
      <CodeStep
        problem={problem}
        onCode={(code) => enter({ ...tried, code })}
        onBack={() => {
          setTried(null);
          setProblem(null);
        }}
      />
    );
  }
  return (
    <div
      className={clsx(demoAccounts.length > 0 && "grid items-start gap-6 md:grid-cols-[1fr_1.2fr]")}
    >
      <div className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5">
        {problem === null ? null : <Notice tone="bad">{problem}</Notice>}
        {ways.provider === null ? null : <ByProvider name={ways.provider} target={target} />}
        {ways.hasPasswords ? (
          <PasswordForm
            email={email}
            onEmail={setEmail}
            password={password}
            isAlone={ways.provider === null}
            onSend={async (given) => {
              await enter(given);
              password.current?.select();
            }}
          />
        ) : null}
        <WayOut ways={ways} email={email} />
      </div>
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

function PasswordForm({
  email,
  onEmail,
  password,
  isAlone,
  onSend,
}: {
  email: string;
  onEmail: (email: string) => void;
  password: React.RefObject<HTMLInputElement | null>;
  isAlone: boolean;
  onSend: (given: Tried) => Promise<void>;
}) {
  const [isPending, setPending] = useState(false);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setPending(true);
    await onSend({ email, password: password.current?.value ?? "" });
    setPending(false);
  }
  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-4">
      {isAlone ? null : <p className="text-[13px] text-ink-soft">Or with a password:</p>}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => onEmail(event.target.value)}
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
      <Button type="submit" tone={isAlone ? "primary" : "plain"} disabled={isPending}>
        {isPending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

function ByProvider({ name, target }: { name: string; target: string }) {
  return (
    <Button tone="primary" onClick={() => void signIn("open-id", { callbackUrl: target })}>
      Sign in with {name}
    </Button>
  );
}

function WayOut({ ways, email }: { ways: Ways; email: string }) {
  if (ways.hasPasswords && ways.isMailed) return <ForgottenPassword email={email} />;
  return (
    <p className="text-[13px] text-ink-soft">
      {ways.hasPasswords
        ? "No account, or no password any more? The admin of this site can give you a link."
        : "No account? Ask the admin of this site for one."}
    </p>
  );
}

/** Null when signed in, else the name of the reason, or that nobody answered. */
async function trySignIn(given: Tried & { code?: string }): Promise<string | null> {
  const answer = await signIn("credentials", { redirect: false, ...given }).catch(() => null);
  if (!answer) return UNREACHED;
  return answer.error ?? null;
}
