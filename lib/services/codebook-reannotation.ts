import "server-only";
import { z } from "zod";
import { diffCodebooks, labelsToReconsider } from "@/lib/domain/codebook/diff";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { makeAssignments, type Pair } from "./assignment-store";
import { recordAudit } from "./audit";
import { findVersion } from "./codebook-store";
import { nameInput } from "./inputs";
import { inLiveProject } from "./project-store";
import { defineUseCase } from "./use-case";

/** What was annotated under labels that a later version defines otherwise. */
export type Affected = {
  labels: {
    layer: string;
    key: string;
    name: string;
    /** What changed, in one or more sentences. */
    reason: string;
    /** Submitted annotations that carry it. */
    annotations: number;
  }[];
  documents: { documentId: string; title: string; annotations: number; annotators: number }[];
  /** Pairs of a document and somebody who annotated it under these labels. */
  assignments: number;
  /** Pairs of a document of these and anybody who annotated it, under these labels or not. */
  assignmentsOfAll: number;
};

const labelsInput = z.array(z.strictObject({ layer: z.string(), key: z.string() })).max(20_000);

const between = z.strictObject({
  projectId: z.uuid(),
  from: z.number().int().min(1),
  to: z.number().int().min(1),
  /** Only these of the labels; all of them where left out. */
  labels: labelsInput.optional(),
});

type Between = z.output<typeof between>;

/** Submitted annotations whose label means something else in a later version. */
export const listAffected = defineUseCase({
  name: "listAffected",
  permission: "codebook.publish",
  scope: "project",
  input: between,
  async run(input): Promise<Result<Affected>> {
    return findAffected(input);
  },
});

/**
 * Makes a round in which those who annotated the affected documents do so again, by the version in
 * force. Their earlier work stays as it is.
 */
export const startReannotation = defineUseCase({
  name: "startReannotation",
  permission: "codebook.publish",
  scope: "project",
  input: between.extend({
    name: nameInput(120),
    /** Those who gave the labels, or all who annotated the documents: agreement needs both sides. */
    who: z.enum(["who_gave_them", "all"]).default("who_gave_them"),
  }),
  async run(
    { name, who, ...input },
    caller,
  ): Promise<Result<{ roundId: string; assignments: number }>> {
    const { projectId } = input;
    const affected = await findAffected(input);
    if (!affected.ok) return affected;
    const pairs = await pairsOf(projectId, affected.value.labels, who);
    if (pairs.length === 0) {
      return failure("conflict", "Nobody has submitted anything under these labels.");
    }
    const made = await inLiveProject(projectId, async (tx) => {
      const inForce = await tx.codebookVersion.findFirst({
        where: { projectId, state: "published" },
        select: { id: true },
      });
      if (inForce === null) return failure<{ roundId: string }>("not_found", NO_VERSION);
      const roundId = newId();
      const last = await tx.round.aggregate({ where: { projectId }, _max: { position: true } });
      await tx.round.create({
        data: {
          projectId,
          id: roundId,
          position: (last._max.position ?? 0) + 1,
          kind: "reannotation",
          name,
          codebookVersionId: inForce.id,
          settings: await settingsFor(tx, projectId, pairs),
        },
      });
      await makeAssignments(tx, projectId, pairs);
      return success({ roundId });
    });
    if (!made.ok) return made;
    await recordAudit(caller, {
      action: "round.reannotation_started",
      targetType: "round",
      targetId: made.value.roundId,
      detail: { from: input.from, to: input.to, assignments: pairs.length },
    });
    return success({ ...made.value, assignments: pairs.length });
  },
});

const NO_VERSION = "There is no such version of the codebook.";

