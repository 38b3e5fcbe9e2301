import { v7 } from "uuid";
import { defaultAnswers } from "@/lib/domain/annotation/attributes";
import type { Change } from "@/lib/domain/annotation/operation";
import {
  type AttributeValue,
  type Flag,
  hull,
  type QuotedRange,
  quoteOf,
  type Span,
} from "@/lib/domain/annotation/state";
import { adjustmentOf } from "@/lib/domain/text/adjustment";
import { adjustRange } from "@/lib/domain/text/boundary";
import { nudgeEdge, rangeAt, rangeBetween, tokenIndexAt } from "@/lib/domain/text/movement";
import { findOccurrences } from "@/lib/domain/text/occurrences";
import type { CodePoint, Range } from "@/lib/domain/text/offsets";
import { counted } from "@/lib/domain/wording";
import { Linker } from "./relations/linker";
import type { Edited } from "./session/annotation-session";
import type { LabelChoice } from "./text-cursor";

/**
 * Turns gestures, of mouse and keyboard alike, into edits of what is selected. It knows the last
 * label and nothing about the page.
 */
export class Annotator extends Linker {
  private lastLabel: LabelChoice | null = null;

  /** Words chosen with the pointer, as they were dragged. */
  selectWords(raw: Range): void {
    const policy = this.codebook.layersAt("span")[0]?.boundary;
    if (policy === undefined) return;
    const adjusted = adjustRange(raw, policy, { ...this.tables, index: this.index });
    if ("refused" in adjusted) return this.tell(adjusted.refused);
    const { range } = adjusted;
    this.show({
      selection: { kind: "words", range, anchor: null },
      cursor: tokenIndexAt(this.tables.tokens, range.start),
      adjustment: adjustmentOf(raw, range),
    });
    if (this.view.sticky !== null) return this.label(this.view.sticky);
    this.tell(adjusted.note ?? this.describeWords(range));
  }

  clear(): void {
    if (this.dropLink()) return;
    this.show({ selection: { kind: "none" } });
  }

  /** Gives a label: to the selected span, else to the selected words, else to the cursor's word. */
  label(choice: LabelChoice): void {
    const span = this.selectedSpan();
    if (span !== undefined) return this.relabel(span, choice);
    const { selection, cursor } = this.view;
    const range =
      selection.kind === "words" ? selection.range : rangeAt(this.tables.tokens, cursor);
    if (range !== null) this.add(range, choice);
  }

  /** Keeps giving the last label to words chosen with the pointer, or stops that. */
  toggleSticky(): void {
    if (this.view.sticky !== null) {
      this.show({ sticky: null });
      return this.tell("Words are labelled one by one again.");
    }
    if (this.lastLabel === null) return this.tell("Give a label first; then it can be kept.");
    this.show({ sticky: this.lastLabel });
    const stop = this.withKey("sticky", (key) => ` ${key} stops that.`);
    this.tell(`The label is given to all words chosen from now on.${stop}`);
  }

  /** Gives the label that is kept to the chosen words; answers whether there were both. */
  labelSticky(): boolean {
    const { sticky, selection } = this.view;
    if (sticky === null || selection.kind !== "words") return false;
    this.label(sticky);
    return true;
  }

  /** The span that the chosen words can be added to, where its layer takes spans of several pieces. */
  spanToExtend(): Span | undefined {
    const span =
      this.lastSpanId === null ? undefined : this.annotations().spans.get(this.lastSpanId);
    const layer = span === undefined ? undefined : this.codebook.layer(span.layer);
    const isOpen = this.view.selection.kind === "words" && layer?.boundary.discontinuous === true;
    return isOpen ? span : undefined;
  }

  /** Adds the chosen words as a further piece of the span selected last. */
  addPiece(): void {
    const span = this.spanToExtend();
    const { selection } = this.view;
    if (span === undefined || selection.kind !== "words") {
      return this.tell("This codebook has spans of one piece here.");
    }
    const ranges = joined([...span.ranges, selection.range]).map((range) => this.quoted(range));
    const edited = this.session.edit([{ kind: "move_span", spanId: span.id, ranges }]);
    if (!edited.ok) return this.tell(edited.message);
    this.show({ selection: { kind: "span", spanId: span.id } });
    this.tell(this.describeSpan({ ...span, ranges }));
  }

