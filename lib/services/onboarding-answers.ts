import "server-only";
import { z } from "zod";
import { isOverlapping, tellAnswers } from "@/lib/domain/onboarding/answer-groups";
import type { ToldCells } from "@/lib/domain/onboarding/cells";
import {
  type Answer,
  answerProblem,
  type Question,
  questionOf,
} from "@/lib/domain/onboarding/questions";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { nameInput } from "./inputs";
import { findAnnotator, readOnboarding } from "./onboarding-store";
import { inTransaction } from "./project-store";
import { defineUseCase } from "./use-case";

/** Answers to one question in groups. `untold`: people, or groups where one may be in several. */
export type AnswerGroups = ToldCells & { question: string; isOverlapping: boolean };

const answerInput = z.union([
  z.number(),
  z.string().max(80),
  z.array(nameInput(80)).max(60),
  z.null(),
]);

/**
 * Stores the caller's answers about themselves; a question left out loses its answer. Null is “prefer
 * not to say”. That they were asked is noted, whatever they said.
 */
export const saveAnswers = defineUseCase({
  name: "saveAnswers",
  permission: "background.answer",
  scope: "project",
  needsLiveProject: true,
  input: z.strictObject({
    projectId: z.uuid(),
    answers: z.record(z.string().max(80), answerInput),
  }),
  async run({ projectId, answers }, { userId }): Promise<Result<object>> {
    const { settings } = await readOnboarding(projectId);
    for (const [key, answer] of Object.entries(answers)) {
      const question = settings.questions.includes(key) ? questionOf(key) : undefined;
      if (question === undefined) {
        return failure("invalid", "This question is not asked in this project.", { place: key });
      }
      const problem = answerProblem(question, answer);
      if (problem !== null) return failure("invalid", problem, { place: key });
    }
    const annotatorId = await findAnnotator(projectId, userId);
    if (annotatorId === null) {
      return failure("not_found", "You annotate nothing in this project.");
    }
    await inTransaction(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO questionnaire_offer (project_id, annotator_id)
        VALUES (${projectId}::uuid, ${annotatorId}::uuid)
        ON CONFLICT (project_id, annotator_id) DO UPDATE SET offered_at = now()`;
      await tx.$executeRaw`
        DELETE FROM background_answer
         WHERE project_id = ${projectId}::uuid AND annotator_id = ${annotatorId}::uuid`;
      await tx.$executeRaw`
        INSERT INTO background_answer (project_id, annotator_id, question, value)
        SELECT ${projectId}::uuid, ${annotatorId}::uuid, key, value
          FROM jsonb_each(${JSON.stringify(answers)}::jsonb)`;
    });
    return success({});
  },
});

/** Deletes the caller's answers about themselves at once. Their labels stay. */
export const withdrawAnswers = defineUseCase({
  name: "withdrawAnswers",
  permission: "background.answer",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, { userId }): Promise<Result<object>> {
    await pool().query(
      `DELETE FROM background_answer b USING annotator n
        WHERE n.project_id = $1 AND n.user_id = $2
          AND b.project_id = n.project_id AND b.annotator_id = n.id`,
      [projectId, userId],
    );
    return success({});
  },
});

/** What annotators said about themselves, in groups of five or more; nobody reads single answers. */
export const readAnswerGroups = defineUseCase({
  name: "readAnswerGroups",
  permission: "background.see_groups",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }): Promise<Result<AnswerGroups[]>> {
    const { settings } = await readOnboarding(projectId);
    const { rows } = await pool().query<{ question: string | null; values: Answer[] }>(
      `SELECT b.question, json_agg(b.value) AS values FROM background_answer b
         JOIN annotator n ON n.project_id = b.project_id AND n.id = b.annotator_id
         JOIN membership m
           ON m.project_id = n.project_id AND m.user_id = n.user_id AND m.ended_at IS NULL
        WHERE b.project_id = $1 GROUP BY b.question`,
      [projectId],
    );
    const counted = await pool().query<{ people: number }>(
      `SELECT count(*)::int AS people FROM annotator n
         JOIN membership m
           ON m.project_id = n.project_id AND m.user_id = n.user_id AND m.ended_at IS NULL
        WHERE n.project_id = $1`,
      [projectId],
    );
    const people = counted.rows[0]?.people ?? 0;
    const answersTo = new Map(rows.map(({ question, values }) => [question, values]));
    return success(
      settings.questions.flatMap((key) => {
        const question = questionOf(key);
        return question === undefined ? [] : [inGroups(question, answersTo.get(key) ?? [], people)];
      }),
    );
  },
});

function inGroups(question: Question, answers: readonly Answer[], people: number): AnswerGroups {
  return {
    question: question.key,
    isOverlapping: isOverlapping(question),
    ...tellAnswers(question, answers, people),
  };
}
