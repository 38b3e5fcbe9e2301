import type { Attribute, Layer } from "../codebook/language";
import type { MigrationRule } from "../codebook/rules";
import { isSame } from "../same";
import { applyChange } from "./apply";
import { answerProblem } from "./attributes";
import { changesBetween } from "./between";
import type { EditContext } from "./edit";
import { dropTwins } from "./migrate-twins";
import type { Change } from "./operation";
import {
  type AnnotationState,
  type AnnotationStateData,
  type AttributeValue,
  type AttributeValues,
  type Relation,
  type Span,
  stateToData,
  type UnitLabel,
  unitLabelKey,
} from "./state";

/** Annotations by kind, as plain data. */
export type Pieces = Pick<AnnotationStateData, "spans" | "relations" | "unitLabels" | "comments">;

export type Migrated = {
  state: AnnotationState;
  /** The edits that lead there, each allowed by the codebook that it leads to. */
  changes: Change[];
  /** What was touched, as it was and as it is; from these it can be taken back. */
  before: Pieces;
  after: Pieces;
  /** Ids of annotations that a rule speaks of and that could not be changed. */
  remaining: string[];
};

/** Which annotations are to be changed, by id; of a unit label its key. */
type Choice = (id: string) => boolean;

/**
 * An annotation set after the rules of a codebook version, judged by that version. What the rules would
 * bring into conflict with it, e.g. spans of one label that may not overlap, stays as it is for people.
 * Answers that the version does not know are taken away.
 */
export function migrateState(
  state: AnnotationState,
  rules: readonly MigrationRule[],
  context: EditContext,
): Migrated {
  const whole = changed(state, rules, context, () => true);
  const changes = changesBetween(state, whole);
  if (leadsTo(state, changes, whole, context)) return migrated(state, whole, changes, []);
  return oneByOne(state, rules, context, whole);
}

/**
 * Takes a migration back: what is still as it left it becomes as it was, what people have changed
 * since stays. `kept` counts the latter.
 */
export function revertState(
  state: AnnotationState,
  { before, after }: Pick<Migrated, "before" | "after">,
  context: EditContext,
): { state: AnnotationState; changes: Change[]; kept: number } {
  const steps = restoringSteps(before, after).filter((step) => step.isUntouched(state));
  const all = restoringSteps(before, after).length;
  const whole = steps.reduce((current, step) => step.restore(current), state);
  const changes = changesBetween(state, whole);
  if (leadsTo(state, changes, whole, context)) {
    return { state: whole, changes, kept: all - steps.length };
  }
  let current = state;
  let restored = 0;
  const made: Change[] = [];
  for (const step of steps) {
    const next = step.restore(current);
    const edits = changesBetween(current, next);
    if (!leadsTo(current, edits, next, context)) continue;
    made.push(...edits);
    current = next;
    restored++;
  }
  return { state: current, changes: made, kept: all - restored };
}

// ------------------------------------------------------------------ judging

/** Whether the changes are all allowed and lead to just that state. */
function leadsTo(
  from: AnnotationState,
  changes: readonly Change[],
  to: AnnotationState,
  context: EditContext,
): boolean {
  let current = from;
  for (const change of changes) {
    const verdict = applyChange(current, change, context);
    if (verdict.outcome !== "applied") return false;
    current = verdict.state;
  }
  return isSame(stateToData(current), stateToData(to));
}

function oneByOne(
  state: AnnotationState,
  rules: readonly MigrationRule[],
  context: EditContext,
  whole: AnnotationState,
): Migrated {
  const made: Change[] = [];
  const remaining: string[] = [];
  let current = state;
  for (const id of touchedIds(state, whole)) {
    const next = changed(current, rules, context, (each) => each === id);
    const changes = changesBetween(current, next);
    if (changes.length === 0) continue;
    if (!leadsTo(current, changes, next, context)) {
      remaining.push(id);
      continue;
    }
    made.push(...changes);
    current = next;
  }
  return migrated(state, current, made, remaining);
}

function migrated(
  before: AnnotationState,
  after: AnnotationState,
  changes: Change[],
  remaining: string[],
): Migrated {
  return {
    state: after,
    changes,
    before: piecesOf(before, after),
    after: piecesOf(after, before),
    remaining,
  };
}

/** What of a state is not the same in another. */
function piecesOf(state: AnnotationState, other: AnnotationState): Pieces {
  return {
    spans: differing(state.spans, other.spans),
    relations: differing(state.relations, other.relations),
    unitLabels: differing(state.unitLabels, other.unitLabels),
    comments: differing(state.comments, other.comments),
  };
}

