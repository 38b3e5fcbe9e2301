import clsx from "clsx";
import { useId } from "react";
import type { IntervalFigure } from "@/lib/domain/agreement/report-types";
import type { LabelLook } from "@/lib/domain/codebook/looks";
import { formatInterval, formatMeasure } from "./format";

export type Dot = {
  key: string;
  name: string;
  look: LabelLook | undefined;
  /** Drawn as a dot with its interval. */
  alpha: IntervalFigure;
  /** Drawn as an open square. */
  f1: IntervalFigure;
};

/** Sizes in CSS pixels; the drawing is never scaled, so that its text stays readable. */
const SHAPES = {
  narrow: { width: 316, left: 8, right: 8, row: 40, labelAbove: true, className: "sm:hidden" },
  wide: {
    width: 620,
    left: 190,
    right: 44,
    row: 28,
    labelAbove: false,
    className: "hidden sm:block",
  },
} as const;
type Shape = (typeof SHAPES)[keyof typeof SHAPES];

const TOP = 22;

/** Alpha and F1 of each label on one axis. The same numbers stand in the table beside it. */
export function DotPlot({ title, dots }: { title: string; dots: readonly Dot[] }) {
  return (
    <figure className="w-fit max-w-full rounded-md border border-line bg-surface p-2">
      <Plot title={title} dots={dots} shape={SHAPES.narrow} />
      <Plot title={title} dots={dots} shape={SHAPES.wide} />
      <figcaption className="max-w-[600px] px-1 pt-1 text-[13px] text-ink-soft">
        ● α on characters, with its interval where there is one · □ F1 of overlapping spans. 0 is
        what chance would give for α, 1 is full agreement.
      </figcaption>
    </figure>
  );
}

function Plot({ title, dots, shape }: { title: string; dots: readonly Dot[]; shape: Shape }) {
  const id = useId();
  const { width, left, right, row, className } = shape;
  const height = TOP + dots.length * row + 6;
  const low = lowestTick(dots);
  const x = (value: number) =>
    left + ((Math.max(value, low) - low) / (1 - low)) * (width - left - right);
  const ticks = Array.from({ length: Math.round((1 - low) / 0.2) + 1 }, (_, n) => low + n * 0.2);
  return (
    <svg
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={clsx("max-w-full text-ink", className)}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-description`}>{dots.map(describe).join(" ")}</desc>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={x(tick)}
            x2={x(tick)}
            y1={TOP - 4}
            y2={height - 4}
            className={Math.abs(tick) < 0.01 ? "stroke-line-strong" : "stroke-line"}
          />
          <text x={x(tick)} y={12} textAnchor="middle" className="fill-ink-soft text-[11px]">
            {tick.toFixed(1).replace("-0.0", "0.0").replace("-", "−")}
          </text>
        </g>
      ))}
      {dots.map((dot, index) => (
        <DotRow key={dot.key} dot={dot} shape={shape} x={x} top={TOP + index * row} />
      ))}
    </svg>
  );
}

function DotRow({
  dot,
  shape,
  x,
  top,
}: {
  dot: Dot;
  shape: Shape;
  x: (value: number) => number;
  top: number;
}) {
  const { labelAbove, row, left } = shape;
  const y = labelAbove ? top + 27 : top + row / 2;
  const { alpha, f1, look, name } = dot;
  const code = look === undefined ? "" : `${look.code}  `;
  return (
    <g className={look === undefined ? undefined : `label-${look.colour}`}>
      <text
        x={labelAbove ? left : left - 12}
        y={labelAbove ? top + 13 : y + 4}
        textAnchor={labelAbove ? "start" : "end"}
        className="fill-current text-[12px]"
      >
        {labelAbove ? `${code}${name}` : name}
      </text>
      {alpha.value !== null && alpha.interval.low !== null ? (
        <line
          x1={x(alpha.interval.low)}
          x2={x(alpha.interval.high)}
          y1={y}
          y2={y}
          strokeWidth={3}
          className="stroke-(--label)"
        />
      ) : null}
      {f1.value === null ? null : (
        <rect
          x={x(f1.value) - 4}
          y={y - 4}
          width={8}
          height={8}
          strokeWidth={2}
          className="fill-surface stroke-(--label)"
        />
      )}
      {alpha.value === null ? (
        <text x={x(0) + 6} y={y + 4} className="fill-ink-soft text-[11px]">
          no value
        </text>
      ) : (
        <circle cx={x(alpha.value)} cy={y} r={5} className="fill-(--label)" />
      )}
    </g>
  );
}

/** The axis begins at 0, or lower in steps of 0.2 where a value is below; never under −1. */
function lowestTick(dots: readonly Dot[]): number {
  const values = dots.flatMap(({ alpha }) => [
    ...(alpha.value === null ? [] : [alpha.value]),
    ...(alpha.interval.low === null ? [] : [alpha.interval.low]),
  ]);
  const least = Math.min(0, ...values);
  return Math.max(-1, Math.floor(least / 0.2 + 1e-9) * 0.2);
}

function describe({ name, alpha, f1 }: Dot): string {
  const interval = formatInterval(alpha.interval);
  const first =
    alpha.value === null
      ? `no alpha: ${alpha.because}`
      : `alpha ${formatMeasure(alpha.value)}${interval === null ? "" : `, interval ${interval}`}`;
  const second = f1.value === null ? "no F1" : `F1 ${formatMeasure(f1.value)}`;
  return `${name}: ${first}; ${second}.`;
}
