import { z } from "zod";
import type { Codebook, Label, Layer } from "./language";
import type { PathProblem } from "./references";

/**
 * Rules of a codebook version: what becomes of annotations that were made under an earlier one.
 * Renaming, reordering, moving a label in its tree and archiving need none: keys stay the same.
 */

const key = z.string().min(1).max(80);

export const migrationRuleSchema = z.discriminatedUnion("kind", [
  /** Several labels become one. */
  z.strictObject({
    kind: z.literal("merge_labels"),
    layer: key,
    labels: z.array(key).min(1).max(100),
    into: key,
  }),
  /** One label becomes several: by an answer given to an attribute, or, with null, by people again. */
  z.strictObject({
    kind: z.literal("split_label"),
    layer: key,
    label: key,
    into: z.array(key).min(1).max(100),
    by: z.strictObject({ attribute: key, labels: z.record(z.string(), key) }).nullable(),
  }),
  /** A label goes to another layer of the same level. */
  z.strictObject({
    kind: z.literal("move_label"),
    layer: key,
    label: key,
    toLayer: key,
    toLabel: key,
  }),
  /** Answers become others, e.g. where options are merged or the type changes; null takes an answer away. */
  z.strictObject({
    kind: z.literal("map_answers"),
    layer: key,
    attribute: key,
    answers: z.record(z.string().max(200), z.string().max(200).nullable()),
  }),
]);

/** Most rules of one version. */
export const MOST_RULES = 200;

export type MigrationRule = z.infer<typeof migrationRuleSchema>;

/** A rule in a sentence. */
export function describeRule(rule: MigrationRule, { layers }: Pick<Codebook, "layers">): string {
  const layer = layers.find((each) => each.key === rule.layer);
  const name = (label: string) => nameIn(layer?.labels, label);
  switch (rule.kind) {
    case "merge_labels":
      return `${listed(rule.labels.map(name))} become ${name(rule.into)}.`;
    case "split_label": {
      const into = listed(rule.into.map(name));
      return rule.by === null
        ? `${name(rule.label)} is divided into ${into}; people decide again.`
        : `${name(rule.label)} becomes ${into}, by the answer to ${nameIn(layer?.attributes, rule.by.attribute)}.`;
    }
    case "move_label": {
      const target = layers.find((each) => each.key === rule.toLayer);
      const to = nameIn(target?.labels, rule.toLabel);
      return `${name(rule.label)} becomes ${to} in ${nameIn(layers, rule.toLayer)}.`;
    }
    case "map_answers": {
      const parts = Object.entries(rule.answers).map(([from, to]) =>
        to === null ? `“${from}” is taken away` : `“${from}” becomes “${to}”`,
      );
      return `${nameIn(layer?.attributes, rule.attribute)}: ${parts.join(", ")}.`;
    }
  }
}

/** Rules that name what is not there, or say two things of the same label. */
export function ruleProblems(rules: readonly MigrationRule[], codebook: Codebook): PathProblem[] {
  const taken = new Set<string>();
  return rules.flatMap((rule, at) => {
    const path = ["rules", at];
    const layer = codebook.layers.find((each) => each.key === rule.layer);
    if (layer === undefined) return [{ path, message: `There is no layer “${rule.layer}”.` }];
    const problems = ruleMessages(rule, layer, codebook);
    for (const source of sourcesOf(rule)) {
      if (taken.has(source)) problems.push("Another rule speaks of the same annotations.");
      taken.add(source);
    }
    return [...new Set(problems)].map((message) => ({ path, message }));
  });
}

/** What a rule changes, as layer and label or attribute. */
function sourcesOf(rule: MigrationRule): string[] {
  switch (rule.kind) {
    case "merge_labels":
      return rule.labels.map((label) => `${rule.layer}/${label}`);
    case "split_label":
    case "move_label":
      return [`${rule.layer}/${rule.label}`];
    case "map_answers":
      return [`${rule.layer}#${rule.attribute}`];
  }
}

function ruleMessages(rule: MigrationRule, layer: Layer, { layers }: Codebook): string[] {
  switch (rule.kind) {
    case "merge_labels":
      return [
        ...missing(layer, rule.labels),
        ...targetMessages(layer, [rule.into]),
        ...(rule.labels.includes(rule.into) ? ["A label cannot be merged into itself."] : []),
      ];
    case "split_label":
      return [
        ...missing(layer, [rule.label]),
        ...targetMessages(layer, rule.into),
        ...(rule.by === null ? [] : splitMessages(rule.by, rule.into, layer)),
      ];
    case "move_label":
      return moveMessages(rule, layer, layers);
    case "map_answers":
      return layer.attributes.some((each) => each.key === rule.attribute)
        ? []
        : [`There is no attribute “${rule.attribute}”.`];
  }
}

function moveMessages(
  rule: Extract<MigrationRule, { kind: "move_label" }>,
  layer: Layer,
  layers: Layer[],
): string[] {
  const target = layers.find((each) => each.key === rule.toLayer);
  if (target === undefined) return [`There is no layer “${rule.toLayer}”.`];
  const isQuestion = layer.choice === "each";
  return [
    ...missing(layer, [rule.label]),
    ...targetMessages(target, [rule.toLabel]),
    ...(target === layer ? ["The label is in this layer already."] : []),
    ...(target.level === layer.level ? [] : ["The layers are of different levels."]),
    ...(layer.level === "relation" ? ["Relations cannot be moved to another layer."] : []),
    ...((target.choice === "each") === isQuestion
      ? []
      : ["Only one of the layers asks each label as a question."]),
  ];
}

function splitMessages(
  by: { attribute: string; labels: Record<string, string> },
  into: string[],
  layer: Layer,
): string[] {
  const hasAttribute = layer.attributes.some((each) => each.key === by.attribute);
  const isCovered = Object.values(by.labels).every((label) => into.includes(label));
  return [
    ...(hasAttribute ? [] : [`There is no attribute “${by.attribute}”.`]),
    ...(isCovered ? [] : ["An answer leads to a label that this one is not divided into."]),
  ];
}

function missing(layer: Layer, labels: string[]): string[] {
  return labels
    .filter((key) => !layer.labels.some((label) => label.key === key))
    .map((key) => `There is no label “${key}” in “${layer.name}”.`);
}

function targetMessages(layer: Layer, labels: string[]): string[] {
  const closed = layer.labels.filter(
    (label) => labels.includes(label.key) && (!label.selectable || label.archived),
  );
  return [
    ...missing(layer, labels),
    ...closed.map((label) => `“${label.name}” cannot be given to anything.`),
  ];
}

function nameIn(list: readonly Pick<Label, "key" | "name">[] | undefined, key: string): string {
  return `“${list?.find((each) => each.key === key)?.name ?? key}”`;
}

function listed(words: string[]): string {
  const last = words[words.length - 1] ?? "nothing";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