  /** Other places with the same words as the selected span that do not carry its label yet. */
  otherOccurrences(): Range[] {
    const span = this.selectedSpan();
    if (span === undefined || span.ranges.length > 1) return [];
    const isMarked = (range: Range) =>
      this.spansOver(range).some(
        (other) =>
          other.layer === span.layer &&
          other.label === span.label &&
          hull(other).start === range.start &&
          hull(other).end === range.end,
      );
    return findOccurrences(quoteOf(span), this.index, this.tables.tokens).filter(
      (range) => !isMarked(range),
    );
  }

  /** Gives these places the label of the selected span, as one edit. */
  propagate(places: readonly Range[]): void {
    const span = this.selectedSpan();
    const layer = span === undefined ? undefined : this.codebook.layer(span.layer);
    if (span === undefined || layer === undefined || places.length === 0) return;
    const changes = places.map(
      (range): Change => ({
        kind: "add_span",
        span: {
          id: v7(),
          layer: span.layer,
          label: span.label,
          ranges: [this.quoted(range)],
          attributes: { ...defaultAnswers(layer, span.label) },
          flags: [],
          origin: "propagated",
        },
      }),
    );
    this.commit(changes, `${counted(places.length, "span")} added.`);
  }

  /** Gives the label that was given last. */
  repeatLabel(): void {
    if (this.lastLabel === null) return this.tell("No label was given yet.");
    this.label(this.lastLabel);
  }

  /** Removes the selected relation, else the selected span. */
  remove(): void {
    const relation = this.selectedRelation();
    if (relation !== undefined) return this.removeRelation(relation.id);
    const span = this.selectedSpan();
    if (span === undefined) {
      const how = this.withKey("cycle", (key) => `: ${key} on a marked word`);
      return this.tell(`Select a span first${how}.`);
    }
    const edited = this.session.edit([{ kind: "remove_span", spanId: span.id }]);
    if (!edited.ok) return this.tell(edited.message);
    this.show({ selection: { kind: "none" } });
    const undo = this.withKey("undo", (key) => ` Undo with ${key}.`);
    this.tell(`Removed ${this.describeSpan(span)}.${undo}`);
  }

  /** Gives a label to a place that was found otherwise than by the cursor; answers what to tell. */
  markPlace(place: Range, choice: LabelChoice): string {
    this.show({
      selection: { kind: "words", range: place, anchor: null },
      cursor: tokenIndexAt(this.tables.tokens, place.start),
    });
    this.label(choice);
    return this.view.notice.text;
  }

  /** Removes any span; answers what to tell. */
  removeSpan(spanId: string): string {
    this.show({ selection: { kind: "span", spanId } });
    this.remove();
    return this.view.notice.text;
  }

  /** Moves an edge of the selected span or words by one word or one character. */
  nudge(edge: "start" | "end", by: 1 | -1, unit: "token" | "character"): void {
    const span = this.selectedSpan();
    const { selection } = this.view;
    if (span === undefined && selection.kind !== "words") {
      return this.tell("Select words or a span first.");
    }
    const before =
      span === undefined ? (selection.kind === "words" ? selection.range : null) : hull(span);
    if (before === null) return;
    const after = this.nudged(before, edge, by, unit);
    if (after.start === before.start && after.end === before.end) {
      return this.tell("The edge cannot move further.");
    }
    if (span === undefined) {
      this.show({ selection: { kind: "words", range: after, anchor: null } });
      return this.tell(this.describeWords(after));
    }
    this.moveEdge(span, edge, after);
  }

  answer(attribute: string, value: AttributeValue | null): void {
    const span = this.selectedSpan();
    if (span === undefined) return;
    this.commit([{ kind: "set_attribute", targetId: span.id, attribute, value }], "Answer kept.");
  }

  setDiscuss(isOn: boolean): void {
    const span = this.selectedSpan();
    if (span === undefined) return;
    const flags = isOn ? (["discuss"] as const) : [];
    this.commit(
      [{ kind: "flag_span", spanId: span.id, flags: [...flags] }],
      isOn ? "Marked to discuss." : "No longer marked to discuss.",
    );
  }

  /** Comments on the selected span, else on the document. */
  comment(body: string, spanId: string | null): void {
    this.commit([{ kind: "add_comment", comment: { id: v7(), spanId, body } }], "Comment kept.");
  }

