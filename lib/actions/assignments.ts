"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as assignments from "@/lib/services/assignments";
import * as myWork from "@/lib/services/my-work";

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
