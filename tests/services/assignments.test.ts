import { beforeEach, describe, expect, test } from "vitest";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import {
  assignDocuments,
  listAssignments,
  reopenAssignment,
  reportProgress,
  restoreAssignment,
  withdrawAssignment,
} from "@/lib/services/assignments";
import { archiveDocument } from "@/lib/services/documents";
import { removeMember } from "@/lib/services/members";
import {
  listMyWork,
  nextAssignment,
  resumeAssignment,
  skipAssignment,
} from "@/lib/services/my-work";
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
let ana: TestUser;
let ben: TestUser;
let documentId: string;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  lead = await makeMember(projectId, "lead");
  ana = await makeMember(projectId, "annotator");
  ben = await makeMember(projectId, "annotator");
  ({ documentId } = await makeDocument(projectId));
});

const assign = (documentIds: string[], users: TestUser[]) =>
  assignDocuments.as(lead.actor, {
    projectId,
    documentIds,
    userIds: users.map(({ userId }) => userId),
  });

async function assignOne(user: TestUser = ana): Promise<string> {
  const { assignments } = valueFrom(await assign([documentId], [user]));
  const id = assignments[0]?.assignmentId;
  if (id === undefined) throw new Error("Nothing was assigned.");
  return id;
}

async function submit(assignmentId: string): Promise<void> {
  await pool().query(
    `UPDATE assignment SET state = 'submitted', submitted_at = now() WHERE id = $1`,
    [assignmentId],
  );
  await pool().query(
    `UPDATE annotation_set SET revision = 3, submitted_revision = 3 WHERE assignment_id = $1`,
    [assignmentId],
  );
}

const stateOf = async (id: string) =>
  db().assignment.findFirstOrThrow({ where: { projectId, id }, include: { set: true } });

describe("assigning", () => {
  test("gives every document to every annotator, each with an empty set of the round's codebook", async () => {
    const second = await makeDocument(projectId);
    const { assignments } = valueFrom(await assign([documentId, second.documentId], [ana, ben]));
    expect(assignments).toHaveLength(4);
    expect(assignments.every(({ outcome }) => outcome === "made")).toBe(true);
    const round = await db().round.findFirstOrThrow({ where: { projectId } });
    const sets = await db().annotationSet.findMany({ where: { projectId } });
    expect(sets).toHaveLength(4);
    for (const set of sets) {
      expect(set).toMatchObject({
        kind: "annotator",
        revision: 0,
        submittedRevision: null,
        codebookVersionId: round.codebookVersionId,
      });
    }
  });

  test("again makes nothing new and says so", async () => {
    valueFrom(await assign([documentId], [ana]));
    const { assignments } = valueFrom(await assign([documentId, documentId], [ana, ben, ana]));
    expect(assignments.map(({ userId, outcome }) => [userId, outcome]).sort()).toEqual(
      [
        [ana.userId, "existing"],
        [ben.userId, "made"],
      ].sort(),
    );
    expect(await db().annotationSet.count({ where: { projectId } })).toBe(2);
  });

  test("by twelve leads at once makes one assignment with one set", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => assign([documentId], [ana, ben])),
    );
    const planned = answers.flatMap((answer) => valueFrom(answer).assignments);
    expect(planned.filter(({ outcome }) => outcome === "made")).toHaveLength(2);
    expect(await db().assignment.count({ where: { projectId } })).toBe(2);
    expect(await db().annotationSet.count({ where: { projectId } })).toBe(2);
  });

  test("what was withdrawn gives it back with what was marked", async () => {
    const assignmentId = await assignOne();
    const before = await stateOf(assignmentId);
    valueFrom(await withdrawAssignment.as(lead.actor, { assignmentId }));
    const { assignments } = valueFrom(await assign([documentId], [ana]));
    expect(assignments).toMatchObject([{ assignmentId, outcome: "restored" }]);
    expect(await stateOf(assignmentId)).toEqual(before);
  });

  test.each([
    ["a viewer", async () => makeMember(projectId, "viewer"), "userIds"],
    ["a stranger", async () => makeUser(), "userIds"],
    [
      "a member who left",
      async () => {
        const member = await makeMember(projectId, "annotator");
        valueFrom(await removeMember.as(lead.actor, { projectId, userId: member.userId }));
        return member;
      },
      "userIds",
    ],
  ])("to %s is refused, and to the others with it", async (_, person, place) => {
    const refused = failureFrom(await assign([documentId], [ana, await person()]));
    expect(refused).toMatchObject({ kind: "invalid", place });
    expect(await db().assignment.count({ where: { projectId } })).toBe(0);
  });

  test("an archived or foreign document is refused", async () => {
    const other = await makeProject();
    const foreign = await makeDocument(other.projectId);
    expect(failureFrom(await assign([foreign.documentId], [ana])).place).toBe("documentIds");
    expect(failureFrom(await assign([newId()], [ana])).place).toBe("documentIds");
    valueFrom(await archiveDocument.as(lead.actor, { projectId, documentId }));
    expect(failureFrom(await assign([documentId], [ana])).place).toBe("documentIds");
  });

  test("in an archived project is refused", async () => {
    valueFrom(await archiveProject.as(lead.actor, { projectId }));
    expect(failureFrom(await assign([documentId], [ana])).kind).toBe("closed");
  });

  test("to a lead is possible, who then annotates like everyone", async () => {
    await assignOne(lead);
    expect(valueFrom(await listMyWork.as(lead.actor, {})).open).toHaveLength(1);
  });
});

