"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as tokens from "@/lib/services/tokens";

export async function createToken(input: Parameters<typeof tokens.createToken>[0]) {
  return shown(await tokens.createToken(input));
}

export async function revokeToken(input: Parameters<typeof tokens.revokeToken>[0]) {
  return shown(await tokens.revokeToken(input));
}
