import "server-only";
import { z } from "zod";
import { PROJECT_ROLES, type ProjectRole } from "@/lib/domain/policy";
import { failure, type Result, success } from "@/lib/domain/result";
import { db, pool, type Transaction } from "@/lib/server/db";
import { type Delivery, linkToCopy, mailLink } from "./account-mail";
import { createAccount, emailInput } from "./accounts-store";
import { recordAudit } from "./audit";
import { makeInvite } from "./invites";
import { canAnnotate, enterProject } from "./member-store";
import { inLiveProject } from "./project-store";
import { type Caller, defineUseCase } from "./use-case";

/** A member as leads see them. */
export type Member = {
  userId: string;
  name: string;
  email: string;
  role: ProjectRole;
  /** The name under which their labels are exported; null for who never could annotate. */
  pseudonym: string | null;
  canAnnotate: boolean;
  isSelf: boolean;
  /** Has not opened their link yet. */
  isInvited: boolean;
  isDisabled: boolean;
  /** Assignments that are not withdrawn. */
  assigned: number;
  submitted: number;
};

type MemberRow = Omit<Member, "canAnnotate" | "isSelf">;

/** The members of a project by name. */
export const listMembers = defineUseCase({
  name: "listMembers",
  permission: "member.manage",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, { userId }) {
    const { rows } = await pool().query<MemberRow>(LIST, [projectId]);
    return success(
      rows.map(
        (row): Member => ({
          ...row,
          canAnnotate: canAnnotate(row.role) && !row.isDisabled,
          isSelf: row.userId === userId,
        }),
      ),
    );
  },
});

const LIST = `
SELECT u.id AS "userId", u.name, u.email, m.role, n.pseudonym,
       u.password_hash IS NULL AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.user_id = u.id)
         AS "isInvited",
       u.disabled_at IS NOT NULL AS "isDisabled", a.assigned, a.submitted
  FROM membership m JOIN "user" u ON u.id = m.user_id
  LEFT JOIN annotator n ON n.project_id = m.project_id AND n.user_id = m.user_id
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS assigned,
           count(*) FILTER (WHERE a.state = 'submitted')::int AS submitted
      FROM assignment a
     WHERE a.project_id = m.project_id AND a.annotator_id = n.id AND a.withdrawn_at IS NULL) a
 WHERE m.project_id = $1 AND m.ended_at IS NULL
 ORDER BY array_position(ARRAY['lead', 'adjudicator', 'annotator', 'viewer'], m.role::text),
          u.name, u.id`;

/**
 * Makes somebody a member by e-mail. Who has no account gets one, and the address that opens it once is
 * sent to them; `link` is that address where the site sends no mail. Adding never says that an account is missing, so that nobody can probe for accounts.
 */
export const addMember = defineUseCase({
  name: "addMember",
  permission: "member.manage",
  scope: "project",
  needsLiveProject: true,
  input: z.strictObject({
    projectId: z.uuid(),
    email: emailInput,
    role: z.enum(PROJECT_ROLES),
  }),
  async run({ projectId, email, role }, caller): Promise<Result<Added>> {
    const problem = rankProblem(caller, role);
    if (problem !== null) return problem;
    const account = await findOrMakeAccount(email);
    if (!account.ok) return account;
    const { userId, isNew } = account.value;
    const added = await inLiveProject(projectId, (tx) => join(tx, { projectId, userId, role }));
    if (!added.ok) return added;
    await note(caller, "member.added", userId, { role });
    if (!isNew) return success({ userId, link: null, delivery: null });
    const link = await makeInvite({ purpose: "join", userId, createdById: caller.userId });
    const delivery = await mailLink({ to: email, purpose: "join", link });
    return success({ userId, link: linkToCopy(link, delivery), delivery });
  },
});

/** `link` is there where it was not sent; `delivery` is null for who had an account. */
type Added = { userId: string; link: string | null; delivery: Delivery | null };

async function join(
  tx: Transaction,
  member: { projectId: string; userId: string; role: ProjectRole },
): Promise<Result<object>> {
  const { projectId, userId } = member;
  const known = await tx.membership.findFirst({
    where: { projectId, userId, endedAt: null },
    select: { role: true },
  });
  if (known !== null) {
    return failure("conflict", `This person is in the project already, as ${known.role}.`, {
      place: "email",
    });
  }
  await enterProject(tx, member);
  return success({});
}

async function findOrMakeAccount(
  email: string,
): Promise<Result<{ userId: string; isNew: boolean }>> {
  const known = await db().user.findUnique({ where: { email }, select: { id: true } });
  if (known !== null) return success({ userId: known.id, isNew: false });
  // Until they open their link and say what they are called.
  const name = email.split("@")[0] ?? email;
  const made = await createAccount({ email, name, role: "user" });
  return made.ok ? success({ userId: made.value.userId, isNew: true }) : made;
}

const oneMember = z.strictObject({ projectId: z.uuid(), userId: z.uuid() });