function differing<V>(map: ReadonlyMap<string, V>, other: ReadonlyMap<string, V>): V[] {
  return [...map.entries()]
    .filter(([key, value]) => !isSame(value, other.get(key)))
    .map(([, value]) => value);
}

function touchedIds(before: AnnotationState, after: AnnotationState): string[] {
  const { spans, relations, unitLabels } = piecesOf(before, after);
  return [...spans, ...relations].map(({ id }) => id).concat(unitLabels.map(unitLabelKey));
}

// ------------------------------------------------------------------ rules

function changed(
  state: AnnotationState,
  rules: readonly MigrationRule[],
  context: EditContext,
  isChosen: Choice,
): AnnotationState {
  const ruled = rules.reduce((current, rule) => withRule(current, rule, context, isChosen), state);
  return withFittingAnswers(ruled, context, isChosen);
}

function withRule(
  state: AnnotationState,
  rule: MigrationRule,
  context: EditContext,
  isChosen: Choice,
): AnnotationState {
  const spans = mapped(state.spans, (span) =>
    isChosen(span.id) ? ruledSpan(span, rule, context) : span,
  );
  const relations = mapped(state.relations, (relation) =>
    isChosen(relation.id) ? ruledOne(relation, rule, context) : relation,
  );
  const unitLabels = new Map<string, UnitLabel>();
  for (const [key, label] of inFinalOrder(state.unitLabels, rule)) {
    const ruled = isChosen(key) ? ruledUnit(label, rule, context) : label;
    const place = unitLabelKey(ruled);
    const standing = unitLabels.get(place);
    unitLabels.set(place, standing === undefined ? ruled : joined(standing, ruled));
  }
  return dropTwins({ ...state, spans, relations, unitLabels }, state);
}

/** Labels that the rule leaves alone first, so that they keep their answers where another joins them. */
function inFinalOrder(labels: AnnotationState["unitLabels"], rule: MigrationRule) {
  const isSource = (label: UnitLabel) =>
    label.layer === rule.layer && ruledLabel(label, rule) !== null;
  const entries = [...labels.entries()];
  return [
    ...entries.filter(([, label]) => !isSource(label)),
    ...entries.filter(([, label]) => isSource(label)),
  ];
}

/** Two labels of one unit that became one. */
function joined(kept: UnitLabel, added: UnitLabel): UnitLabel {
  const evidence = [...new Set([...kept.evidence, ...added.evidence])];
  const attributes = { ...added.attributes, ...kept.attributes };
  return {
    ...kept,
    evidence,
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
}

function ruledSpan(span: Span, rule: MigrationRule, context: EditContext): Span {
  if (rule.kind !== "move_label") return ruledOne(span, rule, context);
  if (span.layer !== rule.layer || span.label !== rule.label) return span;
  const target = context.codebook.layer(rule.toLayer);
  const attributes = fittingAnswers(span.attributes, target);
  return { ...span, layer: rule.toLayer, label: rule.toLabel, attributes };
}

function ruledUnit(label: UnitLabel, rule: MigrationRule, context: EditContext): UnitLabel {
  const subject = { ...label, attributes: label.attributes ?? {} };
  const moves = rule.kind === "move_label" && ruledLabel(label, rule) !== null;
  const ruled = moves
    ? {
        ...subject,
        layer: rule.toLayer,
        label: rule.toLabel,
        attributes: fittingAnswers(subject.attributes, context.codebook.layer(rule.toLayer)),
      }
    : ruledOne(subject, rule, context);
  const { attributes, ...rest } = ruled;
  return Object.keys(attributes).length === 0 ? rest : { ...rest, attributes };
}

type Subject = { layer: string; label: string; attributes: AttributeValues };

/** An annotation under a rule that leaves it in its layer. */
function ruledOne<One extends Subject>(one: One, rule: MigrationRule, context: EditContext): One {
  if (one.layer !== rule.layer) return one;
  if (rule.kind === "map_answers") return withMappedAnswer(one, rule, context);
  const label = rule.kind === "move_label" ? null : ruledLabel(one, rule);
  return label === null ? one : { ...one, label };
}

/** The label that a rule gives; null where it says nothing of this one. */
function ruledLabel(
  { layer, label, attributes = {} }: { layer: string; label: string; attributes?: AttributeValues },
  rule: MigrationRule,
): string | null {
  if (layer !== rule.layer) return null;
  switch (rule.kind) {
    case "merge_labels":
      return rule.labels.includes(label) ? rule.into : null;
    case "move_label":
      return label === rule.label ? rule.toLabel : null;
    case "split_label": {
      if (label !== rule.label || rule.by === null) return null;
      const answer = attributes[rule.by.attribute];
      return answer === undefined ? null : (rule.by.labels[wordOf(answer)] ?? null);
    }
    case "map_answers":
      return null;
  }
}

// ------------------------------------------------------------------ answers

function withMappedAnswer<One extends Subject>(
  one: One,
  { attribute: key, answers }: Extract<MigrationRule, { kind: "map_answers" }>,
  { codebook }: EditContext,
): One {
  const value = one.attributes[key];
  if (value === undefined) return one;
  const attribute = codebook.layer(one.layer)?.attributes.find((each) => each.key === key);
  const old = Array.isArray(value) ? value : [wordOf(value)];
  if (!old.some((word) => word in answers)) return one;
  const now = [...new Set(old.flatMap((word) => (word in answers ? (answers[word] ?? []) : word)))];
  const { [key]: _, ...others } = one.attributes;
  const answer = attribute === undefined ? undefined : typed(now, attribute);
  const attributes = answer === undefined ? others : { ...others, [key]: answer };
  return { ...one, attributes };
}

/** Words as an answer of the attribute's type; undefined where nothing is left. */
function typed(words: string[], { type }: Attribute): AttributeValue | undefined {
  const first = words[0];
  if (first === undefined) return undefined;
  if (type === "multi") return words;
  if (type === "number") return Number(first);
  return type === "yes_no" ? first === "yes" : first;
}

function wordOf(value: AttributeValue): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.join(",") : String(value);
}

