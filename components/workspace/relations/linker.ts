import { v7 } from "uuid";
import { defaultAnswers } from "@/lib/domain/annotation/attributes";
import type { Change } from "@/lib/domain/annotation/operation";
import {
  canRelate,
  type RelationChoice,
  relationChoices,
} from "@/lib/domain/annotation/relation-choices";
import { quoteOf, type Relation, type Span } from "@/lib/domain/annotation/state";
import { shorten } from "@/lib/domain/wording";
import { type LabelChoice, type Link, QUOTED, TextCursor } from "../text-cursor";

/** Makes, selects and changes relations, for mouse and keyboard alike. */
export abstract class Linker extends TextCursor {
  /** Selects a span; where a relation is begun, ends it there. */
  selectSpan(spanId: string): void {
    const span = this.annotations().spans.get(spanId);
    if (span === undefined) return;
    if (this.view.link !== null) return this.linkTo([spanId]);
    this.goToSpan(span);
  }

  /** Selects the shortest of these spans or the next longer one; a relation begun may end at any. */
  override cycle(spanIds: readonly string[]): void {
    if (this.view.link !== null) return this.linkTo(spanIds);
    super.cycle(spanIds);
  }

  /** Begins a relation at the selected span; the span selected next is its other end. */
  startLink(choice: LabelChoice | null): void {
    const span = this.selectedSpan();
    if (span === undefined) return this.tell("Select a span first.");
    if (!canRelate(span, this.codebook)) return this.tell("The codebook has no relation here.");
    this.show({ link: { from: span.id, choice }, offer: null });
    const cancel = this.withKey("clear", (key) => ` ${key} cancels.`);
    const words = `“${shorten(quoteOf(span), QUOTED)}”`;
    this.tell(
      choice === null
        ? `Now select the other span of a relation with ${words}.${cancel}`
        : `Now select the span that ${words} leads to.${cancel}`,
    );
  }

  /** Ends a begun relation at the selected span; answers whether one was begun. */
  confirmLink(): boolean {
    const span = this.selectedSpan();
    if (this.view.link === null || span === undefined) return false;
    this.linkTo([span.id]);
    return true;
  }

  /** Ends a begun relation at one of these spans: at once where the codebook leaves no choice. */
  linkTo(spanIds: readonly string[]): void {
    const { link } = this.view;
    if (link === null) return;
    const choices = this.choicesOf(link, spanIds);
    const [first] = choices;
    if (first !== undefined && choices.length === 1) return this.relate(link.from, first);
    if (first === undefined) {
      this.show({ link: null });
      return this.tell(this.whyNone(link, spanIds));
    }
    this.show({ link: null, offer: { begunAt: link.from, choices } });
    this.tell("Choose the relation. Escape makes none.");
  }

  /** Relates a span to one of those where a pointer was let go. */
  relateTo(from: string, spanIds: readonly string[]): void {
    const others = spanIds.filter((id) => id !== from);
    if (others.length === 0) return this.tell("No relation was made: there is no other span.");
    this.show({ link: { from, choice: null } });
    this.linkTo(others);
  }

  /** Makes one of the relations on offer. */
  take(choice: RelationChoice): void {
    const begunAt = this.view.offer?.begunAt ?? choice.from;
    this.show({ offer: null });
    this.relate(begunAt, choice);
  }

  /** Selects a relation and, where neither is, one of its spans. */
  selectRelation(relationId: string): void {
    const relation = this.annotations().relations.get(relationId);
    if (relation === undefined) return;
    const selected = this.selectedSpan()?.id;
    if (selected !== relation.from && selected !== relation.to) {
      const span = this.annotations().spans.get(relation.from);
      if (span !== undefined) this.goToSpan(span);
    }
    this.show({ relationId, offer: null });
    const remove = this.withKey("remove", (key) => ` ${key} removes it.`);
    this.tell(`Relation ${this.describeRelation(relation)}.${remove}`);
  }

