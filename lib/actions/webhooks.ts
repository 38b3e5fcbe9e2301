"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as webhooks from "@/lib/services/webhooks";

export async function createWebhook(input: Parameters<typeof webhooks.createWebhook>[0]) {
  return shown(await webhooks.createWebhook(input));
}

export async function changeWebhook(input: Parameters<typeof webhooks.changeWebhook>[0]) {
  return shown(await webhooks.changeWebhook(input));
}

export async function pauseWebhook(input: Parameters<typeof webhooks.pauseWebhook>[0]) {
  return shown(await webhooks.pauseWebhook(input));
}

export async function removeWebhook(input: Parameters<typeof webhooks.removeWebhook>[0]) {
  return shown(await webhooks.removeWebhook(input));
}

export async function renewWebhookSecret(input: Parameters<typeof webhooks.renewWebhookSecret>[0]) {
  return shown(await webhooks.renewWebhookSecret(input));
}

export async function testWebhook(input: Parameters<typeof webhooks.testWebhook>[0]) {
  return shown(await webhooks.testWebhook(input));
}

export async function replayDelivery(input: Parameters<typeof webhooks.replayDelivery>[0]) {
  return shown(await webhooks.replayDelivery(input));
}
