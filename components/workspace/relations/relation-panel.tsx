"use client";
import { ArrowLeft, ArrowLeftRight, ArrowRight, Trash2 } from "lucide-react";
import { AttributeField } from "@/components/ui/attribute-field";
import { Button } from "@/components/ui/button";
import { Swatch } from "@/components/ui/swatch";
import { isAsked, isRequired } from "@/lib/domain/annotation/attributes";
import { canRelate, fitsEnd } from "@/lib/domain/annotation/relation-choices";
import {
  type AnnotationState,
  type AttributeValue,
  quoteOf,
  type Relation,
  type Span,
} from "@/lib/domain/annotation/state";
import { lookKey } from "@/lib/domain/codebook/looks";
import { type CodebookIndex, selectableLabels } from "@/lib/domain/codebook/lookup";
import type { Annotator } from "../annotator";
import type { Looks } from "../text/block-view";
import type { AnnotatorView } from "../text-cursor";

export type RelationPanelProps = {
  span: Span;
  annotations: AnnotationState;
  codebook: CodebookIndex;
  looks: Looks;
  view: Pick<AnnotatorView, "link" | "relationId">;
  isDisabled: boolean;
  annotator: Annotator;
  /** Keys that begin a relation in the article. */
  relateKeys: string | undefined;
  onGoTo: (spanId: string) => void;
};

