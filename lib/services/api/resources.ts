import "server-only";
import { z } from "zod";
import { PROJECT_ROLES } from "@/lib/domain/policy";
import { BLOCK_ROLES } from "@/lib/domain/text/roles";

/**
 * What answers look like. An answer is read through its schema before it is sent, so that nothing goes out
 * that does not stand here.
 */

const id = z.uuid();
const day = z.iso.date().nullable();
const moment = z.iso.datetime();
const count = z.int().min(0);
const offset = z.int().min(0).describe("Code points from the beginning of the text");
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const anything = z.record(z.string(), z.unknown());

/** Items of a list with the place where the next page begins. */
export function pageOf(item: z.ZodType, name: string) {
  return z
    .object({
      items: z.array(item),
      next: z
        .string()
        .nullable()
        .describe("Give this as `after` to get the next page; null where there is none"),
    })
    .meta({ id: `${name}Page` });
}

export const problem = z
  .object({
    type: z.string(),
    status: z.int(),
    kind: z.string().describe("What kind of refusal it is, for programs"),
    title: z.string().describe("What is wrong and what to do, for people"),
    place: z.string().optional().describe("The field, parameter or line that it is about"),
  })
  .meta({ id: "Problem" });

const work = z
  .object({ assigned: count, inProgress: count, submitted: count, skipped: count })
  .meta({ id: "StateCounts" });

export const listedProject = z
  .object({
    projectId: id,
    name: z.string(),
    description: z.string(),
    isArchived: z.boolean(),
    role: z.enum(PROJECT_ROLES).nullable().describe("The caller's role; null for an admin"),
    documents: count.nullable().describe("For leads, else null"),
    members: count.nullable().describe("For leads, else null"),
    assigned: count,
    submitted: count,
  })
  .meta({ id: "ListedProject" });

export const project = z
  .object({
    projectId: id,
    name: z.string(),
    description: z.string(),
    language: z.string(),
    isArchived: z.boolean(),
    role: z.enum(PROJECT_ROLES).nullable(),
    codebook: z.object({ name: z.string(), version: z.int() }).nullable(),
    work: work.describe("The caller's own assignments"),
    whole: work
      .extend({ documents: count, members: count, annotators: count })
      .meta({ id: "WholeProject" })
      .nullable()
      .describe("All of the project, for leads; else null"),
  })
  .meta({ id: "Project" });

export const listedVersion = z
  .object({
    version: z.int(),
    state: z.enum(["draft", "published", "superseded"]),
    name: z.string(),
    publishedOn: day,
    changedOn: z.iso.date(),
    sets: count.describe("Annotation sets under this version"),
    annotations: count,
  })
  .meta({ id: "ListedCodebook" });

const codebookContent = anything.describe("As /codebook.schema.json describes it");

export const codebook = z
  .object({
    version: z.int(),
    state: z.enum(["published", "superseded"]),
    publishedOn: z.iso.date(),
    sha256,
    codebook: codebookContent,
  })
  .meta({ id: "Codebook" });

const codebookProblem = z
  .object({ place: z.string(), message: z.string() })
  .meta({ id: "CodebookProblem" });

export const draft = z
  .object({
    version: z.int(),
    basedOn: z.int().nullable(),
    revision: count.describe("Give this as `baseRevision` when you save"),
    content: codebookContent,
    rules: z.array(anything).describe("What becomes of annotations under earlier versions"),
    problems: z.array(codebookProblem).describe("What keeps it from being published"),
    changedBy: z.string().nullable(),
    changedOn: moment,
  })
  .meta({ id: "CodebookDraft" });

export const savedDraft = z
  .object({ revision: count, problems: z.array(codebookProblem), changedOn: moment })
  .meta({ id: "SavedDraft" });

export const publication = z
  .object({
    version: z.int(),
    migrationId: id,
    moved: count.describe("Annotation sets that go on under the new version"),
    changed: count,
    remaining: count.describe("Annotations that no rule could bring along"),
  })
  .meta({ id: "Publication" });

const linked = z
  .object({
    documentId: id,
    title: z.string(),
    outlet: z.string().nullable(),
    publishedOn: day,
    likeness: z.number(),
  })
  .meta({ id: "LinkedDocument" });

