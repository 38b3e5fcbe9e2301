"use client";
import { Trash2 } from "lucide-react";
import { AttributeField } from "@/components/ui/attribute-field";
import { Button } from "@/components/ui/button";
import { Swatch } from "@/components/ui/swatch";
import { isAsked, isRequired } from "@/lib/domain/annotation/attributes";
import {
  type AttributeValue,
  quoteOf,
  type SetComment,
  type Span,
} from "@/lib/domain/annotation/state";
import { lookKey } from "@/lib/domain/codebook/looks";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
import type { Looks } from "../text/block-view";

import { Comments } from "./comments";

export type SpanActions = {
  answer: (attribute: string, value: AttributeValue | null) => void;
  nudge: (edge: "start" | "end", by: 1 | -1) => void;
  remove: () => void;
  setDiscuss: (isOn: boolean) => void;
  comment: (body: string) => void;
  removeComment: (commentId: string) => void;
  showOccurrences: () => void;
};

/** The selected span: its words, edges, questions and comments. */
export function SpanEditor({
  span,
  overlapping,
  comments,
  knownAnswers,
  codebook,
  looks,
  isDisabled,
  actions,
  onSelect,
}: {
  span: Span;
  /** All spans on the same words, this one included. */
  overlapping: readonly Span[];
  comments: readonly SetComment[];
  /** What was answered to a question before in this document. */
  knownAnswers: (attribute: string) => readonly string[];
  codebook: CodebookIndex;
  looks: Looks;
  isDisabled: boolean;
  actions: SpanActions;
  onSelect: (spanId: string) => void;
}) {
  const layer = codebook.layer(span.layer);
  const asked = (layer?.attributes ?? []).filter((attribute) => isAsked(attribute, span));
  const nameOf = (each: Span) => codebook.label(each.layer, each.label)?.name ?? each.label;
  const lookOf = (each: Span) => looks.get(lookKey(each.layer, each.label));
  return (
    <section aria-label="Selected span" className="flex flex-col gap-3" id="span-editor">
      <div className="flex items-start gap-2">
        <Swatch colour={lookOf(span)?.colour ?? "grey"} code={lookOf(span)?.code ?? "?"} />
        <div className="min-w-0 flex-1">
          <h2 className="text-sm font-semibold">{nameOf(span)}</h2>
          <p className="line-clamp-3 font-serif text-[15px]">
            <bdi>“{quoteOf(span)}”</bdi>
          </p>
        </div>
        <Button
          tone="quiet"
          size="small"
          disabled={isDisabled}
          onClick={actions.remove}
          aria-keyshortcuts="Delete"
        >
          <Trash2 aria-hidden size={14} /> Delete
        </Button>
      </div>
      {overlapping.length > 1 ? (
        <fieldset className="rounded-md bg-sunken p-2">
          <legend className="sr-only">Spans on these words</legend>
          <p className="mb-1 text-xs text-ink-soft">
            {overlapping.length} spans stand here; Space goes from one to the next.
          </p>
          <div className="flex flex-wrap gap-1">
            {overlapping.map((each) => (
              <button
                key={each.id}
                type="button"
                aria-pressed={each.id === span.id}
                onClick={() => onSelect(each.id)}
                className="flex min-h-7 max-w-full items-center gap-1.5 rounded border border-line bg-surface px-1.5 text-xs aria-pressed:border-accent aria-pressed:bg-accent-soft"
              >
                <Swatch colour={lookOf(each)?.colour ?? "grey"} code={lookOf(each)?.code ?? "?"} />
                <span className="truncate">{quoteOf(each)}</span>
              </button>
            ))}
          </div>
        </fieldset>
      ) : null}
      <EdgeButtons isDisabled={isDisabled} onNudge={actions.nudge} />
      <div>
        <Button
          size="small"
          disabled={isDisabled}
          onClick={actions.showOccurrences}
          aria-keyshortcuts="Shift+R"
        >
          Same words elsewhere…
        </Button>
      </div>
      {asked.map((attribute) => (
        <AttributeField
          key={`${span.id}/${attribute.key}`}
          attribute={attribute}
          value={span.attributes[attribute.key]}
          isRequired={isRequired(attribute, span) && span.attributes[attribute.key] === undefined}
          isDisabled={isDisabled}
          known={attribute.type === "entity" ? knownAnswers(attribute.key) : []}
          onAnswer={(value) => actions.answer(attribute.key, value)}
        />
      ))}
      <label className="flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          checked={span.flags.includes("discuss")}
          disabled={isDisabled}
          onChange={(event) => actions.setDiscuss(event.target.checked)}
        />
        To discuss with the team
      </label>
      <Comments
        id="span-comment"
        label="Comment"
        comments={comments}
        isDisabled={isDisabled}
        onComment={actions.comment}
        onRemove={actions.removeComment}
      />
    </section>
  );
}

function EdgeButtons({
  isDisabled,
  onNudge,
}: {
  isDisabled: boolean;
  onNudge: SpanActions["nudge"];
}) {
  const edges = [
    { edge: "start", by: -1, words: "Start earlier", sign: "⇤ start" },
    { edge: "start", by: 1, words: "Start later", sign: "start ⇥" },
    { edge: "end", by: -1, words: "End earlier", sign: "⇤ end" },
    { edge: "end", by: 1, words: "End later", sign: "end ⇥" },
  ] as const;
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">Move the edges by one word</legend>
      {edges.map(({ edge, by, words, sign }) => (
        <Button
          key={words}
          size="small"
          disabled={isDisabled}
          aria-label={words}
          title={words}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onNudge(edge, by)}
        >
          {sign}
        </Button>
      ))}
    </fieldset>
  );
}
