import "server-only";
import { type Answer, questionOf } from "@/lib/domain/onboarding/questions";
import { onboardingSettingsSchema } from "@/lib/domain/onboarding/settings";
import { type ToldBackground, tellBackground } from "@/lib/domain/releases/background";
import type { Queryable } from "./project-store";

/**
 * What a release tells of its annotators: only of those whose consent stands, and only in bands. Answers
 * of single people leave this function for nobody.
 */
export async function readBackground(
  client: Queryable,
  projectId: string,
  { annotatorIds, nameOf }: { annotatorIds: readonly string[]; nameOf: (id: string) => string },
): Promise<ToldBackground> {
  const settings = await client.query<{ settings: unknown }>(
    "SELECT settings FROM onboarding WHERE project_id = $1",
    [projectId],
  );
  const { questions } = onboardingSettingsSchema.parse(settings.rows[0]?.settings ?? {});
  const { rows } = await client.query<{
    annotatorId: string;
    answers: Record<string, Answer>;
  }>(
    `SELECT b.annotator_id AS "annotatorId", json_object_agg(b.question, b.value) AS answers
       FROM background_answer b
      WHERE b.project_id = $1 AND b.annotator_id = ANY($2::uuid[])
        AND EXISTS (SELECT 1 FROM consent c
                     WHERE c.project_id = b.project_id AND c.annotator_id = b.annotator_id
                       AND c.withdrawn_at IS NULL)
      GROUP BY b.annotator_id ORDER BY b.annotator_id`,
    [projectId, annotatorIds],
  );
  return tellBackground(
    rows.map(({ annotatorId, answers }) => ({ annotator: nameOf(annotatorId), answers })),
    questions.flatMap((key) => questionOf(key) ?? []),
  );
}
