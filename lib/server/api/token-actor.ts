import "server-only";
import { TOKEN_FORM, TOKEN_SCOPES, type TokenScope } from "@/lib/domain/api/scopes";
import type { Actor, InstanceRole } from "@/lib/domain/policy";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "../db";
import { hashSecret } from "../tokens";

/** Who a token acts for, and what it may be used for. */
export type TokenActor = { actor: Actor; scopes: readonly TokenScope[] };

type Row = {
  token_id: string;
  project_id: string;
  scopes: string[];
  user_id: string;
  role: InstanceRole;
  is_member: boolean;
  is_stale: boolean;
};

/**
 * The owner of a token with the rights of this moment. The database is asked each time, so that a token
 * ends with its revocation, with its owner's account and with their membership.
 */
export async function actorOfToken(secret: string, purpose: string): Promise<Result<TokenActor>> {
  const row = TOKEN_FORM.test(secret) ? await findToken(hashSecret(purpose, secret)) : undefined;
  if (row === undefined) {
    return failure(
      "unauthenticated",
      "This token is not valid: it is unknown, expired or revoked.",
    );
  }
  if (!row.is_member && row.role !== "admin") {
    return failure("forbidden", "The owner of this token is no member of its project any more.");
  }
  if (row.is_stale) await noteUse(row.token_id);
  const token = { tokenId: row.token_id, projectId: row.project_id };
  return success({
    actor: {
      userId: row.user_id,
      sessionId: null,
      instanceRole: row.role,
      // A token makes nothing outside of its project.
      leadsSomewhere: false,
      token,
    },
    scopes: TOKEN_SCOPES.filter((scope) => row.scopes.includes(scope)),
  });
}

async function findToken(tokenHash: string): Promise<Row | undefined> {
  const { rows } = await pool().query<Row>(
    `SELECT t.id AS token_id, t.project_id, t.scopes, u.id AS user_id, u.role,
            m.user_id IS NOT NULL AS is_member,
            coalesce(t.last_used_at < now() - interval '1 minute', true) AS is_stale
       FROM api_token t
       JOIN "user" u ON u.id = t.user_id AND u.disabled_at IS NULL
       LEFT JOIN membership m
         ON m.project_id = t.project_id AND m.user_id = u.id AND m.ended_at IS NULL
      WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > now()`,
    [tokenHash],
  );
  return rows[0];
}

/** Not at every request: a minute is exact enough for people, and a write costs. */
async function noteUse(tokenId: string): Promise<void> {
  await pool().query(`UPDATE api_token SET last_used_at = now() WHERE id = $1`, [tokenId]);
}
