import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import type { Transaction } from "@/lib/server/db";
import { makeAssignments, type Planned } from "./assignment-store";
import { recordAudit } from "./audit";
import { canAnnotate } from "./member-store";
import { inLiveProject } from "./project-store";
import { defineUseCase } from "./use-case";

const MOST_AT_ONCE = 5_000;

/**
 * Gives each of the documents to each of the members, in the project's latest round and under its
 * codebook. What is assigned already is reported and not doubled.
 */
export const assignDocuments = defineUseCase({
  name: "assignDocuments",
  permission: "assignment.plan",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    documentIds: z.array(z.uuid()).min(1, "Choose a document.").max(500),
    userIds: z.array(z.uuid()).min(1, "Choose an annotator.").max(100),
  }),
  async run({ projectId, documentIds, userIds }, caller) {
    const documents = [...new Set(documentIds)];
    const users = [...new Set(userIds)];
    const pairs = documents.flatMap((documentId) =>
      users.map((userId) => ({ documentId, userId })),
    );
    if (pairs.length > MOST_AT_ONCE) {
      return failure("invalid", `Assign at most ${MOST_AT_ONCE} at once; choose fewer documents.`);
    }
    const planned = await inLiveProject(projectId, async (tx): Promise<Result<Planned[]>> => {
      const problem = await planProblem(tx, projectId, documents, users);
      if (problem !== null) return problem;
      return success(await makeAssignments(tx, projectId, pairs));
    });
    if (!planned.ok) return planned;
    const made = planned.value.filter((each) => each.outcome !== "existing").length;
    if (made > 0) {
      await recordAudit(caller, {
        action: "assignments.made",
        targetType: "project",
        targetId: projectId,
        detail: { made, documents: documents.length, annotators: users.length },
      });
    }
    return success({ assignments: planned.value });
  },
});

async function planProblem(
  tx: Transaction,
  projectId: string,
  documentIds: string[],
  userIds: string[],
): Promise<Result<never> | null> {
  const documents = await tx.document.count({
    where: { projectId, id: { in: documentIds }, archivedAt: null },
  });
  if (documents !== documentIds.length) {
    return failure("invalid", "A document was archived meanwhile. Reload the page.", {
      place: "documentIds",
    });
  }
  const members = await tx.membership.findMany({
    where: { projectId, userId: { in: userIds }, endedAt: null },
    select: { role: true },
  });
  const able = members.filter((member) => canAnnotate(member.role)).length;
  if (able !== userIds.length) {
    return failure(
      "invalid",
      "Somebody chosen is not an annotator here any more. Reload the page.",
      {
        place: "userIds",
      },
    );
  }
  return null;
}
