"use client";
import { Plus, X } from "lucide-react";
import { quoteOf, type Span, type UnitLabel } from "@/lib/domain/annotation/state";

/** The spans that back each given label of a layer; the selected span can be added. */
export function Evidence({
  given,
  nameOf,
  spans,
  selected,
  isRequired,
  onEvidence,
}: {
  given: readonly UnitLabel[];
  nameOf: (label: string) => string;
  spans: ReadonlyMap<string, Span>;
  selected: Span | undefined;
  isRequired: boolean;
  onEvidence: (label: UnitLabel, evidence: string[]) => void;
}) {
  if (given.length === 0) return null;
  return (
    <ul aria-label="Evidence" className="mt-1 flex flex-col gap-1 text-[13px]">
      {given.map((label) => (
        <li key={label.label} className="flex flex-wrap items-center gap-1">
          <span className="text-ink-soft">{nameOf(label.label)}, evidence:</span>
          {label.evidence.map((id) => {
            const span = spans.get(id);
            if (span === undefined) return null;
            return (
              <span
                key={id}
                className="flex max-w-full items-center gap-1 rounded bg-sunken ps-1.5"
              >
                <bdi className="truncate">{quoteOf(span)}</bdi>
                <button
                  type="button"
                  aria-label={`Take “${quoteOf(span)}” away as evidence`}
                  className="inline-flex size-6 items-center justify-center text-ink-faint"
                  onClick={() =>
                    onEvidence(
                      label,
                      label.evidence.filter((each) => each !== id),
                    )
                  }
                >
                  <X aria-hidden size={12} />
                </button>
              </span>
            );
          })}
          {selected !== undefined && !label.evidence.includes(selected.id) ? (
            <button
              type="button"
              aria-label={`Take the selected span as evidence for ${nameOf(label.label)}`}
              className="flex min-h-6 items-center gap-1 rounded border border-line px-1.5"
              onClick={() => onEvidence(label, [...label.evidence, selected.id])}
            >
              <Plus aria-hidden size={12} /> selected span
            </button>
          ) : null}
          {label.evidence.length === 0 && selected === undefined ? (
            <span className={isRequired ? "text-bad" : "text-ink-faint"}>
              {isRequired ? "needed: select a span" : "none; select a span to add it"}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
