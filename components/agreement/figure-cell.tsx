import clsx from "clsx";
import { Cell } from "@/components/ui/table";
import type { Figure } from "@/lib/domain/agreement/report-types";
import { formatMeasure, letterOf } from "./format";

/** Shades from little to much agreement; the number is printed in every cell. */
const SHADES = ["", "bg-accent/8", "bg-accent/16", "bg-accent/26", "bg-accent/38"];

/** A cell with a figure, or a dash with the letter of the reason below the table. */
export function FigureCell({
  figure,
  reasons,
  format = formatMeasure,
  look = "plain",
}: {
  figure: Figure;
  reasons: readonly string[];
  format?: (value: number) => string;
  look?: "plain" | "shaded";
}) {
  if (figure.value === null) {
    return (
      <Cell className="text-right text-ink-faint">
        <span aria-hidden>
          –<sup className="ml-0.5">{letterOf(figure.because, reasons)}</sup>
        </span>
        <span className="sr-only">No value. {figure.because}</span>
      </Cell>
    );
  }
  const shade = look === "shaded" ? shadeOf(figure.value) : "";
  return (
    <Cell className={clsx("whitespace-nowrap text-right tabular-nums", shade)}>
      {format(figure.value)}
    </Cell>
  );
}

/** The reasons that the letters of a table stand for. */
export function ReasonList({ reasons }: { reasons: readonly string[] }) {
  if (reasons.length === 0) return null;
  return (
    <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-2 text-[13px] text-ink-soft">
      {reasons.map((because) => (
        <div key={because} className="contents">
          <dt className="font-medium">{letterOf(because, reasons)}</dt>
          <dd>{because}</dd>
        </div>
      ))}
    </dl>
  );
}

function shadeOf(value: number): string {
  const step = Math.floor(value * SHADES.length);
  return SHADES[Math.min(SHADES.length - 1, Math.max(0, step))] ?? "";
}
