import "server-only";
import { z } from "zod";
import { shinglesOf, signatureOf } from "@/lib/domain/corpus/minhash";
import { reportWords } from "@/lib/domain/corpus/words";
import { failure, type Result, success } from "@/lib/domain/result";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { BLOCK_ROLES, type BlockRole } from "@/lib/domain/text/roles";
import { SEGMENTER, segmentText } from "@/lib/domain/text/segment";
import { recordAudit } from "./audit";
import { arrayText } from "./document-store";
import { holdingLiveProject, type Queryable } from "./project-store";
import { writeSignatures } from "./reprints";
import { defineUseCase } from "./use-case";

export type RoleChange = { position: number; role: BlockRole };

/**
 * Says what lines of a document are, until there is work on it; answers the roles before, for undo.
 * Words, sentences and what reprints are recognised by follow.
 */
export const setBlockRoles = defineUseCase({
  name: "setBlockRoles",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    documentId: z.uuid(),
    changes: z
      .array(z.strictObject({ position: z.number().int().min(0), role: z.enum(BLOCK_ROLES) }))
      .min(1, "Choose a line first.")
      .max(5_000, "Change at most 5,000 lines at once."),
  }),
  async run({ projectId, documentId, changes }, caller): Promise<Result<{ before: RoleChange[] }>> {
    const changed = await holdingLiveProject(projectId, (client) =>
      changeRoles(client, { projectId, documentId, changes }),
    );
    if (!changed.ok) return changed;
    await recordAudit(caller, {
      action: "document.roles_changed",
      targetType: "document",
      targetId: documentId,
      detail: { lines: changes.length },
    });
    return changed;
  },
});

type Row = {
  id: string;
  text: string;
  language: string;
  hasWork: boolean;
  blocks: { position: number; role: BlockRole; start: number; end: number }[];
};

async function changeRoles(
  client: Queryable,
  {
    projectId,
    documentId,
    changes,
  }: { projectId: string; documentId: string; changes: RoleChange[] },
): Promise<Result<{ before: RoleChange[] }>> {
  // An assignment refers to this row, so none is made while it is held.
  await client.query(`SELECT 1 FROM document WHERE project_id = $1 AND id = $2 FOR UPDATE`, [
    projectId,
    documentId,
  ]);
  const { rows } = await client.query<Row>(READ, [projectId, documentId]);
  const row = rows[0];
  if (row === undefined)
    return failure("not_found", "This document does not exist in this project.");
  if (row.hasWork) {
    return failure(
      "closed",
      "This document was assigned, so its roles stay as its annotators see them. Correct them in a new version.",
    );
  }
  const wanted = new Map(changes.map(({ position, role }) => [position, role]));
  const before = row.blocks.filter(({ position }) => wanted.has(position));
  if (before.length < wanted.size) return failure("not_found", "The document has no such line.");
  await client.query(
    `UPDATE block b SET role = r.role
       FROM unnest($3::int[], $4::text[]) AS r(position, role)
      WHERE b.project_id = $1 AND b.document_version_id = $2 AND b.position = r.position`,
    [projectId, row.id, [...wanted.keys()], [...wanted.values()]],
  );
  const blocks = row.blocks.map((block) => ({
    role: wanted.get(block.position) ?? block.role,
    start: codePoint(block.start),
    end: codePoint(block.end),
  }));
  const { tokens, sentences } = segmentText(row.text, blocks, row.language);
  await client.query(
    `UPDATE document_version SET tokens = $3::int[], sentences = $4::int[], segmenter = $5
      WHERE project_id = $1 AND id = $2`,
    [projectId, row.id, arrayText(tokens), arrayText(sentences), SEGMENTER],
  );
  const words = reportWords({ index: indexText(row.text), tokens, blocks });
  const signature = signatureOf(shinglesOf(words));
  await writeSignatures(client, projectId, [{ documentId, signature }]);
  return success({ before: before.map(({ position, role }) => ({ position, role })) });
}

const READ = `
SELECT v.id, v.text, d.language,
       EXISTS (SELECT 1 FROM assignment a WHERE a.project_id = $1 AND a.document_id = d.id)
       OR EXISTS (SELECT 1 FROM annotation_set s
                   WHERE s.project_id = $1 AND s.document_version_id = v.id) AS "hasWork",
       (SELECT json_agg(json_build_object('position', b.position, 'role', b.role, 'start', b.start,
                                          'end', b."end") ORDER BY b.position)
          FROM block b WHERE b.project_id = $1 AND b.document_version_id = v.id) AS blocks
  FROM document d
  JOIN LATERAL (SELECT v.id, v.text FROM document_version v
                 WHERE v.project_id = d.project_id AND v.document_id = d.id
                 ORDER BY v.version DESC LIMIT 1) v ON true
 WHERE d.project_id = $1 AND d.id = $2`;
