import "server-only";
import { z } from "zod";
import type { Answer } from "@/lib/domain/onboarding/questions";
import {
  type AskedQuestion,
  askedQuestions,
  type MarkedQuiz,
  markQuiz,
} from "@/lib/domain/onboarding/quiz";
import type { Step } from "@/lib/domain/onboarding/settings";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "./audit";
import { type GuardedSource, guardedSource, shownWords } from "./blind-source";
import { IS_BELOW_MARK, NEXT_STEP } from "./onboarding-gate";
import { readOwnAnswers } from "./onboarding-own-answers";
import {
  type ConsentText,
  findAnnotator,
  readConsentTexts,
  readOnboarding,
} from "./onboarding-store";
import { scoreTraining } from "./onboarding-training";
import { defineUseCase } from "./use-case";

/** A training document of the caller. */
export type OwnTraining = {
  assignmentId: string;
  title: string;
  state: "assigned" | "in_progress" | "submitted" | "skipped";
  isPassed: boolean;
  /** The best agreement with the gold so far, 0 to 1; null while it was not compared. */
  score: number | null;
};

/** All steps that the caller passes in a project, with what they did so far. */
export type OwnOnboarding = {
  projectId: string;
  project: string;
  /** Null when the caller may work. */
  next: Step | null;
  consent: (ConsentText & { isGiven: boolean; givenOn: string | null }) | null;
  questionnaire: {
    questions: string[];
    purpose: string;
    isOffered: boolean;
    answers: Record<string, Answer>;
  } | null;
  training: OwnTraining[];
  /** Agreement with the gold that each training document must reach; 0 where handing in is enough. */
  trainingShare: number;
  quiz: { questions: AskedQuestion[]; needed: number; isPassed: boolean; tries: number } | null;
};

/** What the caller passes before they work in a project. */
export const openSteps = defineUseCase({
  name: "openSteps",
  permission: "onboarding.pass",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, { userId }): Promise<Result<OwnOnboarding>> {
    const annotatorId = await findAnnotator(projectId, userId);
    if (annotatorId === null) return failure("not_found", NO_ANNOTATOR);
    await scoreWaiting(projectId, annotatorId);
    const [{ settings }, texts, own, answers, training] = await Promise.all([
      readOnboarding(projectId),
      readConsentTexts(projectId),
      pool().query<OwnRow>(OWN, [projectId, annotatorId]),
      readOwnAnswers(projectId, annotatorId),
      pool().query<OwnTraining & { source: GuardedSource }>(TRAINING, [projectId, annotatorId]),
    ]);
    const row = own.rows[0];
    if (row === undefined) return failure("not_found", NO_ANNOTATOR);
    const text = texts[0];
    return success({
      projectId,
      project: row.project,
      next: row.next,
      consent:
        settings.asksConsent && text !== undefined
          ? { ...text, isGiven: row.givenOn !== null, givenOn: row.givenOn }
          : null,
      questionnaire:
        settings.questions.length > 0
          ? {
              questions: settings.questions,
              purpose: settings.purpose,
              isOffered: row.isOffered,
              answers,
            }
          : null,
      training: training.rows.map(({ source, ...each }) => ({
        ...each,
        title: shownWords(each.title, source),
      })),
      trainingShare: settings.trainingShare,
      quiz:
        settings.quiz.length > 0
          ? {
              questions: askedQuestions(settings.quiz),
              needed: markQuiz(settings.quiz, {}, settings.passShare).needed,
              isPassed: row.isPassed,
              tries: row.tries,
            }
          : null,
    });
  },
});

/** Compares what was handed in and is below the mark, or was never compared, so that the steps are true. */
async function scoreWaiting(projectId: string, annotatorId: string): Promise<void> {
  const { rows } = await pool().query<{ id: string }>(WAITING, [projectId, annotatorId]);
  for (const { id } of rows) await scoreTraining(projectId, id);
}

const WAITING = `
SELECT ta.id FROM assignment ta
  JOIN round tr ON tr.project_id = ta.project_id AND tr.id = ta.round_id
  JOIN annotation_set ts ON ts.project_id = ta.project_id AND ts.assignment_id = ta.id
  JOIN onboarding o ON o.project_id = ta.project_id
 WHERE ta.project_id = $1 AND ta.annotator_id = $2 AND ta.withdrawn_at IS NULL
   AND ta.state = 'submitted' AND (ta.purpose = 'training' OR tr.kind = 'training')
   AND ${IS_BELOW_MARK}
 LIMIT 50`;

const NO_ANNOTATOR = "You annotate nothing in this project.";

type OwnRow = {
  project: string;
  next: Step | null;
  givenOn: string | null;
  isOffered: boolean;
  isPassed: boolean;
  tries: number;
};

const OWN = `
SELECT p.name AS project, ${NEXT_STEP} AS next,
       (SELECT to_char(c.given_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM consent c
         WHERE c.project_id = n.project_id AND c.annotator_id = n.id AND c.withdrawn_at IS NULL
           AND c.version = (SELECT max(t.version) FROM consent_text t
                             WHERE t.project_id = n.project_id)) AS "givenOn",
       EXISTS (SELECT 1 FROM questionnaire_offer f
                WHERE f.project_id = n.project_id AND f.annotator_id = n.id) AS "isOffered",
       EXISTS (SELECT 1 FROM quiz_attempt q WHERE q.project_id = n.project_id
                  AND q.annotator_id = n.id AND q.is_passed) AS "isPassed",
       (SELECT count(*)::int FROM quiz_attempt q
         WHERE q.project_id = n.project_id AND q.annotator_id = n.id) AS tries
  FROM annotator n JOIN project p ON p.id = n.project_id
 WHERE n.project_id = $1 AND n.id = $2`;

