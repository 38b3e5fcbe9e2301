"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as agreement from "@/lib/services/agreement";

export async function requestAgreement(input: Parameters<typeof agreement.requestAgreement>[0]) {
  return shown(await agreement.requestAgreement(input));
}
