"use server";
/**
 * What components call to write, by form or by click. Every export here can be called by anybody
 * over the network: each hands its input to one use case, which checks it and the rights.
 */
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/lib/domain/form";
import { type Result, success } from "@/lib/domain/result";
import { siteAddress } from "@/lib/server/address";
import { done, refused, submit } from "@/lib/server/form";
import * as accounts from "@/lib/services/accounts";
import * as assignments from "@/lib/services/assignments";
import * as documents from "@/lib/services/documents";
import * as members from "@/lib/services/members";
import * as myWork from "@/lib/services/my-work";
import * as projects from "@/lib/services/projects";
import * as users from "@/lib/services/users";

// ------------------------------------------------------------------ accounts

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

export async function revokeOwnSession(input: { sessionId: string }): Promise<Result<null>> {
  const ended = await accounts.revokeOwnSession(input);
  refresh();
  return ended;
}

// ------------------------------------------------------------------ users

export async function createUser(_: FormState, form: FormData): Promise<FormState> {
  const made = await submit(users.createUser, form);
  if (!made.ok) return refused(made.failure);
  refresh();
  return done("The account is made.", siteAddress(made.value.link));
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
}): Promise<Result<{ link: string; purpose: "join" | "reset_password" }>> {
  const made = await users.createPasswordLink(input);
  if (!made.ok) return made;
  refresh();
  return success({ ...made.value, link: siteAddress(made.value.link) });
}

// ------------------------------------------------------------------ projects and their members

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
  const { link } = added.value;
  return link === null
    ? done("Added to the project.")
    : done("Added. They have no account yet: send them this link.", siteAddress(link));
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

// ------------------------------------------------------------------ documents

export async function previewDocument(input: Parameters<typeof documents.previewDocument>[0]) {
  return documents.previewDocument(input);
}

export async function importDocuments(input: Parameters<typeof documents.importDocuments>[0]) {
  return documents.importDocuments(input);
}

export async function changeBlockRole(input: Parameters<typeof documents.changeBlockRole>[0]) {
  return shown(await documents.changeBlockRole(input));
}

export async function setSourceFacts(_: FormState, form: FormData): Promise<FormState> {
  const saved = shown(await submit(documents.setSourceFacts, form));
  return saved.ok ? done("Saved.") : refused(saved.failure);
}

export async function archiveDocument(input: { projectId: string; documentId: string }) {
  return shown(await documents.archiveDocument(input));
}

export async function restoreDocument(input: { projectId: string; documentId: string }) {
  return shown(await documents.restoreDocument(input));
}

// ------------------------------------------------------------------ assignments

export async function assignDocuments(input: Parameters<typeof assignments.assignDocuments>[0]) {
  return shown(await assignments.assignDocuments(input));
}

export async function withdrawAssignment(input: { assignmentId: string }) {
  return shown(await assignments.withdrawAssignment(input));
}

export async function restoreAssignment(input: { assignmentId: string }) {
  return shown(await assignments.restoreAssignment(input));
}

export async function reopenAssignment(input: { assignmentId: string }) {
  return shown(await assignments.reopenAssignment(input));
}

export async function skipAssignment(input: { assignmentId: string; reason: string }) {
  return shown(await myWork.skipAssignment(input));
}

export async function resumeAssignment(input: { assignmentId: string }) {
  return shown(await myWork.resumeAssignment(input));
}

/** The page that asked is rendered again where something changed. */
function shown<T>(result: Result<T>): Result<T> {
  if (result.ok) refresh();
  return result;
}