const TRAINING = `
SELECT a.id AS "assignmentId", d.title, a.state, ${guardedSource("d", "r")} AS source,
       a.training_score AS score,
       ((a.state = 'submitted' OR EXISTS (
          SELECT 1 FROM operation done WHERE done.project_id = s.project_id
             AND done.annotation_set_id = s.id AND done.kind = 'submit'))
        AND NOT EXISTS (SELECT 1 FROM onboarding o
                         CROSS JOIN LATERAL (SELECT a.training_score) ta
                         CROSS JOIN LATERAL (SELECT s.project_id, s.document_version_id) ts
                         WHERE o.project_id = a.project_id AND ${IS_BELOW_MARK})) AS "isPassed"
  FROM assignment a
  JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
  JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
 WHERE a.project_id = $1 AND a.annotator_id = $2 AND a.withdrawn_at IS NULL
   AND d.archived_at IS NULL AND a.repetition = 0
   AND (a.purpose = 'training' OR r.kind = 'training')
   AND (r.opens_at IS NULL OR r.opens_at <= now())
 ORDER BY r.position, a.position, a.created_at, a.id LIMIT 200`;

/** Projects in which the caller has something to pass before they go on. */
export const listOpenSteps = defineUseCase({
  name: "listOpenSteps",
  permission: "project.list",
  scope: "instance",
  input: z.strictObject({}),
  async run(_, { userId }) {
    const { rows } = await pool().query<{ projectId: string; project: string; next: Step }>(
      `SELECT p.id AS "projectId", p.name AS project, step.next
         FROM annotator n
         JOIN membership m
           ON m.project_id = n.project_id AND m.user_id = n.user_id AND m.ended_at IS NULL
         JOIN project p ON p.id = n.project_id AND p.archived_at IS NULL
         JOIN LATERAL (SELECT ${NEXT_STEP} AS next) step ON step.next IS NOT NULL
        WHERE n.user_id = $1 ORDER BY p.name, p.id`,
      [userId],
    );
    return success(rows);
  },
});

/** Consents to the version of the text that was shown; another version has to be read first. */
export const giveConsent = defineUseCase({
  name: "giveConsent",
  permission: "onboarding.pass",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), version: z.int().min(1) }),
  async run({ projectId, version }, caller): Promise<Result<object>> {
    const { rowCount } = await pool().query(
      `INSERT INTO consent (project_id, id, annotator_id, version)
       SELECT n.project_id, $3, n.id, $4 FROM annotator n
        WHERE n.project_id = $1 AND n.user_id = $2
          AND $4 = (SELECT max(version) FROM consent_text WHERE project_id = $1)
       ON CONFLICT (project_id, annotator_id, version) WHERE withdrawn_at IS NULL
       DO UPDATE SET version = excluded.version`,
      [projectId, caller.userId, newId(), version],
    );
    if (rowCount === 0) {
      return failure(
        "conflict",
        "The text has changed meanwhile. Reload the page and read it again.",
      );
    }
    await note(caller, "consent.given", { version });
    return success({});
  },
});

/**
 * Withdraws the caller's consent. Answers about themselves are deleted at once; labels stay as they
 * are, and no document is given to them until they consent again.
 */
export const withdrawConsent = defineUseCase({
  name: "withdrawConsent",
  permission: "onboarding.pass",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, caller): Promise<Result<object>> {
    const { rowCount } = await pool().query(
      `WITH mine AS (
         SELECT id FROM annotator WHERE project_id = $1 AND user_id = $2
       ), gone AS (
         DELETE FROM background_answer b USING mine
          WHERE b.project_id = $1 AND b.annotator_id = mine.id
       ), unoffered AS (
         DELETE FROM questionnaire_offer f USING mine
          WHERE f.project_id = $1 AND f.annotator_id = mine.id
       )
       UPDATE consent c SET withdrawn_at = now() FROM mine
        WHERE c.project_id = $1 AND c.annotator_id = mine.id AND c.withdrawn_at IS NULL`,
      [projectId, caller.userId],
    );
    if ((rowCount ?? 0) === 0)
      return failure("closed", "There is no consent of yours to withdraw.");
    await note(caller, "consent.withdrawn", {});
    return success({});
  },
});

/** Marks the caller's answers to the quiz. They may try again as often as they like. */
export const takeQuiz = defineUseCase({
  name: "takeQuiz",
  permission: "onboarding.pass",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    chosen: z.record(z.string().max(80), z.int().min(0).max(7)),
  }),
  async run({ projectId, chosen }, { userId }): Promise<Result<MarkedQuiz>> {
    const { settings } = await readOnboarding(projectId);
    if (settings.quiz.length === 0)
      return failure("closed", "This project has no quiz at present.");
    const marked = markQuiz(settings.quiz, chosen, settings.passShare);
    const annotatorId = await findAnnotator(projectId, userId);
    if (annotatorId === null) return failure("not_found", NO_ANNOTATOR);
    await pool().query(
      `INSERT INTO quiz_attempt (project_id, id, annotator_id, "right", asked, is_passed)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [projectId, newId(), annotatorId, marked.right, marked.asked, marked.isPassed],
    );
    return success(marked);
  },
});

type Noted = { userId: string; sessionId: string | null; projectId: string };

function note(caller: Noted, action: string, detail: Record<string, number>) {
  return recordAudit(caller, {
    action,
    targetType: "project",
    targetId: caller.projectId,
    detail,
  });
}
