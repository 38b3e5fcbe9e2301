import {
  agreementTicks,
  type Drawing,
  inWords,
  linearScale,
  lowestTick,
  type Shape,
  shortened,
} from "./drawing";
import type { Room } from "./forest-plot";

/** A group of bars, one for each series. */
export type BarGroup = { readonly name: string; readonly values: readonly number[] };

/** Counts as groups of bars from below, with each count printed over its bar. */
export function drawBars(
  groups: readonly BarGroup[],
  words: { title: string; series: readonly string[]; axis: string },
  room: Room,
): Drawing {
  const width = room === "narrow" ? 292 : 460;
  const height = 190;
  const bottom = height - 40;
  const most = Math.max(1, ...groups.flatMap(({ values }) => values));
  const step = (width - 16) / Math.max(1, groups.length);
  const bar = Math.min(26, (step - 10) / Math.max(1, words.series.length));
  const shapes: Shape[] = [
    { kind: "line", x1: 8, x2: width - 8, y1: bottom, y2: bottom, tone: "strong" },
  ];
  groups.forEach(({ name, values }, group) => {
    const middle = 8 + group * step + step / 2;
    values.forEach((value, series) => {
      const tall = Math.round((value / most) * (bottom - 26));
      const x = Math.round(middle - (bar * values.length) / 2 + series * bar);
      shapes.push(
        {
          kind: "rect",
          x: x + 1,
          y: bottom - tall,
          width: Math.round(bar) - 2,
          height: tall,
          tone: series === 0 ? "accent" : "label-amber",
        },
        {
          kind: "text",
          x: x + bar / 2,
          y: bottom - tall - 4,
          text: String(value),
          anchor: "middle",
          tone: "soft",
          size: 10,
        },
      );
    });
    shapes.push({
      kind: "text",
      x: middle,
      y: bottom + 15,
      text: name,
      anchor: "middle",
      tone: "ink",
      size: 11,
    });
  });
  shapes.push({
    kind: "text",
    x: width / 2,
    y: height - 6,
    text: words.axis,
    anchor: "middle",
    tone: "soft",
    size: 11,
  });
  return {
    title: words.title,
    description: groups.map(({ name, values }) => `${name}: ${values.join(" and ")}`).join("; "),
    width,
    height,
    shapes,
    table: {
      head: [words.axis, ...words.series],
      rows: groups.map(({ name, values }) => [name, ...values]),
    },
  };
}

/** A document in a strip. */
export type StripMark = { readonly name: string; readonly value: number; readonly href: string };

/** Every document as a tick on one axis, so that those far below the others are seen. */
export function drawStrip(
  marks: readonly StripMark[],
  words: { title: string; measure: string },
  room: Room,
): Drawing {
  const width = room === "narrow" ? 292 : 640;
  const height = 74;
  const least = lowestTick(marks.map(({ value }) => value));
  const x = linearScale([least, 1], [14, width - 14]);
  const sorted = [...marks].sort((a, b) => a.value - b.value);
  const middle = sorted[Math.floor(sorted.length / 2)]?.value;
  const shapes: Shape[] = agreementTicks(least).flatMap((tick): Shape[] => [
    {
      kind: "line",
      x1: x(tick),
      x2: x(tick),
      y1: 10,
      y2: 52,
      tone: Math.abs(tick) < 0.01 ? "strong" : "line",
    },
    {
      kind: "text",
      x: x(tick),
      y: 68,
      text: inWords(tick, 1),
      anchor: "middle",
      tone: "soft",
      size: 11,
    },
  ]);
  for (const { value } of sorted) {
    shapes.push({
      kind: "line",
      x1: x(value),
      x2: x(value),
      y1: 18,
      y2: 46,
      tone: "accent",
      width: 2,
    });
  }
  if (middle !== undefined)
    shapes.push({ kind: "circle", x: x(middle), y: 52, radius: 4, tone: "warn" });
  return {
    title: words.title,
    description: `${marks.length} documents${middle === undefined ? "" : `; half of them lie below ${inWords(middle)}`}${sorted[0] === undefined ? "" : `; the lowest is ${sorted[0].name} with ${inWords(sorted[0].value)}`}.`,
    width,
    height,
    shapes,
    table: {
      head: ["Document", words.measure],
      rows: sorted.map(({ name, value }) => [name, value]),
    },
  };
}

/** A point of a course over rounds, versions or months. */
export type CoursePoint = {
  readonly name: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** How a figure went, from left to right, with intervals. */
export function drawCourse(
  points: readonly CoursePoint[],
  words: { title: string; measure: string },
  room: Room,
): Drawing {
  const width = room === "narrow" ? 292 : Math.min(640, 120 + points.length * 90);
  const height = 210;
  const known = points.flatMap(({ value, low }) => [value, low].filter((each) => each !== null));
  const least = lowestTick(known);
  const y = linearScale([least, 1], [height - 34, 12]);
  const step = (width - 52) / Math.max(1, points.length);
  const x = (index: number) => Math.round(40 + step * (index + 0.5));
  const shapes: Shape[] = agreementTicks(least).flatMap((tick): Shape[] => [
    {
      kind: "line",
      x1: 36,
      x2: width - 8,
      y1: y(tick),
      y2: y(tick),
      tone: Math.abs(tick) < 0.01 ? "strong" : "line",
    },
    {
      kind: "text",
      x: 30,
      y: y(tick) + 4,
      text: inWords(tick, 1),
      anchor: "end",
      tone: "soft",
      size: 11,
    },
  ]);
  const path = points.flatMap(({ value }, index) =>
    value === null ? [] : [`${x(index)} ${y(value)}`],
  );
  if (path.length > 1) shapes.push({ kind: "path", d: `M${path.join("L")}`, tone: "accent" });
  const letters = Math.max(4, Math.floor(step / 6.2));
  points.forEach(({ name, value, low, high }, index) => {
    if (low !== null && high !== null) {
      shapes.push({
        kind: "line",
        x1: x(index),
        x2: x(index),
        y1: y(low),
        y2: y(high),
        tone: "accent",
        width: 3,
      });
    }
    if (value !== null)
      shapes.push({ kind: "circle", x: x(index), y: y(value), radius: 5, tone: "accent" });
    shapes.push({
      kind: "text",
      x: x(index),
      y: height - 12,
      text: shortened(name, letters),
      anchor: "middle",
      tone: "ink",
      size: 11,
    });
  });
  return {
    title: words.title,
    description: points
      .map(({ name, value }) => `${name}: ${value === null ? "no value" : inWords(value)}`)
      .join("; "),
    width,
    height,
    shapes,
    table: {
      head: ["When", words.measure, "Low", "High"],
      rows: points.map(({ name, value, low, high }) => [name, value, low, high]),
    },
  };
}
