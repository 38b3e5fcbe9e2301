"use client";
import { signIn } from "next-auth/react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useActionForm } from "@/components/ui/use-action-form";
import { acceptInvite } from "@/lib/actions/accounts";
import { type FormState, fieldProblem } from "@/lib/domain/form";
import { NewPassword } from "./new-password";

const LEADS = {
  first_admin: "You are setting up this site. The admin makes accounts for everyone else.",
  join: "Choose how others see your name, and a password that only you know.",
  reset_password: "All your sessions end when you save it.",
};

/** What a one-time link leads to: the first admin, a first password, or a new one. */
export function Welcome({
  secret,
  purpose,
  name,
  email,
}: {
  secret: string;
  purpose: keyof typeof LEADS;
  name: string | null;
  email: string | null;
}) {
  const { state, isPending, form } = useActionForm(enter);
  return (
    <form
      {...form}
      method="post"
      className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5"
    >
      <p className="text-sm text-ink-soft">{LEADS[purpose]}</p>
      <Problem state={state} />
      <input type="hidden" name="secret" value={secret} />
      {email === null ? (
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          problem={fieldProblem(state, "email")}
        />
      ) : (
        // Without a name: it is not sent, and tells a password keeper whose password this is.
        <TextField label="E-mail" type="email" autoComplete="username" readOnly value={email} />
      )}
      {purpose === "reset_password" ? null : (
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          defaultValue={name ?? ""}
          problem={fieldProblem(state, "name")}
        />
      )}
      <NewPassword problem={fieldProblem(state, "password")} />
      <Button type="submit" tone="primary" disabled={isPending}>
        {isPending ? "Working…" : "Save and sign in"}
      </Button>
    </form>
  );
}

/** A refusal that belongs to no field of the form. */
function Problem({ state }: { state: FormState }) {
  if (state.state !== "refused") return null;
  const { place, message } = state.failure;
  if (["email", "name", "password"].includes(place ?? "")) return null;
  return <Notice tone="bad">{message}</Notice>;
}

/** Uses the link and signs in with what it made. */
async function enter(_: FormState, form: FormData): Promise<FormState> {
  const entered = await acceptInvite(form);
  if (!entered.ok) return { state: "refused", failure: entered.failure };
  const password = String(form.get("password"));
  await signIn("credentials", { redirect: false, email: entered.value.email, password });
  // Where signing in failed, the start page asks for it.
  window.location.assign("/");
  return { state: "done", message: "Welcome." };
}
