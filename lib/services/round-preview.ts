import "server-only";
import { loadsOf, sharedBy } from "@/lib/domain/campaign/plan-summary";
import type { Plan, PlanDocument } from "@/lib/domain/campaign/planned";
import { db } from "@/lib/server/db";

/** Shortfalls named in a preview. */
const MOST_SHOWN = 50;

/** What a plan would do, before anything is stored. */
export type PlanPreview = {
  documents: number;
  assignments: number;
  /** Places in the queue of a pull round. */
  places: number;
  batches: number;
  annotators: { userId: string; name: string; documents: number; words: number }[];
  /** Documents that two annotators share, by their places in `annotators`; the diagonal is their own. */
  shared: number[][];
  shortfalls: number;
  firstShortfalls: { title: string; wanted: number; found: number; reason: string }[];
};

/** Says in numbers and names what a plan would do. */
export async function previewPlan(
  projectId: string,
  plan: Plan,
  documents: readonly PlanDocument[],
  annotators: readonly { userId: string }[],
): Promise<PlanPreview> {
  const userIds = annotators.map(({ userId }) => userId);
  const first = plan.shortfalls.slice(0, MOST_SHOWN);
  const [names, titles] = await Promise.all([
    db().user.findMany({ where: { id: { in: userIds } }, select: { id: true, name: true } }),
    db().document.findMany({
      where: { projectId, id: { in: first.map(({ documentId }) => documentId) } },
      select: { id: true, title: true },
    }),
  ]);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const titleOf = new Map(titles.map(({ id, title }) => [id, title]));
  const loads = loadsOf(plan, documents);
  return {
    documents: documents.length,
    assignments: plan.assignments.length,
    places: plan.queue.reduce((sum, { wanted }) => sum + wanted, 0),
    batches: [...plan.assignments, ...plan.queue].reduce(
      (most, { batch }) => Math.max(most, batch),
      1,
    ),
    annotators: userIds.map((userId) => ({
      userId,
      name: nameOf.get(userId) ?? "",
      ...(loads.get(userId) ?? { documents: 0, words: 0 }),
    })),
    shared: sharedBy(plan, userIds),
    shortfalls: plan.shortfalls.length,
    firstShortfalls: first.map(({ documentId, ...rest }) => ({
      title: titleOf.get(documentId) ?? "",
      ...rest,
    })),
  };
}
