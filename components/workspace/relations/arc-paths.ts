import type { Box } from "../text/text-boxes";

/** A relation to draw: the lines of both of its spans. */
export type Ends = { id: string; from: readonly Box[]; to: readonly Box[] };

/** An arrow as SVG shows it: its line, its head, and the middle of its label. */
export type Arc = { id: string; line: string; head: string; label: { x: number; y: number } };

/** Between the words and the lowest line above them, which leaves room for the codes. */
const CLEARANCE = 14;
/** Between lines that run side by side. */
const PITCH = 4;
const MOST_LEVELS = 3;
const MOST_RAILS = 6;
const CORNER = 5;
/** The rail nearest to the text, from the frame's left edge. */
const FIRST_RAIL = 12;
/** Boxes whose tops differ by less stand in one line of text. */
const ONE_LINE = 8;

type Route = {
  id: string;
  from: Box;
  to: Box;
  start: number;
  end: number;
  /** Leads through the margin from one line of text to another. */
  isFar: boolean;
};

/** A horizontal part of a route, in the gap above a line of text. */
type Run = { top: number; left: number; right: number };

/**
 * Arrows between spans. Within a line of text one runs above the words; from line to line it goes
 * through the margin, so that no words are crossed out. Runs and rails that would lie on one another
 * are moved apart.
 */
export function arcPaths(relations: readonly Ends[]): Arc[] {
  const routes = spread(relations.flatMap((each) => routeOf(each) ?? []));
  const rails = lanesOf(
    routes.filter((route) => route.isFar).map((route) => [route, extentOf(route)] as const),
    MOST_RAILS,
  );
  const runs = routes.flatMap((route) =>
    runsOf(route, railX(rails.get(route))).map((run) => ({ route, run })),
  );
  const levels = levelsOf(runs.map(({ run }) => run));
  const levelOf = (route: Route, at: number) =>
    levels.get(runs.filter((each) => each.route === route)[at]?.run as Run) ?? 0;
  return routes.map((route) =>
    route.isFar
      ? farArc(route, railX(rails.get(route)), [levelOf(route, 0), levelOf(route, 1)])
      : nearArc(route, levelOf(route, 0)),
  );
}

/** Merges boxes of pieces of text into one box for each line, in reading order of lines. */
export function linesOf(boxes: readonly Box[]): Box[] {
  const lines: Box[] = [];
  for (const box of boxes) {
    if (box.right - box.left < 0.5) continue;
    const at = lines.findIndex((line) => isOneLine(line, box) && areClose(line, box));
    const line = lines[at];
    if (line === undefined) lines.push(box);
    else {
      lines[at] = {
        left: Math.min(line.left, box.left),
        top: Math.min(line.top, box.top),
        right: Math.max(line.right, box.right),
        bottom: Math.max(line.bottom, box.bottom),
      };
    }
  }
  return lines;
}

/** Lanes for intervals, so that none lies on another: the lowest free one, short intervals first. */
export function lanesOf<Item>(
  items: readonly (readonly [Item, readonly [number, number]])[],
  most: number,
): Map<Item, number> {
  const byLength = [...items].sort(([, a], [, b]) => a[1] - a[0] - (b[1] - b[0]));
  const lanes: (readonly [number, number])[][] = [];
  const found = new Map<Item, number>();
  for (const [item, [start, end]] of byLength) {
    const isFree = (lane: (readonly [number, number])[]) =>
      lane.every((other) => other[1] < start || other[0] > end);
    let at = lanes.findIndex(isFree);
    if (at === -1) at = Math.min(lanes.length, most - 1);
    const lane = lanes[at] ?? [];
    lanes[at] = [...lane, [start, end]];
    found.set(item, at);
  }
  return found;
}

/** The two nearest lines of two spans. */
function routeOf({ id, from, to }: Ends): Route | null {
  let best: { from: Box; to: Box; distance: number } | null = null;
  for (const a of from) {
    for (const b of to) {
      const distance = Math.abs(a.top - b.top) * 1000 + Math.abs(middle(a) - middle(b));
      if (best === null || distance < best.distance) best = { from: a, to: b, distance };
    }
  }
  if (best === null) return null;
  const route = { id, from: best.from, to: best.to };
  return {
    ...route,
    start: middle(best.from),
    end: middle(best.to),
    isFar: !isOneLine(best.from, best.to),
  };
}

