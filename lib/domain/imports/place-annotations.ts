import { applyChange } from "../annotation/apply";
import { answerProblem } from "../annotation/attributes";
import type { EditContext } from "../annotation/edit";
import type { Change } from "../annotation/operation";
import { type AnnotationState, type AttributeValue, EMPTY_STATE } from "../annotation/state";
import type { Attribute, Layer } from "../codebook/language";
import type { CorpusRelation, CorpusSet, CorpusSpan, CorpusUnitLabel } from "../formats/corpus";
import { codePoint } from "../text/offsets";
import type { LabelMap, LabelTarget } from "./label-matching";

/** What of a set could be placed in a document, as changes in order, and what could not and why. */
export type PlacedSet = {
  changes: Change[];
  after: AnnotationState;
  /** Sentences that name each annotation left out or changed. */
  problems: string[];
  /** Annotations whose label a person chose to leave out. */
  skipped: number;
};

type Tools = {
  context: EditContext;
  map: LabelMap;
  /** An id that is the same whenever this annotation is imported into this set. */
  idOf: (name: string) => string;
};

/**
 * Turns the annotations of a file into changes of ours, each judged as a person's edit would be. What the
 * codebook or the text does not allow is told, never bent: no span is moved, and none is dropped silently.
 */
export function placeSet(set: CorpusSet, tools: Tools): PlacedSet {
  const placing = new Placing(tools);
  for (const span of set.spans) placing.addSpan(span);
  for (const relation of set.relations) placing.addRelation(relation);
  for (const label of set.unitLabels) placing.addUnitLabel(label);
  for (const { id, spanId, body } of set.comments) {
    const on = spanId === null ? null : placing.spanIds.get(spanId);
    if (on === undefined)
      placing.problems.push(`A comment was left out, as its span was: “${body}”.`);
    else {
      const comment = { id: tools.idOf(`comment ${id}`), spanId: on, body: body.slice(0, 4000) };
      placing.add({ kind: "add_comment", comment }, "A comment");
    }
  }
  if (set.flags.length > 0) placing.add({ kind: "flag_document", flags: [...set.flags] }, "A flag");
  const { changes, problems, skipped, state } = placing;
  return { changes, problems, skipped, after: state };
}

class Placing {
  readonly changes: Change[] = [];
  readonly problems: string[] = [];
  /** Our ids by those of the file. */
  readonly spanIds = new Map<string, string>();
  skipped = 0;
  state: AnnotationState = EMPTY_STATE;

  constructor(private readonly tools: Tools) {}

  addSpan(span: CorpusSpan): void {
    const target = this.tools.map({ kind: "span", level: "span", ...span });
    if (target === null) return this.skip();
    const { text } = this.tools.context;
    const ranges = span.ranges.map(({ start, end }) => ({
      start: codePoint(start),
      end: codePoint(end),
      quote: text.slice(codePoint(start), codePoint(end)),
    }));
    const id = this.tools.idOf(`span ${span.id}`);
    const what = `“${span.label}” at ${span.ranges.map(({ start, end }) => `${start}–${end}`).join(", ")}`;
    const attributes = this.answers(target, span.attributes, what);
    const isPlaced = this.add(
      {
        kind: "add_span",
        span: { id, ...target, ranges, attributes, flags: [...span.flags], origin: "imported" },
      },
      what,
    );
    if (isPlaced) this.spanIds.set(span.id, id);
  }

  addRelation(relation: CorpusRelation): void {
    const target = this.tools.map({ kind: "relation", level: "relation", ...relation });
    if (target === null) return this.skip();
    const what = `The relation “${relation.label}” from ${relation.from} to ${relation.to}`;
    const from = this.spanIds.get(relation.from);
    const to = this.spanIds.get(relation.to);
    if (from === undefined || to === undefined) {
      this.problems.push(`${what} was left out, as one of its spans was.`);
      return;
    }
    const attributes = this.answers(target, relation.attributes, what);
    const id = this.tools.idOf(`relation ${relation.id}`);
    this.add({ kind: "add_relation", relation: { id, ...target, from, to, attributes } }, what);
  }

