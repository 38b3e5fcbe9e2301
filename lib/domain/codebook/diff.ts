import { isSame } from "../same";
import type { Attribute, Codebook, Label, Layer } from "./language";

export type CodebookChange = {
  kind:
    | "added"
    | "removed"
    | "archived"
    | "restored"
    | "renamed"
    | "moved"
    | "redefined"
    | "retyped"
    | "changed";
  what: "codebook" | "layer" | "label" | "attribute" | "option" | "mapping";
  /** Key of the layer; null for the codebook as a whole. */
  layer: string | null;
  /** Key of the label or attribute. */
  key: string | null;
  sentence: string;
  /** The words before and after, where words changed. */
  before?: string;
  after?: string;
  /**
   * `meaning`: what was annotated may be judged otherwise now. `answers`: what was annotated does
   * not fit any more unless a rule changes it.
   */
  effect: "none" | "meaning" | "answers";
};

type At = Pick<CodebookChange, "what" | "layer" | "key">;
type Change = Omit<CodebookChange, keyof At>;

/** What a codebook says otherwise than an earlier one, each change in a sentence; empty for the same. */
export function diffCodebooks(before: Codebook, after: Codebook): CodebookChange[] {
  const at: At = { what: "codebook", layer: null, key: null };
  const layers = pairByKey(before.layers, after.layers);
  return [
    ...place(at, codebookChanges(before, after)),
    ...layers.gone.map((layer) => removed(layerAt(layer), `Layer ${quoted(layer)} is removed.`)),
    ...layers.fresh.map((layer) => added(layerAt(layer), `Layer ${quoted(layer)} is new.`)),
    ...orderChange(before.layers, after.layers, at, "The layers are in another order."),
    ...layers.shared.flatMap(([old, now]) => layerDiff(old, now)),
    ...mappingChanges(before, after),
  ];
}

/** Labels whose annotations may be judged otherwise after these changes. */
export function labelsToReconsider(
  changes: readonly CodebookChange[],
  { layers }: Pick<Codebook, "layers">,
): { layer: string; label: string; reasons: string[] }[] {
  const felt = changes.filter((change) => change.effect !== "none");
  return layers.flatMap((layer) =>
    layer.labels.flatMap((label) => {
      const reasons = felt
        .filter((change) => concerns(change, layer, label))
        .map((change) => change.sentence);
      return reasons.length === 0 ? [] : [{ layer: layer.key, label: label.key, reasons }];
    }),
  );
}

function concerns(change: CodebookChange, layer: Layer, label: Label): boolean {
  if (change.layer === null) return change.what === "codebook";
  if (change.layer !== layer.key) return false;
  return change.what === "label" ? change.key === label.key : true;
}

// ------------------------------------------------------------------ the whole

function codebookChanges(before: Codebook, after: Codebook): Change[] {
  return [
    ...words("renamed", "The codebook has another name.", before.name, after.name, "none"),
    ...words(
      "redefined",
      "The guidelines changed.",
      before.guidelines,
      after.guidelines,
      "meaning",
    ),
    ...words("changed", "The description changed.", before.description, after.description, "none"),
    ...words("changed", "The citation changed.", before.citation, after.citation, "none"),
    ...words(
      "changed",
      "The note on what to check against the paper changed.",
      before.checkAgainstPaper ?? "",
      after.checkAgainstPaper ?? "",
      "none",
    ),
    ...words("changed", "The language changed.", before.language, after.language, "none"),
    ...words(
      "redefined",
      "Whose reading is asked for changed.",
      STANCES[before.stance ?? "none"],
      STANCES[after.stance ?? "none"],
      "meaning",
    ),
  ];
}

const STANCES = {
  as_intended: "as the author meant it",
  as_felt: "as a reader feels it",
  as_conveyed: "as the text conveys it",
  none: "",
} as const;

function mappingChanges(before: Codebook, after: Codebook): CodebookChange[] {
  if (isSame(before.mappings, after.mappings)) return [];
  const at: At = { what: "mapping", layer: null, key: null };
  return place(at, [
    { kind: "changed", sentence: "The mappings to other schemes changed.", effect: "none" },
  ]);
}

// ------------------------------------------------------------------ layers

function layerAt(layer: Layer): At {
  return { what: "layer", layer: layer.key, key: null };
}

function layerDiff(before: Layer, after: Layer): CodebookChange[] {
  const at = layerAt(after);
  const labels = pairByKey(before.labels, after.labels);
  const attributes = pairByKey(before.attributes, after.attributes);
  const inLayer = `in ${quoted(after)}`;
  const labelAt = (label: Label): At => ({ what: "label", layer: after.key, key: label.key });
  const attributeAt = ({ key }: Attribute): At => ({ what: "attribute", layer: after.key, key });
  return [
    ...place(at, layerChanges(before, after)),
    ...labels.gone.map((each) =>
      removed(labelAt(each), `Label ${quoted(each)} ${inLayer} is removed.`),
    ),
    ...labels.fresh.map((each) => added(labelAt(each), `Label ${quoted(each)} ${inLayer} is new.`)),
    ...orderChange(before.labels, after.labels, at, `The labels ${inLayer} are in another order.`),
    ...labels.shared.flatMap(([old, now]) =>
      place(labelAt(now), labelChanges(old, now, before, after)),
    ),
    ...attributes.gone.map((each) =>
      removed(attributeAt(each), `Attribute ${quoted(each)} ${inLayer} is removed.`),
    ),
    ...attributes.fresh.map((each) =>
      added(attributeAt(each), `Attribute ${quoted(each)} ${inLayer} is new.`),
    ),
    ...attributes.shared.flatMap(([old, now]) => attributeDiff(old, now, attributeAt(now), after)),
  ];
}