  /** Sets or takes away a flag of the document. */
  flagDocument(flag: Flag, isOn: boolean): void {
    const others = this.annotations().flags.filter((each) => each !== flag);
    const flags = isOn ? [...others, flag] : others;
    this.commit([{ kind: "flag_document", flags }], isOn ? "Flag set." : "Flag taken away.");
  }

  removeComment(commentId: string): void {
    this.commit([{ kind: "remove_comment", commentId }], "Comment removed.");
  }

  /** Makes changes that do not depend on the selection. */
  change(changes: Change[]): void {
    this.commit(changes, "");
  }

  async undo(): Promise<void> {
    this.afterHistory(await this.session.undo(), "Undone.");
  }

  async redo(): Promise<void> {
    this.afterHistory(await this.session.redo(), "Done again.");
  }

  private add(raw: Range, choice: LabelChoice): void {
    const layer = this.codebook.layer(choice.layer);
    if (layer === undefined) return;
    const adjusted = adjustRange(raw, layer.boundary, { ...this.tables, index: this.index });
    if ("refused" in adjusted) return this.tell(adjusted.refused);
    const span: Span = {
      id: v7(),
      layer: choice.layer,
      label: choice.label,
      ranges: [this.quoted(adjusted.range)],
      attributes: defaultAnswers(layer, choice.label),
      flags: [],
      origin: "manual",
    };
    const edited = this.session.edit([
      {
        kind: "add_span",
        span: { ...span, ranges: [...span.ranges], flags: [], attributes: { ...span.attributes } },
      },
    ]);
    if (!edited.ok) return this.tell(edited.message);
    this.lastLabel = choice;
    this.lastSpanId = span.id;
    this.show({
      selection: { kind: "span", spanId: span.id },
      adjustment: adjustmentOf(raw, adjusted.range) ?? this.view.adjustment,
    });
    this.tell(adjusted.note ?? this.describeSpan(span));
  }

  private relabel(span: Span, { layer, label }: LabelChoice): void {
    if (span.layer !== layer) return this.add(hull(span), { layer, label });
    if (span.label === label) return this.tell("The span has this label already.");
    const edited = this.session.edit([{ kind: "label_span", spanId: span.id, label }]);
    if (!edited.ok) return this.tell(edited.message);
    this.lastLabel = { layer, label };
    this.tell(this.describeSpan({ ...span, label }));
  }

  private moveEdge(span: Span, edge: "start" | "end", after: Range): void {
    const ranges = span.ranges.map((range, at) => {
      const isMoved = edge === "start" ? at === 0 : at === span.ranges.length - 1;
      if (!isMoved) return range;
      return this.quoted({
        start: edge === "start" ? after.start : range.start,
        end: edge === "end" ? after.end : range.end,
      });
    });
    const edited = this.session.edit([{ kind: "move_span", spanId: span.id, ranges }]);
    this.tell(edited.ok ? this.describeSpan({ ...span, ranges }) : edited.message);
  }

  private nudged(range: Range, edge: "start" | "end", by: 1 | -1, unit: "token" | "character") {
    if (unit === "character") {
      return nudgeEdge(this.index, range, { edge, towards: by === 1 ? "end" : "start" });
    }
    const { tokens } = this.tables;
    const first = tokenIndexAt(tokens, range.start);
    const last = tokenIndexAt(tokens, (range.end - 1) as CodePoint);
    const target = edge === "start" ? first + by : last + by;
    const moved =
      edge === "start"
        ? rangeBetween(tokens, Math.min(target, last), last)
        : rangeBetween(tokens, first, Math.max(target, first));
    return moved ?? range;
  }

  private quoted({ start, end }: Range): QuotedRange {
    return { start, end, quote: this.index.slice(start, end) };
  }

  private afterHistory(edited: Edited, done: string): void {
    if (this.view.selection.kind === "span" && this.selectedSpan() === undefined) this.clear();
    this.tell(edited.ok ? done : edited.message);
  }
}

/** Ranges in order, those that touch or overlap made one. */
function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result[result.length - 1];
    if (last !== undefined && start <= last.end) {
      result[result.length - 1] = { start: last.start, end: end > last.end ? end : last.end };
    } else result.push({ start, end });
  }
  return result;
}
