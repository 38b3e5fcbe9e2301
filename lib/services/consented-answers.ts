import "server-only";
import { type Answer, type Question, questionOf } from "@/lib/domain/onboarding/questions";
import { onboardingSettingsSchema } from "@/lib/domain/onboarding/settings";
import type { Queryable } from "./project-store";

/** What somebody whose consent stands said about themselves; nothing where they answered nothing. */
export type ConsentedAnswers = { annotatorId: string; answers: Record<string, Answer> };

/**
 * The questions of a project and what annotators whose consent stands answered. Only for code that tells
 * of groups: answers of single people leave it for nobody.
 */
export async function readConsentedAnswers(
  client: Queryable,
  projectId: string,
  annotatorIds: readonly string[],
): Promise<{ questions: Question[]; people: ConsentedAnswers[] }> {
  const settings = await client.query<{ settings: unknown }>(
    "SELECT settings FROM onboarding WHERE project_id = $1",
    [projectId],
  );
  const { questions } = onboardingSettingsSchema.parse(settings.rows[0]?.settings ?? {});
  const { rows } = await client.query<ConsentedAnswers>(
    `SELECT n.id AS "annotatorId",
            coalesce(json_object_agg(b.question, b.value) FILTER (WHERE b.question IS NOT NULL), '{}')
              AS answers
       FROM annotator n
       LEFT JOIN background_answer b ON b.project_id = n.project_id AND b.annotator_id = n.id
      WHERE n.project_id = $1 AND n.id = ANY($2::uuid[])
        AND EXISTS (SELECT 1 FROM consent c
                     WHERE c.project_id = n.project_id AND c.annotator_id = n.id
                       AND c.withdrawn_at IS NULL)
      GROUP BY n.id ORDER BY n.id`,
    [projectId, annotatorIds],
  );
  return { questions: questions.flatMap((key) => questionOf(key) ?? []), people: rows };
}
