import { beforeEach, describe, expect, test } from "vitest";
import { db, pool } from "@/lib/server/db";
import { openCodebook } from "@/lib/services/codebooks";
import {
  archiveProject,
  createProject,
  listProjects,
  openProject,
  renameProject,
  restoreProject,
} from "@/lib/services/projects";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  makeUser,
} from "./support/factories";

beforeEach(emptyDatabase);

const plan = { name: "Ceasefire coverage", template: "news-bias-starter" };

describe("a new project", () => {
  test("is led by who made it, under a pseudonym, with version 1 of the codebook and one round", async () => {
    const admin = await makeUser({ role: "admin" });
    const { projectId } = valueFrom(await createProject.as(admin.actor, plan));
    const opened = valueFrom(await openProject.as(admin.actor, { projectId }));
    expect(opened).toMatchObject({ name: plan.name, role: "lead", language: "en" });
    const round = await db().round.findFirstOrThrow({ where: { projectId } });
    expect(round).toMatchObject({ name: "Main round", kind: "main", position: 1 });
    const annotator = await db().annotator.findFirstOrThrow({ where: { projectId } });
    expect(annotator.userId).toBe(admin.userId);
    expect(annotator.pseudonym).toMatch(/^A-[2-9A-HJKMNP-TV-Z]{4}$/);
    const { codebook, version } = valueFrom(await openCodebook.as(admin.actor, { projectId }));
    expect(version).toBe(1);
    const labels = codebook.layers.reduce((sum, layer) => sum + layer.labels.length, 0);
    expect(await db().label.count({ where: { projectId } })).toBe(labels);
  });

  test("is noted in the audit log of that project", async () => {
    const admin = await makeUser({ role: "admin" });
    const { projectId } = valueFrom(await createProject.as(admin.actor, plan));
    const events = await db().auditEvent.findMany({ where: { projectId } });
    expect(events).toMatchObject([
      { action: "project.created", actorId: admin.userId, targetId: projectId },
    ]);
  });

  test("can be made by who leads another project, and by nobody else but admins", async () => {
    const { projectId } = await makeProject();
    const lead = await makeMember(projectId, "lead");
    const annotator = await makeMember(projectId, "annotator");
    expect((await createProject.as(lead.actor, plan)).ok).toBe(true);
    expect(failureFrom(await createProject.as(annotator.actor, plan)).kind).toBe("forbidden");
  });

  test.each([
    ["a name of spaces", { name: "  " }, "name"],
    ["a name with U+0000", { name: "a\0b" }, "name"],
    ["a name with half a surrogate pair", { name: "a\ud800b" }, "name"],
    ["a name that turns the reading direction", { name: "a\u202eb" }, "name"],
    ["a name of two lines", { name: "a\nb" }, "name"],
    ["a description with U+0000", { description: "a\0" }, "description"],
    ["a language that is none", { language: "English!" }, "language"],
    ["a codebook that is not there", { template: "none" }, "template"],
  ])("is refused for %s, with the field", async (_, wrong, place) => {
    const admin = await makeUser({ role: "admin" });
    const refused = failureFrom(await createProject.as(admin.actor, { ...plan, ...wrong }));
    expect(refused).toMatchObject({ kind: "invalid", place });
    expect(await db().project.count()).toBe(0);
  });

  test("keeps a name as typed, composed and trimmed", async () => {
    const admin = await makeUser({ role: "admin" });
    const name = "  Übersicht  🗞️ ";
    const { projectId } = valueFrom(await createProject.as(admin.actor, { ...plan, name }));
    expect(valueFrom(await openProject.as(admin.actor, { projectId })).name).toBe("Übersicht 🗞️");
  });
});

describe("the list of projects", () => {
  test("holds those of a member, and all for an admin, who is told that they are no member", async () => {
    const { projectId } = await makeProject();
    await makeProject();
    const annotator = await makeMember(projectId, "annotator");
    const admin = await makeUser({ role: "admin" });
    const own = valueFrom(await listProjects.as(annotator.actor, {}));
    expect(own).toMatchObject([{ projectId, role: "annotator", documents: null, members: null }]);
    const all = valueFrom(await listProjects.as(admin.actor, {}));
    expect(all.map(({ role }) => role)).toEqual([null, null]);
  });

  test("leaves out a project that somebody has left", async () => {
    const { projectId } = await makeProject();
    const { actor, userId } = await makeMember(projectId, "annotator");
    await pool().query(`UPDATE membership SET ended_at = now() WHERE user_id = $1`, [userId]);
    expect(valueFrom(await listProjects.as(actor, {}))).toEqual([]);
  });

  test("counts all assignments for a lead and only their own for an annotator", async () => {
    const { projectId } = await makeProject();
    const { documentId } = await makeDocument(projectId);
    const [lead, ana, ben] = [
      await makeMember(projectId, "lead"),
      await makeMember(projectId, "annotator"),
      await makeMember(projectId, "annotator"),
    ];
    await makeAssignment(projectId, documentId, ana.userId);
    await makeAssignment(projectId, documentId, ben.userId);
    const counted = async (who: typeof lead) =>
      valueFrom(await listProjects.as(who.actor, {}))[0]?.assigned;
    expect([await counted(lead), await counted(ana)]).toEqual([2, 1]);
  });
});

test("what an annotator opens does not change with what others do", async () => {
  const { projectId } = await makeProject();
  const { documentId } = await makeDocument(projectId);
  const ana = await makeMember(projectId, "annotator");
  const ben = await makeMember(projectId, "annotator");
  await makeAssignment(projectId, documentId, ana.userId);
  const look = async () =>
    JSON.stringify([
      valueFrom(await openProject.as(ana.actor, { projectId })),
      valueFrom(await listProjects.as(ana.actor, {})),
    ]);
  const before = await look();
  expect(before).not.toContain(ben.userId);
  const assignmentId = await makeAssignment(projectId, documentId, ben.userId);
  await pool().query(
    `UPDATE assignment SET state = 'submitted', submitted_at = now() WHERE id = $1`,
    [assignmentId],
  );
  expect(await look()).toBe(before);
});

test("a project is renamed, archived and restored by its lead", async () => {
  const { projectId } = await makeProject();
  const { actor } = await makeMember(projectId, "lead");
  valueFrom(await renameProject.as(actor, { projectId, name: "New", description: "About." }));
  valueFrom(await archiveProject.as(actor, { projectId }));
  expect(valueFrom(await openProject.as(actor, { projectId }))).toMatchObject({
    name: "New",
    description: "About.",
    isArchived: true,
  });
  valueFrom(await restoreProject.as(actor, { projectId }));
  expect(valueFrom(await openProject.as(actor, { projectId })).isArchived).toBe(false);
  const events = await db().auditEvent.findMany({ where: { projectId }, orderBy: { seq: "asc" } });
  expect(events.map(({ action }) => action)).toEqual([
    "project.renamed",
    "project.archived",
    "project.restored",
  ]);
});
