import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { emailInput } from "./accounts-store";
import { recordAudit } from "./audit";
import { inTransaction } from "./project-store";
import { defineUseCase } from "./use-case";

/** What an erased person is called wherever something that they did still stands. */
const ERASED_NAME = "Former member";

/**
 * Everything that is stored about the caller, as JSON: account, sessions, tokens, projects, answers about
 * themselves, their own annotations with the words marked, comments, messages and what they did. No secret
 * is in it, and nothing of anybody else.
 */
export const downloadOwnData = defineUseCase({
  name: "downloadOwnData",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({}),
  async run(_, caller) {
    const { userId } = caller;
    const parts = await Promise.all(
      Object.entries(PARTS).map(async ([name, sql]) => {
        const { rows } = await pool().query(sql, [userId]);
        return [name, rows] as const;
      }),
    );
    const { account, ...rest } = Object.fromEntries(parts);
    await recordAudit(caller, {
      action: "account.data_downloaded",
      targetType: "user",
      targetId: userId,
    });
    const data = { format: "framemark/own-data/1", account: account?.[0] ?? null, ...rest };
    return success({
      name: "framemark-own-data.json",
      contentType: "application/json; charset=utf-8",
      text: `${JSON.stringify(data, null, 2)}\n`,
    });
  },
});

const OWN_SETS = `
  annotation_set s JOIN annotator n ON n.project_id = s.project_id AND n.id = s.annotator_id AND n.user_id = $1
  JOIN document_version v ON v.project_id = s.project_id AND v.id = s.document_version_id
  JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
  JOIN project p ON p.id = s.project_id`;

/** A query for each part; $1 is the person. Columns are named, so that a new secret does not come along. */
const PARTS = {
  account: `SELECT id, email, name, role, preferences, is_demo, created_at, disabled_at,
                   password_hash IS NOT NULL AS has_password FROM "user" WHERE id = $1`,
  providers: `SELECT issuer, subject, created_at FROM identity WHERE user_id = $1 ORDER BY created_at`,
  second_factor: `SELECT created_at, confirmed_at FROM second_factor WHERE user_id = $1`,
  sessions: `SELECT id, method, user_agent, created_at, last_seen_at, expires_at, revoked_at
               FROM session WHERE user_id = $1 ORDER BY created_at`,
  invitations: `SELECT purpose, created_at, expires_at, used_at FROM invite WHERE user_id = $1 ORDER BY created_at`,
  api_tokens: `SELECT t.name, p.name AS project, t.scopes, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
                 FROM api_token t JOIN project p ON p.id = t.project_id WHERE t.user_id = $1 ORDER BY t.created_at`,
  projects: `SELECT p.id, p.name, m.role, m.created_at AS since, m.ended_at, n.pseudonym
               FROM membership m JOIN project p ON p.id = m.project_id
               LEFT JOIN annotator n ON n.project_id = m.project_id AND n.user_id = m.user_id
              WHERE m.user_id = $1 ORDER BY m.created_at`,
  consents: `SELECT c.project_id, c.version, c.given_at, c.withdrawn_at FROM consent c
               JOIN annotator n ON n.project_id = c.project_id AND n.id = c.annotator_id
              WHERE n.user_id = $1 ORDER BY c.given_at`,
  answers: `SELECT b.project_id, b.question, b.value, b.answered_at FROM background_answer b
              JOIN annotator n ON n.project_id = b.project_id AND n.id = b.annotator_id
             WHERE n.user_id = $1 ORDER BY b.answered_at`,
  assignments: `SELECT a.id, a.project_id, d.title, a.state, a.active_seconds, a.created_at, a.started_at,
                       a.submitted_at, a.skip_reason, a.withdrawn_at
                  FROM assignment a JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
                  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
                 WHERE n.user_id = $1 ORDER BY a.created_at`,
  spans: `SELECT p.name AS project, d.title AS document, x.layer_key AS layer, x.label_key AS label, x.ranges,
                 x.quotes, x.attributes, x.is_removed
            FROM span x JOIN ${OWN_SETS} ON s.project_id = x.project_id AND s.id = x.annotation_set_id
           ORDER BY p.name, d.title, x.start`,
  unit_labels: `SELECT p.name AS project, d.title AS document, x.layer_key AS layer, x.unit, x.unit_start,
                       x.unit_end, x.label_key AS label
                  FROM unit_label x JOIN ${OWN_SETS} ON s.project_id = x.project_id AND s.id = x.annotation_set_id
                 ORDER BY p.name, d.title, x.unit_start`,
  comments: `SELECT project_id, body, created_at, edited_at, removed_at FROM comment WHERE author_id = $1 ORDER BY created_at`,
  messages: `SELECT project_id, body, created_at, removed_at FROM discussion_message
              WHERE author_id = $1 ORDER BY created_at`,
  acts: `SELECT at, action, project_id, target_type, target_id FROM audit_event WHERE actor_id = $1 ORDER BY seq`,
};

