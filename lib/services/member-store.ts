import "server-only";
import { randomInt } from "node:crypto";
import type { ProjectRole } from "@/lib/domain/policy";
import type { Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";

/** Roles whose members can be given documents to annotate. */
const ANNOTATING: readonly ProjectRole[] = ["annotator", "lead", "adjudicator"];

/** Letters and digits that are not mistaken for each other. */
const SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const TRIES = 20;

/** Whether members of this role can be given documents to annotate. */
export function canAnnotate(role: ProjectRole): boolean {
  return ANNOTATING.includes(role);
}

/** Makes somebody a member, or one again, with the pseudonym under which their labels are kept. */
export async function enterProject(
  tx: Transaction,
  { projectId, userId, role }: { projectId: string; userId: string; role: ProjectRole },
): Promise<void> {
  await tx.membership.upsert({
    where: { projectId_userId: { projectId, userId } },
    create: { projectId, userId, role },
    update: { role, endedAt: null },
  });
  if (canAnnotate(role)) await givePseudonym(tx, projectId, userId);
}

/** Keeps the pseudonym that a member has; it never changes, since labels are exported under it. */
async function givePseudonym(tx: Transaction, projectId: string, userId: string): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    await tx.$executeRaw`
      INSERT INTO annotator (project_id, id, user_id, pseudonym)
      VALUES (${projectId}::uuid, ${newId()}::uuid, ${userId}::uuid, ${newPseudonym()})
      ON CONFLICT DO NOTHING`;
    const known = await tx.annotator.findUnique({
      where: { projectId_userId: { projectId, userId } },
      select: { id: true },
    });
    if (known !== null) return;
  }
  throw new Error("No pseudonym is free.");
}

function newPseudonym(): string {
  const signs = Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]);
  return `A-${signs.join("")}`;
}
