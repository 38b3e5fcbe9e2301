import type { ReactNode } from "react";
import type { Drawing } from "@/lib/domain/charts/drawing";
import { Drawn } from "./drawn";
import { formatNumber } from "./format";
import { PictureLinks } from "./picture-links";

/** A chart in the two widths that a page can have, with its numbers as a table and as files. */
export function Chart({
  wide,
  narrow,
  files,
  children,
}: {
  wide: Drawing;
  narrow: Drawing;
  /** Address of the picture without the ending. */
  files: { svg: string; csv: string; name: string };
  children?: ReactNode;
}) {
  const isSame = wide.width === narrow.width;
  return (
    <figure className="mb-4 w-fit max-w-full rounded-md border border-line bg-surface p-2 print:break-inside-avoid">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="overflow-x-auto" tabIndex={0} aria-label={wide.title}>
        {isSame ? (
          <Drawn drawing={wide} />
        ) : (
          <>
            <Drawn drawing={narrow} className="sm:hidden print:hidden" />
            <Drawn drawing={wide} className="hidden sm:block print:block" />
          </>
        )}
      </section>
      {children ? (
        <figcaption className="max-w-[640px] px-1 pt-1 text-[13px] text-ink-soft">
          {children}
        </figcaption>
      ) : null}
      <details className="px-1 pt-1 text-[13px] print:hidden">
        <summary className="text-ink-soft">Numbers and files</summary>
        <div className="mt-1 flex flex-wrap gap-x-3">
          <PictureLinks {...files} />
        </div>
        <Numbers drawing={wide} />
      </details>
    </figure>
  );
}

/** Rows of a table that stand on a page; the file has all of them. */
const MOST_ROWS = 200;

function Numbers({ drawing: { title, table } }: { drawing: Drawing }) {
  return (
    <section
      className="mt-1 max-h-72 overflow-auto"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={`${title}, as a table`}
    >
      <table className="border-collapse text-[13px]">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr>
            {table.head.map((name) => (
              <th key={name} scope="col" className="px-2 py-0.5 text-left font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, MOST_ROWS).map((row) => (
            <tr key={row.join("/")}>
              {row.map((value, column) => (
                <td key={table.head[column]} className="px-2 py-0.5 tabular-nums">
                  {value === null ? "–" : typeof value === "number" ? formatNumber(value) : value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
