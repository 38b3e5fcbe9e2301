"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import type { FormState } from "@/lib/domain/form";
import { done, refused, shown, submit } from "@/lib/server/form";
import * as roles from "@/lib/services/block-roles";
import * as documents from "@/lib/services/documents";
import * as facts from "@/lib/services/source-facts";

export async function setBlockRoles(input: Parameters<typeof roles.setBlockRoles>[0]) {
  return shown(await roles.setBlockRoles(input));
}

export async function setSourceFacts(_: FormState, form: FormData): Promise<FormState> {
  const saved = shown(await submit(facts.setSourceFacts, form));
  return saved.ok ? done("Saved.") : refused(saved.failure);
}

export async function archiveDocument(input: { projectId: string; documentId: string }) {
  return shown(await documents.archiveDocument(input));
}

export async function restoreDocument(input: { projectId: string; documentId: string }) {
  return shown(await documents.restoreDocument(input));
}
