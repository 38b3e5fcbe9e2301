"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { refresh } from "next/cache";
import type { FormState } from "@/lib/domain/form";
import type { KeySettings } from "@/lib/domain/keyboard/keymap";
import type { Reading } from "@/lib/domain/reading";
import type { Result } from "@/lib/domain/result";
import { done, refused, submit } from "@/lib/server/form";
import * as accounts from "@/lib/services/accounts";
import * as ownData from "@/lib/services/own-data";
import { requestPasswordReset as requestReset } from "@/lib/services/password-reset";
import * as proof from "@/lib/services/proof";
import * as factors from "@/lib/services/second-factor";

export async function acceptInvite(form: FormData): Promise<Result<{ email: string }>> {
  return submit(accounts.acceptInvite, form);
}

export async function changeOwnName(_: FormState, form: FormData): Promise<FormState> {
  const changed = await submit(accounts.changeOwnName, form);
  if (!changed.ok) return refused(changed.failure);
  refresh();
  return done("Saved.");
}

export async function changeOwnPassword(_: FormState, form: FormData): Promise<FormState> {
  const changed = await submit(accounts.changeOwnPassword, form);
  if (!changed.ok) return refused(changed.failure);
  refresh();
  return done("Your password is changed. All your other sessions have ended.");
}

export async function setTheme(input: {
  theme: "light" | "dark" | "system";
}): Promise<Result<null>> {
  const set = await accounts.setTheme(input);
  refresh();
  return set;
}

/** The page has the new form already: nothing is drawn again. */
export async function setReading(input: Reading): Promise<Result<null>> {
  return accounts.setReading(input);
}

export async function setKeys(input: KeySettings): Promise<Result<null>> {
  return accounts.setOwnKeys({ keys: input });
}

export async function revokeOwnSession(input: { sessionId: string }): Promise<Result<null>> {
  const ended = await accounts.revokeOwnSession(input);
  refresh();
  return ended;
}

export async function proveIdentity(input: { present: string }): Promise<Result<null>> {
  return proof.proveIdentity(input);
}

export async function requestPasswordReset(_: FormState, form: FormData): Promise<FormState> {
  const asked = await submit(requestReset, form);
  return asked.ok
    ? done(
        "If there is an account with this e-mail, a link is on its way. It works for 30 minutes.",
      )
    : refused(asked.failure);
}

export async function setOwnPlace(_: FormState, form: FormData): Promise<FormState> {
  const chosen = (name: string) => String(form.get(name) ?? "") || null;
  const set = await accounts.setOwnPlace({
    language: chosen("language"),
    timeZone: chosen("timeZone"),
  });
  if (!set.ok) return refused(set.failure);
  refresh();
  return done("Saved.");
}

export async function eraseOwnAccount(_: FormState, form: FormData): Promise<FormState> {
  const erased = await submit(ownData.eraseOwnAccount, form);
  return erased.ok ? done("Your account is erased.") : refused(erased.failure);
}

export async function beginSecondFactor() {
  return factors.beginSecondFactor({});
}

export async function confirmSecondFactor(input: { code: string }) {
  const confirmed = await factors.confirmSecondFactor(input);
  if (confirmed.ok) refresh();
  return confirmed;
}

export async function renewRecoveryCodes() {
  const renewed = await factors.renewRecoveryCodes({});
  if (renewed.ok) refresh();
  return renewed;
}

export async function removeSecondFactor() {
  const removed = await factors.removeSecondFactor({});
  if (removed.ok) refresh();
  return removed;
}
