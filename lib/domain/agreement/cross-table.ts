import { intAt, realAt } from "./columns";
import type { RatingTable } from "./ratings";

/** How often annotator a gave category k and annotator b category l, at `k * size + l`. */
export type CrossTable = { readonly size: number; readonly cells: Float64Array };

/** The table of two columns of ratings over the items both rated. */
export function crossTable(table: RatingTable, first: number, second: number): CrossTable {
  const columns = ratingColumns(table);
  return crossColumns(columns, {
    first,
    second,
    items: table.items,
    size: table.categories.length,
  });
}

/** The ratings of every annotator one after the other: category + 1, 0 for none. */
export function ratingColumns(table: RatingTable): Int32Array {
  const { items, annotators, codes } = table;
  const columns = new Int32Array(codes.length);
  for (let item = 0; item < items; item++) {
    for (let annotator = 0; annotator < annotators; annotator++) {
      columns[annotator * items + item] = intAt(codes, item * annotators + annotator) + 1;
    }
  }
  return columns;
}

/** Counts two of the columns that {@link ratingColumns} made against each other. */
export function crossColumns(
  columns: Int32Array,
  pair: {
    readonly first: number;
    readonly second: number;
    readonly items: number;
    readonly size: number;
  },
): CrossTable {
  const { items, size } = pair;
  const width = size + 1;
  const counts = new Int32Array(width * width);
  const a = pair.first * items;
  const b = pair.second * items;
  for (let item = 0; item < items; item++) {
    const cell = intAt(columns, a + item) * width + intAt(columns, b + item);
    counts[cell] = intAt(counts, cell) + 1;
  }
  const cells = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    for (let l = 0; l < size; l++) cells[k * size + l] = intAt(counts, (k + 1) * width + l + 1);
  }
  return { size, cells };
}

/** A table given as rows. */
export function crossTableOf(rows: readonly (readonly number[])[]): CrossTable {
  const size = rows.length;
  const cells = new Float64Array(size * size);
  rows.forEach((row, k) => {
    row.forEach((count, l) => {
      cells[k * size + l] = count;
    });
  });
  return { size, cells };
}

/** Sum of all cells. */
export function tableTotal(table: CrossTable): number {
  return table.cells.reduce((sum, cell) => sum + cell, 0);
}

/** Shares of the categories for annotator a (rows) and annotator b (columns). The table must not be empty. */
export function tableMargins(table: CrossTable): { rows: Float64Array; columns: Float64Array } {
  const total = tableTotal(table);
  const rows = new Float64Array(table.size);
  const columns = new Float64Array(table.size);
  for (let k = 0; k < table.size; k++) {
    for (let l = 0; l < table.size; l++) {
      const share = realAt(table.cells, k * table.size + l) / total;
      rows[k] = realAt(rows, k) + share;
      columns[l] = realAt(columns, l) + share;
    }
  }
  return { rows, columns };
}

/** The table as ratings of two annotators, item by item; for measures that work on items. */
export function ratingsOfTable(table: CrossTable): RatingTable {
  const codes: number[] = [];
  table.cells.forEach((count, cell) => {
    for (let item = 0; item < count; item++)
      codes.push(Math.floor(cell / table.size), cell % table.size);
  });
  return {
    items: codes.length / 2,
    annotators: 2,
    codes: Int32Array.from(codes),
    categories: Array.from({ length: table.size }, (_, index) => index + 1),
  };
}
