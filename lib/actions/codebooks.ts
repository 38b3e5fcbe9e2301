"use server";
/** What the editor of codebooks calls. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as drafts from "@/lib/services/codebook-drafts";
import * as migrations from "@/lib/services/codebook-migrations";
import * as publishing from "@/lib/services/codebook-publishing";
import * as reannotation from "@/lib/services/codebook-reannotation";
import * as codebooks from "@/lib/services/codebooks";
import * as jobs from "@/lib/services/jobs";

export async function openDraft(input: Parameters<typeof drafts.openDraft>[0]) {
  return drafts.openDraft(input);
}

export async function createDraft(input: Parameters<typeof drafts.createDraft>[0]) {
  return shown(await drafts.createDraft(input));
}

/** Called while somebody types, so the page is not rendered again. */
export async function saveDraft(input: Parameters<typeof drafts.saveDraft>[0]) {
  return drafts.saveDraft(input);
}

export async function discardDraft(input: Parameters<typeof drafts.discardDraft>[0]) {
  return shown(await drafts.discardDraft(input));
}

export async function readCodebookFile(input: Parameters<typeof drafts.readCodebookFile>[0]) {
  return drafts.readCodebookFile(input);
}

export async function openTemplate(input: Parameters<typeof codebooks.openTemplate>[0]) {
  return codebooks.openTemplate(input);
}

export async function exportCodebook(input: Parameters<typeof codebooks.exportCodebook>[0]) {
  return codebooks.exportCodebook(input);
}

export async function publishDraft(input: Parameters<typeof publishing.publishDraft>[0]) {
  return shown(await publishing.publishDraft(input));
}

export async function applyMigration(input: Parameters<typeof migrations.applyMigration>[0]) {
  return shown(await migrations.applyMigration(input));
}

export async function revertMigration(input: Parameters<typeof migrations.revertMigration>[0]) {
  return shown(await migrations.revertMigration(input));
}

export async function retryMigration(input: Parameters<typeof jobs.retryJob>[0]) {
  return shown(await jobs.retryJob(input));
}

export async function startReannotation(
  input: Parameters<typeof reannotation.startReannotation>[0],
) {
  return shown(await reannotation.startReannotation(input));
}
