"use client";
import { useEffect, useMemo, useRef } from "react";
import {
  ComparedBlock,
  type Drawing,
  textClass,
} from "@/components/ui/compared-text/compared-text";
import type { Item } from "@/lib/domain/adjudication/items";
import { hull, type Span } from "@/lib/domain/annotation/state";
import type { Range } from "@/lib/domain/text/offsets";
import type { OpenAdjudication } from "@/lib/services/adjudications";

/** Id of the row above all annotators. */
export const GOLD = "gold";

type Props = {
  document: OpenAdjudication["document"];
  annotators: OpenAdjudication["annotators"];
  items: readonly Item[];
  gold: ReadonlyMap<string, Span>;
  current: Item | null;
  /** Words chosen for new boundaries. */
  chosen: Range | null;
  drawing: Drawing;
  onSelect: (root: HTMLElement) => void;
};

/** The text with the gold set's row above those of the annotators. */
export function DeskText(props: Props) {
  const { document, annotators, items, gold, current, chosen, drawing, onSelect } = props;
  const rootRef = useRef<HTMLElement>(null);
  const rows = useMemo(
    () => blockRows(document.blocks, annotators, items),
    [document, annotators, items],
  );
  const goldSpans = useMemo(() => [...gold.values()], [gold]);
  const range = current?.kind === "span" || current?.unit === "sentence" ? current : null;
  const at = range?.start;
  useEffect(() => {
    if (at === undefined) return;
    showPlace(rootRef.current, at);
  }, [at]);
  return (
    <section
      ref={rootRef}
      aria-label="Text"
      className={textClass}
      lang={document.language}
      onMouseUp={(event) => onSelect(event.currentTarget)}
    >
      {document.blocks.map((block, place) => (
        <ComparedBlock
          key={block.start}
          block={block}
          rows={rows[place] ?? []}
          top={{ annotatorId: GOLD, spans: goldSpans.filter((span) => touches(span, block)) }}
          current={meets(range, block) ? range : null}
          chosen={meets(chosen, block) ? chosen : null}
          isContained
          drawing={drawing}
        />
      ))}
    </section>
  );
}

function blockRows(
  blocks: Props["document"]["blocks"],
  annotators: Props["annotators"],
  items: readonly Item[],
) {
  const spans = annotators.map(({ id }) => ({ annotatorId: id, spans: spansOf(id, items) }));
  return blocks.map((block) =>
    spans.map((row) => ({ ...row, spans: row.spans.filter((span) => touches(span, block)) })),
  );
}

/** One annotator's spans, as the options of the items hold them. */
function spansOf(annotatorId: string, items: readonly Item[]): Span[] {
  return items.flatMap(({ options }) =>
    options.flatMap(({ span, annotatorIds, spanIds }) =>
      annotatorIds.flatMap((id, place) =>
        id === annotatorId && span !== null ? [{ ...span, id: spanIds[place] ?? span.id }] : [],
      ),
    ),
  );
}

function touches(span: Span, block: Range): boolean {
  const { start, end } = hull(span);
  return start < block.end && end > block.start;
}

function meets(range: Range | null, block: Range): boolean {
  return range !== null && range.start < block.end && range.end > block.start;
}

/** Brings the block of a place into view, and then the words themselves. */
function showPlace(root: HTMLElement | null, at: number): void {
  const blocks = [...(root?.querySelectorAll<HTMLElement>("[data-start]") ?? [])];
  const block = blocks.filter((each) => Number(each.dataset.start) <= at).at(-1);
  if (block === undefined) return;
  const words = block.querySelector(`#at-${at}`) ?? block;
  words.scrollIntoView({ block: "center" });
}
