"use client";
import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "./button";

/** A secret that is shown this once, to be copied to where a program keeps it. */
export function OneTimeSecret({ label, secret }: { label: string; secret: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);

  async function copy() {
    field.current?.select();
    // Browsers have no clipboard on an address without TLS; the secret then stays selected.
    await navigator.clipboard?.writeText(secret);
    setCopied(navigator.clipboard !== undefined);
  }

  return (
    <div className="mt-2 flex flex-col gap-2">
      <div className="flex gap-2">
        <input
          ref={field}
          readOnly
          value={secret}
          aria-label={label}
          onFocus={(event) => event.target.select()}
          className="h-9 min-w-0 flex-1 rounded-md border border-line-strong bg-sunken px-2.5 font-mono text-[13px]"
        />
        <Button tone="primary" onClick={copy}>
          {isCopied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />}
          <span aria-live="polite">{isCopied ? "Copied" : "Copy"}</span>
        </Button>
      </div>
      <p className="text-[13px] text-ink-soft">
        It is shown only now. Keep it where your program finds it, and in no file that you share.
      </p>
    </div>
  );
}
