import type { RelationChoice } from "@/lib/domain/annotation/relation-choices";
import {
  type AnnotationState,
  hull,
  quoteOf,
  type Span,
  spansInOrder,
} from "@/lib/domain/annotation/state";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
import type { CommandId } from "@/lib/domain/keyboard/commands";
import type { Adjustment } from "@/lib/domain/text/adjustment";
import {
  blockHolding,
  type Motion,
  moveCursor,
  rangeAt,
  rangeBetween,
  type Tables,
  tokenIndexAt,
  unitAround,
} from "@/lib/domain/text/movement";
import { findText } from "@/lib/domain/text/occurrences";
import type { CodePoint, Range, TextIndex } from "@/lib/domain/text/offsets";
import { counted, shorten } from "@/lib/domain/wording";
import type { AnnotationSession } from "./session/annotation-session";

/** Code points of a quote in messages. */
export const QUOTED = 60;

/** What the next key acts on. */
export type Selection =
  | { kind: "none" }
  /** Words chosen, not yet labelled; `anchor` is the token where a keyboard selection began. */
  | { kind: "words"; range: Range; anchor: number | null }
  | { kind: "span"; spanId: string };

export type AnnotatorView = {
  /** Index of the token under the keyboard cursor. */
  cursor: number;
  selection: Selection;
  /** Given at once to words chosen with the pointer, until it is put away. */
  sticky: LabelChoice | null;
  /** A relation begun: its other end is the span that is selected next. */
  link: Link | null;
  /** Relations that may be meant between two spans: one of them is to be chosen. */
  offer: Offer | null;
  /** The selected one of the relations of the selected span. */
  relationId: string | null;
  /** What became of the edges of the last selection; a new object each time. */
  adjustment: Adjustment | null;
  /** The last thing to tell: shown under the text and spoken. `count` makes repeats new. */
  notice: { text: string; count: number };
};

/** The beginning of a relation; without a label, the one that fits the other end. */
export type Link = { from: string; choice: LabelChoice | null };

export type Offer = { begunAt: string; choices: readonly RelationChoice[] };

export type LabelChoice = { layer: string; label: string };

/**
 * Where the person is in the text: the cursor, what is selected, and what was last said of it. It
 * moves and selects; what is done with a selection is the annotator's.
 */
export abstract class TextCursor {
  protected view: AnnotatorView = {
    cursor: 0,
    selection: { kind: "none" },
    sticky: null,
    link: null,
    offer: null,
    relationId: null,
    adjustment: null,
    notice: { text: "", count: 0 },
  };
  private readonly listeners = new Set<() => void>();
  private keyName: (command: CommandId) => string | null = () => null;
  /** The span selected last, to which further words may be added. */
  protected lastSpanId: string | null = null;

  constructor(
    protected readonly session: AnnotationSession,
    protected readonly codebook: CodebookIndex,
    protected readonly index: TextIndex,
    /** Tables of what can be marked only. */
    protected readonly tables: Tables,
  ) {}

  /** Selects a span as the person asked; a relation that was begun may end there. */
  abstract selectSpan(spanId: string): void;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getView = (): AnnotatorView => this.view;

  /** Says how the keys in force are called, for what is told. */
  nameKeys(keyName: (command: CommandId) => string | null): void {
    this.keyName = keyName;
  }

  /** What the next label would go to. */
  wordsAtHand(): string {
    const span = this.selectedSpan();
    const { selection, cursor } = this.view;
    const range =
      selection.kind === "words" ? selection.range : rangeAt(this.tables.tokens, cursor);
    const words = range === null ? "" : this.index.slice(range.start, range.end);
    return `“${shorten(span === undefined ? words : quoteOf(span), QUOTED)}”`;
  }

  /** The selected span, if it is still there. */
  selectedSpan(): Span | undefined {
    const { selection } = this.view;
    return selection.kind === "span" ? this.annotations().spans.get(selection.spanId) : undefined;
  }

  /** Puts the cursor at a place and drops the selection. */
  placeCursor(at: CodePoint): void {
    this.show({
      cursor: tokenIndexAt(this.tables.tokens, at),
      selection: { kind: "none" },
    });
  }

  /** Selects the shortest of these spans, or the next longer one if one of them is selected. */
  cycle(spanIds: readonly string[]): void {
    const next = this.nextOf(spanIds.flatMap((id) => this.annotations().spans.get(id) ?? []));
    if (next !== undefined) this.selectSpan(next.id);
  }

  /** Selects the span under the cursor; again, the next one on these words. */
  cycleAtCursor(): void {
    const word = rangeAt(this.tables.tokens, this.view.cursor);
    const { selection } = this.view;
    const selected = this.selectedSpan();
    const place = selection.kind === "span" && selected !== undefined ? hull(selected) : word;
    if (place === null) return;
    const onWord = word === null ? [] : this.spansOver(word);
    // After labelling a sentence the cursor may stand on its full stop, outside the span.
    const here = onWord.length > 0 ? onWord : selected === undefined ? [] : this.spansOver(place);
    const next = this.nextOf(here);
    if (next === undefined) return this.tell("No span stands on this word.");
    this.goToSpan(next);
  }

  /** Goes to the next or previous span in order of the text. */
  stepSpan(by: 1 | -1): void {
    const spans = spansInOrder(this.annotations());
    if (spans.length === 0) return this.tell("Nothing is marked yet.");
    const selected = this.selectedSpan();
    const at = selected === undefined ? this.insertionPoint(spans, by) : spans.indexOf(selected);
    const next = spans[(at + by + spans.length) % spans.length];
    if (next !== undefined) this.goToSpan(next);
  }

