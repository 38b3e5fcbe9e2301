import type { Attribute, Codebook, Condition, Label, Layer, Mapping } from "./language";

/** What is wrong and where; the path leads into the codebook document. */
export type PathProblem = { path: (string | number)[]; message: string };

type Ends = NonNullable<Layer["from"]>;

const UNIT_LEVELS = ["sentence", "block", "document", "event"];
const WITH_OPTIONS = ["choice", "multi", "ordinal", "interval"];

/** What must hold between the parts of a codebook: references lead somewhere, keys are there once, rules agree. */
export function referenceProblems(codebook: Codebook): PathProblem[] {
  const { layers, mappings } = codebook;
  const isEmpty = layers.length > 0 && layers.every((layer) => layer.archived);
  return [
    ...repeated(layers, "key", "Another layer has this key.", ["layers"]),
    ...layers.flatMap((layer, at) => below(["layers", at], layerProblems(layer, layers))),
    ...mappings.flatMap((mapping, at) => below(["mappings", at], mappingProblems(mapping, layers))),
    ...(isEmpty ? [{ path: ["layers"], message: "All layers are archived." }] : []),
  ];
}

function layerProblems(layer: Layer, layers: Layer[]): PathProblem[] {
  const { attributes, labels } = layer;
  return [
    ...repeated(labels, "key", "Another label has this key.", ["labels"]),
    ...repeated(labels, "shortcut", "Another label has this shortcut.", ["labels"]),
    ...repeated(attributes, "key", "Another attribute has this key.", ["attributes"]),
    ...labels.flatMap((label, at) => below(["labels", at], labelProblems(label, layer, layers))),
    ...attributes.flatMap((each, at) => below(["attributes", at], attributeProblems(each, layer))),
    ...conditionCircles(attributes),
    ...choiceProblems(layer),
    ...relationProblems(layer, layers),
    ...momentProblems(layer),
  ];
}

// ------------------------------------------------------------------ labels

function labelProblems(label: Label, layer: Layer, layers: Layer[]): PathProblem[] {
  const problems: PathProblem[] = [];
  if (label.parent !== undefined) {
    const problem = parentProblem(label, layer);
    if (problem !== null) problems.push({ path: ["parent"], message: problem });
  }
  for (const list of ["notThis", "seeAlso"] as const) {
    label[list].forEach((hint, at) => {
      if (hint.label === undefined) return;
      if (!leadsToLabel(hint.label, layer, layers)) {
        problems.push({ path: [list, at, "label"], message: `There is no label “${hint.label}”.` });
      } else if (hint.label === label.key) {
        problems.push({ path: [list, at, "label"], message: "A label cannot point at itself." });
      }
    });
  }
  if (label.pairs === undefined) return problems;
  if (layer.level !== "relation") {
    return [...problems, { path: ["pairs"], message: "Only labels of a relation join spans." }];
  }
  const pairs = label.pairs.flatMap((pair, at) =>
    (["from", "to"] as const).flatMap((end) =>
      below(["pairs", at, end], endsProblems(pair[end], layers)),
    ),
  );
  return [...problems, ...pairs];
}

function parentProblem(label: Label, { labels }: Layer): string | null {
  const byKey = new Map(labels.map((each) => [each.key, each]));
  const seen = new Set([label.key]);
  for (let at = label.parent; at !== undefined; at = byKey.get(at)?.parent) {
    if (!byKey.has(at)) return at === label.parent ? "There is no such parent." : null;
    if (seen.has(at)) return at === label.key ? "A label cannot stand below itself." : null;
    seen.add(at);
  }
  return null;
}

/** A key of this layer, or `layer/label`. */
function leadsToLabel(reference: string, layer: Layer, layers: Layer[]): boolean {
  if (hasLabel(layer, reference)) return true;
  return layers.some((other) =>
    other.labels.some((label) => `${other.key}/${label.key}` === reference),
  );
}

function hasLabel(layer: Layer, key: string): boolean {
  return layer.labels.some((label) => label.key === key);
}

// ------------------------------------------------------------------ attributes

