import { applyChange } from "@/lib/domain/annotation/apply";
import type { EditContext } from "@/lib/domain/annotation/edit";
import type { Change, Operation } from "@/lib/domain/annotation/operation";
import {
  type AnnotationState,
  type AttributeValue,
  EMPTY_STATE,
  FLAGS,
  ORIGINS,
  type QuotedRange,
  type Unit,
} from "@/lib/domain/annotation/state";
import type { Attribute, Layer } from "@/lib/domain/codebook/language";
import { type CodePoint, codePoint, type Range } from "@/lib/domain/text/offsets";
import type { Chance } from "./random";

/** Places that unit labels may be given to. */
export type Units = Record<Unit, readonly Range[]>;

/** Makes changes at random: most of them good, some that break a rule, some that come too late. */
export class RandomChanges {
  /** Ids of spans, relations and comments that have ever been made, so that some are made again. */
  private readonly used: string[] = [];

  constructor(
    private readonly chance: Chance,
    private readonly context: EditContext,
    private readonly units: Units,
  ) {}

  /** A UUID of version 7 in form only. */
  id(): string {
    const hex = (length: number) =>
      Array.from({ length }, () => this.chance.below(16).toString(16)).join("");
    return `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
  }

  change(state: AnnotationState): Change {
    const { chance } = this;
    const spanId = this.someId(state.spans);
    const relationId = this.someId(state.relations);
    switch (chance.below(20)) {
      case 0:
      case 1:
        return { kind: "label_span", spanId, label: this.labelFor(state.spans.get(spanId)?.layer) };
      case 2:
      case 3:
        return { kind: "move_span", spanId, ranges: this.ranges() };
      case 4:
        return { kind: "flag_span", spanId, flags: this.flags() };
      case 5:
      case 6:
        return this.answer(state, chance.below(4) === 0 ? relationId : spanId);
      case 7:
        return { kind: "remove_span", spanId };
      case 8:
      case 9:
        return this.addRelation(state);
      case 10:
        return { kind: "label_relation", relationId, label: this.labelFor("blame") };
      case 11:
        return { kind: "remove_relation", relationId };
      case 12:
      case 13:
        return this.unitLabel(state);
      case 14:
        return this.removeUnitLabel(state);
      case 15:
        return { kind: "flag_document", flags: this.flags() };
      case 16:
        return {
          kind: "add_comment",
          comment: {
            id: this.newId(),
            spanId: chance.below(3) === 0 ? null : spanId,
            body: `Remark ${chance.below(100)} 🎉`,
          },
        };
      case 17:
        return { kind: "remove_comment", commentId: this.someId(state.comments) };
      default:
        return this.addSpan();
    }
  }

  /** A state that `count` changes led to, refused ones left out. */
  state(count: number, from: AnnotationState = EMPTY_STATE): AnnotationState {
    return this.walk(count, from).state;
  }

  /** Changes that were applied one after the other, and the state they led to. */
  walk(count: number, from: AnnotationState) {
    let state = from;
    const changes: Change[] = [];
    for (let at = 0; at < count; at++) {
      const change = this.change(state);
      const verdict = applyChange(state, change, this.context);
      if (verdict.outcome !== "applied") continue;
      state = verdict.state;
      changes.push(change);
    }
    return { state, changes };
  }

  operation(change: Change, gestureId = this.id(), undoes: string | null = null): Operation {
    const madeAt = new Date(1_760_000_000_000 + this.chance.below(1_000_000)).toISOString();
    return { id: this.id(), gestureId, undoes, madeAt, change };
  }

  private addSpan(): Change {
    const layer = this.layerAt("span");
    return {
      kind: "add_span",
      span: {
        id: this.newId(),
        layer: layer.key,
        label: this.labelFor(layer.key),
        ranges: this.ranges(),
        attributes: this.answers(layer),
        flags: this.flags(),
        origin: this.chance.oneOf(ORIGINS),
      },
    };
  }

  private addRelation(state: AnnotationState): Change {
    const from = this.someOf(state, (layer) => layer === "wording");
    const to = this.someOf(state, (layer) => layer === "entity");
    return {
      kind: "add_relation",
      relation: {
        id: this.newId(),
        layer: "blame",
        label: this.labelFor("blame"),
        from,
        to,
        attributes: this.answers(this.context.codebook.layer("blame")),
      },
    };
  }

  private unitLabel(state: AnnotationState): Change {
    const unit = this.chance.oneOf(["document", "block", "sentence"] as const);
    const layer = this.layerAt(unit);
    const evidence = layer.evidence === "none" ? [] : [this.someId(state.spans)];
    const answers = layer.answers?.map((answer) => answer.key) ?? [];
    return {
      kind: "set_unit_label",
      layer: layer.key,
      label: this.labelFor(layer.key),
      unit,
      ...this.oneOf(this.units[unit]),
      value: layer.choice === "each" ? this.oneOf(answers) : null,
      evidence: this.chance.below(2) === 0 ? [] : evidence,
      ...(layer.attributes.length === 0 ? {} : { attributes: this.answers(layer) }),
    };
  }

  private removeUnitLabel(state: AnnotationState): Change {
    const { layer, label, start, end } = this.oneOf([
      ...state.unitLabels.values(),
      { layer: "slant", label: "zero", ...this.oneOf(this.units.document) },
    ]);
    return { kind: "remove_unit_label", layer, label, start, end };
  }

  private answer(state: AnnotationState, targetId: string): Change {
    const target = state.spans.get(targetId) ?? state.relations.get(targetId);
    const attributes = this.context.codebook.layer(target?.layer ?? "wording")?.attributes ?? [];
    const attribute = attributes.length === 0 ? undefined : this.oneOf(attributes);
    const value = attribute === undefined ? "lost" : this.value(attribute);
    return {
      kind: "set_attribute",
      targetId,
      attribute: attribute?.key ?? "unknown",
      value: this.chance.below(4) === 0 ? null : value,
    };
  }

  private answers(layer: Layer | undefined): Record<string, AttributeValue> {
    const given = (layer?.attributes ?? []).filter(() => this.chance.below(3) === 0);
    return Object.fromEntries(given.map((attribute) => [attribute.key, this.value(attribute)]));
  }

  private value(attribute: Attribute): AttributeValue {
    const options = attribute.options?.map((option) => option.key) ?? [];
    switch (attribute.type) {
      case "yes_no":
        return this.chance.below(2) === 0;
      case "number":
        return this.chance.below(12);
      case "multi":
        return options.filter(() => this.chance.below(2) === 0);
      case "text":
      case "entity":
        return this.chance.text(["Orsk", " ", "“", "👩‍👩‍👧", "é"], 4);
      default:
        return this.oneOf(options);
    }
  }

  private flags() {
    return this.chance.below(3) === 0 ? [this.chance.oneOf(FLAGS)] : [];
  }

  /** One range, at times two; now and then one that the text does not bear out. */
  private ranges(): QuotedRange[] {
    const { text, annotatable } = this.context;
    const block = this.oneOf(annotatable);
    const length = block.end - block.start;
    const start = block.start + this.chance.below(length);
    const end = start + 1 + this.chance.below(Math.min(20, block.end - start));
    const first = this.quoted(start, end);
    const roll = this.chance.below(20);
    if (roll === 0) return [{ ...first, quote: `${first.quote}?` }];
    if (roll === 1) return [this.quoted(text.length - 2, text.length + 2)];
    const gap = 1 + this.chance.below(4);
    if (roll < 5 && end + gap + 2 <= block.end) {
      return [first, this.quoted(end + gap, end + gap + 2)];
    }
    return [first];
  }

  private quoted(start: number, end: number): QuotedRange {
    const range: Range = { start: codePoint(start), end: codePoint(end) };
    return { ...range, quote: this.context.text.slice(range.start, range.end as CodePoint) };
  }

  private layerAt(level: Layer["level"]): Layer {
    return this.oneOf(this.context.codebook.layersAt(level));
  }

  private labelFor(layerKey: string | undefined): string {
    const labels = this.context.codebook.layer(layerKey ?? "")?.labels ?? [];
    return labels.length === 0 ? "no_such_label" : this.oneOf(labels).key;
  }

  /** A fresh id, now and then one that was used before. */
  private newId(): string {
    const id = this.chance.below(12) === 0 ? this.oneOf([...this.used, this.id()]) : this.id();
    this.used.push(id);
    return id;
  }

  private someId(map: ReadonlyMap<string, unknown>): string {
    return this.chance.below(15) === 0 ? this.id() : this.oneOf([...map.keys(), this.id()]);
  }

  private someOf(state: AnnotationState, fits: (layer: string) => boolean): string {
    const spans = [...state.spans.values()].filter((span) => fits(span.layer));
    return this.oneOf([...spans.map((span) => span.id), this.id()]);
  }

  private oneOf<T>(values: readonly T[]): T {
    const value = values[this.chance.below(values.length)];
    if (value === undefined) throw new Error("There is nothing to choose from.");
    return value;
  }
}
