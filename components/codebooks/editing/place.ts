import type { Attribute, Codebook, Label, Layer } from "@/lib/domain/codebook/language";

/** Something of a codebook that the editor can show and change. */
export type Place =
  | { kind: "about" }
  | { kind: "guidelines" }
  | { kind: "layer"; layer: string }
  | { kind: "label"; layer: string; label: string }
  | { kind: "questions"; layer: string }
  | { kind: "attribute"; layer: string; attribute: string };

/** Keys have neither ":" nor "/", so that a place has one spelling. */
export function placeId(place: Place): string {
  switch (place.kind) {
    case "about":
    case "guidelines":
      return place.kind;
    case "layer":
    case "questions":
      return `${place.kind}:${place.layer}`;
    case "label":
      return `label:${place.layer}/${place.label}`;
    case "attribute":
      return `attribute:${place.layer}/${place.attribute}`;
  }
}

export function parsePlace(id: string): Place {
  const colon = id.indexOf(":");
  const kind = colon === -1 ? id : id.slice(0, colon);
  const [layer = "", inner = ""] = id.slice(colon + 1).split("/");
  switch (kind) {
    case "layer":
    case "questions":
      return { kind, layer };
    case "label":
      return { kind, layer, label: inner };
    case "attribute":
      return { kind, layer, attribute: inner };
    case "guidelines":
      return { kind };
    default:
      return { kind: "about" };
  }
}

export function findLayer(codebook: Codebook, key: string): Layer | undefined {
  return codebook.layers.find((layer) => layer.key === key);
}

export function findLabel(codebook: Codebook, layer: string, key: string): Label | undefined {
  return findLayer(codebook, layer)?.labels.find((label) => label.key === key);
}

export function findAttribute(
  codebook: Codebook,
  layer: string,
  key: string,
): Attribute | undefined {
  return findLayer(codebook, layer)?.attributes.find((attribute) => attribute.key === key);
}

export function placeExists(codebook: Codebook, place: Place): boolean {
  switch (place.kind) {
    case "about":
    case "guidelines":
      return true;
    case "layer":
    case "questions":
      return findLayer(codebook, place.layer) !== undefined;
    case "label":
      return findLabel(codebook, place.layer, place.label) !== undefined;
    case "attribute":
      return findAttribute(codebook, place.layer, place.attribute) !== undefined;
  }
}

/** What a place is called, with what it lies in: "Lexical bias, in Bias". */
export function placeName(codebook: Codebook, place: Place): string {
  switch (place.kind) {
    case "about":
      return "About this codebook";
    case "guidelines":
      return "Guidelines";
    case "layer":
      return named(findLayer(codebook, place.layer)?.name, "Layer");
    case "questions":
      return `Questions of ${named(findLayer(codebook, place.layer)?.name, "the layer")}`;
    case "label": {
      const label = findLabel(codebook, place.layer, place.label);
      return `${named(label?.name, "Label")}, in ${layerName(codebook, place.layer)}`;
    }
    case "attribute": {
      const attribute = findAttribute(codebook, place.layer, place.attribute);
      return `${named(attribute?.name, "Question")}, in ${layerName(codebook, place.layer)}`;
    }
  }
}

function layerName(codebook: Codebook, key: string): string {
  return named(findLayer(codebook, key)?.name, "the layer");
}

function named(name: string | undefined, otherwise: string): string {
  return name === undefined || name.trim() === "" ? otherwise : name;
}

/** Where a problem that zod reports at a path of the document is mended. */
export function placeOfPath(codebook: Codebook, path: readonly PropertyKey[]): Place {
  const [top, layerAt, part, partAt] = path;
  if (top === "guidelines") return { kind: "guidelines" };
  const layer = top === "layers" && typeof layerAt === "number" ? codebook.layers[layerAt] : null;
  if (layer === null || layer === undefined) return { kind: "about" };
  const at = typeof partAt === "number" ? partAt : -1;
  const label = part === "labels" ? layer.labels[at] : undefined;
  if (label !== undefined) return { kind: "label", layer: layer.key, label: label.key };
  const attribute = part === "attributes" ? layer.attributes[at] : undefined;
  if (attribute !== undefined) {
    return { kind: "attribute", layer: layer.key, attribute: attribute.key };
  }
  return { kind: "layer", layer: layer.key };
}