/** Lets arrows that meet at one box stand side by side on it, in the order of their other ends. */
function spread(routes: readonly Route[]): Route[] {
  const meeting = new Map<string, { at: number; side: "start" | "end"; other: number }[]>();
  routes.forEach((route, at) => {
    for (const side of ["start", "end"] as const) {
      const box = side === "start" ? route.from : route.to;
      const key = `${Math.round(box.left)}/${Math.round(box.top)}/${Math.round(box.right)}`;
      const other = route.isFar ? -1 : side === "start" ? route.end : route.start;
      meeting.set(key, [...(meeting.get(key) ?? []), { at, side, other }]);
    }
  });
  const result = routes.map((route) => ({ ...route }));
  for (const group of meeting.values()) {
    group.sort((a, b) => a.other - b.other || a.at - b.at);
    group.forEach(({ at, side }, index) => {
      const route = result[at];
      if (route === undefined) return;
      const box = side === "start" ? route.from : route.to;
      route[side] = box.left + ((box.right - box.left) * (index + 1)) / (group.length + 1);
    });
  }
  return result;
}

function runsOf(route: Route, rail: number): Run[] {
  const run = (top: number, a: number, b: number): Run => ({
    top,
    left: Math.min(a, b),
    right: Math.max(a, b),
  });
  if (!route.isFar) return [run(topOf(route), route.start, route.end)];
  return [run(route.from.top, rail, route.start), run(route.to.top, rail, route.end)];
}

/** A level for each run: runs above one line of text that meet get different ones. */
function levelsOf(runs: readonly Run[]): Map<Run, number> {
  const levels = new Map<Run, number>();
  let line: Run[] = [];
  const close = () => {
    const lanes = lanesOf(
      line.map((run) => [run, [run.left - CORNER, run.right + CORNER]] as const),
      MOST_LEVELS,
    );
    for (const [run, lane] of lanes) levels.set(run, lane);
    line = [];
  };
  for (const run of [...runs].sort((a, b) => a.top - b.top)) {
    if (line[0] !== undefined && run.top - line[0].top >= ONE_LINE) close();
    line.push(run);
  }
  close();
  return levels;
}

function nearArc(route: Route, level: number): Arc {
  const y = topOf(route) - CLEARANCE - level * PITCH;
  const { id, start, from, to } = route;
  // One span may lie within the other.
  const end = Math.abs(route.end - start) < 3 * CORNER ? start + 3 * CORNER : route.end;
  const points: Point[] = [
    [start, from.top],
    [start, y],
    [end, y],
    [end, to.top],
  ];
  return {
    id,
    line: rounded(points),
    head: headAt(end, to.top),
    label: { x: (start + end) / 2, y },
  };
}

function farArc(route: Route, rail: number, [first, second]: [number, number]): Arc {
  const { id, from, to, start, end } = route;
  const up = from.top - CLEARANCE - first * PITCH;
  const down = to.top - CLEARANCE - second * PITCH;
  const points: Point[] = [
    [start, from.top],
    [start, up],
    [rail, up],
    [rail, down],
    [end, down],
    [end, to.top],
  ];
  const isFirstLonger = start > end;
  const label = { x: (rail + Math.max(start, end)) / 2, y: isFirstLonger ? up : down };
  return { id, line: rounded(points), head: headAt(end, to.top), label };
}

type Point = readonly [x: number, y: number];

/** A line along points with round corners. */
function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${at(first)}`;
  rest.forEach((corner, index) => {
    const before = points[index] ?? corner;
    const after = rest[index + 1];
    if (after === undefined) {
      path += `L${at(corner)}`;
      return;
    }
    path += `L${at(towards(corner, before))}Q${at(corner)} ${at(towards(corner, after))}`;
  });
  return path;
}

/** A point on the way from a corner to another point, where its curve begins or ends. */
function towards([x, y]: Point, [toX, toY]: Point): Point {
  const length = Math.hypot(toX - x, toY - y);
  const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return [x + (toX - x) * part, y + (toY - y) * part];
}

function headAt(x: number, y: number): string {
  return `M${at([x - 4, y - 6])}L${at([x, y])}L${at([x + 4, y - 6])}Z`;
}

function at([x, y]: Point): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}

function railX(lane: number | undefined): number {
  return FIRST_RAIL - (lane ?? 0) * PITCH;
}

function extentOf({ from, to }: Route): [number, number] {
  return [Math.min(from.top, to.top) - CLEARANCE, Math.max(from.top, to.top)];
}

function topOf({ from, to }: Route): number {
  return Math.min(from.top, to.top);
}

function middle({ left, right }: Box): number {
  return (left + right) / 2;
}

function isOneLine(a: Box, b: Box): boolean {
  return Math.abs(a.top - b.top) < ONE_LINE;
}

/** Side by side without a gap that is more than a wide space. */
function areClose(a: Box, b: Box): boolean {
  return b.left - a.right < 12 && a.left - b.right < 12;
}