async function findAffected({ projectId, from, to, labels }: Between): Promise<Result<Affected>> {
  const before = await findVersion(projectId, from);
  const after = await findVersion(projectId, to);
  if (before === null || after === null) return failure("not_found", NO_VERSION);
  const changes = diffCodebooks(before.codebook, after.codebook);
  const changed = labelsToReconsider(changes, before.codebook).filter(
    (each) =>
      labels === undefined ||
      labels.some(({ layer, key }) => layer === each.layer && key === each.label),
  );
  const counts = await pool().query<{ layer: string; label: string; annotations: number }>(
    `WITH work AS (${WORK})
     SELECT layer, label, count(*)::int AS annotations FROM work GROUP BY 1, 2`,
    [projectId, JSON.stringify(changed)],
  );
  const documents = await pool().query<Affected["documents"][number]>(
    `WITH work AS (${WORK})
     SELECT d.id AS "documentId", d.title, count(*)::int AS annotations,
            count(DISTINCT w.annotator_id)::int AS annotators
       FROM work w JOIN document d ON d.project_id = $1 AND d.id = w.document_id
      GROUP BY d.id, d.title, d.seq ORDER BY d.seq`,
    [projectId, JSON.stringify(changed)],
  );
  const all = await pool().query<{ count: number }>(
    `SELECT count(DISTINCT (a.document_id, a.annotator_id))::int AS count FROM assignment a
      WHERE a.project_id = $1 AND a.document_id = ANY($2::uuid[]) AND ${IS_DONE}`,
    [projectId, documents.rows.map(({ documentId }) => documentId)],
  );
  const nameOf = (layer: string, label: string) =>
    before.codebook.layers
      .find((each) => each.key === layer)
      ?.labels.find((each) => each.key === label)?.name ?? label;
  return success({
    labels: changed.flatMap(({ layer, label, reasons }) => {
      const row = counts.rows.find((each) => each.layer === layer && each.label === label);
      if (row === undefined) return [];
      const { annotations } = row;
      const name = nameOf(layer, label);
      return [{ layer, key: label, name, reason: reasons.join(" "), annotations }];
    }),
    documents: documents.rows,
    assignments: documents.rows.reduce((sum, { annotators }) => sum + annotators, 0),
    assignmentsOfAll: all.rows[0]?.count ?? 0,
  });
}

/**
 * Those who submitted something under the labels, with the document, or all who submitted one of these
 * documents; not those whose account is gone.
 */
async function pairsOf(
  projectId: string,
  labels: Affected["labels"],
  who: "who_gave_them" | "all",
): Promise<Pair[]> {
  const { rows } = await pool().query<Pair>(
    `WITH work AS (${WORK}), wanted AS (
       SELECT w.document_id, w.annotator_id FROM work w
        UNION SELECT a.document_id, a.annotator_id FROM assignment a
        WHERE $3::boolean AND a.project_id = $1 AND ${IS_DONE}
          AND a.document_id IN (SELECT document_id FROM work)
     )
     SELECT DISTINCT w.document_id AS "documentId", n.user_id AS "userId"
       FROM wanted w
       JOIN annotator n ON n.project_id = $1 AND n.id = w.annotator_id
       JOIN membership m ON m.project_id = $1 AND m.user_id = n.user_id AND m.ended_at IS NULL`,
    [
      projectId,
      JSON.stringify(labels.map(({ layer, key }) => ({ layer, label: key }))),
      who === "all",
    ],
  );
  return rows;
}

/** Who annotates again sees no more of a document's source than before. */
async function settingsFor(
  tx: Transaction,
  projectId: string,
  pairs: readonly Pair[],
): Promise<{ isSourceBlind?: boolean }> {
  const rows = await tx.$queryRaw<{ is_blind: boolean | null }[]>`
    SELECT bool_or((r.settings ->> 'isSourceBlind')::boolean) AS is_blind
      FROM assignment a JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
     WHERE a.project_id = ${projectId}::uuid AND a.withdrawn_at IS NULL
       AND a.document_id = ANY(${[...new Set(pairs.map(({ documentId }) => documentId))]}::uuid[])`;
  return rows[0]?.is_blind === true ? { isSourceBlind: true } : {};
}

/** An assignment `a` that counts as annotated work. */
const IS_DONE = "a.state = 'submitted' AND a.withdrawn_at IS NULL AND a.purpose = 'work'";

/** Submitted annotations under labels of $2, with whose they are. */
const WORK = ["span", "relation", "unit_label"]
  .map(
    (table) => `
  SELECT x.layer_key AS layer, x.label_key AS label, a.document_id, a.annotator_id
    FROM ${table} x
    JOIN jsonb_to_recordset($2::jsonb) AS c(layer text, label text)
      ON c.layer = x.layer_key AND c.label = x.label_key
    JOIN annotation_set s ON s.project_id = $1 AND s.id = x.annotation_set_id
    JOIN assignment a ON a.project_id = $1 AND a.id = s.assignment_id
    JOIN document d ON d.project_id = $1 AND d.id = a.document_id
   WHERE x.project_id = $1 AND NOT x.is_removed AND ${IS_DONE} AND d.archived_at IS NULL`,
  )
  .join("\n UNION ALL");