function layerChanges(before: Layer, after: Layer): Change[] {
  const name = quoted(after);
  const setting = (field: keyof Layer, sentence: string, effect: CodebookChange["effect"]) =>
    isSame(before[field], after[field]) ? [] : [{ kind: "changed" as const, sentence, effect }];
  return [
    ...words(
      "renamed",
      `Layer ${quoted(before)} is now called ${name}.`,
      before.name,
      after.name,
      "none",
    ),
    ...words(
      "redefined",
      `The description of layer ${name} changed.`,
      before.description,
      after.description,
      "meaning",
    ),
    ...archiving(before, after, `Layer ${name}`),
    ...(before.level === after.level
      ? []
      : [
          {
            kind: "retyped" as const,
            sentence: `Layer ${name} is now about another level: ${after.level} instead of ${before.level}.`,
            effect: "answers" as const,
          },
        ]),
    ...setting("choice", `How many labels ${name} takes changed.`, "answers"),
    ...listChanges(before.answers ?? [], after.answers ?? [], `Answer`, `of ${name}`),
    ...setting("required", `Whether ${name} must be answered changed.`, "none"),
    ...setting("minimum", `The least number of labels of ${name} changed.`, "none"),
    ...setting("maximum", `The greatest number of labels of ${name} changed.`, "none"),
    ...setting("moment", `When ${name} is asked changed.`, "none"),
    ...setting("per", `What ${name} is asked of changed.`, "answers"),
    ...setting("overlap", `Which spans of ${name} may overlap changed.`, "meaning"),
    ...setting("boundary", `The boundary rules of ${name} changed.`, "meaning"),
    ...setting("evidence", `Whether ${name} takes evidence changed.`, "none"),
    ...setting("from", `What ${name} may start at changed.`, "answers"),
    ...setting("to", `What ${name} may end at changed.`, "answers"),
  ];
}

// ------------------------------------------------------------------ labels

function labelChanges(before: Label, after: Label, oldLayer: Layer, layer: Layer): Change[] {
  const name = `${quoted(after)} in ${quoted(layer)}`;
  const setting = (field: keyof Label, sentence: string, effect: CodebookChange["effect"]) =>
    isSame(before[field], after[field]) ? [] : [{ kind: "changed" as const, sentence, effect }];
  return [
    ...words(
      "renamed",
      `Label ${quoted(before)} in ${quoted(layer)} is now called ${quoted(after)}.`,
      before.name,
      after.name,
      "none",
    ),
    ...archiving(before, after, `Label ${name}`),
    ...parentChange(before, after, oldLayer, layer),
    ...words(
      "redefined",
      `The definition of ${name} changed.`,
      before.definition,
      after.definition,
      "meaning",
    ),
    ...words(
      "redefined",
      `The examples of ${name} changed.`,
      before.examples.join("\n"),
      after.examples.join("\n"),
      "meaning",
    ),
    ...words(
      "redefined",
      `The counter-examples of ${name} changed.`,
      before.counterExamples.join("\n"),
      after.counterExamples.join("\n"),
      "meaning",
    ),
    ...setting("notThis", `The “not this” hints of ${name} changed.`, "meaning"),
    ...setting("seeAlso", `The “see also” hints of ${name} changed.`, "none"),
    ...setting("selectable", `Whether ${name} can be chosen changed.`, "answers"),
    ...setting("exclusive", `Whether ${name} stands alone changed.`, "meaning"),
    ...setting("pairs", `What ${name} may join changed.`, "answers"),
    ...setting("colour", `The colour of ${name} changed.`, "none"),
    ...setting("shortcut", `The key of ${name} changed.`, "none"),
  ];
}

function parentChange(before: Label, after: Label, oldLayer: Layer, layer: Layer): Change[] {
  if (before.parent === after.parent) return [];
  const name = ({ labels }: Layer, key: string) =>
    quoted(labels.find((each) => each.key === key) ?? { name: key });
  const from = before.parent === undefined ? "" : ` from ${name(oldLayer, before.parent)}`;
  const to = after.parent === undefined ? "to the top" : `below ${name(layer, after.parent)}`;
  const sentence = `Label ${quoted(after)} in ${quoted(layer)} moved${from} ${to}.`;
  return [{ kind: "moved", sentence, effect: "none" }];
}

// ------------------------------------------------------------------ attributes

