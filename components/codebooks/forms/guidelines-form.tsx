"use client";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Markdown } from "@/components/ui/markdown";
import { Notice } from "@/components/ui/notice";
import { useEditor } from "../editing/editor-context";
import { editAbout } from "../editing/edits";
import { BOX } from "./form-parts";

/** The guidelines in Markdown, and as annotators read them. */
export function GuidelinesForm() {
  const { codebook, edit, findings } = useEditor();
  const [isShown, setShown] = useState(false);
  const id = useId();
  const pictures = findings.find((finding) => finding.field === "guidelines");
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <label htmlFor={id} className="text-[13px] font-medium">
          Guidelines
        </label>
        <Button size="small" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? "Write" : "Show as annotators read it"}
        </Button>
      </div>
      {pictures === undefined ? null : <Notice tone="warn">{pictures.message}</Notice>}
      {isShown ? (
        <div className="min-h-40 rounded-md border border-line bg-surface p-4">
          {codebook.guidelines.trim() === "" ? (
            <p className="text-sm text-ink-soft">There is nothing to read yet.</p>
          ) : (
            <Markdown source={codebook.guidelines} />
          )}
        </div>
      ) : (
        <textarea
          id={id}
          rows={18}
          value={codebook.guidelines}
          placeholder={
            "# How to annotate\n\n1. Read the whole article first.\n2. Mark the shortest words that …"
          }
          aria-describedby={`${id}-help`}
          onChange={({ target }) =>
            edit((before) => editAbout(before, { guidelines: target.value }), "guidelines")
          }
          className={`${BOX} field-sizing-content min-h-96 py-2 font-mono text-[13px] leading-relaxed`}
        />
      )}
      <p id={`${id}-help`} className="text-[13px] text-ink-soft">
        Markdown: # heading, **bold**, *italic*, - list, 1. steps, &gt; quotation,
        [link](https://…). HTML is shown as it is typed, and pictures are left out. Definitions and
        examples of labels stand with the labels, not here.
      </p>
    </div>
  );
}
