import clsx from "clsx";
import type { Colour } from "@/lib/domain/codebook/palette";

/** The colour of a label with its two-letter code, so that colour is never the only sign. */
export function Swatch({
  colour,
  code,
  className,
}: {
  colour: Colour;
  code: string;
  className?: string;
}) {
  return (
    <span
      aria-hidden
      className={clsx(
        `label-${colour}`,
        "inline-flex h-5 min-w-7 items-center justify-center rounded-sm border-b-[3px] border-(--label) bg-sunken px-1 font-mono text-[11px] font-semibold uppercase text-ink",
        className,
      )}
    >
      {code}
    </span>
  );
}