function attributeProblems(attribute: Attribute, layer: Layer): PathProblem[] {
  const options = attribute.options ?? [];
  const problems = [
    ...repeated(options, "key", "Another option has this key.", ["options"]),
    ...boundProblems(attribute),
    ...conditionProblems(attribute.when, attribute, layer, ["when"]),
  ];
  if (WITH_OPTIONS.includes(attribute.type)) {
    if (options.length < 2) {
      problems.push({ path: ["options"], message: "This type needs two options or more." });
    }
  } else if (attribute.type !== "entity" && options.length > 0) {
    problems.push({ path: ["options"], message: "This type has no options." });
  }
  if (typeof attribute.required !== "boolean") {
    problems.push(...conditionProblems(attribute.required, attribute, layer, ["required"]));
  }
  const unfit = defaultProblem(attribute, layer);
  return unfit === null ? problems : [...problems, { path: ["default"], message: unfit }];
}

function boundProblems({ type, minimum, maximum, options }: Attribute): PathProblem[] {
  if (minimum === undefined && maximum === undefined) return [];
  const path = [minimum === undefined ? "maximum" : "minimum"];
  if (type !== "number" && type !== "multi" && type !== "text") {
    return [{ path, message: "Only numbers, texts and multiple choices have a least and a most." }];
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    return [{ path: ["minimum"], message: "The least is more than the most." }];
  }
  if (type === "number") return [];
  const whole = [minimum, maximum].every(
    (each) => each === undefined || (Number.isInteger(each) && each >= 0),
  );
  if (!whole) return [{ path, message: "This is counted: give a whole number." }];
  return type === "multi" && minimum !== undefined && minimum > (options ?? []).length
    ? [{ path: ["minimum"], message: "There are not so many options." }]
    : [];
}

/** A default is an answer that nobody gave, so only spans and relations may have one, and only of a closed list. */
function defaultProblem(attribute: Attribute, layer: Layer): string | null {
  const given = attribute.default;
  if (given === undefined) return null;
  if (layer.level !== "span" && layer.level !== "relation") {
    return "Only spans and relations may start with an answer.";
  }
  if (attribute.type === "yes_no") return isYesOrNo(given) ? null : "Write yes or no.";
  if (!["choice", "ordinal", "interval"].includes(attribute.type)) {
    return "This type cannot start with an answer.";
  }
  return hasOption(attribute, given) ? null : "There is no such option.";
}

function conditionProblems(
  condition: Condition | undefined,
  own: Attribute,
  layer: Layer,
  path: string[],
): PathProblem[] {
  if (condition === undefined) return [];
  const problems: PathProblem[] = [];
  const { attribute: key, is, labels } = condition;
  if (key === undefined && labels === undefined) {
    problems.push({ path, message: "This condition says nothing." });
  }
  const other = layer.attributes.find((each) => each.key === key);
  if (key !== undefined) {
    const message =
      other === undefined
        ? `There is no attribute “${key}” in this layer.`
        : other === own
          ? "An attribute cannot depend on its own answer."
          : null;
    if (message !== null) problems.push({ path: [...path, "attribute"], message });
  }
  if (is !== undefined && key === undefined) {
    problems.push({ path: [...path, "is"], message: "Say which attribute has this answer." });
  }
  (is ?? []).forEach((value, at) => {
    if (other !== undefined && !canBe(other, value)) {
      const message = `“${other.name}” has no answer “${value}”.`;
      problems.push({ path: [...path, "is", at], message });
    }
  });
  (labels ?? []).forEach((label, at) => {
    if (!hasLabel(layer, label)) {
      problems.push({ path: [...path, "labels", at], message: `There is no label “${label}”.` });
    }
  });
  return problems;
}

/** Whether an answer to the attribute can be tested against this word. */
function canBe(attribute: Attribute, value: string): boolean {
  if (attribute.type === "yes_no") return isYesOrNo(value);
  if (WITH_OPTIONS.includes(attribute.type)) return hasOption(attribute, value);
  return attribute.type !== "number" || !Number.isNaN(Number(value));
}

function hasOption({ options }: Attribute, key: string): boolean {
  return (options ?? []).some((option) => option.key === key);
}

function isYesOrNo(value: string): boolean {
  return value === "yes" || value === "no";
}

