"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as adjudications from "@/lib/services/adjudications";
import * as aggregation from "@/lib/services/aggregation";
import * as consistency from "@/lib/services/consistency";
import * as decisions from "@/lib/services/decisions";
import * as notes from "@/lib/services/guideline-notes";

export async function startAdjudication(
  input: Parameters<typeof adjudications.startAdjudication>[0],
) {
  return adjudications.startAdjudication(input);
}

export async function changeAdjudication(
  input: Parameters<typeof adjudications.changeAdjudication>[0],
) {
  return shown(await adjudications.changeAdjudication(input));
}

export async function finishAdjudication(
  input: Parameters<typeof adjudications.finishAdjudication>[0],
) {
  return shown(await adjudications.finishAdjudication(input));
}

export async function reopenAdjudication(
  input: Parameters<typeof adjudications.reopenAdjudication>[0],
) {
  return shown(await adjudications.reopenAdjudication(input));
}

export async function refreshAdjudication(
  input: Parameters<typeof adjudications.refreshAdjudication>[0],
) {
  return shown(await adjudications.refreshAdjudication(input));
}

/** The page keeps its place and shows what the answer says: it is not rendered again. */
export async function decide(input: Parameters<typeof decisions.decide>[0]) {
  return decisions.decide(input);
}

export async function undoDecisions(input: Parameters<typeof decisions.undoDecisions>[0]) {
  return decisions.undoDecisions(input);
}

export async function mergeByRule(input: Parameters<typeof decisions.mergeByRule>[0]) {
  return decisions.mergeByRule(input);
}

export async function labelGold(input: Parameters<typeof consistency.labelGold>[0]) {
  return shown(await consistency.labelGold(input));
}

export async function undoLabelGold(input: Parameters<typeof consistency.undoLabelGold>[0]) {
  return shown(await consistency.undoLabelGold(input));
}

export async function proposeGold(input: Parameters<typeof aggregation.proposeGold>[0]) {
  return shown(await aggregation.proposeGold(input));
}

export async function confirmProposals(input: Parameters<typeof aggregation.confirmProposals>[0]) {
  return shown(await aggregation.confirmProposals(input));
}

/** The caller goes on to the draft, so the page is not rendered again. */
export async function noteInDraft(input: Parameters<typeof notes.noteInDraft>[0]) {
  return notes.noteInDraft(input);
}
