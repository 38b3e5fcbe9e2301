"use client";
import { useMemo, useState } from "react";
import { v7 } from "uuid";
import { applyChange } from "@/lib/domain/annotation/apply";
import { defaultAnswers } from "@/lib/domain/annotation/attributes";
import type { Change } from "@/lib/domain/annotation/operation";
import {
  type AnnotationState,
  EMPTY_STATE,
  hull,
  type QuotedRange,
  type Span,
} from "@/lib/domain/annotation/state";
import type { Codebook, Layer } from "@/lib/domain/codebook/language";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { adjustRange } from "@/lib/domain/text/boundary";
import { moveCursor, rangeBetween, tokenIndexAt } from "@/lib/domain/text/movement";
import type { Range } from "@/lib/domain/text/offsets";
import { SAMPLE, sampleContext } from "./sample-article";

type Selection =
  | { kind: "words"; anchor: number; cursor: number; range: Range }
  | { kind: "span"; spanId: string };

/** Marking on the sample article by the rules of the codebook as it stands; nothing is stored. */
export function usePreview(codebook: Codebook) {
  const [given, setGiven] = useState<AnnotationState>(EMPTY_STATE);
  const [selection, setSelection] = useState<Selection | null>(null);
  const [told, setTold] = useState("");
  const context = useMemo(() => sampleContext(codebook), [codebook]);
  const index = useMemo(() => indexCodebook(codebook), [codebook]);
  const state = useMemo(() => fitting(given, codebook), [given, codebook]);
  const { tokens } = SAMPLE;
  const span = selection?.kind === "span" ? state.spans.get(selection.spanId) : undefined;
  const words = selection?.kind === "words" ? selection.range : null;

  const commit = (changes: readonly Change[], message: string): boolean => {
    let next = state;
    for (const change of changes) {
      const verdict = applyChange(next, change, context);
      if (verdict.outcome === "refused") {
        setTold(verdict.message);
        return false;
      }
      if (verdict.outcome === "applied") next = verdict.state;
    }
    setGiven(next);
    setTold(message);
    return true;
  };

  const selectTokens = (anchor: number, cursor: number) => {
    const range = rangeBetween(tokens, anchor, cursor);
    if (range === null) return;
    setSelection({ kind: "words", anchor, cursor, range });
    setTold(context.text.slice(range.start, range.end));
  };

  const selectRange = (range: Range) => {
    const anchor = tokenIndexAt(tokens, range.start);
    setSelection({ kind: "words", anchor, cursor: anchor, range });
  };

  const label = (layerKey: string, labelKey: string) => {
    const layer = index.layer(layerKey);
    if (layer === undefined) return;
    const name = index.label(layerKey, labelKey)?.name ?? labelKey;
    if (span?.layer === layerKey) {
      commit([{ kind: "label_span", spanId: span.id, label: labelKey }], `Now ${name}.`);
      return;
    }
    const raw = words ?? (span === undefined ? null : hull(span));
    if (raw === null) return setTold("Select words of the article first.");
    const adjusted = adjustRange(raw, layer.boundary, { ...SAMPLE, index: context.text });
    if ("refused" in adjusted) return setTold(adjusted.refused);
    const quote = context.text.slice(adjusted.range.start, adjusted.range.end);
    const change = addition(layer, labelKey, { ...adjusted.range, quote });
    const isMade = commit([change], adjusted.note ?? `“${quote}” is ${name}.`);
    if (isMade) setSelection({ kind: "span", spanId: change.span.id });
  };

  return {
    state,
    context,
    index,
    span,
    words,
    told,
    commit,
    selectRange,
    label,
    selectSpan: (spanId: string) => setSelection({ kind: "span", spanId }),
    clear: () => setSelection(null),
    /** Moves the cursor by a word, with `extend` the end of the selection. */
    step: (motion: "next_token" | "previous_token", extend: boolean) => {
      const here = selection?.kind === "words" ? selection : null;
      const from = here?.cursor ?? cursorOf(span);
      const to = here === null && span === undefined ? 0 : moveCursor(SAMPLE, from, motion);
      selectTokens(extend && here !== null ? here.anchor : to, to);
    },
    removeSpan: () => {
      if (span === undefined) return;
      commit([{ kind: "remove_span", spanId: span.id }], "The mark is gone.");
      setSelection(null);
    },
    reset: () => {
      setGiven(EMPTY_STATE);
      setSelection(null);
      setTold("The sample is empty again.");
    },
  };
}

/** A new mark with what the codebook answers beforehand. */
function addition(layer: Layer, label: string, range: QuotedRange) {
  return {
    kind: "add_span" as const,
    span: {
      id: v7(),
      layer: layer.key,
      label,
      ranges: [range],
      attributes: { ...defaultAnswers(layer, label) },
      flags: [],
      origin: "manual" as const,
    },
  };
}

export type Preview = ReturnType<typeof usePreview>;

function cursorOf(span: Span | undefined): number {
  if (span === undefined) return 0;
  return Math.max(0, tokenIndexAt(SAMPLE.tokens, hull(span).start));
}

/** What was tried without labels that the codebook no longer has. */
function fitting(state: AnnotationState, codebook: Codebook): AnnotationState {
  const known = new Set(
    codebook.layers.flatMap((layer) => layer.labels.map((label) => `${layer.key}/${label.key}`)),
  );
  const isKnown = ({ layer, label }: { layer: string; label: string }) =>
    known.has(`${layer}/${label}`);
  const spans = new Map([...state.spans].filter(([, span]) => isKnown(span)));
  const unitLabels = new Map([...state.unitLabels].filter(([, label]) => isKnown(label)));
  const relations = new Map(
    [...state.relations].filter(
      ([, each]) => isKnown(each) && spans.has(each.from) && spans.has(each.to),
    ),
  );
  return { ...state, spans, unitLabels, relations };
}
