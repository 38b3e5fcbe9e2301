import "server-only";
import { z } from "zod";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { type Feedback, trainingFeedback, trainingScore } from "@/lib/domain/onboarding/feedback";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { reopen } from "./assignment-store";
import { recordAudit } from "./audit";
import {
  type GuardedSource,
  guardedSource,
  maskedText,
  shownAnnotations,
  shownWords,
} from "./blind-source";
import { readOnboarding } from "./onboarding-store";
import { loadSet } from "./stored-sets";
import { defineUseCase } from "./use-case";

/** What became of a training document. `feedback` is null where it has no gold to compare with. */
export type TrainingFeedback = {
  projectId: string;
  title: string;
  feedback: Feedback | null;
  /** Agreement with the gold, and what the project asks for, 0 to 1; null where there is no gold. */
  score: number | null;
  needed: number;
  /** Why the gold is as it is, by id of its span. */
  notes: Record<string, string>;
  /** Names of layers and labels, by key; of labels as layer/label. */
  names: Record<string, string>;
};

/** Compares a training document that the caller submitted with its gold. */
export const readTrainingFeedback = defineUseCase({
  name: "readTrainingFeedback",
  permission: "assignment.work",
  scope: "assignment",
  input: z.strictObject({ assignmentId: z.uuid() }),
  async run({ assignmentId }, { projectId }): Promise<Result<TrainingFeedback>> {
    const { rows } = await pool().query<Row>(SUBMITTED, [projectId, assignmentId]);
    const row = rows[0];
    if (row === undefined) return failure("not_found", "This is no training document of yours.");
    if (row.state !== "submitted") {
      return failure("closed", "Submit the document first: then you see how it compares.");
    }
    const base = {
      projectId,
      title: shownWords(row.title, row.source),
      names: namesOf(codebookSchema.parse(row.content)),
    };
    const needed = (await readOnboarding(projectId)).settings.trainingShare;
    if (row.gold_id === null) {
      return success({ ...base, feedback: null, notes: {}, score: null, needed });
    }
    const [own, gold, notes] = await Promise.all([
      loadSet(projectId, row.set_id),
      loadSet(projectId, row.gold_id),
      readNotes(projectId, row.gold_id),
    ]);
    const shown = row.source.isBlind
      ? await maskedText(projectId, row.document_version_id, row.source)
      : null;
    const words = (set: typeof own) => (shown === null ? set : shownAnnotations(set, shown));
    const feedback = trainingFeedback(words(own), words(gold));
    const score = trainingScore(feedback);
    await keepBest(projectId, assignmentId, score);
    return success({ ...base, notes, feedback, score, needed });
  },
});

/** Compares a submitted training document with its gold, where there is one, and keeps the best score. */
export async function scoreTraining(projectId: string, assignmentId: string): Promise<void> {
  const { rows } = await pool().query<Row>(SUBMITTED, [projectId, assignmentId]);
  const row = rows[0];
  if (row === undefined || row.state !== "submitted" || row.gold_id === null) return;
  const [own, gold] = await Promise.all([
    loadSet(projectId, row.set_id),
    loadSet(projectId, row.gold_id),
  ]);
  await keepBest(projectId, assignmentId, trainingScore(trainingFeedback(own, gold)));
}

async function keepBest(projectId: string, assignmentId: string, score: number): Promise<void> {
  await pool().query(
    `UPDATE assignment SET training_score = $3
      WHERE project_id = $1 AND id = $2 AND coalesce(training_score, -1) < $3::real`,
    [projectId, assignmentId, score],
  );
}

/** Opens a training document again for another try. It stays passed. */
export const retryTraining = defineUseCase({
  name: "retryTraining",
  permission: "assignment.work",
  scope: "assignment",
  input: z.strictObject({ assignmentId: z.uuid() }),
  async run({ assignmentId }, caller): Promise<Result<object>> {
    const { rows } = await pool().query<Row>(SUBMITTED, [caller.projectId, assignmentId]);
    if (rows[0] === undefined)
      return failure("not_found", "This is no training document of yours.");
    if (!(await reopen(caller.projectId, assignmentId, ["submitted", "skipped"]))) {
      return failure("closed", "This document is open already.");
    }
    await recordAudit(caller, {
      action: "training.retried",
      targetType: "assignment",
      targetId: assignmentId,
    });
    return success({});
  },
});

type Row = {
  state: string;
  title: string;
  set_id: string;
  document_version_id: string;
  source: GuardedSource;
  content: unknown;
  gold_id: string | null;
};

const SUBMITTED = `
SELECT a.state, d.title, s.id AS set_id, a.document_version_id, c.content,
       ${guardedSource("d", "r")} AS source,
       (SELECT g.id FROM annotation_set g
          LEFT JOIN adjudication j ON j.project_id = g.project_id AND j.gold_set_id = g.id
         WHERE g.project_id = a.project_id AND g.kind = 'gold'
           AND g.document_version_id = s.document_version_id
           AND g.superseded_by_id IS NULL AND (j.id IS NULL OR j.state = 'finished')
         ORDER BY j.finished_at DESC NULLS LAST, g.created_at DESC, g.id LIMIT 1) AS gold_id
  FROM assignment a
  JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
  JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
  JOIN codebook_version c ON c.project_id = a.project_id AND c.id = s.codebook_version_id
 WHERE a.project_id = $1 AND a.id = $2 AND (a.purpose = 'training' OR r.kind = 'training')`;

async function readNotes(projectId: string, goldId: string): Promise<Record<string, string>> {
  const { rows } = await pool().query<{ spanId: string; note: string }>(
    `SELECT x.result_span_id AS "spanId", x.note FROM decision x
       JOIN adjudication j ON j.project_id = x.project_id AND j.id = x.adjudication_id
      WHERE x.project_id = $1 AND j.gold_set_id = $2 AND x.revoked_at IS NULL
        AND x.result_span_id IS NOT NULL AND x.note <> ''
      ORDER BY x.decided_at, x.id`,
    [projectId, goldId],
  );
  return Object.fromEntries(rows.map(({ spanId, note }) => [spanId, note]));
}

function namesOf({ layers }: z.infer<typeof codebookSchema>): Record<string, string> {
  return Object.fromEntries(
    layers.flatMap((layer) => [
      [layer.key, layer.name],
      ...layer.labels.map((label) => [`${layer.key}/${label.key}`, label.name]),
    ]),
  );
}
