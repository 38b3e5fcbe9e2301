"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as discussions from "@/lib/services/discussions";

export async function startDiscussion(input: Parameters<typeof discussions.startDiscussion>[0]) {
  return discussions.startDiscussion(input);
}

export async function replyToDiscussion(
  input: Parameters<typeof discussions.replyToDiscussion>[0],
) {
  return shown(await discussions.replyToDiscussion(input));
}

export async function removeMessage(input: Parameters<typeof discussions.removeMessage>[0]) {
  return shown(await discussions.removeMessage(input));
}

export async function resolveDiscussion(
  input: Parameters<typeof discussions.resolveDiscussion>[0],
) {
  return shown(await discussions.resolveDiscussion(input));
}

export async function reopenDiscussion(input: Parameters<typeof discussions.reopenDiscussion>[0]) {
  return shown(await discussions.reopenDiscussion(input));
}
