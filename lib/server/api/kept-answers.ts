import "server-only";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "../db";

/** Whose key it is, and of what request: the same key must not be sent with another one. */
export type KeyedRequest = { projectId: string; userId: string; key: string; requestHash: string };

export type KeptAnswer = { status: number; body: string };

/** A request whose process died is worked on anew after so long. */
const PATIENCE = "2 minutes";
const KEPT = "24 hours";

/**
 * Takes a key for a request: null where it is to be done now, its answer where it was done already, and a
 * refusal where it is being done, or where the key belongs to another request.
 */
export async function takeKey(request: KeyedRequest): Promise<Result<KeptAnswer | null>> {
  const { projectId, userId, key, requestHash } = request;
  const { rowCount } = await pool().query(
    `INSERT INTO kept_answer AS k (project_id, user_id, key, request_hash) VALUES ($1, $2, $3, $4)
     ON CONFLICT (project_id, user_id, key) DO UPDATE
       SET created_at = now(), request_hash = excluded.request_hash, status = NULL, body = NULL
       WHERE k.created_at < now() - $6::interval
          OR (k.status IS NULL AND k.request_hash = excluded.request_hash
              AND k.created_at < now() - $5::interval)`,
    [projectId, userId, key, requestHash, PATIENCE, KEPT],
  );
  if (rowCount === 1) return success(null);
  const { rows } = await pool().query<{ hash: string; status: number | null; body: string | null }>(
    `SELECT request_hash AS hash, status, body FROM kept_answer
      WHERE project_id = $1 AND user_id = $2 AND key = $3`,
    [projectId, userId, key],
  );
  const known = rows[0];
  if (known !== undefined && known.hash !== requestHash) {
    return failure(
      "conflict",
      "This idempotency key was used for another request. Make a new one.",
    );
  }
  if (known === undefined || known.status === null || known.body === null) {
    return failure("busy", "This request is being worked on. Ask again in a moment.", {
      retryAfterSeconds: 2,
    });
  }
  return success({ status: known.status, body: known.body });
}

/** Keeps the answer for whoever sends the request again. */
export async function keepAnswer(request: KeyedRequest, answer: KeptAnswer): Promise<void> {
  await pool().query(
    `UPDATE kept_answer SET status = $4, body = $5
      WHERE project_id = $1 AND user_id = $2 AND key = $3`,
    [request.projectId, request.userId, request.key, answer.status, answer.body],
  );
}

/** Gives a key back whose request was not done, so that it can be sent again. */
export async function returnKey({ projectId, userId, key }: KeyedRequest): Promise<void> {
  await pool().query(
    `DELETE FROM kept_answer WHERE project_id = $1 AND user_id = $2 AND key = $3 AND status IS NULL`,
    [projectId, userId, key],
  );
}

/** Removes answers that are kept no longer. Called now and then by workers. */
export async function forgetAnswers(): Promise<void> {
  await pool().query(`DELETE FROM kept_answer WHERE created_at < now() - $1::interval`, [KEPT]);
}
