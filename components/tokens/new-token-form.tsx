"use client";
import { type FormEvent, useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Checkbox, Select, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { OneTimeSecret } from "@/components/ui/one-time-secret";
import { createToken } from "@/lib/actions/tokens";
import { SCOPE_WORDS, TOKEN_DAYS, TOKEN_SCOPES } from "@/lib/domain/api/scopes";

/** Makes a token for a program: what it is for, what it may do, and how long. */
export function NewTokenForm({ projectId }: { projectId: string }) {
  const [isPending, startTransition] = useTransition();
  const [secret, setSecret] = useState<string | null>(null);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const box = event.currentTarget;
    const form = new FormData(box);
    const scopes = TOKEN_SCOPES.filter((scope) => form.has(scope));
    startTransition(async () => {
      const made = await act(() =>
        createToken({
          projectId,
          name: String(form.get("name")),
          days: Number(form.get("days")),
          scopes,
        }),
      );
      if (made === null) return;
      box.reset();
      setSecret(made.secret);
    });
  }

  return (
    <div className="mb-5 rounded-md border border-line bg-surface p-4">
      <form onSubmit={send} className="flex flex-col gap-3">
        <div className="grid items-start gap-3 sm:grid-cols-[1fr_12rem] sm:gap-4">
          <TextField
            label="What it is for"
            name="name"
            required
            maxLength={120}
            autoComplete="off"
          />
          <Select label="It ends after" name="days" defaultValue="90">
            {TOKEN_DAYS.map((days) => (
              <option key={days} value={days}>
                {days === 365 ? "a year" : `${days} days`}
              </option>
            ))}
          </Select>
        </div>
        <fieldset>
          <legend className="mb-1 text-[13px] font-medium">What it may do</legend>
          <div className="flex flex-col gap-1">
            {TOKEN_SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                name={scope}
                defaultChecked={scope === "read"}
                label={
                  <>
                    <span className="font-mono text-[13px]">{scope}</span>{" "}
                    <span className="text-ink-soft">{SCOPE_WORDS[scope]}</span>
                  </>
                }
              />
            ))}
          </div>
        </fieldset>
        <div>
          <Button tone="primary" type="submit" disabled={isPending}>
            {isPending ? "Making…" : "Make a token"}
          </Button>
        </div>
      </form>
      {secret === null ? null : (
        <Notice tone="good" className="mt-3">
          <p>The token is made.</p>
          <OneTimeSecret label="Token" secret={secret} />
        </Notice>
      )}
    </div>
  );
}
