import type { Actor, InstanceRole, ProjectRole } from "@/lib/domain/policy";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { SESSION_IS_LIVE } from "@/lib/server/live-session";
import { hashPassword } from "@/lib/server/passwords";
import { startSession } from "@/lib/server/sign-in";
import { makeAssignments } from "@/lib/services/assignment-store";
import { publishCodebook, templates } from "@/lib/services/codebook-store";
import { storeDocument } from "@/lib/services/document-store";
import { enterProject } from "@/lib/services/member-store";
import { inTransaction } from "@/lib/services/project-store";

export type TestUser = { userId: string; email: string; name: string; actor: Actor };
export type TestProject = { projectId: string; codebookVersionId: string };

let count = 0;

/** An account, without a password unless one is given. */
export async function makeUser(
  options: { name?: string; email?: string; role?: InstanceRole; password?: string } = {},
): Promise<TestUser> {
  count++;
  const { name = `Person ${count}`, email = `person-${count}@example.org` } = options;
  const { role = "user", password } = options;
  const userId = newId();
  const passwordHash = password === undefined ? null : await hashPassword(password);
  await db().user.create({ data: { id: userId, name, email, role, passwordHash } });
  return { userId, email, name, actor: actor(userId, { instanceRole: role }) };
}

/** Who asks, as `.as()` takes it. */
function actor(userId: string, more: Partial<Actor> = {}): Actor {
  return { userId, sessionId: null, instanceRole: "user", leadsSomewhere: false, ...more };
}

/** A session of an hour; answers its id. */
export function makeSession(userId: string): Promise<string> {
  return startSession(userId, 3600, "");
}

/** Whether a session would still be let in. */
export async function isSessionLive(sessionId: string): Promise<boolean> {
  const { rows } = await pool().query(
    `SELECT 1 FROM session s JOIN "user" u ON u.id = s.user_id
      WHERE s.id = $1 AND ${SESSION_IS_LIVE}`,
    [sessionId],
  );
  return rows.length > 0;
}

/** A project with a published codebook (the starter scheme unless named) and one round. */
export async function makeProject(
  options: { name?: string; template?: string } = {},
): Promise<TestProject> {
  const { name = `Project ${++count}`, template = "news-bias-starter" } = options;
  const codebook = templates().find((each) => each.key === template);
  if (codebook === undefined) throw new Error(`There is no template ${template}.`);
  const projectId = newId();
  return inTransaction(async (tx) => {
    await tx.project.create({ data: { id: projectId, name } });
    const { codebookVersionId } = await publishCodebook(tx, projectId, codebook);
    await tx.round.create({
      data: { projectId, id: newId(), position: 1, name: "Main round", codebookVersionId },
    });
    return { projectId, codebookVersionId };
  });
}

/** A new person with a role in the project. */
export async function makeMember(projectId: string, role: ProjectRole): Promise<TestUser> {
  const user = await makeUser({ name: `The ${role} ${++count}` });
  await inTransaction((tx) => enterProject(tx, { projectId, userId: user.userId, role }));
  return { ...user, actor: { ...user.actor, leadsSomewhere: role === "lead" } };
}

/** A document with its stored text, blocks and tokens. */
export async function makeDocument(
  projectId: string,
  options: { text?: string; title?: string } = {},
): Promise<{ documentId: string; documentVersionId: string; text: string; sha256: string }> {
  const { text = `Headline ${++count}\n\nThe army liberated the town on Monday.` } = options;
  const stored = await storeDocument(projectId, {
    title: options.title ?? null,
    language: "en",
    event: null,
    source: text,
    outlet: null,
    author: null,
    publishedOn: null,
    url: null,
    country: null,
    section: null,
    licence: null,
  });
  if (!stored.ok) throw new Error(stored.failure.message);
  const { documentId } = stored.value;
  const version = await db().documentVersion.findFirstOrThrow({
    where: { projectId, documentId },
    select: { id: true, text: true, sha256: true },
  });
  return { documentId, documentVersionId: version.id, text: version.text, sha256: version.sha256 };
}

/** A document given to a member who may annotate; answers the assignment's id. */
export async function makeAssignment(
  projectId: string,
  documentId: string,
  userId: string,
): Promise<string> {
  const planned = await inTransaction((tx) =>
    makeAssignments(tx, projectId, [{ documentId, userId }]),
  );
  const assignmentId = planned[0]?.assignmentId;
  if (assignmentId === undefined) throw new Error("This member cannot annotate.");
  return assignmentId;
}
