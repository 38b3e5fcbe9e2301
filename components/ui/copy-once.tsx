"use client";
import { Check, Copy } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "./button";

/** Something that is shown this once, to be copied, with words on how to keep it. */
export function CopyOnce({
  label,
  value,
  children,
}: {
  label: string;
  value: string;
  children: ReactNode;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);

  async function copy() {
    field.current?.select();
    // Browsers have no clipboard on an address without TLS; the value then stays selected.
    await navigator.clipboard?.writeText(value);
    setCopied(navigator.clipboard !== undefined);
  }

  return (
    <div className="flex flex-col gap-2">
      <div className="flex gap-2">
        <input
          ref={field}
          readOnly
          value={value}
          aria-label={label}
          onFocus={(event) => event.target.select()}
          className="h-9 min-w-0 flex-1 rounded-md border border-line-strong bg-sunken px-2.5 font-mono text-[13px]"
        />
        <Button tone="primary" onClick={copy}>
          {isCopied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />}
          <span aria-live="polite">{isCopied ? "Copied" : "Copy"}</span>
        </Button>
      </div>
      <p className="text-[13px] text-ink-soft">{children}</p>
    </div>
  );
}
