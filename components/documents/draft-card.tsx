"use client";
import { FileText, X } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { counted } from "@/lib/domain/wording";
import type { Preview } from "@/lib/services/documents";
import type { Draft } from "./drafts";
import { FACT_FIELDS, type Facts } from "./facts";
import { PreviewLines } from "./preview-lines";

/** One document about to be stored: what was found in it, its lines and its source facts. */
export function DraftCard({
  draft,
  isBusy,
  onDescribe,
  onRemove,
  onRetry,
}: {
  draft: Draft;
  isBusy: boolean;
  onDescribe: (facts: Partial<Facts>) => void;
  onRemove: () => void;
  onRetry: () => void;
}) {
  const { name, facts, reading } = draft;
  const title =
    facts.title || (reading.state === "ready" ? reading.preview.title : "Untitled text");
  return (
    <li className="rounded-md border border-line bg-surface p-4">
      <div className="flex items-start gap-3">
        <FileText aria-hidden size={18} className="mt-0.5 shrink-0 text-ink-faint" />
        <div className="min-w-0 flex-1">
          <h3 className="font-medium">
            <bdi>{title}</bdi>
          </h3>
          <p className="text-[13px] text-ink-soft">
            <bdi>{name}</bdi>
            {reading.state === "ready" ? ` · ${amounts(reading.preview)}` : null}
          </p>
        </div>
        <button
          type="button"
          aria-label={`Take ${title} off the list`}
          disabled={isBusy}
          onClick={onRemove}
          className="rounded p-1.5 text-ink-faint hover:bg-sunken"
        >
          <X aria-hidden size={16} />
        </button>
      </div>
      {reading.state === "waiting" ? (
        <p role="status" className="mt-3 text-sm text-ink-soft">
          Reading the text…
        </p>
      ) : null}
      {reading.state === "refused" ? (
        <Notice tone="bad" className="mt-3">
          <p>{reading.message}</p>
          <Button size="small" className="mt-2" disabled={isBusy} onClick={onRetry}>
            Read it again
          </Button>
        </Notice>
      ) : null}
      {reading.state === "ready" ? <Found preview={reading.preview} /> : null}
      <details className="mt-2">
        <summary className="rounded py-1 text-sm font-medium">
          Source {filled(facts) ? <Badge tone="good">filled in</Badge> : null}
        </summary>
        <div className="mt-2 grid gap-3 sm:grid-cols-2">
          {FACT_FIELDS.map(({ key, label, type, example }) => (
            <TextField
              key={key}
              label={label}
              type={type ?? "text"}
              value={facts[key]}
              placeholder={
                key === "title" && reading.state === "ready" ? reading.preview.title : example
              }
              onChange={(event) => onDescribe({ [key]: event.target.value })}
            />
          ))}
        </div>
      </details>
    </li>
  );
}

function Found({ preview }: { preview: Preview }) {
  return (
    <>
      {preview.problems.map((problem) => (
        <Notice key={problem} tone="warn" className="mt-3">
          {problem}
        </Notice>
      ))}
      <details className="mt-2">
        <summary className="rounded py-1 text-sm font-medium">
          Lines and roles{" "}
          <span className="font-normal text-ink-soft">
            {preview.annotatable} of {preview.blocks.length + preview.hiddenBlocks} can be annotated
          </span>
        </summary>
        <div className="mt-2">
          <PreviewLines preview={preview} />
          <p className="mt-1 text-[13px] text-ink-soft">
            Roles can be corrected on the document's page until it is given to annotators.
          </p>
        </div>
      </details>
    </>
  );
}

function amounts({ words, sentences, length }: Preview): string {
  return `${counted(words, "word")}, ${counted(sentences, "sentence")}, ${counted(length, "character")}`;
}

function filled(facts: Facts): boolean {
  return Object.values(facts).some((value) => value !== "");
}