/** Attributes that are asked only once each other is answered. */
function conditionCircles(attributes: Attribute[]): PathProblem[] {
  const byKey = new Map(attributes.map((each) => [each.key, each]));
  return attributes.flatMap((attribute, at) => {
    const seen = new Set<string>();
    for (let next = attribute.when?.attribute; next !== undefined; ) {
      if (next === attribute.key && seen.size > 0) {
        return [
          { path: ["attributes", at, "when"], message: "These conditions wait for each other." },
        ];
      }
      if (seen.has(next)) return [];
      seen.add(next);
      next = byKey.get(next)?.when?.attribute;
    }
    return [];
  });
}

// ------------------------------------------------------------------ layers

function choiceProblems(layer: Layer): PathProblem[] {
  const problems: PathProblem[] = [];
  const { choice, minimum, maximum } = layer;
  const answers = layer.answers ?? [];
  if (choice === "each" && answers.length < 2) {
    problems.push({ path: ["answers"], message: "A questionnaire needs two answers or more." });
  }
  problems.push(...repeated(answers, "key", "Another answer has this key.", ["answers"]));
  const isOpen = layer.labels.some((label) => label.selectable && !label.archived);
  if (!isOpen && !layer.archived && layer.labels.length > 0) {
    problems.push({ path: ["labels"], message: "No label can be chosen." });
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    problems.push({ path: ["minimum"], message: "The least is more than the most." });
  }
  return problems;
}

function momentProblems({ level, moment, per, attributes }: Layer): PathProblem[] {
  const problems: PathProblem[] = [];
  if (moment !== "any" && level !== "document" && level !== "event") {
    problems.push({
      path: ["moment"],
      message: "Only questions about documents and events have a moment.",
    });
  }
  if (per === "entity" && !UNIT_LEVELS.includes(level)) {
    problems.push({ path: ["per"], message: "Spans name entities by an attribute." });
  }
  if (per === "entity" && attributes.some((each) => !each.archived)) {
    problems.push({
      path: ["attributes"],
      message: "Questions for each entity have no attributes.",
    });
  }
  return problems;
}

function relationProblems(layer: Layer, layers: Layer[]): PathProblem[] {
  if (layer.level !== "relation") {
    return (["from", "to"] as const).flatMap((end) =>
      layer[end] === undefined
        ? []
        : [{ path: [end], message: "Only relations go from one span to another." }],
    );
  }
  if (layer.from === undefined || layer.to === undefined) {
    return [{ path: ["from"], message: "A relation says what it goes from and to." }];
  }
  return [
    ...below(["from"], endsProblems(layer.from, layers)),
    ...below(["to"], endsProblems(layer.to, layers)),
  ];
}

function endsProblems(ends: Ends, layers: Layer[]): PathProblem[] {
  const target = layers.find((layer) => layer.key === ends.layer && layer.level === "span");
  if (target === undefined) return [{ path: ["layer"], message: "There is no such span layer." }];
  return (ends.labels ?? []).flatMap((label, at) =>
    hasLabel(target, label)
      ? []
      : [{ path: ["labels", at], message: `There is no label “${label}” in “${target.name}”.` }],
  );
}

function mappingProblems(mapping: Mapping, layers: Layer[]): PathProblem[] {
  const layer = layers.find((each) => each.key === mapping.layer);
  if (layer === undefined) return [{ path: ["layer"], message: "There is no such layer." }];
  const strange = Object.keys(mapping.labels)
    .filter((key) => !hasLabel(layer, key))
    .map((key) => ({ path: ["labels", key], message: `There is no label “${key}”.` }));
  const missing = layer.labels
    .filter((label) => label.selectable && !label.archived && !(label.key in mapping.labels))
    .map((label) => `“${label.name}”`);
  return missing.length === 0
    ? strange
    : [...strange, { path: ["labels"], message: `${missing.join(", ")} is not mapped.` }];
}

// ------------------------------------------------------------------ paths

function below(path: (string | number)[], problems: PathProblem[]): PathProblem[] {
  return problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
}

/** One problem for each value of a field that stood earlier in the list. */
function repeated<Field extends string>(
  list: readonly { [field in Field]?: string | undefined }[],
  field: Field,
  message: string,
  path: (string | number)[],
): PathProblem[] {
  const seen = new Set<string>();
  return list.flatMap((each, at) => {
    const value = each[field];
    if (value === undefined || value === "") return [];
    if (seen.has(value)) return [{ path: [...path, at, field], message }];
    seen.add(value);
    return [];
  });
}