  addUnitLabel(label: CorpusUnitLabel): void {
    const target = this.tools.map({ ...label, kind: "unit", level: label.unit });
    if (target === null) return this.skip();
    const evidence = label.evidence.flatMap((id) => this.spanIds.get(id) ?? []);
    const what = `“${label.label}” on ${label.unit === "document" ? "the document" : `the ${label.unit} at ${label.start}–${label.end}`}`;
    this.add(
      {
        kind: "set_unit_label",
        ...target,
        unit: label.unit,
        start: codePoint(label.start),
        end: codePoint(label.end),
        value: label.value,
        evidence,
      },
      what,
    );
  }

  /** Whether the change could be made. */
  add(change: Change, what: string): boolean {
    const verdict = applyChange(this.state, change, this.tools.context);
    if (verdict.outcome === "applied") {
      this.state = verdict.state;
      this.changes.push(change);
      return true;
    }
    const why = verdict.outcome === "refused" ? verdict.message : "It is there already.";
    this.problems.push(`${what} was left out. ${why}`);
    return false;
  }

  private skip(): void {
    this.skipped++;
  }

  /** Answers by the key or name of a question of ours; others are told. */
  private answers(
    target: LabelTarget,
    given: Readonly<Record<string, AttributeValue>>,
    what: string,
  ): Record<string, AttributeValue> {
    const layer = this.tools.context.codebook.layer(target.layer);
    const answers: Record<string, AttributeValue> = {};
    for (const [name, value] of Object.entries(given)) {
      const attribute = layer === undefined ? undefined : attributeNamed(layer, name);
      const answer = attribute === undefined ? undefined : asAnswer(attribute, value);
      if (attribute === undefined || answer === undefined) {
        const why = attribute === undefined ? "no such question" : "no such answer";
        this.problems.push(`${what} lost “${name}” = “${String(value)}”: the codebook has ${why}.`);
      } else answers[attribute.key] = answer;
    }
    return answers;
  }
}

function attributeNamed(layer: Layer, name: string): Attribute | undefined {
  const wanted = name.toLowerCase();
  return layer.attributes.find(
    (each) =>
      !each.archived && (each.key.toLowerCase() === wanted || each.name.toLowerCase() === wanted),
  );
}

/** The value in the type of the question, options by key or name; undefined where it is no answer. */
function asAnswer(attribute: Attribute, value: AttributeValue): AttributeValue | undefined {
  const answer = convert(attribute, value);
  return answer !== undefined && answerProblem(attribute, answer) === null ? answer : undefined;
}

function convert(attribute: Attribute, value: AttributeValue): AttributeValue | undefined {
  switch (attribute.type) {
    case "choice":
    case "ordinal":
    case "interval":
      return optionKey(attribute, Array.isArray(value) ? value[0] : value);
    case "multi": {
      const keys = [value].flat().map((each) => optionKey(attribute, each));
      return keys.every((key) => key !== undefined) ? keys : undefined;
    }
    case "yes_no":
      if (typeof value === "boolean") return value;
      return YES_NO.get(String(value).toLowerCase());
    case "number": {
      const number = typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
      return Number.isFinite(number) ? number : undefined;
    }
    default:
      return Array.isArray(value) ? value.join(", ") : String(value);
  }
}

const YES_NO = new Map([
  ["yes", true],
  ["true", true],
  ["1", true],
  ["no", false],
  ["false", false],
  ["0", false],
]);

function optionKey(attribute: Attribute, value: unknown): string | undefined {
  const wanted = String(value).toLowerCase();
  const options = attribute.options ?? [];
  return options.find(
    (option) => option.key.toLowerCase() === wanted || option.name.toLowerCase() === wanted,
  )?.key;
}
