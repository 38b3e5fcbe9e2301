import "server-only";
import { z } from "zod";
import { planRound } from "@/lib/domain/campaign/plan";
import type { Plan, PlanDocument } from "@/lib/domain/campaign/planned";
import { roundSettingsSchema } from "@/lib/domain/campaign/round-settings";
import { failure, type Result, success } from "@/lib/domain/result";
import { db, pool } from "@/lib/server/db";
import { recordAudit } from "./audit";
import { nameInput, proseInput } from "./inputs";
import { queueJob } from "./job-runs";
import { canAnnotate } from "./member-store";
import { inLiveProject } from "./project-store";
import { type PlanPreview, previewPlan } from "./round-preview";
import {
  insertRound,
  planDocuments,
  readSettings,
  type StoredSettings,
  storePlan,
} from "./round-store";
import { defineUseCase } from "./use-case";

/** More assignments than this are stored in the background. */
const MOST_AT_ONCE = 10_000;

const ROUND_KINDS = ["pilot", "training", "main", "reannotation"] as const;

const when = z.coerce.date().nullable().default(null);

const planInput = {
  projectId: z.uuid(),
  settings: roundSettingsSchema,
  annotators: z
    .array(
      z.strictObject({
        userId: z.uuid(),
        groups: z.array(nameInput(80)).max(5).default([]),
      }),
    )
    .min(1, "Choose at least one annotator.")
    .max(500),
  /** Null means every document of the project. */
  documentIds: z.array(z.uuid()).min(1, "Choose at least one document.").max(100_000).nullable(),
  trainingIds: z.array(z.uuid()).max(100).default([]),
  goldIds: z.array(z.uuid()).max(1_000).default([]),
  /** Pairs that the lead fixed. */
  fixed: z
    .array(z.strictObject({ documentId: z.uuid(), userId: z.uuid() }))
    .max(100_000)
    .default([]),
};

/** Works out a plan and says what it would do; the same input gives the same plan when it is made. */
export const previewRound = defineUseCase({
  name: "previewRound",
  permission: "assignment.plan",
  scope: "project",
  input: z.strictObject(planInput),
  async run(input): Promise<Result<PlanPreview>> {
    const planned = await makePlan(input);
    if (!planned.ok) return planned;
    const { plan, documents } = planned.value;
    return success(await previewPlan(input.projectId, plan, documents, input.annotators));
  },
});

/** Makes a round and hands out its documents, all or nothing; a large one in the background. */
export const createRound = defineUseCase({
  name: "createRound",
  permission: "assignment.plan",
  scope: "project",
  input: z.strictObject({
    ...planInput,
    name: nameInput(),
    kind: z.enum(ROUND_KINDS).default("main"),
    instructions: proseInput(20_000).default(""),
    /** Null means the published version of the codebook. */
    codebookVersionId: z.uuid().nullable().default(null),
    opensAt: when,
    closesAt: when,
  }),
  async run(input, caller): Promise<Result<{ roundId: string; jobId: string | null }>> {
    const { projectId, opensAt, closesAt } = input;
    if (opensAt !== null && closesAt !== null && closesAt <= opensAt) {
      return failure("invalid", "The round ends before it begins.", { place: "closesAt" });
    }
    const planned = await makePlan(input);
    if (!planned.ok) return planned;
    const { plan } = planned.value;
    const isLarge = plan.assignments.length > MOST_AT_ONCE;
    const made = await inLiveProject(
      projectId,
      async (tx): Promise<Result<{ roundId: string; jobId: string | null }>> => {
        const codebook = await tx.codebookVersion.findFirst({
          where: {
            projectId,
            ...(input.codebookVersionId === null
              ? { state: "published" }
              : { id: input.codebookVersionId, state: { in: ["published", "superseded"] } }),
          },
          select: { id: true },
        });
        if (codebook === null) {
          return failure(
            "invalid",
            "Publish the codebook first: a round needs a published version.",
          );
        }
        const roundId = await insertRound(tx, {
          projectId,
          kind: input.kind,
          name: input.name,
          codebookVersionId: codebook.id,
          instructions: input.instructions,
          opensAt,
          closesAt,
          settings: { ...input.settings, annotators: input.annotators },
        });
        if (!isLarge) {
          await storePlan(tx, { projectId, roundId, plan });
          return success({ roundId, jobId: null });
        }
        const jobId = await queueJob(tx, {
          projectId,
          kind: "round.fill",
          input: {
            roundId,
            documentIds: planned.value.documents.map(({ documentId }) => documentId),
            trainingIds: input.trainingIds,
            goldIds: input.goldIds,
            fixed: input.fixed,
          },
          requestedBy: caller.userId,
        });
        return success({ roundId, jobId });
      },
    );
    if (!made.ok) return made;
    await recordAudit(caller, {
      action: "round.created",
      targetType: "round",
      targetId: made.value.roundId,
      detail: {
        assignments: plan.assignments.length,
        places: plan.queue.length,
        annotators: input.annotators.length,
        seed: input.settings.plan.seed,
      },
    });
    return made;
  },
});

