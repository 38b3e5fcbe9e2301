import type { Change } from "@/lib/domain/annotation/operation";
import { codePoint } from "@/lib/domain/text/offsets";
import { newId } from "@/lib/server/ids";
import { startAdjudication } from "@/lib/services/adjudications";
import { editAnnotations } from "@/lib/services/annotations";
import { valueFrom } from "@/tests/services/support/answers";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  type TestUser,
} from "@/tests/services/support/factories";

export const WORDS = 5_000;
export const ANNOTATORS = 8;
const SPANS_EACH = 250;
const BATCH = 100;
const LABELS = ["naming", "appeal", "presupposition"];

type Place = { projectId: string; documentId: string; text: string; sha256: string };

/** A document of 5,000 words with 2,000 spans of 8 annotators, its adjudication begun. */
export async function makeDisputed() {
  const { projectId } = await makeProject();
  const made = await makeDocument(projectId, { text: paragraphs().join("\n\n") });
  const { documentId } = made;
  for (let person = 0; person < ANNOTATORS; person++) {
    await annotate({ ...made, projectId }, await makeMember(projectId, "annotator"), person);
  }
  const adjudicator = await makeMember(projectId, "adjudicator");
  const started = await startAdjudication.as(adjudicator.actor, { projectId, documentId });
  const { adjudicationId } = valueFrom(started);
  return { projectId, adjudicationId, adjudicator };
}

function paragraphs(): string[] {
  const all = Array.from({ length: WORDS }, (_, place) => `word${place}`);
  return Array.from(
    { length: WORDS / 50 },
    (_, place) => `${all.slice(place * 50, place * 50 + 50).join(" ")}.`,
  );
}

/** Marks at the same places as the others, with other labels and edges now and then. */
async function annotate(
  { projectId, documentId, text, sha256 }: Place,
  user: TestUser,
  person: number,
): Promise<void> {
  const assignmentId = await makeAssignment(projectId, documentId, user.userId);
  const changes: Change[] = Array.from({ length: SPANS_EACH }, (_, place) => {
    const first = place * 20 + ((person + place) % 2);
    const last = first + 1 + ((person * 7 + place) % 3);
    const start = text.indexOf(`word${first} `);
    const end = text.indexOf(`word${last}`, start) + `word${last}`.length;
    const label = LABELS[(person + place) % 5 === 0 ? 1 : place % LABELS.length] ?? "naming";
    const ranges = [
      { start: codePoint(start), end: codePoint(end), quote: text.slice(start, end) },
    ];
    return {
      kind: "add_span",
      span: {
        ...{ id: newId(), layer: "span", label, ranges, attributes: {} },
        ...{ flags: [], origin: "manual" },
      },
    };
  });
  let baseRevision = 0;
  for (let from = 0; from <= changes.length; from += BATCH) {
    const batch = changes.slice(from, from + BATCH);
    const isLast = from + BATCH > changes.length;
    const answer = valueFrom(
      await editAnnotations.as(user.actor, {
        ...{ assignmentId, clientId: newId(), textSha256: sha256, baseRevision },
        operations: [...batch, ...(isLast ? [overall(text), { kind: "submit" as const }] : [])].map(
          (change) => ({
            ...{ id: newId(), gestureId: newId(), madeAt: "2026-03-01T10:00:00.000Z", change },
          }),
        ),
      }),
    );
    const refused = answer.results.find(({ outcome }) => outcome !== "applied");
    if (refused !== undefined) throw new Error(JSON.stringify(refused));
    baseRevision = answer.revision;
  }
}

function overall(text: string): Change {
  return {
    kind: "set_unit_label",
    ...{ layer: "overall", label: "1", unit: "document", value: null, evidence: [] },
    ...{ start: codePoint(0), end: codePoint(text.length) },
  };
}
