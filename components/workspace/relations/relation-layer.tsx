"use client";
import clsx from "clsx";
import { type PointerEvent, useLayoutEffect, useRef, useState } from "react";
import { canRelate } from "@/lib/domain/annotation/relation-choices";
import type { AnnotationState, Relation, Span } from "@/lib/domain/annotation/state";
import { lookKey } from "@/lib/domain/codebook/looks";
import type { Box } from "../text/text-boxes";
import { useLayoutChanges } from "../text/use-layout-changes";
import type { Arc } from "./arc-paths";
import { measureArcs, spanLines } from "./measure-arcs";
import type { RelationLayerProps } from "./relation-layer-props";
import { RelationOffer } from "./relation-offer";

type Drawn = {
  arcs: readonly Arc[];
  handle: { x: number; y: number } | null;
  /** Lines of the other end of the selected relation, or of the spans where a drag would end. */
  ends: readonly Box[];
};

/**
 * Arrows over the article, for pointers; keyboards and screen readers have the same in the panel of
 * the selected span.
 */
export function RelationLayer(props: RelationLayerProps) {
  const { shown, annotations, view, showsAll, isDisabled, rootRef, annotator, codebook } = props;
  const { relations, spans } = annotations;
  const frameRef = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn>({ arcs: [], handle: null, ends: [] });
  const [drag, setDrag] = useState<Drag | null>(null);
  const selected =
    view.selection.kind === "span" ? annotations.spans.get(view.selection.spanId) : undefined;

  const otherEnds = drag?.spanIds.join(" ") ?? otherEndOf(view.relationId, annotations, selected);

  const measure = () => {
    const [root, frame] = [rootRef.current, frameRef.current];
    if (root === null || frame === null) return;
    const { left, top } = frame.getBoundingClientRect();
    const place = { root, shown, origin: { left, top } };
    const toDraw = relationsToDraw(annotations, selected, showsAll);
    const arcs = measureArcs(toDraw, annotations, place);
    const canBegin = selected !== undefined && !isDisabled && canRelate(selected, codebook);
    const lines = canBegin ? spanLines(selected, place) : [];
    const ends = otherEnds.split(" ").flatMap((id) => {
      const span = spans.get(id);
      return span === undefined || span === selected ? [] : spanLines(span, place);
    });
    setDrawn({ arcs, handle: handleAt(lines), ends });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured when one of these has changed
  useLayoutEffect(measure, [relations, spans, selected, otherEnds, showsAll, isDisabled, shown]);
  useLayoutChanges(rootRef, measure);
  const { handle } = drawn;
  return (
    <div ref={frameRef} className="pointer-events-none absolute inset-0 z-10">
      <svg aria-hidden className="relation-layer absolute size-full overflow-visible">
        {drawn.arcs.map((arc) => (
          <ArcView key={arc.id} arc={arc} relation={relations.get(arc.id)} {...props} />
        ))}
        {drawn.ends.map(({ left, top, right, bottom }) => (
          <rect
            key={`${left}/${top}`}
            x={left}
            y={top}
            width={right - left}
            height={bottom - top}
            rx={2}
            className="relation-end"
          />
        ))}
        {drag === null || handle === null ? null : (
          <path className="relation-drag" d={`M${handle.x},${handle.y}L${drag.x},${drag.y}`} />
        )}
        {handle === null || selected === undefined ? null : (
          <Handle
            {...handle}
            isActive={view.link !== null}
            onDrag={(event) => setDrag(dragAt(event, frameRef.current, rootRef.current))}
            onDrop={(spanIds) => {
              setDrag(null);
              rootRef.current?.focus({ preventScroll: true });
              if (spanIds === null) annotator.startLink(null);
              else annotator.relateTo(selected.id, spanIds);
            }}
            onCancel={() => setDrag(null)}
          />
        )}
      </svg>
      {view.offer === null ? null : (
        <RelationOffer {...props} offer={view.offer} frameRef={frameRef} />
      )}
    </div>
  );
}

function relationsToDraw(
  { relations }: AnnotationState,
  selected: Span | undefined,
  showsAll: boolean,
): Relation[] {
  if (showsAll) return [...relations.values()];
  if (selected === undefined) return [];
  return [...relations.values()].filter(
    ({ from, to }) => from === selected.id || to === selected.id,
  );
}

/** The span at the other end of the selected relation; an empty string where none is selected. */
function otherEndOf(
  relationId: string | null,
  { relations }: AnnotationState,
  selected: Span | undefined,
): string {
  const relation = relationId === null ? undefined : relations.get(relationId);
  return (relation?.from === selected?.id ? relation?.to : relation?.from) ?? "";
}

/** At the end of the first line, where it covers no code and no arrow. */
function handleAt(lines: readonly Box[]): Drawn["handle"] {
  const line = lines[0];
  return line === undefined ? null : { x: line.right, y: line.top };
}

function ArcView({
  arc,
  relation,
  codebook,
  looks,
  view,
  annotator,
  rootRef,
}: RelationLayerProps & { arc: Arc; relation: Relation | undefined }) {
  if (relation === undefined) return null;
  const name = codebook.label(relation.layer, relation.label)?.name ?? relation.label;
  const colour = looks.get(lookKey(relation.layer, relation.label))?.colour ?? "grey";
  const isSelected = view.relationId === relation.id;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hidden from assistive technology; keys have the panel
    <g
      className={clsx("arc", `label-${colour}`, isSelected && "is-selected")}
      data-relation={relation.id}
      // The article keeps the focus, so that Delete goes to the relation.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        rootRef.current?.focus({ preventScroll: true });
        annotator.selectRelation(relation.id);
      }}
    >
      <path className="arc-reach" d={arc.line} />
      <path className="arc-line" d={arc.line} />
      <path className="arc-head" d={arc.head} />
      <text x={arc.label.x} y={arc.label.y} className="arc-name">
        {name}
      </text>
    </g>
  );
}

