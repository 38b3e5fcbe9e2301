"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as myWork from "@/lib/services/my-work";
import * as rounds from "@/lib/services/rounds";

export async function previewRound(input: Parameters<typeof rounds.previewRound>[0]) {
  return rounds.previewRound(input);
}

export async function createRound(input: Parameters<typeof rounds.createRound>[0]) {
  return rounds.createRound(input);
}

export async function changeRound(input: Parameters<typeof rounds.changeRound>[0]) {
  return shown(await rounds.changeRound(input));
}

export async function takeNextDocument(input: { projectId: string }) {
  return myWork.nextAssignment(input);
}
