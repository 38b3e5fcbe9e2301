"use client";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { type AnnotationState, quoteOf, type Span } from "@/lib/domain/annotation/state";
import type { Layer } from "@/lib/domain/codebook/language";
import { type CodebookIndex, selectableLabels } from "@/lib/domain/codebook/lookup";
import type { Link } from "../text-cursor";

/** Relations of the selected span: those that stand, and those that can be begun here. */
export function SpanRelations({
  span,
  annotations,
  codebook,
  link,
  isDisabled,
  onStart,
  onRemove,
  onGoTo,
}: {
  span: Span;
  annotations: AnnotationState;
  codebook: CodebookIndex;
  link: Link | null;
  isDisabled: boolean;
  onStart: (choice: { layer: string; label: string }) => void;
  onRemove: (relationId: string) => void;
  onGoTo: (spanId: string) => void;
}) {
  const layers = codebook.layersAt("relation");
  if (layers.length === 0) return null;
  const standing = [...annotations.relations.values()].filter(
    (relation) => relation.from === span.id || relation.to === span.id,
  );
  return (
    <section aria-label="Relations" className="mt-4 border-t border-line pt-3">
      <h3 className="mb-1 text-[13px] font-semibold">Relations</h3>
      <ul className="mb-2 flex flex-col gap-1 text-[13px]">
        {standing.map((relation) => {
          const isOutgoing = relation.from === span.id;
          const other = annotations.spans.get(isOutgoing ? relation.to : relation.from);
          const Arrow = isOutgoing ? ArrowRight : ArrowLeft;
          const name = codebook.label(relation.layer, relation.label)?.name ?? relation.label;
          return (
            <li key={relation.id} className="flex items-center gap-2">
              <Arrow aria-hidden size={14} className="shrink-0 text-ink-soft" />
              <button
                type="button"
                className="min-h-6 min-w-0 flex-1 truncate text-left underline-offset-2 hover:underline"
                onClick={() => onGoTo(isOutgoing ? relation.to : relation.from)}
              >
                {isOutgoing ? name : `${name}, from`}{" "}
                <bdi>“{other === undefined ? "" : quoteOf(other)}”</bdi>
              </button>
              <button
                type="button"
                disabled={isDisabled}
                className="min-h-6 text-ink-faint underline"
                onClick={() => onRemove(relation.id)}
              >
                Remove
              </button>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap gap-1">
        {layers
          .filter((layer) => beginsAt(layer, span))
          .flatMap((layer) =>
            selectableLabels(layer).map((label) => (
              <Button
                key={`${layer.key}/${label.key}`}
                size="small"
                disabled={isDisabled}
                title={label.definition}
                aria-pressed={link?.layer === layer.key && link.label === label.key}
                onClick={() => onStart({ layer: layer.key, label: label.key })}
              >
                {label.name} <ArrowRight aria-hidden size={13} />
              </Button>
            )),
          )}
      </div>
      {link === null ? null : (
        <p className="mt-1 text-[13px] text-accent">
          Select the span it leads to: click it, or go there with n and press Enter. Escape cancels.
        </p>
      )}
    </section>
  );
}

function beginsAt(layer: Layer, span: Span): boolean {
  const { from } = layer;
  return (
    from !== undefined &&
    from.layer === span.layer &&
    (from.labels === undefined || from.labels.includes(span.label))
  );
}
