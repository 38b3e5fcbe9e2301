"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import type { FormState } from "@/lib/domain/form";
import { done, refused, shown, submit } from "@/lib/server/form";
import * as roles from "@/lib/services/block-roles";
import * as corrections from "@/lib/services/corrections";
import * as search from "@/lib/services/document-search";
import * as documents from "@/lib/services/documents";
import * as duplicates from "@/lib/services/duplicates";
import * as entities from "@/lib/services/entities";
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

export async function describeDocuments(input: Parameters<typeof facts.describeDocuments>[0]) {
  return shown(await facts.describeDocuments(input));
}

export async function matchFactsTable(input: Parameters<typeof facts.matchFactsTable>[0]) {
  return facts.matchFactsTable(input);
}

export async function listDocumentIds(input: Parameters<typeof search.listDocumentIds>[0]) {
  return search.listDocumentIds(input);
}

export async function previewCorrection(
  input: Parameters<typeof corrections.previewCorrection>[0],
) {
  return corrections.previewCorrection(input);
}

export async function correctDocument(input: Parameters<typeof corrections.correctDocument>[0]) {
  return corrections.correctDocument(input);
}

export async function revertCorrection(input: Parameters<typeof corrections.revertCorrection>[0]) {
  return shown(await corrections.revertCorrection(input));
}

export async function chooseDuplicate(input: Parameters<typeof duplicates.chooseDuplicate>[0]) {
  return shown(await duplicates.chooseDuplicate(input));
}

export async function setApart(input: Parameters<typeof duplicates.setApart>[0]) {
  return shown(await duplicates.setApart(input));
}

export async function linkDuplicate(input: Parameters<typeof duplicates.linkDuplicate>[0]) {
  return shown(await duplicates.linkDuplicate(input));
}

export async function proposeEntities(input: Parameters<typeof entities.proposeEntities>[0]) {
  return shown(await entities.proposeEntities(input));
}

export async function editEntities(input: Parameters<typeof entities.editEntities>[0]) {
  return shown(await entities.editEntities(input));
}
