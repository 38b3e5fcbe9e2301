import "server-only";
import { z } from "zod";
import { likenessOf, shinglesOf, signatureFrom, signatureOf } from "@/lib/domain/corpus/minhash";
import { reportWords } from "@/lib/domain/corpus/words";
import { failure, type Result, success } from "@/lib/domain/result";
import { indexText } from "@/lib/domain/text/offsets";
import type { BlockRole } from "@/lib/domain/text/roles";
import { pool } from "@/lib/server/db";
import { recordAudit } from "./audit";
import type { PreparedDocument } from "./document-store";
import type { LinkedDocument } from "./documents";
import { pageInput } from "./inputs";
import { holdingLiveProject, type Queryable } from "./project-store";
import { findReprints, type Match, writeSignatures } from "./reprints";
import { defineUseCase } from "./use-case";

/** Reprints of one text: the document that is annotated and those it stands for. */
export type DuplicateGroup = { chosen: LinkedDocument; linked: LinkedDocument[] };

const PAGE = 30;
const one = z.strictObject({ projectId: z.uuid(), documentId: z.uuid() });

/** The groups of reprints of a project, the newest first, thirty at a time. */
export const listDuplicates = defineUseCase({
  name: "listDuplicates",
  permission: "document.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), after: pageInput }),
  async run({
    projectId,
    after,
  }): Promise<Result<{ groups: DuplicateGroup[]; next: string | null }>> {
    const { rows } = await pool().query<{
      seq: string;
      chosen: LinkedDocument;
      linked: LinkedDocument[];
    }>(GROUPS, [projectId, after ?? null, PAGE + 1]);
    const shown = rows.slice(0, PAGE);
    return success({
      groups: shown.map(({ seq: _, ...group }) => group),
      next: rows.length > PAGE ? (shown.at(-1)?.seq ?? null) : null,
    });
  },
});

const linked = (table: string, likeness: string) => `json_build_object('documentId', ${table}.id,
  'title', ${table}.title, 'outlet', ${table}.outlet,
  'publishedOn', to_char(${table}.published_on, 'YYYY-MM-DD'), 'likeness', ${likeness})`;

const GROUPS = `
SELECT d.seq, ${linked("d", "1")} AS chosen,
       (SELECT json_agg(${linked("r", "r.likeness")} ORDER BY r.likeness DESC, r.seq)
          FROM (SELECT * FROM document r
                 WHERE r.project_id = d.project_id AND r.duplicate_of_id = d.id LIMIT 200) r) AS linked
  FROM document d
 WHERE d.project_id = $1 AND ($2::bigint IS NULL OR d.seq < $2)
   AND d.id IN (SELECT r.duplicate_of_id FROM document r
                 WHERE r.project_id = $1 AND r.duplicate_of_id IS NOT NULL)
 ORDER BY d.seq DESC LIMIT $3`;

/** Makes a reprint the document that is annotated; the others of its group are linked to it. */
export const chooseDuplicate = defineUseCase({
  name: "chooseDuplicate",
  permission: "document.import",
  scope: "project",
  input: one,
  async run({ projectId, documentId }, caller): Promise<Result<{ before: string }>> {
    const chosen = await holdingLiveProject(projectId, (client) =>
      choose(client, projectId, documentId),
    );
    if (!chosen.ok) return chosen;
    await recordAudit(caller, {
      action: "duplicate.chosen",
      targetType: "document",
      targetId: documentId,
    });
    return chosen;
  },
});

