import "server-only";
import { z } from "zod";
import type { Lost } from "@/lib/domain/corpus/carry";
import { type Result, success } from "@/lib/domain/result";
import { BLOCK_ROLES } from "@/lib/domain/text/roles";
import { isStorable } from "@/lib/domain/text/storable";
import { pool } from "@/lib/server/db";
import { recordAudit } from "./audit";
import {
  type CorrectionPreview,
  planCorrection,
  planReversal,
  type SetFate,
  shownLoss,
  shownPlan,
} from "./correction-plan";
import { type CorrectionMade, carryOut, holdWork } from "./correction-store";
import { proseInput } from "./inputs";
import { holdingLiveProject } from "./project-store";
import { type Caller, defineUseCase } from "./use-case";

const lineInput = z.strictObject({
  /** The line that it was, from 0; null for a new one. */
  from: z.number().int().min(0).nullable(),
  role: z.enum(BLOCK_ROLES),
  text: z
    .string()
    .max(2_000_000)
    .refine(isStorable, "This line holds a character that cannot be stored."),
});

const correctionInput = z.strictObject({
  projectId: z.uuid(),
  documentId: z.uuid(),
  /** The version that the person saw. */
  version: z.number().int().min(1),
  lines: z.array(lineInput).min(1, "A document has at least one line.").max(20_000),
});

/** Says what a correction would do; stores nothing. */
export const previewCorrection = defineUseCase({
  name: "previewCorrection",
  permission: "document.import",
  scope: "project",
  input: correctionInput,
  async run({ projectId, documentId, version, lines }): Promise<Result<CorrectionPreview>> {
    const planned = await planCorrection(pool(), { projectId, documentId, version, lines });
    return planned.ok ? success(shownPlan(planned.value)) : planned;
  },
});

/**
 * Makes a new version of a document's text. Each annotation set goes on in a new set with what could
 * follow; its assignment goes with it, submitted work included. The old text and sets stay as they were.
 */
export const correctDocument = defineUseCase({
  name: "correctDocument",
  permission: "document.import",
  scope: "project",
  input: correctionInput.extend({ reason: proseInput(500).default("") }),
  async run({ projectId, documentId, version, lines, reason }, caller) {
    const made = await holdingLiveProject(projectId, async (client) => {
      await holdWork(client, projectId, documentId);
      const planned = await planCorrection(client, { projectId, documentId, version, lines });
      if (!planned.ok) return planned;
      return success(
        await carryOut(client, planned.value, { reason, revertsId: null, userId: caller.userId }),
      );
    });
    if (made.ok) await noteCorrection(caller, documentId, made.value);
    return made;
  },
});

/**
 * Goes back to the text before the latest correction, as a new version. What was annotated since
 * follows, and what the correction could not carry comes back.
 */
export const revertCorrection = defineUseCase({
  name: "revertCorrection",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), documentId: z.uuid(), correctionId: z.uuid() }),
  async run({ projectId, documentId, correctionId }, caller) {
    const made = await holdingLiveProject(projectId, async (client) => {
      await holdWork(client, projectId, documentId);
      const planned = await planReversal(client, { projectId, documentId, correctionId });
      if (!planned.ok) return planned;
      const revertsId = correctionId;
      return success(
        await carryOut(client, planned.value, { reason: "", revertsId, userId: caller.userId }),
      );
    });
    if (made.ok) await noteCorrection(caller, documentId, made.value);
    return made;
  },
});

/** One correction of a document, the newest first. */
export type ListedCorrection = {
  correctionId: string;
  version: number;
  reason: string;
  by: string | null;
  on: string;
  isReversal: boolean;
  sets: { setId: string; author: string; carried: number; lost: SetFate["lost"] }[];
};

/** What was corrected in a document, and what could not follow. */
export const listCorrections = defineUseCase({
  name: "listCorrections",
  permission: "document.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), documentId: z.uuid() }),
  async run({ projectId, documentId }): Promise<Result<ListedCorrection[]>> {
    const { rows } = await pool().query<
      Omit<ListedCorrection, "sets"> & {
        sets: { setId: string; author: string; carried: number; lost: Lost[] }[] | null;
      }
    >(LIST, [projectId, documentId]);
    return success(
      rows.map((row) => ({
        ...row,
        sets: (row.sets ?? []).map((set) => ({ ...set, lost: set.lost.map(shownLoss) })),
      })),
    );
  },
});

const AUTHOR = `coalesce(u.name, n.pseudonym, nullif(s.name, ''), s.kind::text)`;

const LIST = `
SELECT c.id AS "correctionId", v.version, c.reason, w.name AS by,
       to_char(c.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS on,
       c.reverts_id IS NOT NULL AS "isReversal",
       (SELECT json_agg(json_build_object('setId', x.from_set_id, 'author', ${AUTHOR},
                 'carried', (SELECT count(*) FROM jsonb_object_keys(x.carried)), 'lost', x.lost)
                 ORDER BY ${AUTHOR}, s.id)
          FROM corrected_set x
          JOIN annotation_set s ON s.project_id = x.project_id AND s.id = x.from_set_id
          LEFT JOIN annotator n ON n.project_id = s.project_id AND n.id = s.annotator_id
          LEFT JOIN "user" u ON u.id = n.user_id
         WHERE x.project_id = c.project_id AND x.correction_id = c.id) AS sets
  FROM correction c
  JOIN document_version v ON v.project_id = c.project_id AND v.id = c.to_version_id
  LEFT JOIN "user" w ON w.id = c.created_by_id
 WHERE c.project_id = $1 AND c.document_id = $2
 ORDER BY v.version DESC`;

async function noteCorrection(
  caller: Caller,
  documentId: string,
  { version, lost }: CorrectionMade,
): Promise<void> {
  await recordAudit(caller, {
    action: "document.corrected",
    targetType: "document",
    targetId: documentId,
    detail: { version, lost },
  });
}
