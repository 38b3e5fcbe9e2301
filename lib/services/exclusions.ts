import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "./audit";
import { nameInput } from "./inputs";
import type { Queryable } from "./submitted-sets";
import { defineUseCase } from "./use-case";

/** An annotator or a document that figures leave out, or left out until it was lifted. */
export type Exclusion = {
  exclusionId: string;
  kind: "annotator" | "document";
  /** Id of the annotator or document. */
  subjectId: string;
  name: string;
  reason: string;
  by: string | null;
  /** Days, in UTC. */
  on: string;
  liftedBy: string | null;
  liftedOn: string | null;
};

/** All exclusions of a project, those in force first. */
export const listExclusions = defineUseCase({
  name: "listExclusions",
  permission: "progress.see",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }) {
    const { rows } = await pool().query<Exclusion>(LIST, [projectId]);
    return success(rows);
  },
});

const LIST = `
SELECT x.id AS "exclusionId", CASE WHEN x.annotator_id IS NULL THEN 'document' ELSE 'annotator' END AS kind,
       coalesce(x.annotator_id, x.document_id) AS "subjectId",
       coalesce(d.title, who.name, n.pseudonym) AS name, x.reason,
       maker.name AS by, to_char(x.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS on,
       lifter.name AS "liftedBy", to_char(x.lifted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "liftedOn"
  FROM figure_exclusion x
  LEFT JOIN document d ON d.project_id = x.project_id AND d.id = x.document_id
  LEFT JOIN annotator n ON n.project_id = x.project_id AND n.id = x.annotator_id
  LEFT JOIN "user" who ON who.id = n.user_id
  LEFT JOIN "user" maker ON maker.id = x.created_by_id
  LEFT JOIN "user" lifter ON lifter.id = x.lifted_by_id
 WHERE x.project_id = $1
 ORDER BY x.lifted_at IS NOT NULL, x.created_at DESC, x.id`;

/** Leaves an annotator or a document out of figures, with a reason. Their work stays as it is. */
export const excludeFromFigures = defineUseCase({
  name: "excludeFromFigures",
  permission: "figures.exclude",
  scope: "project",
  needsLiveProject: true,
  input: z.strictObject({
    projectId: z.uuid(),
    kind: z.enum(["annotator", "document"]),
    subjectId: z.uuid(),
    reason: nameInput(500),
  }),
  async run(
    { projectId, kind, subjectId, reason },
    caller,
  ): Promise<Result<{ exclusionId: string }>> {
    const exclusionId = newId();
    const { rowCount } = await pool().query(
      kind === "annotator" ? EXCLUDE_ANNOTATOR : EXCLUDE_DOCUMENT,
      [projectId, exclusionId, subjectId, reason, caller.userId],
    );
    if (rowCount === 0) {
      return failure("closed", "This is left out already, or it is not part of the project.");
    }
    await recordAudit(caller, {
      action: "figures.excluded",
      targetType: kind,
      targetId: subjectId,
      detail: { reason },
    });
    return success({ exclusionId });
  },
});

const EXCLUDE_ANNOTATOR = `
INSERT INTO figure_exclusion (project_id, id, annotator_id, reason, created_by_id)
SELECT n.project_id, $2::uuid, n.id, $4, $5::uuid FROM annotator n WHERE n.project_id = $1 AND n.id = $3
ON CONFLICT DO NOTHING`;

const EXCLUDE_DOCUMENT = `
INSERT INTO figure_exclusion (project_id, id, document_id, reason, created_by_id)
SELECT d.project_id, $2::uuid, d.id, $4, $5::uuid FROM document d WHERE d.project_id = $1 AND d.id = $3
ON CONFLICT DO NOTHING`;

/** Lets figures count again what was left out. The exclusion stays in the list, as lifted. */
export const liftExclusion = defineUseCase({
  name: "liftExclusion",
  permission: "figures.exclude",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), exclusionId: z.uuid() }),
  async run({ projectId, exclusionId }, caller): Promise<Result<object>> {
    const { rowCount } = await pool().query(
      `UPDATE figure_exclusion SET lifted_at = now(), lifted_by_id = $3
        WHERE project_id = $1 AND id = $2 AND lifted_at IS NULL`,
      [projectId, exclusionId, caller.userId],
    );
    if (rowCount === 0) return failure("closed", "This counts again already. Reload the page.");
    await recordAudit(caller, {
      action: "figures.exclusion_lifted",
      targetType: "figure_exclusion",
      targetId: exclusionId,
    });
    return success({});
  },
});

/** How many annotators and documents of a project figures leave out now. */
export async function countExclusions(
  projectId: string,
  client: Queryable = pool(),
): Promise<{ annotators: number; documents: number }> {
  const { rows } = await client.query<{ annotators: number; documents: number }>(
    `SELECT count(annotator_id)::int AS annotators, count(document_id)::int AS documents
       FROM figure_exclusion WHERE project_id = $1 AND lifted_at IS NULL`,
    [projectId],
  );
  return rows[0] ?? { annotators: 0, documents: 0 };
}
