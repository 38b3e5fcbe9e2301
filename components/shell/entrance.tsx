import clsx from "clsx";
import type { ReactNode } from "react";
import { Wordmark } from "./wordmark";

/** Frame of the pages by which people come in, with the product's name on top. */
export function Entrance({
  title,
  children,
  size = "normal",
}: {
  title: string;
  children: ReactNode;
  size?: "normal" | "wide";
}) {
  return (
    <main
      className={clsx(
        "mx-auto w-full px-4 pb-16 pt-[clamp(2rem,10vh,7rem)]",
        size === "wide" ? "max-w-3xl" : "max-w-sm",
      )}
    >
      <div className="mb-6">
        <Wordmark />
        <p className="mt-1 text-[13px] text-ink-soft">Annotate media bias and framing in news.</p>
      </div>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">{title}</h1>
      {children}
    </main>
  );
}
