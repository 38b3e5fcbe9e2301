/** People in a group before it is told to anybody. */
export const LEAST_IN_CELL = 5;

export type Cell = { name: string; people: number };

/** Groups that can be told, and how many others are not. */
export type ToldCells = { told: Cell[]; untold: number };

/**
 * What can be told of a division of people, each in one cell, whose number everybody knows. No told
 * cell has fewer than five people, and what is left untold has none, or at least five in at least two
 * cells, so that no small cell comes out by subtraction. One cell with everybody in it is not told
 * either: it would say what each of them answered.
 */
export function tellCells(cells: readonly Cell[]): ToldCells {
  const filled = cells.filter(({ people }) => people > 0);
  const total = filled.reduce((sum, { people }) => sum + people, 0);
  const bySize = [...filled].sort((a, b) => a.people - b.people);
  const hidden = new Set<Cell>();
  let untold = 0;
  for (const cell of bySize) {
    const isSafe = untold === 0 || (untold >= LEAST_IN_CELL && hidden.size >= 2);
    if (cell.people >= LEAST_IN_CELL && isSafe) continue;
    hidden.add(cell);
    untold += cell.people;
  }
  const told = filled.filter((cell) => !hidden.has(cell));
  return told.some(({ people }) => people === total)
    ? { told: [], untold: total }
    : { told, untold };
}

/**
 * What can be told of groups of which a person may be in several: those with five people or more in
 * them and five or more outside.
 */
export function tellOverlapping(cells: readonly Cell[], total: number): ToldCells {
  const told = cells.filter(
    ({ people }) => people >= LEAST_IN_CELL && total - people >= LEAST_IN_CELL,
  );
  return { told, untold: cells.length - told.length };
}
