import "server-only";
import { normaliseEmail } from "@/lib/domain/email";
import type { Entrance } from "@/lib/server/auth";
import { db, type Transaction } from "@/lib/server/db";
import type { ProviderClaims } from "@/lib/server/open-id";
import { endSession, startSession } from "@/lib/server/sign-in";
import { recordAudit } from "./audit";
import { takeInvite } from "./invites";
import { enterProject } from "./member-store";
import { inTransaction } from "./project-store";

/** Why somebody whom the provider knows has no way in; the sign-in page puts it in words. */
type Refusal = "unverified" | "unknown" | "other_identity" | "disabled";
type Entered = { ok: true; userId: string } | { ok: false; reason: Refusal };

/** What happens at the door, with its notes in the audit log. */
export const entrance: Entrance = {
  byProvider: enterByProvider,
  async begin(userId, { seconds, userAgent, entry }) {
    const sessionId = await startSession(userId, seconds, userAgent, entry);
    await recordAudit(
      { userId, sessionId, projectId: "" },
      {
        action: "session.started",
        targetType: "user",
        targetId: userId,
        detail: { method: entry.method },
      },
    );
    return sessionId;
  },
  async refused() {
    // Without the e-mail: it may be a mistyped password, or of somebody who has no account.
    await recordAudit(
      { userId: "", sessionId: null, projectId: "" },
      { action: "session.refused", targetType: "site" },
    );
  },
  end: endSession,
};

/**
 * Whom a provider vouches for. They are known by issuer and subject. The first time they are found by
 * their verified e-mail, and only among the people who were given an account: nobody else comes in.
 */
async function enterByProvider(claims: ProviderClaims): Promise<Entered> {
  const { iss: issuer, sub: subject } = claims;
  const known = await db().identity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { user: { select: { id: true, disabledAt: true } } },
  });
  if (known !== null) {
    const { id: userId, disabledAt } = known.user;
    return disabledAt === null ? { ok: true, userId } : { ok: false, reason: "disabled" };
  }
  const email = claims.email_verified === true ? normaliseEmail(claims.email ?? "") : null;
  return email === null ? { ok: false, reason: "unverified" } : link({ issuer, subject, email });
}

async function link(person: { issuer: string; subject: string; email: string }): Promise<Entered> {
  const { issuer, subject, email } = person;
  const linked = await inTransaction(async (tx): Promise<Entered> => {
    const [user] = await tx.$queryRaw<{ id: string; is_disabled: boolean }[]>`
      SELECT id, disabled_at IS NOT NULL AS is_disabled FROM "user"
       WHERE email = ${email} FOR NO KEY UPDATE`;
    if (user === undefined) return { ok: false, reason: "unknown" };
    if (user.is_disabled) return { ok: false, reason: "disabled" };
    const others = await tx.identity.count({
      where: { userId: user.id, issuer, subject: { not: subject } },
    });
    // The e-mail may have been given to somebody else since.
    if (others > 0) return { ok: false, reason: "other_identity" };
    await tx.$executeRaw`
      INSERT INTO identity (issuer, subject, user_id) VALUES (${issuer}, ${subject}, ${user.id}::uuid)
      ON CONFLICT DO NOTHING`;
    // They are in: the link by which they would have chosen a password opens nothing more.
    await closeInvites(tx, user.id);
    return { ok: true, userId: user.id };
  });
  if (linked.ok) {
    await recordAudit(
      { userId: linked.userId, sessionId: null, projectId: "" },
      {
        action: "account.linked",
        targetType: "user",
        targetId: linked.userId,
        detail: { issuer },
      },
    );
  }
  return linked;
}

async function closeInvites(tx: Transaction, userId: string): Promise<void> {
  const open = await tx.invite.findMany({
    where: { userId, purpose: "join", usedAt: null },
    select: { id: true },
  });
  for (const { id } of open) {
    const taken = await takeInvite(tx, id);
    if (!taken?.projectId || !taken.projectRole) continue;
    await enterProject(tx, { projectId: taken.projectId, userId, role: taken.projectRole });
  }
}
