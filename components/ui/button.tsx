import clsx from "clsx";
import Link from "next/link";
import type { ComponentProps } from "react";

type Look = { tone?: "primary" | "plain" | "quiet" | "danger"; size?: "small" | "normal" };

const TONES = {
  primary: "border-accent bg-accent text-accent-ink hover:opacity-90",
  plain: "border-line-strong bg-surface text-ink hover:bg-sunken",
  quiet: "border-transparent bg-transparent text-ink-soft hover:bg-sunken hover:text-ink",
  danger: "border-bad bg-surface text-bad hover:bg-bad-soft",
};

const SIZES = { small: "h-7 px-2 text-[13px]", normal: "h-9 px-3 text-sm" };

function classes({ tone = "plain", size = "normal" }: Look, extra?: string): string {
  return clsx(
    "inline-flex select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55",
    TONES[tone],
    SIZES[size],
    extra,
  );
}

/** A button that does something on this page. */
export function Button({ tone, size, className, ...rest }: ComponentProps<"button"> & Look) {
  return <button type="button" {...rest} className={classes({ tone, size } as Look, className)} />;
}

/** A link that looks like a button. */
export function ButtonLink({ tone, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link {...rest} className={classes({ tone, size } as Look, className)} />;
}
