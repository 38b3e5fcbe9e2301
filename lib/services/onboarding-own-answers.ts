import "server-only";
import type { Answer } from "@/lib/domain/onboarding/questions";
import { pool } from "@/lib/server/db";

/** What an annotator said about themselves, for themselves: the only reader of single answers. */
export async function readOwnAnswers(
  projectId: string,
  annotatorId: string,
): Promise<Record<string, Answer>> {
  const { rows } = await pool().query<{ question: string; value: Answer }>(
    "SELECT question, value FROM background_answer WHERE project_id = $1 AND annotator_id = $2",
    [projectId, annotatorId],
  );
  return Object.fromEntries(rows.map(({ question, value }) => [question, value]));
}