function attributeDiff(
  before: Attribute,
  after: Attribute,
  at: At,
  layer: Layer,
): CodebookChange[] {
  const name = `${quoted(after)} in ${quoted(layer)}`;
  const setting = (field: keyof Attribute, sentence: string, effect: CodebookChange["effect"]) =>
    isSame(before[field], after[field]) ? [] : [{ kind: "changed" as const, sentence, effect }];
  const isRetyped = before.type !== after.type;
  return [
    ...place(at, [
      ...words(
        "renamed",
        `Attribute ${quoted(before)} in ${quoted(layer)} is now called ${quoted(after)}.`,
        before.name,
        after.name,
        "none",
      ),
      ...archiving(before, after, `Attribute ${name}`),
      ...(isRetyped
        ? [
            {
              kind: "retyped" as const,
              sentence: `Attribute ${name} is now of type ${after.type} instead of ${before.type}.`,
              effect: "answers" as const,
            },
          ]
        : []),
      ...words(
        "redefined",
        `The help text of ${name} changed.`,
        before.help ?? "",
        after.help ?? "",
        "meaning",
      ),
      ...setting("when", `When ${name} is asked changed.`, "none"),
      ...setting("required", `When ${name} must be answered changed.`, "none"),
      ...setting("minimum", `The least value of ${name} changed.`, "answers"),
      ...setting("maximum", `The greatest value of ${name} changed.`, "answers"),
      ...setting("default", `What ${name} starts with changed.`, "none"),
    ]),
    ...place(
      { ...at, what: "option" },
      listChanges(before.options ?? [], after.options ?? [], "Option", `of ${name}`),
    ),
  ];
}

type Option = NonNullable<Attribute["options"]>[number];

function listChanges(before: Option[], after: Option[], noun: string, where: string): Change[] {
  const { gone, fresh, shared } = pairByKey(before, after);
  return [
    ...gone.map((each) => ({
      kind: "removed" as const,
      sentence: `${noun} ${quoted(each)} ${where} is removed.`,
      effect: "answers" as const,
    })),
    ...fresh.map((each) => ({
      kind: "added" as const,
      sentence: `${noun} ${quoted(each)} ${where} is new.`,
      effect: "none" as const,
    })),
    ...shared.flatMap(([old, now]) => [
      ...words(
        "renamed",
        `${noun} ${quoted(old)} ${where} is now called ${quoted(now)}.`,
        old.name,
        now.name,
        "none",
      ),
      ...words(
        "redefined",
        `The definition of ${quoted(now)} ${where} changed.`,
        old.definition ?? "",
        now.definition ?? "",
        "meaning",
      ),
    ]),
    ...(isReordered(before, after)
      ? [
          {
            kind: "moved" as const,
            sentence: `The ${noun.toLowerCase()}s ${where} are in another order.`,
            effect: "none" as const,
          },
        ]
      : []),
  ];
}

// ------------------------------------------------------------------ parts of all

type Keyed = { key: string };

function pairByKey<T extends Keyed>(before: readonly T[], after: readonly T[]) {
  const old = new Map(before.map((each) => [each.key, each]));
  const now = new Map(after.map((each) => [each.key, each]));
  return {
    gone: before.filter((each) => !now.has(each.key)),
    fresh: after.filter((each) => !old.has(each.key)),
    shared: after.flatMap((each): [T, T][] => {
      const earlier = old.get(each.key);
      return earlier === undefined || earlier === each ? [] : [[earlier, each]];
    }),
  };
}

function isReordered(before: readonly Keyed[], after: readonly Keyed[]): boolean {
  const old = new Set(before.map((each) => each.key));
  const now = new Set(after.map((each) => each.key));
  const rest = before.filter((each) => now.has(each.key)).map((each) => each.key);
  const kept = after.filter((each) => old.has(each.key)).map((each) => each.key);
  return rest.some((key, at) => key !== kept[at]);
}

function orderChange(
  before: readonly Keyed[],
  after: readonly Keyed[],
  at: At,
  sentence: string,
): CodebookChange[] {
  return isReordered(before, after) ? [{ ...at, kind: "moved", sentence, effect: "none" }] : [];
}

function archiving(
  before: { archived: boolean },
  after: { archived: boolean },
  subject: string,
): Change[] {
  if (before.archived === after.archived) return [];
  return after.archived
    ? [{ kind: "archived", sentence: `${subject} is archived.`, effect: "meaning" }]
    : [{ kind: "restored", sentence: `${subject} is in use again.`, effect: "none" }];
}

function words(
  kind: CodebookChange["kind"],
  sentence: string,
  before: string,
  after: string,
  effect: CodebookChange["effect"],
): Change[] {
  return before === after ? [] : [{ kind, sentence, before, after, effect }];
}

function place(at: At, changes: Change[]): CodebookChange[] {
  return changes.map((change) => ({ ...at, ...change }));
}

function removed(at: At, sentence: string): CodebookChange {
  return { ...at, kind: "removed", sentence, effect: "answers" };
}

function added(at: At, sentence: string): CodebookChange {
  return { ...at, kind: "added", sentence, effect: "none" };
}

function quoted({ name }: { name: string }): string {
  return `“${name}”`;
}