describe("the queue of an annotator", () => {
  test("has begun documents first, then the others in order, over all projects", async () => {
    const second = await makeDocument(projectId, { title: "Second" });
    await assignOne();
    const begun = await makeAssignment(projectId, second.documentId, ana.userId);
    await pool().query(`UPDATE assignment SET state = 'in_progress' WHERE id = $1`, [begun]);
    const { open } = valueFrom(await listMyWork.as(ana.actor, {}));
    expect(open.map(({ state }) => state)).toEqual(["in_progress", "assigned"]);
    const next = valueFrom(await nextAssignment.as(ana.actor, { projectId }));
    expect(next.assignmentId).toBe(begun);
  });

  test("leaves out archived documents and projects, and what was withdrawn", async () => {
    const second = await makeDocument(projectId);
    const third = await makeDocument(projectId);
    await makeAssignment(projectId, second.documentId, ana.userId);
    const assignmentId = await makeAssignment(projectId, third.documentId, ana.userId);
    await assignOne();
    const open = async () => valueFrom(await listMyWork.as(ana.actor, {})).open.length;
    expect(await open()).toBe(3);
    valueFrom(await archiveDocument.as(lead.actor, { projectId, documentId: second.documentId }));
    valueFrom(await withdrawAssignment.as(lead.actor, { assignmentId }));
    expect(await open()).toBe(1);
    valueFrom(await archiveProject.as(lead.actor, { projectId }));
    expect(await open()).toBe(0);
  });

  test("does not change in any way with what a colleague does on the same document", async () => {
    await assignOne(ana);
    const look = async () =>
      JSON.stringify([
        valueFrom(await listMyWork.as(ana.actor, {})),
        valueFrom(await nextAssignment.as(ana.actor, { projectId })),
      ]);
    const before = await look();
    const theirs = await assignOne(ben);
    await submit(theirs);
    await pool().query(`UPDATE assignment SET active_seconds = 900 WHERE id = $1`, [theirs]);
    expect(await look()).toBe(before);
    valueFrom(await reopenAssignment.as(lead.actor, { assignmentId: theirs }));
    expect(await look()).toBe(before);
  });

  test("says nothing when all is done", async () => {
    await submit(await assignOne());
    const { assignmentId } = valueFrom(await nextAssignment.as(ana.actor, { projectId }));
    expect(assignmentId).toBeNull();
    const work = valueFrom(await listMyWork.as(ana.actor, {}));
    expect([work.open.length, work.recent.length]).toEqual([0, 1]);
  });
});

describe("skipping", () => {
  test("needs a reason, keeps what was marked, and is undone by the annotator", async () => {
    const assignmentId = await assignOne();
    const blank = await skipAssignment.as(ana.actor, { assignmentId, reason: " " });
    expect(failureFrom(blank).place).toBe("reason");
    valueFrom(await skipAssignment.as(ana.actor, { assignmentId, reason: "Broken text" }));
    expect(await stateOf(assignmentId)).toMatchObject({
      state: "skipped",
      skipReason: "Broken text",
    });
    valueFrom(await resumeAssignment.as(ana.actor, { assignmentId }));
    expect(await stateOf(assignmentId)).toMatchObject({ state: "assigned", skipReason: null });
  });

  test("what is submitted is refused, and so is another's document", async () => {
    const assignmentId = await assignOne();
    const input = { assignmentId, reason: "Broken text" };
    expect(failureFrom(await skipAssignment.as(ben.actor, input)).kind).toBe("not_found");
    await submit(assignmentId);
    expect(failureFrom(await skipAssignment.as(ana.actor, input)).kind).toBe("closed");
  });
});

