"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { refresh } from "next/cache";
import type { FormState } from "@/lib/domain/form";
import { type Result, success } from "@/lib/domain/result";
import { siteAddress } from "@/lib/server/address";
import { done, refused, shown, submit } from "@/lib/server/form";
import * as projects from "@/lib/services/all-projects";
import * as invites from "@/lib/services/bulk-invites";
import * as jobs from "@/lib/services/jobs";
import * as factors from "@/lib/services/second-factor";
import * as site from "@/lib/services/site";
import * as users from "@/lib/services/users";

export async function createUser(_: FormState, form: FormData): Promise<FormState> {
  const made = await submit(users.createUser, form);
  if (!made.ok) return refused(made.failure);
  refresh();
  const { link, delivery } = made.value;
  if (link === null) return done("The account is made, and a link was sent to its person.");
  const message =
    delivery === "failed"
      ? "The account is made. The mail could not be sent: hand this link on yourself."
      : "The account is made.";
  return done(message, siteAddress(link));
}

export async function setUserRole(input: {
  userId: string;
  role: "user" | "admin";
}): Promise<Result<null>> {
  const set = await users.setUserRole(input);
  refresh();
  return set;
}

export async function disableUser(input: { userId: string }): Promise<Result<null>> {
  const disabled = await users.disableUser(input);
  refresh();
  return disabled;
}

export async function enableUser(input: { userId: string }): Promise<Result<null>> {
  const enabled = await users.enableUser(input);
  refresh();
  return enabled;
}

export async function createPasswordLink(input: {
  userId: string;
}): Promise<Result<{ link: string | null; purpose: "join" | "reset_password" }>> {
  const made = await users.createPasswordLink(input);
  if (!made.ok) return made;
  refresh();
  const { link, purpose } = made.value;
  return success({ purpose, link: link === null ? null : siteAddress(link) });
}

export async function endUserSessions(input: { userId: string }): Promise<Result<null>> {
  return shown(await users.endUserSessions(input));
}

export async function resetSecondFactor(input: { userId: string }): Promise<Result<null>> {
  return shown(await factors.resetSecondFactor(input));
}

export async function previewInvites(input: Parameters<typeof invites.previewInvites>[0]) {
  return invites.previewInvites(input);
}

export async function inviteMany(input: Parameters<typeof invites.inviteMany>[0]) {
  return invites.inviteMany(input);
}

export async function purgeProject(_: FormState, form: FormData): Promise<FormState> {
  const purged = shown(await submit(projects.purgeProject, form));
  return purged.ok ? done("The project is gone.") : refused(purged.failure);
}

export async function sendTestMail() {
  return shown(await site.sendTestMail({}));
}

export async function testProvider() {
  return site.testProvider({});
}

export async function setSecondFactorOf(input: Parameters<typeof site.setSecondFactorOf>[0]) {
  return shown(await site.setSecondFactorOf(input));
}

export async function setBanner(_: FormState, form: FormData): Promise<FormState> {
  const set = shown(await submit(site.setBanner, form));
  return set.ok ? done("Saved.") : refused(set.failure);
}

export async function cancelAnyJob(input: Parameters<typeof jobs.cancelJob>[0]) {
  return shown(await jobs.cancelJob(input));
}

export async function retryAnyJob(input: Parameters<typeof jobs.retryJob>[0]) {
  return shown(await jobs.retryJob(input));
}
