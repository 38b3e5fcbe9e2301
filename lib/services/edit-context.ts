import "server-only";
import type { EditContext } from "@/lib/domain/annotation/edit";
import { type AnnotatedText, makeEditContext } from "@/lib/domain/annotation/make-context";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { pool } from "@/lib/server/db";

/** What edits of one document under one codebook are judged by. Both never change once assigned. */
export type FrozenContext = EditContext & { textSha256: string };

const KEPT = 300;
const contexts = new Map<string, Promise<FrozenContext>>();

/** The context of a document version under a codebook version; kept for the next edits. */
export function editContext(
  projectId: string,
  documentVersionId: string,
  codebookVersionId: string,
  client: Queryable = pool(),
): Promise<FrozenContext> {
  const key = `${projectId}/${documentVersionId}/${codebookVersionId}`;
  const known = contexts.get(key);
  if (known !== undefined) {
    contexts.delete(key);
    contexts.set(key, known);
    return known;
  }
  const loading = loadContext(client, projectId, documentVersionId, codebookVersionId);
  contexts.set(key, loading);
  loading.catch(() => contexts.delete(key));
  const oldest = contexts.keys().next().value;
  if (contexts.size > KEPT && oldest !== undefined) contexts.delete(oldest);
  return loading;
}

type Queryable = Pick<ReturnType<typeof pool>, "query">;
type Row = AnnotatedText & { sha256: string; content: unknown };

async function loadContext(
  client: Queryable,
  projectId: string,
  documentVersionId: string,
  codebookVersionId: string,
): Promise<FrozenContext> {
  const { rows } = await client.query<Row>(
    `SELECT v.text, v.sha256, v.sentences, c.content,
            (SELECT json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                             ORDER BY b.position)
               FROM block b
              WHERE b.project_id = v.project_id AND b.document_version_id = v.id) AS blocks
       FROM document_version v JOIN codebook_version c ON c.project_id = v.project_id
      WHERE v.project_id = $1 AND v.id = $2 AND c.id = $3`,
    [projectId, documentVersionId, codebookVersionId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`No document version ${documentVersionId} to edit.`);
  const codebook = indexCodebook(codebookSchema.parse(row.content));
  return { ...makeEditContext(row, codebook), textSha256: row.sha256 };
}