export const listedDocument = z
  .object({
    documentId: id,
    title: z.string(),
    outlet: z.string().nullable(),
    publishedOn: day,
    language: z.string(),
    event: z.string().nullable(),
    eventId: id.nullable(),
    length: count.describe("Code points"),
    version: z.int(),
    duplicateOf: linked.pick({ documentId: true, title: true, outlet: true }).nullable(),
    reprints: count,
    work,
    isArchived: z.boolean(),
  })
  .meta({ id: "ListedDocument" });

const blockRole = z.enum(BLOCK_ROLES);

export const document = z
  .object({
    documentId: id,
    title: z.string(),
    language: z.string(),
    outlet: z.string().nullable(),
    author: z.string().nullable(),
    publishedOn: day,
    url: z.string().nullable(),
    country: z.string().nullable(),
    section: z.string().nullable(),
    licence: z.string().nullable(),
    event: z.string().nullable(),
    eventId: id.nullable(),
    facts: z.record(z.string(), z.string()).describe("Free fields by name"),
    isArchived: z.boolean(),
    importedOn: z.iso.date(),
    length: count.describe("Code points"),
    words: count,
    sentences: count,
    sha256: sha256.describe("Of the text, in UTF-8"),
    version: z.int(),
    versions: z.int(),
    blocks: z.array(z.object({ position: count, role: blockRole, text: z.string() })),
    duplicateOf: linked.nullable(),
    reprints: z.array(linked),
    assignments: z.array(
      z.object({
        assignmentId: id,
        name: z.string(),
        pseudonym: z.string(),
        state: z.enum(["assigned", "in_progress", "submitted", "skipped"]),
        isWithdrawn: z.boolean(),
      }),
    ),
  })
  .meta({ id: "Document" });

const pairs = z.array(offset).describe("Flat list: start, end, start, end, …");
const textBlock = z
  .object({ role: blockRole, start: offset, end: offset })
  .meta({ id: "TextBlock" });

export const documentText = z
  .object({
    documentId: id,
    version: z.int(),
    text: z.string(),
    sha256,
    length: count.describe("Code points"),
    tokens: pairs,
    sentences: pairs,
    blocks: z.array(textBlock),
  })
  .meta({ id: "DocumentText" });

const importState = z.enum(["open", "reading", "ready", "storing", "done", "cancelled", "failed"]);

export const listedImport = z
  .object({
    importId: id,
    state: importState,
    name: z.string(),
    files: count,
    stored: count,
    refused: count,
    startedOn: z.string().describe("Year-month-day and time, in UTC"),
  })
  .meta({ id: "ListedImport" });

/** An import, whole; one that was only begun has its id and nothing else. */
export const importView = z
  .object({
    importId: id,
    state: importState.optional(),
    settings: anything.optional(),
    found: anything.optional(),
    files: z
      .array(z.object({ name: z.string(), size: count, address: z.string().nullable() }))
      .optional(),
    hiddenFiles: count.optional(),
    done: count.optional(),
    total: count.nullish(),
    rows: z.object({ fresh: count, known: count, refused: count, stored: count }).optional(),
    troubled: count.optional(),
    problem: z.string().nullish(),
    createdAt: moment.optional(),
    endedAt: moment.nullish(),
  })
  .meta({ id: "Import" });

export const importRow = z
  .object({
    position: count,
    state: z.enum(["fresh", "known", "refused", "stored"]),
    file: z.string(),
    place: z.string(),
    line: z.int().nullable(),
    title: z.string(),
    length: count.nullable(),
    notes: z.array(z.string()),
    problem: z.string().nullable(),
    documentId: id.nullable(),
  })
  .meta({ id: "ImportRow" });

const assignmentState = z.enum(["assigned", "in_progress", "submitted", "skipped"]);

export const listedAssignment = z
  .object({
    assignmentId: id,
    documentId: id,
    documentVersion: z.int(),
    roundId: id,
    annotatorId: id,
    annotator: z.string(),
    state: assignmentState,
    skipReason: z.string().nullable(),
    isWithdrawn: z.boolean(),
    repetition: count,
    purpose: z.enum(["work", "training", "gold_check"]),
    activeSeconds: count,
    createdAt: moment,
    submittedAt: moment.nullable(),
  })
  .meta({ id: "ListedAssignment" });

