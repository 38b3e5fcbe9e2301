"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { redirect } from "next/navigation";
import type { FormState } from "@/lib/domain/form";
import { siteAddress } from "@/lib/server/address";
import { done, refused, shown, submit } from "@/lib/server/form";
import * as members from "@/lib/services/members";
import * as projects from "@/lib/services/projects";

export async function createProject(_: FormState, form: FormData): Promise<FormState> {
  const made = await submit(projects.createProject, form);
  if (!made.ok) return refused(made.failure);
  redirect(`/projects/${made.value.projectId}`);
}

export async function renameProject(_: FormState, form: FormData): Promise<FormState> {
  const renamed = shown(await submit(projects.renameProject, form));
  return renamed.ok ? done("Saved.") : refused(renamed.failure);
}

export async function archiveProject(input: { projectId: string }) {
  return shown(await projects.archiveProject(input));
}

export async function restoreProject(input: { projectId: string }) {
  return shown(await projects.restoreProject(input));
}

export async function addMember(_: FormState, form: FormData): Promise<FormState> {
  const added = shown(await submit(members.addMember, form));
  if (!added.ok) return refused(added.failure);
  const { link, delivery } = added.value;
  if (delivery === null) return done("Added to the project.");
  if (link === null) return done("Added. They have no account yet: a link was sent to them.");
  const why = delivery === "failed" ? "The mail could not be sent" : "They have no account yet";
  return done(`Added. ${why}: give them this link.`, siteAddress(link));
}

export async function changeMemberRole(input: Parameters<typeof members.changeMemberRole>[0]) {
  return shown(await members.changeMemberRole(input));
}

export async function removeMember(input: { projectId: string; userId: string }) {
  return shown(await members.removeMember(input));
}

export async function restoreMember(input: { projectId: string; userId: string }) {
  return shown(await members.restoreMember(input));
}