type Drag = { x: number; y: number; spanIds: string[] };

/** Pulled to another span, or pressed, it begins a relation. */
function Handle({
  x,
  y,
  isActive,
  onDrag,
  onDrop,
  onCancel,
}: {
  x: number;
  y: number;
  isActive: boolean;
  onDrag: (event: PointerEvent) => void;
  /** The spans where it was let go; null where it was only pressed. */
  onDrop: (spanIds: string[] | null) => void;
  onCancel: () => void;
}) {
  const pressed = useRef<{ x: number; y: number } | null>(null);
  const hasMoved = (event: PointerEvent) =>
    pressed.current !== null &&
    Math.hypot(event.clientX - pressed.current.x, event.clientY - pressed.current.y) > 6;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hidden from assistive technology; keys have the panel
    <g
      className={clsx("relation-handle", isActive && "is-active")}
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        pressed.current = { x: event.clientX, y: event.clientY };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!hasMoved(event)) return;
        scrollAtEdge(event.clientY);
        onDrag(event);
      }}
      onPointerUp={(event) => {
        const isDragged = hasMoved(event);
        if (pressed.current === null) return;
        pressed.current = null;
        onDrop(isDragged ? spansAt(event) : null);
      }}
      onPointerCancel={() => {
        pressed.current = null;
        onCancel();
      }}
    >
      <circle cx={x} cy={y} r={12} className="relation-handle-reach" />
      <circle cx={x} cy={y} r={5} />
    </g>
  );
}

function dragAt(
  event: PointerEvent,
  frame: HTMLElement | null,
  root: HTMLElement | null,
): Drag | null {
  if (frame === null || root === null) return null;
  const { left, top } = frame.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top, spanIds: spansAt(event) };
}

/** Ids of the spans under a pointer, whatever is drawn above them. */
function spansAt({ clientX, clientY }: PointerEvent): string[] {
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const mark = element.closest("[data-spans]");
    if (mark instanceof HTMLElement) return mark.dataset.spans?.split(" ") ?? [];
  }
  return [];
}

/** Lets a drag reach words beyond the screen. */
function scrollAtEdge(y: number): void {
  const edge = 90;
  if (y < edge) window.scrollBy({ top: -24 });
  else if (y > window.innerHeight - edge) window.scrollBy({ top: 24 });
}