/** Relations of the selected span: those that stand, the one selected, and those that can begin here. */
export function RelationPanel(props: RelationPanelProps) {
  const { span, annotations, codebook, view, isDisabled, annotator, relateKeys } = props;
  if (!canRelate(span, codebook)) return null;
  const standing = [...annotations.relations.values()].filter(
    (relation) => relation.from === span.id || relation.to === span.id,
  );
  const choices = codebook
    .layersAt("relation")
    .filter((layer) => fitsEnd(layer.from, span))
    .flatMap((layer) => selectableLabels(layer).map((label) => ({ layer: layer.key, label })));
  const { link } = view;
  return (
    <section aria-label="Relations" className="mt-4 border-t border-line pt-3">
      <h3 className="mb-1 text-[13px] font-semibold">Relations</h3>
      {standing.length === 0 ? null : (
        <ul className="mb-2 flex flex-col gap-1 text-[13px]">
          {standing.map((relation) => (
            <RelationRow key={relation.id} relation={relation} {...props} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-1">
        {choices.map(({ layer, label }) => (
          <Button
            key={`${layer}/${label.key}`}
            size="small"
            disabled={isDisabled}
            title={label.definition}
            aria-pressed={link?.choice?.layer === layer && link.choice.label === label.key}
            onClick={() => annotator.startLink({ layer, label: label.key })}
          >
            {label.name} <ArrowRight aria-hidden size={13} />
          </Button>
        ))}
        <Button
          size="small"
          disabled={isDisabled}
          aria-pressed={link !== null && link.choice === null}
          aria-keyshortcuts={relateKeys}
          onClick={() => annotator.startLink(null)}
        >
          Relate to…
        </Button>
      </div>
      {link === null ? null : (
        <p className="mt-1 text-[13px] text-accent">
          {link.choice === null ? "Select the other span" : "Select the span it leads to"}: click
          it, or go there by key and press Enter. Escape cancels.
        </p>
      )}
    </section>
  );
}

/** One relation as the selected span sees it; selected, with all that can be changed. */
function RelationRow({ relation, ...props }: RelationPanelProps & { relation: Relation }) {
  const { span, annotations, codebook, looks, view, isDisabled, annotator } = props;
  const isOutgoing = relation.from === span.id;
  const isSelected = view.relationId === relation.id;
  const other = annotations.spans.get(isOutgoing ? relation.to : relation.from);
  const Arrow = isOutgoing ? ArrowRight : ArrowLeft;
  const look = looks.get(lookKey(relation.layer, relation.label));
  const name = codebook.label(relation.layer, relation.label)?.name ?? relation.label;
  return (
    <li className={isSelected ? "rounded-md bg-accent-soft p-1" : "p-1"}>
      <button
        type="button"
        aria-expanded={isSelected}
        aria-keyshortcuts="Delete"
        className="flex min-h-7 w-full items-center gap-2 text-left"
        onClick={() => annotator.selectRelation(relation.id)}
        onKeyDown={(event) => {
          if (event.key !== "Delete" && event.key !== "Backspace") return;
          event.preventDefault();
          if (!isDisabled) removeWithFocus(event.currentTarget, relation.id, annotator);
        }}
      >
        <Arrow aria-hidden size={14} className="shrink-0 text-ink-soft" />
        <Swatch colour={look?.colour ?? "grey"} code={look?.code ?? "?"} />
        <span className="min-w-0 flex-1 truncate">
          {isOutgoing ? name : `${name}, from`}{" "}
          <bdi>“{other === undefined ? "" : quoteOf(other)}”</bdi>
        </span>
      </button>
      {isSelected ? <RelationEditor relation={relation} other={other} {...props} /> : null}
    </li>
  );
}

function RelationEditor({
  relation,
  other,
  annotations,
  codebook,
  isDisabled,
  annotator,
  onGoTo,
}: RelationPanelProps & { relation: Relation; other: Span | undefined }) {
  const layer = codebook.layer(relation.layer);
  const [from, to] = [annotations.spans.get(relation.from), annotations.spans.get(relation.to)];
  if (layer === undefined || from === undefined || to === undefined) return null;
  const labels = selectableLabels(layer);
  const canTurn = fitsEnd(layer.from, to) && fitsEnd(layer.to, from);
  const answer = (attribute: string, value: AttributeValue | null) =>
    annotator.change([{ kind: "set_attribute", targetId: relation.id, attribute, value }]);
  return (
    <fieldset
      id="relation-editor"
      tabIndex={-1}
      aria-label="Selected relation"
      className="mt-1 grid gap-2 ps-5"
    >
      {labels.length < 2 ? null : (
        <label className="flex items-center gap-2">
          Label
          <select
            value={relation.label}
            disabled={isDisabled}
            onChange={(event) => annotator.labelRelation(relation.id, event.target.value)}
            className="h-7 min-w-0 flex-1 rounded border border-line-strong bg-surface px-1 text-ink"
          >
            {labels.map((label) => (
              <option key={label.key} value={label.key}>
                {label.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {layer.attributes
        .filter((attribute) => isAsked(attribute, relation))
        .map((attribute) => {
          const value = relation.attributes[attribute.key];
          return (
            <AttributeField
              key={`${relation.id}/${attribute.key}`}
              attribute={attribute}
              value={value}
              isRequired={isRequired(attribute, relation) && value === undefined}
              isDisabled={isDisabled}
              known={[]}
              onAnswer={(given) => answer(attribute.key, given)}
            />
          );
        })}
      <div className="flex flex-wrap gap-1">
        {other === undefined ? null : (
          <Button size="small" tone="quiet" onClick={() => onGoTo(other.id)}>
            Go to its other end
          </Button>
        )}
        {canTurn ? (
          <Button
            size="small"
            tone="quiet"
            disabled={isDisabled}
            onClick={() => annotator.reverseRelation(relation.id)}
          >
            <ArrowLeftRight aria-hidden size={14} /> Reverse
          </Button>
        ) : null}
        <Button
          size="small"
          tone="quiet"
          disabled={isDisabled}
          aria-keyshortcuts="Delete"
          onClick={(event) => removeWithFocus(event.currentTarget, relation.id, annotator)}
        >
          <Trash2 aria-hidden size={14} /> Remove relation
        </Button>
      </div>
    </fieldset>
  );
}

/** Removes a relation; the focus, which would be lost with its row, goes to what can be done next. */
function removeWithFocus(from: HTMLElement, relationId: string, annotator: Annotator): void {
  const section = from.closest("section");
  annotator.removeRelation(relationId);
  requestAnimationFrame(() => section?.querySelector<HTMLElement>("button:enabled")?.focus());
}
