import { type Drawing, type Shape, shortened, type Tone } from "./drawing";

/** A square of names against names (or others), each cell with its number. */
export type HeatMap = {
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** The cell of a row and column: its words, how dark (0 to 1), and where it leads; null for none. */
  readonly cell: (row: number, column: number) => HeatCell | null;
};

export type HeatCell = {
  readonly words: string;
  readonly value: number;
  readonly share: number;
  readonly href?: string;
  /** What a reader hears. */
  readonly name: string;
};

const CELL = { width: 50, height: 30 };
const LETTERS = 22;
const CHARACTER = 6.4;

/** A heat map with the number printed in every cell; columns are numbered, and rows named with their number. */
export function drawHeatMap(map: HeatMap): Drawing {
  const longest = map.rows.reduce((most, name) => Math.max(most, [...name].length), 0);
  const left = Math.round(Math.min(LETTERS, longest) * CHARACTER) + 34;
  const top = 22;
  const shapes: Shape[] = map.columns.map((_, column) => ({
    kind: "text",
    x: left + column * CELL.width + CELL.width / 2,
    y: 14,
    text: String(column + 1),
    anchor: "middle",
    tone: "soft",
    size: 12,
  }));
  const rows: (string | number | null)[][] = [];
  map.rows.forEach((name, row) => {
    const y = top + row * CELL.height;
    shapes.push({
      kind: "text",
      x: left - 8,
      y: y + 19,
      text: `${shortened(name, LETTERS)}  ${row + 1}`,
      anchor: "end",
      tone: "ink",
      size: 12,
    });
    map.columns.forEach((other, column) => {
      const cell = map.cell(row, column);
      if (cell === null) return;
      rows.push([name, other, cell.value]);
      shapes.push(...cellShapes(cell, left + column * CELL.width, y));
    });
  });
  return {
    title: map.title,
    description: `${map.rows.length} rows and ${map.columns.length} columns; the number of each cell is printed in it and in the table.`,
    width: left + map.columns.length * CELL.width + 4,
    height: top + map.rows.length * CELL.height + 4,
    shapes,
    table: { head: ["Row", "Column", "Value"], rows },
  };
}

function cellShapes(cell: HeatCell, x: number, y: number): Shape[] {
  const shapes: Shape[] = [
    {
      kind: "rect",
      x: x + 1,
      y: y + 1,
      width: CELL.width - 2,
      height: CELL.height - 2,
      tone: shadeOf(cell.share),
    },
    {
      kind: "text",
      x: x + CELL.width / 2,
      y: y + 19,
      text: cell.words,
      anchor: "middle",
      tone: "ink",
      size: 12,
    },
  ];
  return cell.href === undefined
    ? shapes
    : [{ kind: "link", href: cell.href, name: cell.name, shapes }];
}

function shadeOf(share: number): Tone {
  const step = Math.min(5, Math.max(0, Math.floor(share * 6)));
  return (
    (["shade-0", "shade-1", "shade-2", "shade-3", "shade-4", "shade-5"] as const)[step] ?? "shade-0"
  );
}
