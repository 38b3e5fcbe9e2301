import "server-only";
import { z } from "zod";
import type { AgreementChoice } from "@/lib/domain/agreement-report/choice";
import {
  agreementWithGold,
  type ContestedPlace,
  type GoldAgreement,
} from "@/lib/domain/agreement-report/gold-agreement";
import {
  agreementByGroup,
  type QuestionGroups,
} from "@/lib/domain/agreement-report/group-agreement";
import { success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { choiceFields, choiceOf } from "./agreement-choice";
import {
  countedSubmissions,
  countSpans,
  type ReportBasis,
  readBasis,
  readReportWork,
  type SubmissionNote,
  type Viewer,
} from "./agreement-work";
import { readConsentedAnswers } from "./consented-answers";
import { type Frozen, readFrozenItems } from "./frozen-items";
import { defineUseCase } from "./use-case";

/** Tables that are computed when asked for; `isTooLarge`: there is too much work for that. */
export type Apart<Table> = { tables: Table[]; isTooLarge: boolean };

/** What is computed while a person waits. */
const MOST = { submissions: 3_000, spans: 60_000 };

const input = z.strictObject({ projectId: z.uuid(), ...choiceFields });

/**
 * Agreement within groups of annotators who answered a question about themselves alike: five or more whose
 * consent stands. Computed each time, so that an answer withdrawn is gone at once, and never kept. People, documents and
 * rounds that the settings or a lead took out count all the same: else one could see who is in a group by
 * taking people out.
 */
export const openAgreementGroups = defineUseCase({
  name: "openAgreementGroups",
  permission: "background.see_groups",
  scope: "project",
  input,
  async run(given, caller) {
    const choice: AgreementChoice = {
      ...choiceOf(given),
      ...{ rounds: [], without: [], leaveOut: [], exclusions: "counted" },
    };
    const basis = await readBasis(caller, choice);
    const { counted } = countedSubmissions(basis);
    const ids = [...new Set(counted.map(({ annotatorId }) => annotatorId))];
    const { questions, people } = await readConsentedAnswers(pool(), caller.projectId, ids);
    if (basis.codebook === null || questions.length === 0 || people.length === 0) {
      return success<Apart<QuestionGroups>>({ tables: [], isTooLarge: false });
    }
    if (await isTooMuch(caller, counted)) return success(tooLarge<QuestionGroups>());
    const work = await readReportWork(caller, { ...basis, submissions: counted });
    const tables = agreementByGroup(basis.codebook.codebook, work, {
      choice,
      people: people.map(({ annotatorId, answers }) => ({ annotator: annotatorId, answers })),
      questions,
    });
    return success<Apart<QuestionGroups>>({ tables, isTooLarge: false });
  },
});

/**
 * Each annotator's submissions against the gold of finished adjudications under the same version of the
 * codebook, by the settings of the report. Apart from agreement between annotators, of which the gold is made.
 */
export const openGoldAgreement = defineUseCase({
  name: "openGoldAgreement",
  permission: "agreement.see",
  scope: "project",
  input,
  async run(given, caller) {
    const basis = await readBasis(caller, choiceOf(given));
    const { codebook } = basis;
    if (codebook === null) return success<Apart<GoldAgreement>>({ tables: [], isTooLarge: false });
    const { counted } = countedSubmissions(basis);
    const finished = await readFinished(caller.projectId, codebook.id, counted);
    const decided = new Set(finished.map(({ versionId }) => versionId));
    const notes = counted.filter(({ versionId }) => decided.has(versionId));
    if (notes.length === 0) return success<Apart<GoldAgreement>>({ tables: [], isTooLarge: false });
    const golds = finished.map((row) => noteOf(row, codebook));
    if (await isTooMuch(caller, [...notes, ...golds])) return success(tooLarge<GoldAgreement>());
    const [own, gold, contested] = await Promise.all([
      readNotes(caller, basis, notes),
      readNotes(caller, basis, golds),
      readContested(caller.projectId, codebook.id, finished),
    ]);
    const tables = agreementWithGold(
      codebook.codebook,
      { documents: own.documents, sets: own.sets, gold: gold.sets, contested },
      basis.choice,
    );
    return success<Apart<GoldAgreement>>({ tables, isTooLarge: false });
  },
});

function tooLarge<Table>(): Apart<Table> {
  return { tables: [], isTooLarge: true };
}

async function isTooMuch(
  { projectId }: Viewer,
  notes: readonly SubmissionNote[],
): Promise<boolean> {
  if (notes.length > MOST.submissions) return true;
  const spans = await countSpans(projectId, notes);
  return [...spans.values()].reduce((sum, own) => sum + own, 0) > MOST.spans;
}

/** Reads what is in some submissions that were chosen already. */
function readNotes(viewer: Viewer, basis: ReportBasis, submissions: SubmissionNote[]) {
  const choice = { ...basis.choice, rounds: [], without: [], leaveOut: [] };
  return readReportWork(viewer, { ...basis, choice, submissions });
}

type Finished = {
  adjudicationId: string;
  setId: string;
  revision: number;
  documentId: string;
  versionId: string;
  submittedOn: string;
  snapshot: Frozen[];
};

/** The newest finished gold under a version of the codebook of each document that somebody submitted. */
async function readFinished(
  projectId: string,
  codebookVersionId: string,
  notes: readonly SubmissionNote[],
): Promise<Finished[]> {
  const { rows } = await pool().query<Finished>(
    `SELECT DISTINCT ON (v.id) j.id AS "adjudicationId", s.id AS "setId", s.revision,
            v.document_id AS "documentId", v.id AS "versionId", j.snapshot,
            to_char(j.finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "submittedOn"
       FROM adjudication j
       JOIN annotation_set s ON s.project_id = j.project_id AND s.id = j.gold_set_id
       JOIN document_version v ON v.project_id = j.project_id AND v.id = j.document_version_id
      WHERE j.project_id = $1 AND j.state = 'finished' AND s.codebook_version_id = $2
        AND v.id = ANY($3::uuid[])
      ORDER BY v.id, j.finished_at DESC`,
    [projectId, codebookVersionId, [...new Set(notes.map(({ versionId }) => versionId))]],
  );
  return rows;
}

/** A gold set as a submission, so that it is read like one. */
function noteOf(
  { setId, revision, documentId, versionId, submittedOn, adjudicationId }: Finished,
  codebook: { id: string; version: number },
): SubmissionNote {
  return {
    ...{ setId, revision, documentId, versionId, submittedOn },
    codebookVersionId: codebook.id,
    codebookVersion: codebook.version,
    annotatorId: adjudicationId,
    round: { position: 0, name: "" },
    repetition: 0,
    flags: [],
  };
}

/** Where adjudication left open what holds. */
async function readContested(
  projectId: string,
  codebookVersionId: string,
  finished: readonly Finished[],
): Promise<ContestedPlace[]> {
  const { rows } = await pool().query<{ adjudicationId: string; itemKeys: string[] }>(
    `SELECT adjudication_id AS "adjudicationId", array_agg(subject) AS "itemKeys" FROM decision
      WHERE project_id = $1 AND adjudication_id = ANY($2::uuid[])
        AND kind = 'contested' AND revoked_at IS NULL
      GROUP BY adjudication_id`,
    [projectId, finished.map(({ adjudicationId }) => adjudicationId)],
  );
  const open = new Map(rows.map(({ adjudicationId, itemKeys }) => [adjudicationId, itemKeys]));
  const places: ContestedPlace[] = [];
  for (const { adjudicationId, versionId, snapshot } of finished) {
    const keys = open.get(adjudicationId);
    if (keys === undefined) continue;
    const items = await readFrozenItems(pool(), { projectId, codebookVersionId, snapshot });
    for (const { key, layer, kind, start, end, options } of items) {
      if (!keys.includes(key)) continue;
      const labels = options.flatMap(({ unitLabels }) => unitLabels.map(({ label }) => label));
      places.push({ ...{ versionId, layer, kind, start, end }, labels: [...new Set(labels)] });
    }
  }
  return places;
}
