import type { Change } from "@/lib/domain/annotation/operation";
import { codePoint, codePointLength, indexText, utf16 } from "@/lib/domain/text/offsets";
import { newId } from "@/lib/server/ids";
import { editAnnotations } from "@/lib/services/annotations";
import { valueFrom } from "./answers";
import { makeAssignment, type TestUser } from "./factories";

export type Work = {
  /** Label and words; the words stand in the text once. */
  spans?: [label: string, words: string][];
  frames?: string[];
  overall?: string;
  comment?: string;
  flags?: ("discuss" | "not_annotatable")[];
  state?: "submitted" | "in_progress";
};

type TestDocument = { documentId: string; text: string; sha256: string };

/** Gives a document to somebody and annotates it for them, as their browser would. */
export async function makeWork(
  projectId: string,
  { documentId, text, sha256 }: TestDocument,
  user: TestUser,
  work: Work = {},
): Promise<{ assignmentId: string }> {
  const assignmentId = await makeAssignment(projectId, documentId, user.userId);
  const changes = changesOf(work, text);
  const answer = valueFrom(
    await editAnnotations.as(user.actor, {
      assignmentId,
      clientId: newId(),
      textSha256: sha256,
      baseRevision: 0,
      activeSeconds: 60,
      operations: changes.map((change) => ({
        id: newId(),
        gestureId: newId(),
        madeAt: "2026-03-01T10:00:00.000Z",
        change,
      })),
    }),
  );
  for (const result of answer.results) {
    if (result.outcome !== "applied") throw new Error(JSON.stringify(result));
  }
  return { assignmentId };
}

function changesOf(work: Work, text: string): Change[] {
  const { spans = [], frames = [], overall, comment, flags, state = "submitted" } = work;
  const answers = [
    ...frames.map((label) => ({ layer: "frames", label })),
    ...(overall === undefined ? [] : [{ layer: "overall", label: overall }]),
  ];
  return [
    ...spans.map(([label, words]) => spanChange(label, words, text)),
    ...answers.map(
      (answer): Change => ({
        kind: "set_unit_label",
        ...answer,
        unit: "document",
        start: codePoint(0),
        end: codePointLength(text),
        value: null,
        evidence: [],
      }),
    ),
    ...(comment === undefined
      ? []
      : [
          {
            kind: "add_comment" as const,
            comment: { id: newId(), spanId: null, body: comment },
          },
        ]),
    ...(flags === undefined ? [] : [{ kind: "flag_document" as const, flags }]),
    ...(state === "submitted" ? [{ kind: "submit" as const }] : []),
  ];
}

function spanChange(label: string, words: string, text: string): Change {
  const at = text.indexOf(words);
  if (at === -1) throw new Error(`“${words}” is not in the text.`);
  const index = indexText(text);
  const start = index.toCodePoint(utf16(at));
  const end = index.toCodePoint(utf16(at + words.length));
  return {
    kind: "add_span",
    span: {
      id: newId(),
      layer: "span",
      label,
      ranges: [{ start, end, quote: words }],
      // Loaded language is not complete without its voice.
      attributes: label === "loaded_language" ? { voice: "narrator" } : {},
      flags: [],
      origin: "manual",
    },
  };
}
