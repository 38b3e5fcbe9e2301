import type { Matrix, PlannedCell } from "@/lib/services/assignments";

/** Documents and annotators that are ticked in the matrix, by id; annotators by user. */
export type Choice = { documents: ReadonlySet<string>; annotators: ReadonlySet<string> };

export const NO_CHOICE: Choice = { documents: new Set(), annotators: new Set() };

/** What assigning the choice would make, and what is assigned already. */
export function countPlan(matrix: Matrix, choice: Choice): { made: number; existing: number } {
  const chosen = matrix.annotators.filter(
    ({ userId }) => userId !== null && choice.annotators.has(userId),
  );
  let existing = 0;
  for (const { documentId, cells } of matrix.documents) {
    if (!choice.documents.has(documentId)) continue;
    existing += chosen.filter(({ annotatorId }) => hasWork(cells, annotatorId)).length;
  }
  return { made: choice.documents.size * chosen.length - existing, existing };
}

/** The set with a member more or less. */
export function toggled(set: ReadonlySet<string>, member: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}

function hasWork(cells: PlannedCell[], annotatorId: string): boolean {
  return cells.some((cell) => cell.annotatorId === annotatorId && !cell.isWithdrawn);
}