/**
 * Erases the caller's account for good. Name, e-mail, password, sessions, tokens, ways to sign in and
 * answers about themselves go. Annotations stay as data of the study under the pseudonym, which from now
 * on leads to nobody.
 */
export const eraseOwnAccount = defineUseCase({
  name: "eraseOwnAccount",
  permission: "account.manage_own",
  scope: "instance",
  needsProof: true,
  input: z.strictObject({ email: emailInput }),
  async run({ email }, caller): Promise<Result<null>> {
    const { userId } = caller;
    const erased = await inTransaction(async (tx): Promise<Result<null>> => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('framemark admins'))`;
      const user = await tx.user.findUniqueOrThrow({
        where: { id: userId },
        select: { email: true, role: true },
      });
      if (user.email !== email) {
        return failure("conflict", "This is not the e-mail of your account.", { place: "email" });
      }
      const problem = await whyNot(tx, userId, user.role);
      if (problem !== null) return failure("conflict", problem);
      await erase(tx, userId, email);
      return success(null);
    });
    if (erased.ok) {
      await recordAudit(caller, {
        action: "account.erased",
        targetType: "user",
        targetId: userId,
      });
    }
    return erased;
  },
});

/** Somebody must stay who can run the site and each project; null where that is so. */
async function whyNot(
  tx: Transaction,
  userId: string,
  role: "admin" | "user",
): Promise<string | null> {
  if (role === "admin") {
    const others = await tx.user.count({
      where: { role: "admin", disabledAt: null, id: { not: userId } },
    });
    if (others === 0) return "You are the last admin. Make somebody else an admin first.";
  }
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT p.name FROM project p
      JOIN membership m ON m.project_id = p.id AND m.user_id = ${userId}::uuid
     WHERE m.role = 'lead' AND m.ended_at IS NULL AND p.archived_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM membership o WHERE o.project_id = p.id AND o.role = 'lead'
                          AND o.ended_at IS NULL AND o.user_id <> ${userId}::uuid)
     ORDER BY p.name LIMIT 1`;
  const alone = rows[0];
  return alone === undefined
    ? null
    : `You are the only lead of “${alone.name}”. An admin can make somebody else its lead.`;
}

async function erase(tx: Transaction, userId: string, email: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE assignment a SET withdrawn_at = now() FROM annotator n
     WHERE n.user_id = ${userId}::uuid AND a.project_id = n.project_id AND a.annotator_id = n.id
       AND a.state IN ('assigned', 'in_progress') AND a.withdrawn_at IS NULL`;
  await tx.$executeRaw`
    DELETE FROM background_answer b USING annotator n
     WHERE n.user_id = ${userId}::uuid AND b.project_id = n.project_id AND b.annotator_id = n.id`;
  await tx.$executeRaw`UPDATE annotator SET user_id = NULL WHERE user_id = ${userId}::uuid`;
  await tx.membership.updateMany({
    where: { userId, endedAt: null },
    data: { endedAt: new Date() },
  });
  await tx.apiToken.deleteMany({ where: { userId } });
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.secondFactor.deleteMany({ where: { userId } });
  await tx.identity.deleteMany({ where: { userId } });
  await tx.session.deleteMany({ where: { userId } });
  await tx.invite.deleteMany({ where: { userId } });
  await tx.$executeRaw`
    DELETE FROM throttle WHERE subject IN (${`sign-in:${email}`}, ${`reset:${email}`})`;
  await tx.$executeRaw`
    UPDATE "user" SET name = ${ERASED_NAME}, email = ${`${newId()}@erased.invalid`}, role = 'user',
           password_hash = NULL, preferences = '{}'::jsonb, erased_at = now(),
           disabled_at = coalesce(disabled_at, now())
     WHERE id = ${userId}::uuid`;
}