/** A document that can be planned. */
export type PlannableDocument = {
  documentId: string;
  title: string;
  outlet: string | null;
  event: string | null;
  words: number;
  /** Rounds that it has been in. */
  rounds: number;
};

/** More documents than this are planned all together or not at all. */
const MOST_LISTED = 5_000;

/** What a round can be planned with: documents and codebook versions. */
export const listPlannable = defineUseCase({
  name: "listPlannable",
  permission: "assignment.plan",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }) {
    const [documents, codebooks, all] = await Promise.all([
      pool().query<PlannableDocument>(PLANNABLE, [projectId, MOST_LISTED]),
      db().codebookVersion.findMany({
        where: { projectId, state: { in: ["published", "superseded"] } },
        orderBy: { version: "desc" },
        select: { id: true, version: true, name: true, state: true },
      }),
      db().document.count({ where: { projectId, archivedAt: null, duplicateOfId: null } }),
    ]);
    return success({ documents: documents.rows, all, codebooks });
  },
});

const PLANNABLE = `
SELECT d.id AS "documentId", d.title, d.outlet, e.name AS event,
       (SELECT cardinality(v.tokens) / 2 FROM document_version v
         WHERE v.project_id = d.project_id AND v.document_id = d.id
         ORDER BY v.version DESC LIMIT 1) AS words,
       (SELECT count(DISTINCT a.round_id)::int FROM assignment a
         WHERE a.project_id = d.project_id AND a.document_id = d.id AND a.withdrawn_at IS NULL)
         AS rounds
  FROM document d LEFT JOIN event e ON e.project_id = d.project_id AND e.id = d.event_id
 WHERE d.project_id = $1 AND d.archived_at IS NULL AND d.duplicate_of_id IS NULL
 ORDER BY d.seq LIMIT $2`;

/** A round in the list of a project's. */
export type RoundRow = {
  roundId: string;
  position: number;
  name: string;
  kind: string;
  handOut: "push" | "pull";
  codebookVersion: number;
  opensAt: Date | null;
  closesAt: Date | null;
  documents: number;
  annotators: number;
  assigned: number;
  inProgress: number;
  submitted: number;
  skipped: number;
  /** Places of a pull round that nobody has taken. */
  free: number;
};

/** The rounds of a project, newest first, with how far they are. */
export const listRounds = defineUseCase({
  name: "listRounds",
  permission: "assignment.plan",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }): Promise<Result<RoundRow[]>> {
    const { rows } = await pool().query<RoundRow & { settings: unknown }>(ROUNDS, [
      projectId,
      null,
    ]);
    return success(rows.map(toRow));
  },
});

/** All about one round. */
export type OpenRound = RoundRow & {
  instructions: string;
  settings: StoredSettings;
};

/** One round with its settings. */
export const openRound = defineUseCase({
  name: "openRound",
  permission: "assignment.plan",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), roundId: z.uuid() }),
  async run({ projectId, roundId }): Promise<Result<OpenRound>> {
    const { rows } = await pool().query<RoundRow & { settings: unknown; instructions: string }>(
      ROUNDS,
      [projectId, roundId],
    );
    const row = rows[0];
    if (row === undefined) return failure("not_found", "This round does not exist.");
    return success({
      ...toRow(row),
      instructions: row.instructions,
      settings: readSettings(row.settings),
    });
  },
});

/** Changes what may change while a round runs. */
export const changeRound = defineUseCase({
  name: "changeRound",
  permission: "assignment.plan",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    roundId: z.uuid(),
    name: nameInput(),
    instructions: proseInput(20_000),
    opensAt: when,
    closesAt: when,
    /** Whether annotators read what was decided; as before where it is left out. */
    showsDecisions: z.boolean().optional(),
  }),
  async run({ projectId, roundId, showsDecisions, ...change }, caller): Promise<Result<null>> {
    if (change.opensAt !== null && change.closesAt !== null && change.closesAt <= change.opensAt) {
      return failure("invalid", "The round ends before it begins.", { place: "closesAt" });
    }
    const { count } = await db().round.updateMany({
      where: { projectId, id: roundId },
      data: change,
    });
    if (count === 0) return failure("not_found", "This round does not exist.");
    if (showsDecisions !== undefined) {
      await pool().query(
        `UPDATE round SET settings = settings || jsonb_build_object('showsDecisions', $3::boolean)
          WHERE project_id = $1 AND id = $2`,
        [projectId, roundId, showsDecisions],
      );
    }
    await recordAudit(caller, {
      action: "round.changed",
      targetType: "round",
      targetId: roundId,
      detail: showsDecisions === undefined ? {} : { showsDecisions },
    });
    return success(null);
  },
});

type Planned = { plan: Plan; documents: PlanDocument[] };

