import clsx from "clsx";
import { Fragment, useId } from "react";
import type { Drawing, Shape, Tone } from "@/lib/domain/charts/drawing";

/** A chart on the page, never scaled, so that its text stays readable; colours come from classes. */
export function Drawn({ drawing, className }: { drawing: Drawing; className?: string }) {
  const id = useId();
  const { width, height, title, description, shapes } = drawing;
  // An image hides what is in it from screen readers, so one with links is a group.
  const hasLinks = shapes.some(({ kind }) => kind === "link");
  return (
    <svg
      role={hasLinks ? "group" : "img"}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={clsx("shrink-0 text-ink", className)}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-description`}>{description}</desc>
      <Shapes shapes={shapes} />
    </svg>
  );
}

function Shapes({ shapes }: { shapes: readonly Shape[] }) {
  return shapes.map((shape, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a drawing is made anew as a whole
    <Fragment key={index}>
      <Drawable shape={shape} />
    </Fragment>
  ));
}

function Drawable({ shape }: { shape: Shape }) {
  switch (shape.kind) {
    case "line":
      return (
        <line
          x1={shape.x1}
          y1={shape.y1}
          x2={shape.x2}
          y2={shape.y2}
          strokeWidth={shape.width ?? 1}
          className={strokeOf(shape.tone)}
        />
      );
    case "rect":
      return (
        <rect
          x={shape.x}
          y={shape.y}
          width={shape.width}
          height={shape.height}
          strokeWidth={shape.isOpen ? 2 : undefined}
          className={shape.isOpen ? clsx("fill-surface", strokeOf(shape.tone)) : fillOf(shape.tone)}
        />
      );
    case "circle":
      return <circle cx={shape.x} cy={shape.y} r={shape.radius} className={fillOf(shape.tone)} />;
    case "text":
      return (
        <text
          x={shape.x}
          y={shape.y}
          fontSize={shape.size}
          textAnchor={shape.anchor}
          className={fillOf(shape.tone)}
        >
          {shape.text}
        </text>
      );
    case "path":
      return (
        <path d={shape.d} strokeWidth={2} className={clsx("fill-none", strokeOf(shape.tone))} />
      );
    case "link":
      return (
        <a href={shape.href} aria-label={shape.name} className="group hover:opacity-80">
          <Shapes shapes={shape.shapes} />
        </a>
      );
  }
}

const FILLS: Record<string, string> = {
  ink: "fill-ink",
  soft: "fill-ink-soft",
  line: "fill-line",
  strong: "fill-line-strong",
  accent: "fill-accent",
  warn: "fill-warn",
  surface: "fill-surface",
  "shade-0": "fill-sunken",
  "shade-1": "fill-accent/10",
  "shade-2": "fill-accent/18",
  "shade-3": "fill-accent/26",
  "shade-4": "fill-accent/34",
  "shade-5": "fill-accent/42",
};

const STROKES: Record<string, string> = {
  ink: "stroke-ink",
  soft: "stroke-ink-soft",
  line: "stroke-line",
  strong: "stroke-line-strong",
  accent: "stroke-accent",
  warn: "stroke-warn",
};

function fillOf(tone: Tone): string {
  return FILLS[tone] ?? `${tone} fill-(--label)`;
}

function strokeOf(tone: Tone): string {
  return STROKES[tone] ?? `${tone} stroke-(--label)`;
}
