"use client";
import clsx from "clsx";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { Swatch } from "@/components/ui/swatch";
import { type AnnotationState, hull, type Span } from "@/lib/domain/annotation/state";
import { lookKey } from "@/lib/domain/codebook/looks";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
import { codePoint } from "@/lib/domain/text/offsets";
import type { Looks } from "../text/block-view";
import { type ShownText, spansByBlock } from "../text/document-view";
import { boxesOf, isNearScreen } from "../text/text-boxes";
import { useLayoutChanges } from "../text/use-layout-changes";
import { type Row, stackRows } from "./name-rows";

/** Height of a name in pixels, as the style sheet has it. */
const ROW_HEIGHT = 17;

export type NamesLayerProps = {
  shown: ShownText;
  annotations: AnnotationState;
  codebook: CodebookIndex;
  looks: Looks;
  selectedId: string | null;
  rootRef: RefObject<HTMLDivElement | null>;
  onSelect: (spanId: string) => void;
};

/**
 * The labels' names at the lines where their spans begin, for the eye and the pointer; the list of
 * spans has them for keyboards and screen readers. Only what is near the screen is measured.
 */
export function NamesLayer(props: NamesLayerProps) {
  const { shown, annotations, codebook, looks, selectedId, rootRef, onSelect } = props;
  const ref = useRef<HTMLDivElement>(null);
  const [rows, setRows] = useState<readonly Row<string>[]>([]);
  const { spans } = annotations;
  const measure = () => {
    const [root, column] = [rootRef.current, ref.current];
    if (root !== null && column !== null) setRows(measureRows(props, root, column));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured when one of these has changed
  useLayoutEffect(measure, [spans, shown]);
  useLayoutChanges(rootRef, measure);
  return (
    <div ref={ref} aria-hidden className="names-layer">
      {rows.map(({ item, top }) => {
        const span = spans.get(item);
        if (span === undefined) return null;
        const look = looks.get(lookKey(span.layer, span.label));
        const name = codebook.label(span.layer, span.label)?.name ?? span.label;
        return (
          <PlacedName
            key={item}
            top={top}
            isSelected={item === selectedId}
            onSelect={() => onSelect(item)}
          >
            <Swatch colour={look?.colour ?? "grey"} code={look?.code ?? "?"} className="h-4" />
            <span className="truncate" title={name}>
              {name}
            </span>
          </PlacedName>
        );
      })}
    </div>
  );
}

function PlacedName({
  top,
  isSelected,
  onSelect,
  children,
}: {
  top: number;
  isSelected: boolean;
  onSelect: () => void;
  children: React.ReactNode;
}) {
  const ref = useRef<HTMLButtonElement>(null);
  // By script: the content policy allows no style attribute.
  useLayoutEffect(() => ref.current?.style.setProperty("top", `${top}px`), [top]);
  return (
    <button
      ref={ref}
      type="button"
      tabIndex={-1}
      className={clsx("margin-name", isSelected && "is-selected")}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onSelect}
    >
      {children}
    </button>
  );
}

function measureRows(
  { shown, annotations }: NamesLayerProps,
  root: HTMLElement,
  column: HTMLElement,
): Row<string>[] {
  const origin = column.getBoundingClientRect();
  const lists = spansByBlock(annotations.spans.values(), shown.blocks, null);
  const wanted = shown.blocks.flatMap((block) => {
    const spans = (lists[block.position] ?? []).filter((span) => hull(span).start >= block.start);
    const element = root.children[block.position];
    if (spans.length === 0 || element === undefined) return [];
    if (!isNearScreen(element.getBoundingClientRect())) return [];
    return inOrder(spans).flatMap((span): Row<string>[] => {
      const { start } = hull(span);
      const box = boxesOf({ start, end: codePoint(start + 1) }, origin, { root, shown })[0];
      return box === undefined ? [] : [{ item: span.id, top: Math.round(box.top) }];
    });
  });
  return stackRows(wanted, ROW_HEIGHT);
}

function inOrder(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => hull(a).start - hull(b).start);
}
