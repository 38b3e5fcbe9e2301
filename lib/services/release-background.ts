import "server-only";
import { type ToldBackground, tellBackground } from "@/lib/domain/releases/background";
import { readConsentedAnswers } from "./consented-answers";
import type { Queryable } from "./project-store";

/** What a release tells of its annotators: only of those whose consent stands, and only in bands. */
export async function readBackground(
  client: Queryable,
  projectId: string,
  { annotatorIds, nameOf }: { annotatorIds: readonly string[]; nameOf: (id: string) => string },
): Promise<ToldBackground> {
  const { questions, people } = await readConsentedAnswers(client, projectId, annotatorIds);
  return tellBackground(
    people.map(({ annotatorId, answers }) => ({ annotator: nameOf(annotatorId), answers })),
    questions,
  );
}
