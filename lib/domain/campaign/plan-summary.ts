import type { Plan, PlanDocument } from "./planned";

/** By annotator, how many documents and words a plan gives them, repeats included. */
export function loadsOf(
  { assignments }: Plan,
  documents: readonly PlanDocument[],
): Map<string, { documents: number; words: number }> {
  const words = new Map(documents.map((each) => [each.documentId, each.words]));
  const loads = new Map<string, { documents: number; words: number }>();
  for (const { userId, documentId } of assignments) {
    const load = loads.get(userId) ?? { documents: 0, words: 0 };
    load.documents += 1;
    load.words += words.get(documentId) ?? 0;
    loads.set(userId, load);
  }
  return loads;
}

/** Documents that every two annotators share, by their places in `userIds`. */
export function sharedBy({ assignments }: Plan, userIds: readonly string[]): number[][] {
  const places = new Map(userIds.map((userId, at) => [userId, at]));
  const holders = new Map<string, number[]>();
  for (const { documentId, userId, repetition } of assignments) {
    const at = places.get(userId);
    if (at === undefined || repetition !== 0) continue;
    const held = holders.get(documentId);
    if (held === undefined) holders.set(documentId, [at]);
    else held.push(at);
  }
  const shared = userIds.map(() => userIds.map(() => 0));
  for (const held of holders.values()) for (const one of held) count(shared[one], held);
  return shared;
}

function count(row: number[] | undefined, held: readonly number[]): void {
  for (const other of held) if (row !== undefined) row[other] = (row[other] ?? 0) + 1;
}
