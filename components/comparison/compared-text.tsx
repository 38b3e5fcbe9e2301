import clsx from "clsx";
import type { Span } from "@/lib/domain/annotation/state";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";
import { type AnnotatorSpans, layRows, type RowMark } from "@/lib/domain/comparison/rows";
import { indexText, type Range, type TextIndex } from "@/lib/domain/text/offsets";
import { type BlockRole, isAnnotatable, roleName } from "@/lib/domain/text/roles";
import styles from "./compared-text.module.css";

/** What every block is drawn with. */
type Drawing = {
  text: TextIndex;
  annotators: readonly AnnotatorSpans[];
  /** Up to six signs, for the margin. */
  names: ReadonlyMap<string, string>;
  looks: ReadonlyMap<string, LabelLook>;
  labelName: (span: Span) => string;
};

/** Last row that has a place of its own; marks beyond share it. */
const LAST_ROW = 13;

/** The text once, with a row of marks per annotator under its words. */
export function ComparedText({
  text,
  language,
  blocks,
  ...drawing
}: Omit<Drawing, "text"> & {
  text: string;
  language: string;
  blocks: readonly (Range & { role: BlockRole })[];
}) {
  const index = indexText(text);
  return (
    <div className={styles.text} lang={language}>
      {blocks.map((block) =>
        isAnnotatable(block.role) ? (
          <MarkedBlock key={block.start} block={block} drawing={{ ...drawing, text: index }} />
        ) : (
          <p
            key={block.start}
            dir="auto"
            className={clsx(styles.gutter, "mb-2 font-sans text-[13px] text-ink-faint")}
          >
            <span className="sr-only">{roleName(block.role)}, not open to marking: </span>
            {index.slice(block.start, block.end)}
          </p>
        ),
      )}
    </div>
  );
}

function MarkedBlock({ block, drawing }: { block: Range & { role: BlockRole }; drawing: Drawing }) {
  const { pieces, firstRows, rows } = layRows(block, drawing.annotators);
  const content = (
    <>
      {firstRows.map(({ annotatorId, row }) => (
        <span key={annotatorId} className={clsx(styles.anchor, rowClass(row))}>
          <span className={styles.who} data-who={drawing.names.get(annotatorId)} />
        </span>
      ))}
      {pieces.map((piece) => (
        <Piece key={piece.start} range={piece} marks={piece.marks} drawing={drawing} />
      ))}
    </>
  );
  const rowsClass = rows === 0 ? undefined : styles[`rows${Math.min(rows, LAST_ROW + 1)}`];
  const className = clsx(styles.block, styles.gutter, rowsClass);
  if (block.role === "headline") {
    return (
      <h2 dir="auto" className={clsx(className, "text-[20px] font-semibold")}>
        {content}
      </h2>
    );
  }
  const isHeading = block.role === "subheading" || block.role === "standfirst";
  return (
    <p dir="auto" className={clsx(className, isHeading && "font-semibold")}>
      {content}
    </p>
  );
}

function Piece({
  range,
  marks,
  drawing,
}: {
  range: Range;
  marks: readonly RowMark[];
  drawing: Drawing;
}) {
  const words = drawing.text.slice(range.start, range.end);
  if (marks.length === 0) return words;
  const begins = marks.filter((mark) => mark.begins);
  const title = marks
    .map((mark) => `${drawing.names.get(mark.annotatorId)}: ${drawing.labelName(mark.span)}`)
    .join("\n");
  return (
    <span
      id={begins.length > 0 ? placeId(range.start) : undefined}
      className={styles.piece}
      title={title}
    >
      {begins.map((mark) => (
        <span key={mark.span.id} className={clsx(styles.anchor, rowClass(mark.row))}>
          <span className={styles.code} data-code={lookOf(mark, drawing)?.code} />
        </span>
      ))}
      <Marked marks={marks} words={words} drawing={drawing} />
    </span>
  );
}

/** Words inside one box per mark. */
function Marked({
  marks,
  words,
  drawing,
}: {
  marks: readonly RowMark[];
  words: string;
  drawing: Drawing;
}) {
  const [mark, ...others] = marks;
  if (mark === undefined) return words;
  return (
    <span className={markClass(mark, lookOf(mark, drawing))}>
      <Marked marks={others} words={words} drawing={drawing} />
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
