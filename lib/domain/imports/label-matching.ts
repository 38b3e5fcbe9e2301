import type { Codebook, Layer, Level } from "../codebook/language";
import { keyOf } from "./label-key";
import type { LabelChoice } from "./settings";

/** A label as a file names it; `kind` says what it stands on, and for units which. */
export type ForeignLabel = {
  kind: LabelChoice["kind"];
  /** Levels of our layers that can take it. */
  level: Level;
  layer: string;
  label: string;
};

export type LabelTarget = { layer: string; label: string };

/** Where labels of files go: a target, or null for a label that is left out. */
export type LabelMap = (label: ForeignLabel) => LabelTarget | null;

/** The choices of a person, and for what they left open the label of ours with the same name. */
export function labelMap(codebook: Codebook, choices: readonly LabelChoice[]): LabelMap {
  const chosen = new Map(choices.map((choice) => [keyOf(choice), choice.to]));
  return (label) => {
    // A choice without a layer is for labels of this name on any.
    const choice = chosen.get(keyOf(label)) ?? chosen.get(keyOf({ ...label, layer: "" }));
    return choice === undefined ? suggestTarget(codebook, label) : choice;
  };
}

/** The label of ours of the same key or name, on a layer of the same level; the layer of the same name first. */
function suggestTarget(codebook: Codebook, foreign: ForeignLabel): LabelTarget | null {
  const layers = codebook.layers
    .filter((layer) => layer.level === foreign.level && !layer.archived)
    .sort((a, b) => Number(isNamed(b, foreign.layer)) - Number(isNamed(a, foreign.layer)));
  const wanted = plain(foreign.label);
  for (const layer of layers) {
    const label = layer.labels.find(
      (each) =>
        each.selectable &&
        !each.archived &&
        (plain(each.key) === wanted || plain(each.name) === wanted),
    );
    if (label !== undefined) return { layer: layer.key, label: label.key };
  }
  return null;
}

function isNamed(layer: Layer, name: string): boolean {
  return plain(layer.key) === plain(name) || plain(layer.name) === plain(name);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