  /** Moves the cursor, taking the words on the way along where `extends` is set. */
  move(motion: Motion | { toToken: number }, { extends: isExtending }: { extends: boolean }): void {
    const { cursor, selection } = this.view;
    const target =
      typeof motion === "string" ? moveCursor(this.tables, cursor, motion) : motion.toToken;
    if (!isExtending) {
      this.show({ cursor: target, selection: { kind: "none" } });
      return this.tell(this.describeCursor());
    }
    const anchor =
      selection.kind === "words" && selection.anchor !== null ? selection.anchor : cursor;
    this.selectTokens(anchor, target);
  }

  /** Selects the sentence around the cursor; where it is selected already, the paragraph. */
  selectUnit(): void {
    const { cursor, selection } = this.view;
    const sentence = unitAround(this.tables, cursor, "sentence");
    const isSelected =
      selection.kind === "words" &&
      sentence !== null &&
      selection.range.start === sentence.start &&
      selection.range.end === sentence.end;
    const range = isSelected ? unitAround(this.tables, cursor, "block") : sentence;
    if (range === null) return;
    const anchor = tokenIndexAt(this.tables.tokens, range.start);
    this.show({ selection: { kind: "words", range, anchor } });
    this.tell(this.describeWords(range));
  }

  /** Places in the article where a text stands. */
  find(text: string): Range[] {
    return findText(text, this.index);
  }

  /** Goes to a found place and chooses its words. */
  goTo(range: Range): void {
    const cursor = tokenIndexAt(this.tables.tokens, range.start);
    if (blockHolding(this.tables.blocks, range.start) === null) {
      this.show({ cursor, selection: { kind: "none" } });
      return this.tell("This place is in a caption, link or the like, which is not annotated.");
    }
    this.show({ cursor, selection: { kind: "words", range, anchor: cursor } });
    this.tell(this.describeWords(range));
  }

  /** Spans that share a character with a range, shortest first. */
  spansOver(range: Range): Span[] {
    return [...this.annotations().spans.values()]
      .filter((span) =>
        span.ranges.some((each) => each.start < range.end && each.end > range.start),
      )
      .sort((a, b) => lengthOf(a) - lengthOf(b));
  }

  /** Says something under the text and to screen readers. */
  tell(text: string): void {
    if (text === "") return;
    this.show({ notice: { text, count: this.view.notice.count + 1 } });
  }

  protected goToSpan(span: Span): void {
    this.lastSpanId = span.id;
    this.show({
      selection: { kind: "span", spanId: span.id },
      cursor: tokenIndexAt(this.tables.tokens, hull(span).start),
    });
    this.tell(this.describeSpan(span));
  }

  /** The shortest of these spans, or the next longer one if one of them is selected. */
  private nextOf(spans: Span[]): Span | undefined {
    const sorted = [...spans].sort((a, b) => lengthOf(a) - lengthOf(b));
    const { selection } = this.view;
    const at =
      selection.kind === "span" ? sorted.findIndex((span) => span.id === selection.spanId) : -1;
    return sorted[(at + 1) % sorted.length];
  }

  protected annotations(): AnnotationState {
    return this.session.getView().annotations;
  }

  private selectTokens(anchor: number, cursor: number): void {
    const range = rangeBetween(this.tables.tokens, anchor, cursor);
    if (range === null) return;
    this.show({ cursor, selection: { kind: "words", range, anchor } });
    this.tell(this.describeWords(range));
  }

  /** Where the cursor stands among the spans: the last one before it when going on, else the next. */
  private insertionPoint(spans: readonly Span[], by: 1 | -1): number {
    const at = rangeAt(this.tables.tokens, this.view.cursor)?.start ?? 0;
    const following = spans.findIndex((span) => hull(span).start >= at);
    const next = following === -1 ? spans.length : following;
    return by === 1 ? next - 1 : next;
  }

  private describeCursor(): string {
    const word = rangeAt(this.tables.tokens, this.view.cursor);
    if (word === null) return "";
    const spans = this.spansOver(word);
    const text = this.index.slice(word.start, word.end);
    return spans.length === 0
      ? text
      : `${text}: ${spans.map((span) => this.nameOf(span)).join(", ")}`;
  }

  protected describeWords(range: Range): string {
    const first = tokenIndexAt(this.tables.tokens, range.start);
    const last = tokenIndexAt(this.tables.tokens, (range.end - 1) as CodePoint);
    const count = last - first + 1;
    const words = this.index.slice(range.start, range.end);
    return `“${shorten(words, QUOTED)}”, ${counted(count, "word")}. ${this.howToLabel()}`;
  }

  private howToLabel(): string {
    const { sticky } = this.view;
    const name =
      sticky === null ? undefined : this.codebook.label(sticky.layer, sticky.label)?.name;
    const given = this.withKey("enter_span", (key) => `${key} gives “${name}”.`);
    return name === undefined || given === "" ? "Press a label's key." : given;
  }

  protected describeSpan(span: Span): string {
    return `“${shorten(quoteOf(span), QUOTED)}”: ${this.nameOf(span)}`;
  }

  /** Words with the key of a command; none where it has no key. */
  protected withKey(command: CommandId, words: (key: string) => string): string {
    const key = this.keyName(command);
    return key === null ? "" : words(key);
  }

  protected nameOf(span: Span): string {
    return this.codebook.label(span.layer, span.label)?.name ?? span.label;
  }

  protected show(changed: Partial<AnnotatorView>): void {
    // A selected relation and an offer belong to what is selected.
    const left = changed.selection === undefined ? {} : { relationId: null, offer: null };
    this.view = { ...this.view, ...left, ...changed };
    for (const listener of this.listeners) listener();
  }
}

/** Code points that a span covers. */
function lengthOf(span: Span): number {
  return span.ranges.reduce((length, range) => length + range.end - range.start, 0);
}