async function choose(
  client: Queryable,
  projectId: string,
  documentId: string,
): Promise<Result<{ before: string }>> {
  const { rows } = await client.query<{ before: string | null }>(
    `SELECT duplicate_of_id AS before FROM document WHERE project_id = $1 AND id = $2`,
    [projectId, documentId],
  );
  const before = rows[0]?.before;
  if (before === undefined)
    return failure("not_found", "This document does not exist in this project.");
  if (before === null) return failure("conflict", "This document is annotated already.");
  const group = await client.query<{ id: string; signature: Uint8Array | null }>(
    `SELECT d.id, s.signature FROM document d
       LEFT JOIN document_signature s ON s.project_id = d.project_id AND s.document_id = d.id
      WHERE d.project_id = $1 AND (d.id = $2 OR d.duplicate_of_id = $2) ORDER BY d.seq FOR UPDATE OF d`,
    [projectId, before],
  );
  const likeness = likenessTo(group.rows, documentId);
  await client.query(
    `UPDATE document d
        SET duplicate_of_id = CASE WHEN d.id = $3 THEN NULL ELSE $3::uuid END, likeness = r.likeness
       FROM unnest($2::uuid[], $4::float8[]) AS r(id, likeness)
      WHERE d.project_id = $1 AND d.id = r.id`,
    [projectId, group.rows.map(({ id }) => id), documentId, likeness],
  );
  return success({ before });
}

function likenessTo(
  group: readonly { id: string; signature: Uint8Array | null }[],
  chosenId: string,
): (number | null)[] {
  const signature = group.find(({ id }) => id === chosenId)?.signature;
  return group.map((each) => {
    if (each.id === chosenId) return null;
    if (!signature || !each.signature) return 0;
    return likenessOf(signatureFrom(signature), signatureFrom(each.signature));
  });
}

/** Takes a document out of its group for good: it is annotated by itself and not grouped again. */
export const setApart = defineUseCase({
  name: "setApart",
  permission: "document.import",
  scope: "project",
  input: one,
  async run({ projectId, documentId }, caller): Promise<Result<{ before: string }>> {
    const { rows } = await pool().query<{ before: string }>(
      `UPDATE document d SET duplicate_of_id = NULL, likeness = NULL, is_apart = true
         FROM document o
        WHERE d.project_id = $1 AND d.id = $2 AND o.project_id = $1 AND o.id = d.id
          AND d.duplicate_of_id IS NOT NULL
      RETURNING o.duplicate_of_id AS before`,
      [projectId, documentId],
    );
    const [row] = rows;
    if (row === undefined) return failure("not_found", "This document is linked to no other.");
    await recordAudit(caller, {
      action: "duplicate.set_apart",
      targetType: "document",
      targetId: documentId,
    });
    return success(row);
  },
});

/** Links a document, and what is linked to it, to another one that is annotated in its place. */
export const linkDuplicate = defineUseCase({
  name: "linkDuplicate",
  permission: "document.import",
  scope: "project",
  input: one.extend({ toId: z.uuid() }),
  async run({ projectId, documentId, toId }, caller): Promise<Result<null>> {
    const made = await holdingLiveProject(projectId, (client) =>
      link(client, projectId, { documentId, toId }),
    );
    if (!made.ok) return made;
    await recordAudit(caller, {
      action: "duplicate.linked",
      targetType: "document",
      targetId: documentId,
    });
    return made;
  },
});

async function link(
  client: Queryable,
  projectId: string,
  { documentId, toId }: { documentId: string; toId: string },
): Promise<Result<null>> {
  const { rows } = await client.query<{ id: string; root: string; signature: Uint8Array | null }>(
    `SELECT d.id, coalesce(d.duplicate_of_id, d.id) AS root, s.signature FROM document d
       LEFT JOIN document_signature s ON s.project_id = d.project_id AND s.document_id = d.id
      WHERE d.project_id = $1 AND d.id = ANY($2::uuid[])`,
    [projectId, [documentId, toId]],
  );
  const [from, to] = [documentId, toId].map((id) => rows.find((row) => row.id === id));
  if (from === undefined || to === undefined) {
    return failure("not_found", "This document does not exist in this project.");
  }
  if (to.root === documentId || documentId === toId) {
    return failure("conflict", "These two are in one group already.");
  }
  const likeness =
    from.signature && to.signature
      ? likenessOf(signatureFrom(from.signature), signatureFrom(to.signature))
      : 0;
  await client.query(
    `UPDATE document SET duplicate_of_id = $3, likeness = $4, is_apart = false
      WHERE project_id = $1 AND (id = $2 OR duplicate_of_id = $2)`,
    [projectId, documentId, to.root, likeness],
  );
  return success(null);
}