/** Gives a member another role. Nobody changes their own, and only an admin makes or unmakes a lead. */
export const changeMemberRole = defineUseCase({
  name: "changeMemberRole",
  permission: "member.manage",
  scope: "project",
  input: oneMember.extend({ role: z.enum(PROJECT_ROLES) }),
  async run({ projectId, userId, role }, caller) {
    const changed = await inLiveProject(projectId, async (tx): Promise<Result<object>> => {
      const problem =
        rankProblem(caller, role) ?? (await memberProblem(tx, { projectId, userId }, caller));
      if (problem !== null) return problem;
      const open = await countOpen(tx, projectId, userId);
      if (!canAnnotate(role) && open > 0) {
        return failure(
          "conflict",
          `This member has ${open} open ${open === 1 ? "document" : "documents"}. Withdraw them first, on the page Assignments.`,
        );
      }
      await enterProject(tx, { projectId, userId, role });
      return success({});
    });
    if (changed.ok) await note(caller, "member.role_changed", userId, { role });
    return changed;
  },
});

/** Ends a membership. Labels stay under the pseudonym; open assignments are withdrawn. */
export const removeMember = defineUseCase({
  name: "removeMember",
  permission: "member.manage",
  scope: "project",
  input: oneMember,
  async run({ projectId, userId }, caller) {
    const removed = await inLiveProject(projectId, async (tx) => {
      const problem = await memberProblem(tx, { projectId, userId }, caller);
      if (problem !== null) return problem;
      // Both get the moment at which the transaction began, by which restoreMember finds them.
      await tx.$executeRaw`
        UPDATE membership SET ended_at = now()
         WHERE project_id = ${projectId}::uuid AND user_id = ${userId}::uuid`;
      const withdrawn = await tx.$executeRaw`
        UPDATE assignment a SET withdrawn_at = now()
          FROM annotator n
         WHERE n.project_id = ${projectId}::uuid AND n.user_id = ${userId}::uuid
           AND a.project_id = n.project_id AND a.annotator_id = n.id
           AND a.state IN ('assigned', 'in_progress') AND a.withdrawn_at IS NULL`;
      return success({ withdrawn });
    });
    if (removed.ok) await note(caller, "member.removed", userId, removed.value);
    return removed;
  },
});

/** Undoes a removal, with the assignments that were withdrawn by it. */
export const restoreMember = defineUseCase({
  name: "restoreMember",
  permission: "member.manage",
  scope: "project",
  input: oneMember,
  async run({ projectId, userId }, caller) {
    const restored = await inLiveProject(projectId, async (tx): Promise<Result<object>> => {
      const past = await tx.membership.findFirst({
        where: { projectId, userId, endedAt: { not: null } },
        select: { role: true },
      });
      if (past === null) return failure("not_found", "This person was not removed.");
      const problem = rankProblem(caller, past.role);
      if (problem !== null) return problem;
      await tx.$executeRaw`
        UPDATE assignment a SET withdrawn_at = NULL
          FROM annotator n JOIN membership m ON m.project_id = n.project_id AND m.user_id = n.user_id
         WHERE n.project_id = ${projectId}::uuid AND n.user_id = ${userId}::uuid
           AND a.project_id = n.project_id AND a.annotator_id = n.id
           AND a.withdrawn_at = m.ended_at`;
      await enterProject(tx, { projectId, userId, role: past.role });
      return success({});
    });
    if (restored.ok) await note(caller, "member.restored", userId, {});
    return restored;
  },
});

/** Why the caller may not give this role, or null: leads are made by admins only. */
function rankProblem(caller: Caller, role: ProjectRole): Result<never> | null {
  if (role !== "lead" || caller.instanceRole === "admin") return null;
  return failure("forbidden", "Only an admin of this site can make somebody a lead.", {
    place: "role",
  });
}

/** Why this member may not be changed by the caller, or null. */
async function memberProblem(
  tx: Transaction,
  { projectId, userId }: { projectId: string; userId: string },
  caller: Caller,
): Promise<Result<never> | null> {
  const members = await tx.membership.findMany({
    where: { projectId, endedAt: null, OR: [{ userId }, { role: "lead" }] },
    select: { userId: true, role: true },
  });
  const member = members.find((each) => each.userId === userId);
  if (member === undefined) return failure("not_found", "This person is not in the project.");
  if (userId === caller.userId) {
    return failure("forbidden", "You cannot change your own membership. Ask an admin.");
  }
  if (member.role !== "lead") return null;
  if (caller.instanceRole !== "admin") {
    return failure("forbidden", "Only an admin of this site can change a lead.");
  }
  const leads = members.filter((each) => each.role === "lead").length;
  return leads > 1
    ? null
    : failure("conflict", "This is the project's only lead. Make somebody else a lead first.");
}

async function countOpen(tx: Transaction, projectId: string, userId: string): Promise<number> {
  const annotator = await tx.annotator.findUnique({
    where: { projectId_userId: { projectId, userId } },
    select: { id: true },
  });
  if (annotator === null) return 0;
  return tx.assignment.count({
    where: {
      projectId,
      annotatorId: annotator.id,
      withdrawnAt: null,
      state: { in: ["assigned", "in_progress"] },
    },
  });
}

function note(
  caller: Caller,
  action: string,
  userId: string,
  detail: Record<string, string | number>,
): Promise<void> {
  return recordAudit(caller, { action, targetType: "user", targetId: userId, detail });
}
