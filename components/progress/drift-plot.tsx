import { useId } from "react";
import type { PersonQuality } from "@/lib/services/quality";
import { clock } from "./words";

const WIDTH = 240;
const HEIGHT = 56;
const EDGE = 6;

type Part = PersonQuality["parts"][number];

/** One person's marks and pace over their work, early to late, on the scale of the whole team. */
function DriftPlot({
  name,
  parts,
  mostMarks,
  mostPace,
}: {
  name: string;
  parts: readonly Part[];
  mostMarks: number;
  mostPace: number;
}) {
  const id = useId();
  const x = (index: number) =>
    EDGE + (parts.length < 2 ? 0 : (index / (parts.length - 1)) * (WIDTH - 2 * EDGE));
  const y = (value: number, most: number) =>
    HEIGHT - EDGE - (most === 0 ? 0 : (value / most) * (HEIGHT - 2 * EDGE));
  const line = (value: (part: Part) => number, most: number) =>
    parts.map((part, index) => `${x(index)},${y(value(part), most)}`).join(" ");
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return null;
  return (
    <figure className="rounded-md border border-line bg-surface p-2">
      <figcaption className="mb-1 flex justify-between gap-2 text-[13px]">
        <bdi className="font-medium">{name}</bdi>
        <span className="whitespace-nowrap text-ink-soft tabular-nums">
          {first.marks.toFixed(1)} → {last.marks.toFixed(1)} marks
        </span>
      </figcaption>
      <svg
        role="img"
        aria-labelledby={`${id}-title ${id}-description`}
        width={WIDTH}
        height={HEIGHT}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="w-full"
      >
        <title id={`${id}-title`}>{`${name}: marks and time per 1,000 words, early to late`}</title>
        <desc id={`${id}-description`}>
          {parts.map(({ marks, pace }) => `${marks.toFixed(1)} marks in ${clock(pace)}`).join("; ")}
        </desc>
        <line
          x1={0}
          x2={WIDTH}
          y1={HEIGHT - EDGE}
          y2={HEIGHT - EDGE}
          className="stroke-line-strong"
        />
        <polyline
          points={line(({ pace }) => pace, mostPace)}
          fill="none"
          strokeWidth={1.5}
          strokeDasharray="4 3"
          className="stroke-ink-soft"
        />
        <polyline
          points={line(({ marks }) => marks, mostMarks)}
          fill="none"
          strokeWidth={2}
          className="stroke-accent"
        />
        {parts.map(({ marks }, index) => (
          <circle
            key={x(index)}
            cx={x(index)}
            cy={y(marks, mostMarks)}
            r={2.5}
            className="fill-accent"
          />
        ))}
      </svg>
    </figure>
  );
}

/** All people's plots on one scale. */
export function DriftPlots({ people }: { people: readonly PersonQuality[] }) {
  const parts = people.flatMap((person) => person.parts);
  const mostMarks = Math.max(0, ...parts.map(({ marks }) => marks));
  const mostPace = Math.max(0, ...parts.map(({ pace }) => pace));
  return (
    <>
      <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
        {people
          .filter((person) => person.parts.length > 1)
          .map(({ annotatorId, name, parts: own }) => (
            <DriftPlot key={annotatorId} {...{ name, mostMarks, mostPace }} parts={own} />
          ))}
      </div>
      <p className="mt-2 text-[13px] text-ink-soft">
        ● marks and answers per 1,000 words, ┄ active time per 1,000 words; from the first documents
        of a person, left, to the last, in up to ten parts. All on one scale from 0.
      </p>
    </>
  );
}
