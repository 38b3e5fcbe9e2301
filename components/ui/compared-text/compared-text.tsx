import clsx from "clsx";
import { memo } from "react";
import type { Span } from "@/lib/domain/annotation/state";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";
import { type AnnotatorSpans, layRows, type RowMark } from "@/lib/domain/comparison/rows";
import { indexText, type Range, type TextIndex } from "@/lib/domain/text/offsets";
import { type BlockRole, isAnnotatable, roleName } from "@/lib/domain/text/roles";
import styles from "./compared-text.module.css";

/** What every block is drawn with. The same object for as long as none of it changes. */
export type Drawing = {
  text: TextIndex;
  /** Up to six signs, for the margin. */
  names: ReadonlyMap<string, string>;
  looks: ReadonlyMap<string, LabelLook>;
  labelName: (span: Span) => string;
};

type Block = Range & { role: BlockRole };

/** Last row that has a place of its own; marks beyond share it. */
const LAST_ROW = 23;

/** The text once, with a row of marks per annotator under its words. */
export function ComparedText({
  text,
  language,
  blocks,
  annotators,
  ...drawing
}: Omit<Drawing, "text"> & {
  text: string;
  language: string;
  blocks: readonly Block[];
  annotators: readonly AnnotatorSpans[];
}) {
  const all = { ...drawing, text: indexText(text) };
  return (
    <div className={textClass} lang={language}>
      {blocks.map((block) => (
        <ComparedBlock key={block.start} block={block} rows={annotators} drawing={all} />
      ))}
    </div>
  );
}

/** Around the blocks. */
export const textClass = styles.text;

type BlockProps = {
  block: Block;
  rows: readonly AnnotatorSpans[];
  /** A row above all others. */
  top?: AnnotatorSpans;
  /** Words to show as those in question, and as chosen. */
  current?: Range | null;
  chosen?: Range | null;
  /** Whether the browser may leave it out while it is out of view. */
  isContained?: boolean;
  drawing: Drawing;
};

/** A block of the text with its rows; drawn again only where something of it changed. */
export const ComparedBlock = memo(function ComparedBlock(props: BlockProps) {
  const { block, drawing } = props;
  if (isAnnotatable(block.role)) return <MarkedBlock {...props} />;
  return (
    <p dir="auto" className={clsx(styles.gutter, "mb-2 font-sans text-[13px] text-ink-faint")}>
      <span className="sr-only">{roleName(block.role)}, not open to marking: </span>
      {drawing.text.slice(block.start, block.end)}
    </p>
  );
}, isSameBlock);

function isSameBlock(before: BlockProps, after: BlockProps): boolean {
  return (
    before.block === after.block &&
    before.rows === after.rows &&
    before.drawing === after.drawing &&
    isSameRange(before.current, after.current) &&
    isSameRange(before.chosen, after.chosen) &&
    idsOf(before.top) === idsOf(after.top)
  );
}

function isSameRange(a: Range | null | undefined, b: Range | null | undefined): boolean {
  return a?.start === b?.start && a?.end === b?.end;
}

/** Spans never change under the same id. */
function idsOf(row: AnnotatorSpans | undefined): string {
  return row?.spans.map(({ id }) => id).join() ?? "";
}