  /** The selected relation, if it is still there. */
  selectedRelation(): Relation | undefined {
    const { relationId } = this.view;
    return relationId === null ? undefined : this.annotations().relations.get(relationId);
  }

  labelRelation(relationId: string, label: string): void {
    this.commit([{ kind: "label_relation", relationId, label }], "Relation changed.");
  }

  /** Lets a relation lead the other way, as one step to undo. */
  reverseRelation(relationId: string): void {
    const relation = this.annotations().relations.get(relationId);
    if (relation === undefined) return;
    const { layer, label, from, to, attributes } = relation;
    const turned = { id: v7(), layer, label, from: to, to: from, attributes: { ...attributes } };
    const edited = this.session.edit([
      { kind: "remove_relation", relationId },
      { kind: "add_relation", relation: turned },
    ]);
    if (!edited.ok) return this.tell(edited.message);
    this.show({ relationId: turned.id });
    this.tell(`Turned round: ${this.describeRelation(turned)}.`);
  }

  removeRelation(relationId: string): void {
    this.show({ relationId: null });
    const undo = this.withKey("undo", (key) => ` Undo with ${key}.`);
    this.commit([{ kind: "remove_relation", relationId }], `Relation removed.${undo}`);
  }

  /** Gives up a relation that is begun, on offer or selected; answers whether there was one. */
  protected dropLink(): boolean {
    const { link, offer } = this.view;
    const isSelected = this.selectedRelation() !== undefined;
    if (link === null && offer === null && !isSelected) return false;
    this.show({ link: null, offer: null, relationId: null });
    if (!isSelected) this.tell("No relation was made.");
    return true;
  }

  protected commit(changes: Change[], done: string): void {
    const edited = this.session.edit(changes);
    this.tell(edited.ok ? done : edited.message);
  }

  private choicesOf({ from, choice }: Link, spanIds: readonly string[]): RelationChoice[] {
    const { spans } = this.annotations();
    const start = spans.get(from);
    if (start === undefined) return [];
    const fitting = spanIds.flatMap((id) => {
      const end = spans.get(id);
      return end === undefined ? [] : relationChoices(start, end, this.codebook);
    });
    if (choice === null) return fitting;
    return fitting.filter(
      (each) => each.from === from && each.layer === choice.layer && each.label === choice.label,
    );
  }

  /** Adds a relation and goes back to the span where it was begun. */
  private relate(begun: string, choice: RelationChoice): void {
    this.show({ link: null });
    const { layer, label, from, to } = choice;
    const rules = this.codebook.layer(layer);
    const attributes = rules === undefined ? {} : { ...defaultAnswers(rules, label) };
    const relation = { id: v7(), layer, label, from, to, attributes };
    const edited = this.session.edit([{ kind: "add_relation", relation }]);
    if (!edited.ok) return this.tell(edited.message);
    const { spans } = this.annotations();
    const [start, end] = [spans.get(begun), spans.get(begun === from ? to : from)];
    if (start !== undefined) this.goToSpan(start);
    this.show({ relationId: relation.id });
    if (end !== undefined) {
      this.tell(`Linked ${begun === from ? "to" : "from"} ${this.describeSpan(end)}.`);
    }
  }

  private whyNone({ from }: Link, spanIds: readonly string[]): string {
    if (spanIds.every((id) => id === from)) return "A relation joins two spans.";
    const { spans } = this.annotations();
    const names = [from, ...spanIds.filter((id) => id !== from)].flatMap((id) => {
      const span = spans.get(id);
      return span === undefined ? [] : `“${this.nameOf(span)}”`;
    });
    return `The codebook has no such relation between ${names.slice(0, 2).join(" and ")}.`;
  }

  private describeRelation({ layer, label, from, to }: Relation): string {
    const { spans } = this.annotations();
    const quoted = (span: Span | undefined) =>
      span === undefined ? "" : `“${shorten(quoteOf(span), QUOTED / 2)}”`;
    const name = this.codebook.label(layer, label)?.name ?? label;
    return `${name}, from ${quoted(spans.get(from))} to ${quoted(spans.get(to))}`;
  }
}
