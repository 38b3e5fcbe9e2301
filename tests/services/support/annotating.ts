import { pairsOf } from "@/lib/domain/annotation/make-context";
import type {
  Batch,
  BatchAnswer,
  Change,
  Operation,
  StoredOperation,
} from "@/lib/domain/annotation/operation";
import type { QuotedRange } from "@/lib/domain/annotation/state";
import { codePoint, type Range } from "@/lib/domain/text/offsets";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { editAnnotations, readOperations } from "@/lib/services/annotations";
import { publishCodebook } from "@/lib/services/codebook-store";
import { editContext, type FrozenContext } from "@/lib/services/edit-context";
import { inTransaction } from "@/lib/services/project-store";
import type { Units } from "@/tests/support/random-changes";
import { richArticle, richCodebook } from "@/tests/support/rich-codebook";
import { valueFrom } from "./answers";
import { makeAssignment, makeDocument, makeMember, type TestUser } from "./factories";

/** A person with a document to annotate under the codebook that has every kind of layer. */
export type Desk = {
  projectId: string;
  assignmentId: string;
  setId: string;
  annotator: TestUser;
  context: FrozenContext;
  units: Units;
};

export async function makeRichProject(): Promise<string> {
  const projectId = newId();
  await inTransaction(async (tx) => {
    await tx.project.create({ data: { id: projectId, name: "Rich project" } });
    const { codebookVersionId } = await publishCodebook(tx, projectId, richCodebook);
    await tx.round.create({
      data: { projectId, id: newId(), position: 1, name: "Main round", codebookVersionId },
    });
  });
  return projectId;
}

/** Gives an annotator of the project, a new one unless named, the article with every unit. */
export async function makeDesk(projectId: string, known?: TestUser): Promise<Desk> {
  const annotator = known ?? (await makeMember(projectId, "annotator"));
  const { documentId } = await makeDocument(projectId, { text: richArticle.text });
  const assignmentId = await makeAssignment(projectId, documentId, annotator.userId);
  const set = await db().annotationSet.findFirstOrThrow({
    where: { projectId, assignmentId },
    select: { id: true, documentVersionId: true, codebookVersionId: true },
  });
  const context = await editContext(projectId, set.documentVersionId, set.codebookVersionId);
  const version = await db().documentVersion.findFirstOrThrow({
    where: { projectId, id: set.documentVersionId },
    select: { sentences: true, blocks: { select: { start: true, end: true } } },
  });
  const units: Units = {
    document: [{ start: codePoint(0), end: context.text.length }],
    block: version.blocks.map(({ start, end }) => ({
      start: codePoint(start),
      end: codePoint(end),
    })),
    sentence: pairsOf(version.sentences),
  };
  return { projectId, assignmentId, setId: set.id, annotator, context, units };
}

export function operation(change: Change, more: Partial<Operation> = {}): Operation {
  return {
    id: newId(),
    gestureId: newId(),
    undoes: null,
    madeAt: "2026-11-24T08:00:00.000Z",
    change,
    ...more,
  };
}

export function batch(
  desk: Desk,
  operations: Operation[],
  more: Partial<Batch> = {},
): Batch & { assignmentId: string } {
  return {
    assignmentId: desk.assignmentId,
    clientId: newId(),
    textSha256: desk.context.textSha256,
    baseRevision: 0,
    activeSeconds: 0,
    operations,
    ...more,
  };
}

/** Sends operations as the annotator of the desk; fails the test at a refusal of the batch. */
export async function send(
  desk: Desk,
  operations: Operation[],
  more: Partial<Batch> = {},
): Promise<BatchAnswer> {
  return valueFrom(await attempt(desk, operations, more));
}

export function attempt(desk: Desk, operations: Operation[], more: Partial<Batch> = {}) {
  return editAnnotations.as(desk.annotator.actor, batch(desk, operations, more));
}

export async function logOf(desk: Desk): Promise<StoredOperation[]> {
  return valueFrom(
    await readOperations.as(desk.annotator.actor, { assignmentId: desk.assignmentId }),
  );
}

/** The words where they first stand in the article. */
export function words({ context }: Desk, quote: string): QuotedRange {
  const at = richArticle.text.indexOf(quote);
  if (at === -1) throw new Error(`The article does not say ${quote}.`);
  const start = [...richArticle.text.slice(0, at)].length;
  const range: Range = { start: codePoint(start), end: codePoint(start + [...quote].length) };
  return { ...range, quote: context.text.slice(range.start, range.end) };
}

/** A span of loaded language with all that is required of it. */
export function addSpan(desk: Desk, quote: string, spanId = newId()) {
  return {
    kind: "add_span",
    span: {
      id: spanId,
      layer: "wording",
      label: "loaded",
      ranges: [words(desk, quote)],
      attributes: { voice: "narrator" },
      flags: [],
      origin: "manual",
    },
  } satisfies Change;
}

/** What has to be answered about the document before it can be submitted. */
export function requiredAnswers({ units }: Desk): Operation[] {
  const whole = units.document[0];
  if (whole === undefined) throw new Error("A document is a unit.");
  const answer = (layer: string, label: string, value: string | null = null) =>
    operation({
      kind: "set_unit_label",
      layer,
      label,
      unit: "document",
      ...whole,
      value,
      evidence: [],
    });
  return [
    answer("slant", "zero"),
    answer("questions", "asks_why", "yes"),
    answer("questions", "asks_who", "no"),
    answer("frames", "economy"),
    answer("frames", "health"),
  ];
}

/** How many operations, spans and finished assignments the database holds of a desk. */
export async function stored({ projectId, setId, assignmentId }: Desk) {
  const { rows } = await pool().query<{
    operations: number;
    spans: number;
    revision: number;
    state: string;
    seconds: number;
  }>(
    `SELECT (SELECT count(*)::int FROM operation o
              WHERE o.project_id = $1 AND o.annotation_set_id = $2) AS operations,
            (SELECT count(*)::int FROM span x
              WHERE x.project_id = $1 AND x.annotation_set_id = $2 AND NOT x.is_removed) AS spans,
            s.revision, a.state, a.active_seconds AS seconds
       FROM annotation_set s JOIN assignment a ON a.project_id = s.project_id AND a.id = $3
      WHERE s.project_id = $1 AND s.id = $2`,
    [projectId, setId, assignmentId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error("There is no such set.");
  return row;
}
