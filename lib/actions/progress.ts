"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as exclusions from "@/lib/services/exclusions";

export async function excludeFromFigures(
  input: Parameters<typeof exclusions.excludeFromFigures>[0],
) {
  return shown(await exclusions.excludeFromFigures(input));
}

export async function liftExclusion(input: Parameters<typeof exclusions.liftExclusion>[0]) {
  return shown(await exclusions.liftExclusion(input));
}