describe("a lead", () => {
  test("opens a submitted document again, and the set is no longer a submission", async () => {
    const assignmentId = await assignOne();
    await submit(assignmentId);
    valueFrom(await reopenAssignment.as(lead.actor, { assignmentId }));
    const opened = await stateOf(assignmentId);
    expect(opened).toMatchObject({ state: "in_progress", submittedAt: null });
    expect(opened.set).toMatchObject({ revision: 3, submittedRevision: null });
    const noted = await db().auditEvent.findFirstOrThrow({
      where: { projectId, action: "assignment.reopened" },
    });
    expect(noted).toMatchObject({ actorId: lead.userId, targetId: assignmentId });
  });

  test("opens again only what is submitted or skipped", async () => {
    const assignmentId = await assignOne();
    const again = () => reopenAssignment.as(lead.actor, { assignmentId });
    expect(failureFrom(await again()).kind).toBe("closed");
    await submit(assignmentId);
    const answers = await Promise.all([again(), again(), again()]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  test("withdraws what is open, never what is submitted, and gives it back", async () => {
    const assignmentId = await assignOne();
    valueFrom(await withdrawAssignment.as(lead.actor, { assignmentId }));
    expect(failureFrom(await withdrawAssignment.as(lead.actor, { assignmentId })).kind).toBe(
      "closed",
    );
    valueFrom(await restoreAssignment.as(lead.actor, { assignmentId }));
    await submit(assignmentId);
    expect(failureFrom(await withdrawAssignment.as(lead.actor, { assignmentId })).kind).toBe(
      "closed",
    );
  });

  test("cannot give a document back to who left", async () => {
    const assignmentId = await assignOne();
    valueFrom(await removeMember.as(lead.actor, { projectId, userId: ana.userId }));
    expect(failureFrom(await restoreAssignment.as(lead.actor, { assignmentId })).kind).toBe(
      "closed",
    );
  });

  test("sees documents by annotators with states, marks and time", async () => {
    await submit(await assignOne(ana));
    await assignOne(ben);
    await pool().query(`UPDATE assignment SET active_seconds = 61 WHERE state = 'submitted'`);
    const matrix = valueFrom(await listAssignments.as(lead.actor, { projectId }));
    expect(matrix.annotators.map(({ userId }) => userId)).toEqual([ana.userId, ben.userId]);
    const states = matrix.documents[0]?.cells.map(({ state, spans, activeSeconds }) => [
      state,
      spans,
      activeSeconds,
    ]);
    expect(states).toEqual([
      ["submitted", 0, 61],
      ["assigned", 0, 0],
    ]);
    const { annotators } = valueFrom(await reportProgress.as(lead.actor, { projectId }));
    expect(annotators).toMatchObject([
      { submitted: 1, assigned: 0, activeSeconds: 61 },
      { submitted: 0, assigned: 1 },
    ]);
  });

  test("does not see marks of others on a document that they still annotate themselves", async () => {
    await assignOne(ana);
    const own = await assignOne(lead);
    const spans = async () => {
      const matrix = valueFrom(await listAssignments.as(lead.actor, { projectId }));
      return matrix.documents[0]?.cells.map((cell) => cell.spans);
    };
    expect(await spans()).toEqual([null, 0]);
    await submit(own);
    expect(await spans()).toEqual([0, 0]);
  });

  test("is offered leads and adjudicators only when asked", async () => {
    const adjudicator = await makeMember(projectId, "adjudicator");
    const offered = async (people: "annotators" | "all") =>
      valueFrom(await listAssignments.as(lead.actor, { projectId, people })).annotators.map(
        ({ userId }) => userId,
      );
    expect(await offered("annotators")).not.toContain(adjudicator.userId);
    expect(await offered("all")).toEqual(
      expect.arrayContaining([adjudicator.userId, lead.userId, ana.userId]),
    );
  });
});