export const ownAssignment = z
  .object({
    assignmentId: id,
    title: z.string(),
    outlet: z.string().nullable(),
    state: assignmentState,
    skipReason: z.string().nullable(),
    words: count,
    spans: count.describe("The caller's own"),
    isTraining: z.boolean(),
    isSourceHidden: z.boolean(),
  })
  .meta({ id: "OwnAssignment" });

export const madeAssignment = z
  .object({
    assignmentId: id,
    documentId: id,
    userId: id,
    outcome: z.enum(["made", "restored", "existing"]),
  })
  .meta({ id: "MadeAssignment" });

const answers = z.record(
  z.string(),
  z.union([z.string(), z.array(z.string()), z.number(), z.boolean()]),
);
const flags = z.array(z.string());

const span = z
  .object({
    id,
    layer: z.string(),
    label: z.string(),
    ranges: z.array(z.object({ start: offset, end: offset, quote: z.string() })),
    attributes: answers,
    flags,
    origin: z.string(),
  })
  .meta({ id: "Span" });

const relation = z
  .object({
    id,
    layer: z.string(),
    label: z.string(),
    from: id,
    to: id,
    attributes: answers,
  })
  .meta({ id: "Relation" });

const unitLabel = z
  .object({
    layer: z.string(),
    label: z.string(),
    unit: z.string(),
    start: offset,
    end: offset,
    value: z.string().nullable(),
    evidence: z.array(id),
    attributes: answers.optional(),
  })
  .meta({ id: "UnitLabel" });

const annotations = z
  .object({
    spans: z.array(span),
    relations: z.array(relation),
    unitLabels: z.array(unitLabel),
    comments: z.array(z.object({ id, spanId: id.nullable(), body: z.string() })),
    flags,
  })
  .meta({ id: "Annotations" });

export const openedAssignment = z
  .object({
    assignmentId: id,
    projectId: id,
    round: z.object({ name: z.string(), instructions: z.string() }),
    state: assignmentState,
    isWithdrawn: z.boolean(),
    document: z.object({
      title: z.string(),
      outlet: z.string().nullable(),
      publishedOn: day,
      language: z.string(),
      text: z.string(),
      textSha256: sha256,
      tokens: pairs,
      sentences: pairs,
      blocks: z.array(textBlock),
    }),
    codebook: codebookContent,
    codebookVersion: z.int(),
    revision: count,
    annotations,
  })
  .meta({ id: "OpenAssignment" });

export const storedOperation = z
  .object({
    id,
    gestureId: id,
    undoes: id.nullable(),
    madeAt: moment,
    change: anything.describe("What was changed; `kind` says how to read it"),
    revision: count,
    outcome: z.enum(["applied", "superseded"]),
  })
  .meta({ id: "StoredOperation" });

export const batchAnswer = z
  .object({
    revision: count,
    results: z.array(
      z.object({
        id,
        outcome: z.enum(["applied", "superseded", "refused"]),
        revision: count.optional(),
        message: z.string().optional().describe("Why it was refused"),
      }),
    ),
    missed: z.array(storedOperation).describe("What others did since `baseRevision`"),
    submitted: z.boolean(),
  })
  .meta({ id: "BatchAnswer" });

export const listedSet = z
  .object({
    setId: id,
    kind: z.enum(["annotator", "gold"]),
    documentId: id,
    documentVersion: z.int(),
    textSha256: sha256.describe("Of the text that the offsets count in"),
    codebookVersion: z.int(),
    annotatorId: id.nullable(),
    annotator: z.string().nullable().describe("A name for leads, else a pseudonym"),
    roundId: id.nullable(),
    repetition: count.nullable(),
    revision: count,
    submittedOn: day,
    activeSeconds: count.nullable(),
    spans: count,
  })
  .meta({ id: "ListedAnnotationSet" });

export const annotationSet = listedSet.extend({ annotations }).meta({ id: "AnnotationSet" });

export const listedAdjudication = z
  .object({
    documentId: id,
    title: z.string(),
    outlet: z.string().nullable(),
    submissions: count,
    adjudicationId: id.nullable(),
    state: z.enum(["none", "open", "finished"]),
    isStale: z.boolean(),
    decided: count,
    adjudicator: z.string().nullable(),
    obstacle: z.enum(["own_work", "one_submission"]).nullable(),
  })
  .meta({ id: "ListedAdjudication" });

