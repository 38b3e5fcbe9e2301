import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

/** A dense table that scrolls sideways by itself on narrow screens. */
export function Table({
  label,
  head,
  children,
  className,
}: {
  label: string;
  head: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={clsx(
        "relative overflow-x-auto rounded-md border border-line bg-surface",
        className,
      )}
    >
      <table className="w-full border-collapse text-sm">
        <thead className="bg-sunken text-left text-[13px] text-ink-soft">
          <tr>{head}</tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </section>
  );
}

export function HeadCell({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={clsx("whitespace-nowrap px-3 py-2 font-medium", className)}
    />
  );
}

export function Cell({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={clsx("px-3 py-2 align-middle", className)} />;
}
