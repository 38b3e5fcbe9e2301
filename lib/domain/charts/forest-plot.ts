import {
  agreementTicks,
  type Drawing,
  inWords,
  linearScale,
  lowestTick,
  type Shape,
  shortened,
  type Tone,
} from "./drawing";

/** A row of a forest plot: a figure with its interval, and a second figure beside it. */
export type ForestRow = {
  readonly name: string;
  readonly tone: Tone;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Drawn as an open square. */
  readonly second: number | null;
  /** Why there is no value. */
  readonly because?: string;
  readonly href?: string;
};

/** Where names stand: beside the axis, or above each row on a narrow page. */
export type Room = "narrow" | "wide";

const SHAPES = {
  narrow: { width: 292, left: 12, right: 12, row: 40, letters: 44 },
  wide: { width: 640, left: 200, right: 24, row: 28, letters: 30 },
} as const;
const TOP = 24;

/** Figures with their intervals on one axis from chance (0) to full agreement (1). */
export function drawForest(
  rows: readonly ForestRow[],
  words: { title: string; first: string; second: string | null },
  room: Room,
): Drawing {
  const { width, left, right, row, letters } = SHAPES[room];
  const height = TOP + rows.length * row + 8;
  const values = rows.flatMap(({ value, low, second }) =>
    [value, low, second].filter((each) => each !== null),
  );
  const least = lowestTick(values);
  const x = linearScale([least, 1], [left, width - right]);
  const shapes: Shape[] = agreementTicks(least).flatMap((tick): Shape[] => [
    {
      kind: "line",
      x1: x(tick),
      x2: x(tick),
      y1: TOP - 4,
      y2: height - 4,
      tone: Math.abs(tick) < 0.01 ? "strong" : "line",
    },
    {
      kind: "text",
      x: x(tick),
      y: 13,
      text: inWords(tick, 1),
      anchor: "middle",
      tone: "soft",
      size: 11,
    },
  ]);
  rows.forEach((own, index) => {
    const top = TOP + index * row;
    const y = room === "narrow" ? top + 27 : top + row / 2;
    const drawn: Shape[] = [
      // Something to point at that is as large as a finger.
      ...(own.href === undefined
        ? []
        : [
            {
              kind: "rect",
              x: 0,
              y: top,
              width: left - 4,
              height: row - 2,
              tone: "surface",
            } as const,
          ]),
      {
        kind: "text",
        x: room === "narrow" ? left : left - 12,
        y: room === "narrow" ? top + 13 : y + 4,
        text: shortened(own.name, letters),
        anchor: room === "narrow" ? "start" : "end",
        tone: own.href === undefined ? "ink" : "accent",
        size: 12,
      },
    ];
    shapes.push(
      ...(own.href === undefined
        ? drawn
        : [{ kind: "link", href: own.href, name: own.name, shapes: drawn } as const]),
      ...marks(own, x, y),
    );
  });
  return {
    title: words.title,
    description: describe(rows, words.first),
    width,
    height,
    shapes,
    table: {
      head: ["Name", words.first, "Low", "High", ...(words.second === null ? [] : [words.second])],
      rows: rows.map((own) => [
        own.name,
        own.value,
        own.low,
        own.high,
        ...(words.second === null ? [] : [own.second]),
      ]),
    },
  };
}

function marks(own: ForestRow, x: (value: number) => number, y: number): Shape[] {
  const { value, low, high, second, tone } = own;
  return [
    ...(low === null || high === null
      ? []
      : [{ kind: "line", x1: x(low), x2: x(high), y1: y, y2: y, tone, width: 3 } as const]),
    ...(second === null
      ? []
      : [
          {
            kind: "rect",
            x: x(second) - 4,
            y: y - 4,
            width: 8,
            height: 8,
            tone,
            isOpen: true,
          } as const,
        ]),
    value === null
      ? {
          kind: "text",
          x: x(0) + 6,
          y: y + 4,
          text: "no value",
          anchor: "start",
          tone: "soft",
          size: 11,
        }
      : { kind: "circle", x: x(value), y, radius: 5, tone },
  ];
}

function describe(rows: readonly ForestRow[], first: string): string {
  return rows
    .map(({ name, value, low, high, because }) => {
      if (value === null)
        return `${name}: no ${first}${because === undefined ? "" : `, ${because}`}`;
      const interval = low === null || high === null ? "" : `, ${inWords(low)} to ${inWords(high)}`;
      return `${name}: ${inWords(value)}${interval}`;
    })
    .join("; ");
}
