"use client";
import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "./button";

/** A link that is shown this once, to be copied and handed on. */
export function OneTimeLink({ link, lasts }: { link: string; lasts: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);

  async function copy() {
    field.current?.select();
    // Browsers have no clipboard on an address without TLS; the link then stays selected.
    await navigator.clipboard?.writeText(link);
    setCopied(navigator.clipboard !== undefined);
  }

  return (
    <div className="flex flex-col gap-2">
      <div className="flex gap-2">
        <input
          ref={field}
          readOnly
          value={link}
          aria-label="One-time link"
          onFocus={(event) => event.target.select()}
          className="h-9 min-w-0 flex-1 rounded-md border border-line-strong bg-sunken px-2.5 font-mono text-[13px]"
        />
        <Button tone="primary" onClick={copy}>
          {isCopied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />}
          <span aria-live="polite">{isCopied ? "Copied" : "Copy"}</span>
        </Button>
      </div>
      <p className="text-[13px] text-ink-soft">
        It is shown only now, works once and for {lasts}. Whoever has it can enter: hand it to
        nobody else.
      </p>
    </div>
  );
}
