import type { Attribute, Codebook, Label, Layer, Level } from "@/lib/domain/codebook/language";
import { freeKey } from "@/lib/domain/codebook/restructure";
import { type Edited, inTreeOrder, type Patch, patched, withLayer, without } from "./parts";
import { findLayer, type Place } from "./place";
import { withoutAttributeReference, withoutLabel, withoutLabelReferences } from "./references";

export function editAbout(codebook: Codebook, patch: Patch<Codebook>): Codebook {
  return patched(codebook, patch);
}

export function editLayer(codebook: Codebook, key: string, patch: Patch<Layer>): Codebook {
  return withLayer(codebook, key, (layer) => patched(layer, patch));
}

export function editLabel(
  codebook: Codebook,
  layer: string,
  key: string,
  patch: Patch<Label>,
): Codebook {
  return withLayer(codebook, layer, (each) => ({
    ...each,
    labels: each.labels.map((label) => (label.key === key ? patched(label, patch) : label)),
  }));
}

export function editAttribute(
  codebook: Codebook,
  layer: string,
  key: string,
  patch: Patch<Attribute>,
): Codebook {
  return withLayer(codebook, layer, (each) => ({
    ...each,
    attributes: each.attributes.map((attribute) =>
      attribute.key === key ? patched(attribute, patch) : attribute,
    ),
  }));
}

/** Adds a layer at the end, with one label to begin with. `reserved`: keys that meant something before. */
export function addLayer(
  codebook: Codebook,
  { name, level }: { name: string; level: Level },
  reserved: readonly string[],
): Edited {
  const key = freeKey(name, [...codebook.layers.map((layer) => layer.key), ...reserved]);
  const spans = codebook.layers.filter((layer) => layer.level === "span");
  const end = { layer: spans[0]?.key ?? "" };
  const layer: Layer = {
    key,
    name,
    level,
    description: "",
    choice: "one",
    moment: "any",
    per: "unit",
    archived: false,
    required: false,
    overlap: "any",
    boundary: { unit: "token", trim: true, within: "document", discontinuous: false },
    evidence: "none",
    ...(level === "relation" ? { from: end, to: end } : {}),
    attributes: [],
    labels: [newLabel("label", "First label")],
  };
  return {
    codebook: { ...codebook, layers: [...codebook.layers, layer] },
    place: { kind: "layer", layer: key },
  };
}

/** Adds labels with these names at the end of a group, or of the layer. */
export function addLabels(
  codebook: Codebook,
  layerKey: string,
  {
    names,
    parent,
    reserved,
  }: { names: readonly string[]; parent?: string | undefined; reserved: readonly string[] },
): Edited {
  let last = "";
  const edited = withLayer(codebook, layerKey, (layer) => {
    let labels = layer.labels;
    for (const name of names) {
      last = freeKey(name, [...labels.map((label) => label.key), ...reserved]);
      const label = newLabel(last, name);
      labels = [...labels, parent === undefined ? label : { ...label, parent }];
    }
    return { ...layer, labels: inTreeOrder(labels) };
  });
  return { codebook: edited, place: { kind: "label", layer: layerKey, label: last } };
}

export function addAttribute(
  codebook: Codebook,
  layerKey: string,
  { name, reserved }: { name: string; reserved: readonly string[] },
): Edited {
  const taken = findLayer(codebook, layerKey)?.attributes.map((each) => each.key) ?? [];
  const key = freeKey(name, [...taken, ...reserved]);
  const attribute: Attribute = { key, name, type: "yes_no", required: false, archived: false };
  const edited = withLayer(codebook, layerKey, (layer) => ({
    ...layer,
    attributes: [...layer.attributes, attribute],
  }));
  return { codebook: edited, place: { kind: "attribute", layer: layerKey, attribute: key } };
}

/** A copy directly behind the original, with keys of its own. */
export function duplicate(codebook: Codebook, place: Place, reserved: readonly string[]): Edited {
  switch (place.kind) {
    case "layer": {
      const taken = [...codebook.layers.map((layer) => layer.key), ...reserved];
      const key = freeKey(place.layer, taken);
      const copies = (layer: Layer) => [layer, { ...layer, key, name: `${layer.name} (copy)` }];
      const layers = codebook.layers.flatMap((each) =>
        each.key === place.layer ? copies(each) : [each],
      );
      return { codebook: { ...codebook, layers }, place: { kind: "layer", layer: key } };
    }
    case "label": {
      const taken = findLayer(codebook, place.layer)?.labels.map((label) => label.key) ?? [];
      const key = freeKey(place.label, [...taken, ...reserved]);
      const edited = withLayer(codebook, place.layer, (layer) => ({
        ...layer,
        labels: inTreeOrder(
          layer.labels.flatMap((each) =>
            each.key === place.label
              ? [
                  each,
                  { ...without(each, ["shortcut", "colour"]), key, name: `${each.name} (copy)` },
                ]
              : [each],
          ),
        ),
      }));
      return { codebook: edited, place: { kind: "label", layer: place.layer, label: key } };
    }
    case "attribute": {
      const taken = findLayer(codebook, place.layer)?.attributes.map((each) => each.key) ?? [];
      const key = freeKey(place.attribute, [...taken, ...reserved]);
      const edited = withLayer(codebook, place.layer, (layer) => ({
        ...layer,
        attributes: layer.attributes.flatMap((each) =>
          each.key === place.attribute
            ? [each, { ...each, key, name: `${each.name} (copy)` }]
            : [each],
        ),
      }));
      return { codebook: edited, place: { kind: "attribute", layer: place.layer, attribute: key } };
    }
    default:
      return { codebook, place };
  }
}

/** Takes something away with all that refers to it; what lay below a label moves up to where it lay. */
export function remove(codebook: Codebook, place: Place): Edited {
  switch (place.kind) {
    case "layer": {
      const layers = codebook.layers.filter((layer) => layer.key !== place.layer);
      const mappings = codebook.mappings.filter((mapping) => mapping.layer !== place.layer);
      return { codebook: { ...codebook, layers, mappings }, place: { kind: "about" } };
    }
    case "label":
      return {
        codebook: withoutLabelReferences(
          withLayer(codebook, place.layer, (layer) => withoutLabel(layer, place.label)),
          place.layer,
          place.label,
        ),
        place: { kind: "layer", layer: place.layer },
      };
    case "attribute":
      return {
        codebook: withLayer(codebook, place.layer, (layer) => ({
          ...layer,
          attributes: layer.attributes
            .filter((each) => each.key !== place.attribute)
            .map((each) => withoutAttributeReference(each, place.attribute)),
        })),
        place: { kind: "questions", layer: place.layer },
      };
    default:
      return { codebook, place };
  }
}

function newLabel(key: string, name: string): Label {
  return {
    key,
    name,
    selectable: true,
    exclusive: false,
    archived: false,
    definition: "",
    examples: [],
    counterExamples: [],
    notThis: [],
    seeAlso: [],
  };
}
