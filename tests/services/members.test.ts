import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import {
  addMember,
  changeMemberRole,
  listMembers,
  removeMember,
  restoreMember,
} from "@/lib/services/members";
import { listMyWork } from "@/lib/services/my-work";
import { archiveProject } from "@/lib/services/projects";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  makeUser,
  type TestUser,
} from "./support/factories";

let projectId: string;
let lead: TestUser;
let admin: TestUser;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  lead = await makeMember(projectId, "lead");
  admin = await makeUser({ role: "admin" });
});

const add = (email: string, role = "annotator") =>
  addMember.as(lead.actor, { projectId, email, role });

describe("adding somebody", () => {
  test("with an account makes them a member with a pseudonym, and needs no link", async () => {
    const ana = await makeUser({ email: "ana@example.org" });
    expect(valueFrom(await add(" Ana@Example.org "))).toEqual({
      userId: ana.userId,
      link: null,
      delivery: null,
    });
    const members = valueFrom(await listMembers.as(lead.actor, { projectId }));
    expect(members.find(({ userId }) => userId === ana.userId)).toMatchObject({
      role: "annotator",
      pseudonym: expect.stringMatching(/^A-/),
      canAnnotate: true,
    });
  });

  test("without an account makes one that only the link opens", async () => {
    const { userId, link } = valueFrom(await add("new@example.org"));
    expect(link).toMatch(/^\/welcome\/[\w-]{43}$/);
    const user = await db().user.findUniqueOrThrow({ where: { id: userId } });
    expect(user).toMatchObject({ email: "new@example.org", passwordHash: null, role: "user" });
    const invite = await db().invite.findFirstOrThrow({ where: { userId } });
    expect(invite).toMatchObject({ purpose: "join", createdById: lead.userId, usedAt: null });
    const members = valueFrom(await listMembers.as(lead.actor, { projectId }));
    expect(members.find((each) => each.userId === userId)?.isInvited).toBe(true);
  });

  test("who is in the project already is refused at the field", async () => {
    const { email } = await makeMember(projectId, "viewer");
    expect(failureFrom(await add(email))).toMatchObject({ kind: "conflict", place: "email" });
  });

  test("as a lead is for admins", async () => {
    expect(failureFrom(await add("new@example.org", "lead")).kind).toBe("forbidden");
    expect(await db().user.count({ where: { email: "new@example.org" } })).toBe(0);
    const input = { projectId, email: "new@example.org", role: "lead" };
    expect((await addMember.as(admin.actor, input)).ok).toBe(true);
  });

  test("twice at the same moment makes one member", async () => {
    const { userId, email } = await makeUser();
    const answers = await Promise.all(Array.from({ length: 8 }, () => add(email)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await db().annotator.count({ where: { projectId, userId } })).toBe(1);
  });

  test("is refused in an archived project", async () => {
    await archiveProject.as(lead.actor, { projectId });
    const { email } = await makeUser();
    expect(failureFrom(await add(email)).kind).toBe("closed");
  });
});

describe("a role", () => {
  test("is changed by a lead, and the pseudonym stays", async () => {
    const { userId } = await makeMember(projectId, "annotator");
    const before = await db().annotator.findFirstOrThrow({ where: { projectId, userId } });
    for (const role of ["adjudicator", "viewer", "annotator"] as const) {
      valueFrom(await changeMemberRole.as(lead.actor, { projectId, userId, role }));
    }
    const after = await db().annotator.findFirstOrThrow({ where: { projectId, userId } });
    expect(after).toEqual(before);
  });

  test("is never one's own to change, not even for an admin", async () => {
    const input = { projectId, userId: lead.userId, role: "viewer" };
    expect(failureFrom(await changeMemberRole.as(lead.actor, input)).kind).toBe("forbidden");
    valueFrom(
      await addMember.as(admin.actor, { projectId, email: admin.email, role: "annotator" }),
    );
    const own = { projectId, userId: admin.userId, role: "lead" };
    expect(failureFrom(await changeMemberRole.as(admin.actor, own)).kind).toBe("forbidden");
  });

  test("of a lead is changed by an admin, but the last lead stays", async () => {
    const input = { projectId, userId: lead.userId, role: "viewer" };
    expect(failureFrom(await changeMemberRole.as(admin.actor, input)).kind).toBe("conflict");
    expect(
      failureFrom(await removeMember.as(admin.actor, { projectId, userId: lead.userId })).kind,
    ).toBe("conflict");
    const second = await makeMember(projectId, "lead");
    expect(failureFrom(await changeMemberRole.as(second.actor, input)).kind).toBe("forbidden");
    expect((await changeMemberRole.as(admin.actor, input)).ok).toBe(true);
  });

  test("of two leads taken by two admins at once leaves one lead", async () => {
    const second = await makeMember(projectId, "lead");
    const answers = await Promise.all(
      [lead, second].map(({ userId }) => removeMember.as(admin.actor, { projectId, userId })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  test("that cannot annotate waits until open documents are withdrawn", async () => {
    const { userId } = await makeMember(projectId, "annotator");
    const { documentId } = await makeDocument(projectId);
    await makeAssignment(projectId, documentId, userId);
    const refused = failureFrom(
      await changeMemberRole.as(lead.actor, { projectId, userId, role: "viewer" }),
    );
    expect(refused.message).toContain("1 open document");
  });
});

describe("removing a member", () => {
  test("keeps labels and submitted work, and withdraws open documents", async () => {
    const ana = await makeMember(projectId, "annotator");
    const [first, second] = [await makeDocument(projectId), await makeDocument(projectId)];
    const done = await makeAssignment(projectId, first.documentId, ana.userId);
    const open = await makeAssignment(projectId, second.documentId, ana.userId);
    await db().assignment.updateMany({
      where: { projectId, id: done },
      data: { state: "submitted", submittedAt: new Date() },
    });
    const key = { projectId, userId: ana.userId };
    expect(valueFrom(await removeMember.as(lead.actor, key))).toEqual({ withdrawn: 1 });
    const withdrawn = async (id: string) =>
      (await db().assignment.findFirstOrThrow({ where: { projectId, id } })).withdrawnAt !== null;
    expect([await withdrawn(done), await withdrawn(open)]).toEqual([false, true]);
    expect(await db().annotationSet.count({ where: { projectId } })).toBe(2);
    expect(await db().annotator.count({ where: { projectId, userId: ana.userId } })).toBe(1);
    expect(valueFrom(await listMyWork.as(ana.actor, {}))).toEqual({ open: [], recent: [] });
  });

  test("is undone with the documents that it withdrew, and not with others", async () => {
    const ana = await makeMember(projectId, "annotator");
    const [first, second] = [await makeDocument(projectId), await makeDocument(projectId)];
    const earlier = await makeAssignment(projectId, first.documentId, ana.userId);
    await makeAssignment(projectId, second.documentId, ana.userId);
    await db().assignment.updateMany({
      where: { projectId, id: earlier },
      data: { withdrawnAt: new Date("2026-01-01") },
    });
    const key = { projectId, userId: ana.userId };
    valueFrom(await removeMember.as(lead.actor, key));
    valueFrom(await restoreMember.as(lead.actor, key));
    expect(valueFrom(await listMyWork.as(ana.actor, {})).open).toHaveLength(1);
  });
});