function MarkedBlock({
  block,
  rows: given,
  top,
  current,
  chosen,
  isContained,
  drawing,
}: BlockProps) {
  const all = top === undefined ? given : [top, ...given];
  const { pieces, firstRows, rows } = layRows(block, all);
  const cuts = [current, chosen].filter((range) => range !== null && range !== undefined);
  const content = (
    <>
      {firstRows.map(({ annotatorId, row }) => (
        <span key={annotatorId} className={clsx(styles.anchor, rowClass(row))}>
          <span className={styles.who} data-who={drawing.names.get(annotatorId)} />
        </span>
      ))}
      {pieces
        .flatMap((piece) => cutAt(piece, cuts))
        .map((piece) => (
          <Piece
            key={piece.start}
            range={piece}
            marks={piece.marks}
            topId={top?.annotatorId}
            drawing={drawing}
            className={clsx(
              isWithin(piece, current) && styles.current,
              isWithin(piece, chosen) && styles.chosen,
            )}
          />
        ))}
    </>
  );
  const rowsClass = rows === 0 ? undefined : styles[`rows${Math.min(rows, LAST_ROW + 1)}`];
  const className = clsx(
    styles.block,
    styles.gutter,
    rowsClass,
    isContained === true && styles.contained,
  );
  if (block.role === "headline") {
    return (
      <h2
        dir="auto"
        data-start={block.start}
        className={clsx(className, "text-[20px] font-semibold")}
      >
        {content}
      </h2>
    );
  }
  const isHeading = block.role === "subheading" || block.role === "standfirst";
  return (
    <p
      dir="auto"
      data-start={block.start}
      className={clsx(className, isHeading && "font-semibold")}
    >
      {content}
    </p>
  );
}

type CutPiece = Range & { marks: readonly RowMark[] };

/** Cuts a piece where a range begins or ends in it; the marks begin in the first part. */
function cutAt(piece: CutPiece, ranges: readonly Range[]): CutPiece[] {
  const inside = ranges
    .flatMap(({ start, end }) => [start, end])
    .filter((at) => piece.start < at && at < piece.end);
  const starts = [piece.start, ...[...new Set(inside)].sort((a, b) => a - b)];
  return starts.map((start, index) => ({
    start,
    end: starts[index + 1] ?? piece.end,
    marks: index === 0 ? piece.marks : piece.marks.map((mark) => ({ ...mark, begins: false })),
  }));
}

function isWithin(piece: Range, range: Range | null | undefined): boolean {
  return (
    range !== null && range !== undefined && range.start <= piece.start && piece.end <= range.end
  );
}

function Piece({
  range,
  marks,
  topId,
  className,
  drawing,
}: {
  range: Range;
  marks: readonly RowMark[];
  topId: string | undefined;
  className: string;
  drawing: Drawing;
}) {
  const words = drawing.text.slice(range.start, range.end);
  if (marks.length === 0)
    return className === "" ? words : <span className={className}>{words}</span>;
  const begins = marks.filter((mark) => mark.begins);
  const title = marks
    .map((mark) => `${drawing.names.get(mark.annotatorId)}: ${drawing.labelName(mark.span)}`)
    .join("\n");
  return (
    <span
      id={begins.length > 0 ? placeId(range.start) : undefined}
      className={clsx(styles.piece, className)}
      title={title}
    >
      {begins.map((mark) => (
        <span key={mark.span.id} className={clsx(styles.anchor, rowClass(mark.row))}>
          <span className={styles.code} data-code={lookOf(mark, drawing)?.code} />
        </span>
      ))}
      <Marked marks={marks} topId={topId} words={words} drawing={drawing} />
    </span>
  );
}

/** Words inside one box per mark. */
function Marked({
  marks,
  topId,
  words,
  drawing,
}: {
  marks: readonly RowMark[];
  topId: string | undefined;
  words: string;
  drawing: Drawing;
}) {
  const [mark, ...others] = marks;
  if (mark === undefined) return words;
  return (
    <span
      className={clsx(
        markClass(mark, lookOf(mark, drawing)),
        mark.annotatorId === topId && styles.top,
      )}
    >
      <Marked marks={others} topId={topId} words={words} drawing={drawing} />
    </span>
  );
}

/** Where the list of disputes leads to. */
export function placeId(start: number): string {
  return `at-${start}`;
}

function lookOf({ span }: RowMark, { looks }: Drawing): LabelLook | undefined {
  return looks.get(lookKey(span.layer, span.label));
}

function markClass(mark: RowMark, look: LabelLook | undefined): string {
  const line = look === undefined || look.line === "solid" ? undefined : styles[look.line];
  return clsx(styles.mark, rowClass(mark.row), line, `label-${look?.colour ?? "grey"}`);
}

function rowClass(row: number): string | undefined {
  return styles[`row${Math.min(row, LAST_ROW)}`];
}