/** What each document of a list would be linked to if it were stored; stores nothing. */
export async function previewDuplicates(
  projectId: string,
  prepared: readonly PreparedDocument[],
): Promise<(Match | null)[]> {
  return findReprints(pool(), projectId, prepared);
}

const AT_ONCE = 100;

type Unsigned = {
  id: string;
  seq: string;
  title: string;
  text: string;
  tokens: number[];
  blocks: { role: BlockRole; start: number; end: number }[];
};

/**
 * Finds reprints among documents that were stored without a signature. Continues where it stopped;
 * progress counts documents.
 */
export async function findDuplicates({
  projectId,
  progress = async () => {},
  signal,
}: {
  projectId: string;
  progress?: (done: number, total?: number) => Promise<void>;
  signal?: AbortSignal;
}): Promise<{ linked: number }> {
  let [linkedCount, done] = [0, 0];
  for (;;) {
    signal?.throwIfAborted();
    const step = await holdingLiveProject(projectId, async (client) =>
      success(await signSome(client, projectId)),
    );
    if (!step.ok || step.value.signed === 0) return { linked: linkedCount };
    linkedCount += step.value.linked;
    done += step.value.signed;
    await progress(done);
  }
}

async function signSome(
  client: Queryable,
  projectId: string,
): Promise<{ signed: number; linked: number }> {
  const { rows } = await client.query<Unsigned>(UNSIGNED, [projectId, AT_ONCE]);
  const documents = rows.map(({ id, title, text, tokens, blocks }) => ({
    documentId: id,
    named: title,
    signature: signatureOf(shinglesOf(reportWords({ index: indexText(text), tokens, blocks }))),
  }));
  const matches = await findReprints(client, projectId, documents);
  await writeSignatures(client, projectId, documents);
  const found = documents.flatMap(({ documentId }, at) => {
    const match = matches[at];
    if (!match) return [];
    const toId = match.documentId ?? documents[match.index ?? -1]?.documentId;
    return toId === undefined ? [] : [{ documentId, toId, likeness: match.likeness }];
  });
  await client.query(
    `UPDATE document d SET duplicate_of_id = r.to_id, likeness = r.likeness
       FROM unnest($2::uuid[], $3::uuid[], $4::float8[]) AS r(id, to_id, likeness)
      WHERE d.project_id = $1 AND d.id = r.id AND NOT d.is_apart AND d.duplicate_of_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM document o
                         WHERE o.project_id = $1 AND o.duplicate_of_id = d.id)`,
    [
      projectId,
      found.map(({ documentId }) => documentId),
      found.map(({ toId }) => toId),
      found.map(({ likeness }) => likeness),
    ],
  );
  return { signed: documents.length, linked: found.length };
}

const UNSIGNED = `
SELECT d.id, d.seq, d.title, v.text, v.tokens,
       (SELECT json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                        ORDER BY b.position)
          FROM block b WHERE b.project_id = $1 AND b.document_version_id = v.id) AS blocks
  FROM document d
  JOIN LATERAL (SELECT v.id, v.text, v.tokens FROM document_version v
                 WHERE v.project_id = $1 AND v.document_id = d.id
                 ORDER BY v.version DESC LIMIT 1) v ON true
 WHERE d.project_id = $1
   AND NOT EXISTS (SELECT 1 FROM document_signature s
                    WHERE s.project_id = $1 AND s.document_id = d.id)
 ORDER BY d.seq LIMIT $2`;