export const adjudication = z
  .object({
    adjudicationId: id,
    state: z.enum(["open", "finished"]),
    isStale: z.boolean(),
    hidesNames: z.boolean(),
    document: z.object({
      documentId: id,
      versionId: id,
      version: z.int(),
      title: z.string(),
      text: z.string(),
      sha256,
    }),
    annotators: z.array(z.object({ id, name: z.string() })),
    items: z.array(anything).describe("What there is to decide, with the options of each"),
    decisions: z.array(anything).describe("Decisions that stand"),
    gold: annotations,
  })
  .meta({ id: "Adjudication" });

export const agreement = z
  .object({
    choice: anything.describe("The settings that the figures were computed with"),
    codebook: z.object({ name: z.string(), version: z.int() }).nullable(),
    versions: z.array(z.int()),
    rounds: z.array(z.object({ position: z.int(), name: z.string() })),
    annotators: z.array(z.object({ id, name: z.string() })),
    documentCount: count,
    layers: z
      .array(anything)
      .nullable()
      .describe("The figures of each layer; null while they are computed: ask again"),
    computedAt: moment.nullable(),
    resampled: z.array(anything).nullable().describe("Confidence intervals and gamma, by layer"),
    running: anything.nullable().describe("The computation in the background"),
    inputHash: z.string(),
    leftOut: z.array(z.object({ documentId: id, title: z.string() })),
    takenOut: z.array(z.object({ id, title: z.string() })),
    excluded: z.object({ annotators: count, documents: count }),
    notCounted: z.object({ notAnnotatable: count, takenOut: count, repeated: count }),
  })
  .meta({ id: "AgreementReport" });

export const agreementState = z
  .object({
    inputHash: z.string(),
    parts: count.describe("How many of its two parts are computed"),
    running: anything.nullable(),
  })
  .meta({ id: "AgreementState" });

const releaseFields = {
  releaseId: id,
  version: z.int(),
  name: z.string(),
  state: z.enum(["preparing", "ready", "failed"]),
  jobId: id,
  settings: anything,
  manifest: anything.nullable(),
  sha256: sha256.nullable().describe("Of the archive"),
  createdAt: moment,
  readyAt: moment.nullable(),
  fileName: z.string(),
};

export const listedRelease = z.object(releaseFields).meta({ id: "ListedRelease" });

export const release = z
  .object({
    ...releaseFields,
    formats: z.array(
      z.object({
        format: z.string(),
        title: z.string(),
        about: z.string(),
        isReady: z.boolean(),
        losses: z.array(anything).describe("What this format cannot hold"),
      }),
    ),
  })
  .meta({ id: "Release" });

export const madeRelease = z
  .object({ releaseId: id, jobId: id, version: z.int() })
  .meta({ id: "MadeRelease" });

export const releaseDifference = z
  .object({ older: z.int(), newer: z.int(), difference: anything })
  .meta({ id: "ReleaseDifference" });

export const member = z
  .object({
    userId: id,
    name: z.string(),
    email: z.string(),
    role: z.enum(PROJECT_ROLES),
    pseudonym: z.string().nullable(),
    canAnnotate: z.boolean(),
    isSelf: z.boolean(),
    isInvited: z.boolean(),
    isDisabled: z.boolean(),
    assigned: count,
    submitted: count,
  })
  .meta({ id: "Member" });

export const addedMember = z
  .object({
    userId: id,
    link: z
      .string()
      .nullable()
      .describe(
        "Path of the page where a new person sets a password: hand it to them. It works once",
      ),
  })
  .meta({ id: "AddedMember" });

export const job = z
  .object({
    jobId: id,
    kind: z.string(),
    state: z.enum(["waiting", "running", "done", "failed", "cancelled"]),
    done: count,
    total: count.nullable(),
    problem: z.string().nullable(),
    result: anything.nullable(),
    createdAt: moment,
    endedAt: moment.nullable(),
  })
  .meta({ id: "Job" });

export const auditEvent = z
  .object({
    eventId: id,
    at: moment,
    action: z.string(),
    actorId: id.nullable(),
    actor: z.string().nullable(),
    targetType: z.string(),
    targetId: z.string().nullable(),
    detail: anything,
  })
  .meta({ id: "AuditEvent" });

/** The job that is writing a file. */
export const waitingJob = z.object({ jobId: id }).meta({ id: "WaitingJob" });