/** Answers that a layer knows. */
function fittingAnswers(answers: AttributeValues, layer: Layer | undefined): AttributeValues {
  const kept = Object.entries(answers).filter(([key, value]) => {
    const attribute = layer?.attributes.find((each) => each.key === key);
    return attribute !== undefined && answerProblem(attribute, value) === null;
  });
  return kept.length === Object.keys(answers).length ? answers : Object.fromEntries(kept);
}

/** Without answers that would keep the annotation from ever being edited again. */
function withFittingAnswers(
  state: AnnotationState,
  { codebook }: EditContext,
  isChosen: Choice,
): AnnotationState {
  const trimmed = <One extends Subject>(id: string, one: One): One => {
    if (!isChosen(id)) return one;
    const attributes = fittingAnswers(one.attributes, codebook.layer(one.layer));
    return attributes === one.attributes ? one : { ...one, attributes };
  };
  const unitLabels = mapped(state.unitLabels, (label) => {
    if (label.attributes === undefined || !isChosen(unitLabelKey(label))) return label;
    const kept = fittingAnswers(label.attributes, codebook.layer(label.layer));
    if (kept === label.attributes) return label;
    const { attributes: _, ...rest } = label;
    return Object.keys(kept).length === 0 ? rest : { ...rest, attributes: kept };
  });
  return {
    ...state,
    spans: mapped(state.spans, (span) => trimmed(span.id, span)),
    relations: mapped(state.relations, (relation) => trimmed(relation.id, relation)),
    unitLabels,
  };
}

function mapped<V>(map: ReadonlyMap<string, V>, change: (value: V) => V): ReadonlyMap<string, V> {
  return new Map([...map.entries()].map(([key, value]) => [key, change(value)]));
}

// ------------------------------------------------------------------ taking back

type Step = {
  isUntouched(state: AnnotationState): boolean;
  restore(state: AnnotationState): AnnotationState;
};

/** One step for each annotation that the migration touched. */
function restoringSteps(before: Pieces, after: Pieces): Step[] {
  const byId = ({ id }: Span | Relation | { id: string }) => id;
  return [
    ...stepsOf("spans", before.spans, after.spans, byId),
    ...stepsOf("relations", before.relations, after.relations, byId),
    ...stepsOf("unitLabels", before.unitLabels, after.unitLabels, unitLabelKey),
    ...stepsOf("comments", before.comments, after.comments, byId),
  ];
}

function stepsOf<V>(
  kind: keyof Pieces,
  before: readonly V[],
  after: readonly V[],
  keyOf: (value: V) => string,
): Step[] {
  const old = new Map(before.map((each) => [keyOf(each), each]));
  const now = new Map(after.map((each) => [keyOf(each), each]));
  return [...new Set([...old.keys(), ...now.keys()])].map((key) => ({
    isUntouched: (state) => isSame(state[kind].get(key), now.get(key)),
    restore: (state) => {
      const copy = new Map<string, unknown>(state[kind]);
      const was = old.get(key);
      if (was === undefined) copy.delete(key);
      else copy.set(key, was);
      return { ...state, [kind]: copy };
    },
  }));
}