async function makePlan(input: {
  projectId: string;
  settings: z.output<typeof roundSettingsSchema>;
  annotators: { userId: string; groups: string[] }[];
  documentIds: string[] | null;
  trainingIds: string[];
  goldIds: string[];
  fixed: { documentId: string; userId: string }[];
}): Promise<Result<Planned>> {
  const { projectId, annotators, settings, trainingIds, goldIds, fixed } = input;
  const members = await db().membership.findMany({
    where: { projectId, userId: { in: annotators.map(({ userId }) => userId) }, endedAt: null },
    select: { role: true },
  });
  if (members.filter(({ role }) => canAnnotate(role)).length !== annotators.length) {
    return failure(
      "invalid",
      "Somebody chosen is not an annotator here any more. Reload the page.",
      { place: "annotators" },
    );
  }
  if (settings.plan.handOut === "pull" && settings.plan.events === "together") {
    return failure(
      "invalid",
      "Documents of an event can be kept together only where lists are handed out.",
      { place: "settings.plan.events" },
    );
  }
  if (settings.plan.handOut === "pull" && settings.plan.groups.length > 0) {
    return failure("invalid", "Groups can be asked for only where lists are handed out.", {
      place: "settings.plan.groups",
    });
  }
  const documents = await planDocuments(projectId, input.documentIds);
  if (documents.length === 0) {
    return failure("invalid", "There is no document to annotate. Add some first.", {
      place: "documentIds",
    });
  }
  if (input.documentIds !== null && documents.length !== new Set(input.documentIds).size) {
    return failure("invalid", "A document was archived meanwhile. Reload the page.", {
      place: "documentIds",
    });
  }
  const known = new Set(documents.map(({ documentId }) => documentId));
  if (![...trainingIds, ...goldIds].every((id) => known.has(id))) {
    return failure("invalid", "Training and gold documents must be among those chosen.", {
      place: "goldIds",
    });
  }
  const chosen = new Set(annotators.map(({ userId }) => userId));
  if (!fixed.every(({ documentId, userId }) => known.has(documentId) && chosen.has(userId))) {
    return failure("invalid", "A fixed list names a document or a person that is not chosen.", {
      place: "fixed",
    });
  }
  if (settings.plan.handOut === "pull" && fixed.length > 0) {
    return failure("invalid", "Fixed lists can be given only where lists are handed out.", {
      place: "fixed",
    });
  }
  if (settings.plan.fixedOnly && fixed.length === 0) {
    return failure("invalid", "Nothing but fixed lists is asked for, and there are none.", {
      place: "fixed",
    });
  }
  const plan = planRound({
    documents,
    annotators,
    settings: settings.plan,
    trainingIds,
    goldIds,
    fixed,
  });
  return success({ plan, documents });
}

const ROUNDS = `
SELECT r.id AS "roundId", r.position, r.name, r.kind::text, r.instructions, r.settings,
       c.version AS "codebookVersion", r.opens_at AS "opensAt", r.closes_at AS "closesAt",
       coalesce(a.documents, 0) AS documents, coalesce(a.annotators, 0) AS annotators,
       coalesce(a.assigned, 0) AS assigned, coalesce(a.in_progress, 0) AS "inProgress",
       coalesce(a.submitted, 0) AS submitted, coalesce(a.skipped, 0) AS skipped,
       coalesce(q.documents, 0) AS queued, coalesce(q.free, 0) AS free
  FROM round r
  JOIN codebook_version c ON c.project_id = r.project_id AND c.id = r.codebook_version_id
  LEFT JOIN LATERAL (
    SELECT count(DISTINCT a.document_id)::int AS documents,
           count(DISTINCT a.annotator_id)::int AS annotators,
           count(*) FILTER (WHERE a.state = 'assigned')::int AS assigned,
           count(*) FILTER (WHERE a.state = 'in_progress')::int AS in_progress,
           count(*) FILTER (WHERE a.state = 'submitted')::int AS submitted,
           count(*) FILTER (WHERE a.state = 'skipped')::int AS skipped
      FROM assignment a
     WHERE a.project_id = r.project_id AND a.round_id = r.id AND a.withdrawn_at IS NULL) a ON true
  LEFT JOIN LATERAL (
    SELECT count(*)::int AS documents, sum(q.wanted - q.claimed)::int AS free
      FROM round_document q WHERE q.project_id = r.project_id AND q.round_id = r.id) q ON true
 WHERE r.project_id = $1 AND ($2::uuid IS NULL OR r.id = $2)
 ORDER BY r.position DESC`;

function toRow(stored: RoundRow & { settings: unknown; queued?: number }): RoundRow {
  const settings = readSettings(stored.settings);
  const isPull = settings.plan.handOut === "pull";
  const { settings: _, queued = 0, ...row } = stored;
  return {
    ...row,
    handOut: settings.plan.handOut,
    documents: isPull ? queued : row.documents,
    annotators: isPull ? settings.annotators.length : row.annotators,
  };
}
