import type { Codebook, Layer } from "./language";

/** What annotations of a project carry: labels, and attributes that were answered. */
export type Used = {
  labels: { layer: string; label: string }[];
  attributes: { layer: string; attribute: string }[];
};

/** Something in use that a draft leaves out; it is archived instead. */
export type Kept = {
  what: "layer" | "label" | "attribute";
  layer: string;
  key: string;
  name: string;
};

/**
 * A codebook with all that is in use: what it leaves out comes back archived, at the end of its list, as
 * the newest earlier version that has it says it. So nothing that somebody annotated loses its meaning.
 */
export function keepUsed(
  codebook: Codebook,
  used: Used,
  earlier: readonly Codebook[],
): { codebook: Codebook; kept: Kept[] } {
  const kept: Kept[] = [];
  const keys = new Set([...used.labels, ...used.attributes].map((each) => each.layer));
  const layers = [...codebook.layers];
  for (const key of keys) {
    const at = layers.findIndex((layer) => layer.key === key);
    const known = earlier.flatMap(({ layers: old }) => old.find((each) => each.key === key) ?? []);
    const newest = known[0];
    const own = layers[at];
    if (own === undefined && newest === undefined) continue;
    if (own === undefined && newest !== undefined) {
      kept.push({ what: "layer", layer: key, key, name: newest.name });
      layers.push(archivedLayer(newest, key, used));
      continue;
    }
    if (own !== undefined) layers[at] = completed(own, known, used, kept);
  }
  return { codebook: kept.length === 0 ? codebook : { ...codebook, layers }, kept };
}

/** A layer that is gone, with only what is in use. */
function archivedLayer(layer: Layer, key: string, used: Used): Layer {
  const labels = layer.labels.filter((label) => isUsed(used.labels, key, "label", label.key));
  return {
    ...layer,
    archived: true,
    required: false,
    labels: (labels.length > 0 ? labels : layer.labels).map((label) => archivedLabel(label)),
    attributes: layer.attributes
      .filter((each) => isUsed(used.attributes, key, "attribute", each.key))
      .map((each) => archivedAttribute(each)),
  };
}

function completed(own: Layer, known: Layer[], used: Used, kept: Kept[]): Layer {
  const labels = used.labels
    .filter(({ layer, label }) => layer === own.key && !own.labels.some(({ key }) => key === label))
    .flatMap(({ label }) => first(known, (each) => each.labels.find(({ key }) => key === label)));
  const attributes = used.attributes
    .filter(
      ({ layer, attribute }) =>
        layer === own.key && !own.attributes.some(({ key }) => key === attribute),
    )
    .flatMap(({ attribute }) =>
      first(known, (each) => each.attributes.find(({ key }) => key === attribute)),
    );
  for (const { key, name } of labels) kept.push({ what: "label", layer: own.key, key, name });
  for (const { key, name } of attributes)
    kept.push({ what: "attribute", layer: own.key, key, name });
  if (labels.length + attributes.length === 0) return own;
  return {
    ...own,
    labels: [...own.labels, ...labels.map((label) => archivedLabel(label))],
    attributes: [...own.attributes, ...attributes.map((each) => archivedAttribute(each))],
  };
}

/** What pointed at other parts of its codebook, which may be gone, goes. */
function archivedLabel(label: Layer["labels"][number]): Layer["labels"][number] {
  const { parent: _parent, shortcut: _shortcut, pairs: _pairs, ...rest } = label;
  return { ...rest, archived: true, notThis: [], seeAlso: [] };
}

function archivedAttribute(attribute: Layer["attributes"][number]): Layer["attributes"][number] {
  const { when: _when, default: _default, ...rest } = attribute;
  return { ...rest, required: false, archived: true };
}

function isUsed<Field extends string>(
  list: readonly ({ layer: string } & { [field in Field]: string })[],
  layer: string,
  field: Field,
  key: string,
): boolean {
  return list.some((each) => each.layer === layer && each[field] === key);
}

function first<T>(layers: readonly Layer[], find: (layer: Layer) => T | undefined): T[] {
  for (const layer of layers) {
    const found = find(layer);
    if (found !== undefined) return [found];
  }
  return [];
}

/** Changes that would leave what is in use without sense; each a sentence with its layer. */
export function unfitForUse(
  before: Codebook,
  after: Codebook,
  used: Used,
): { layer: string; message: string }[] {
  return after.layers.flatMap((layer) => {
    const old = before.layers.find((each) => each.key === layer.key);
    const labels = used.labels.filter((each) => each.layer === layer.key);
    if (old === undefined || labels.length === 0) return [];
    const problems: string[] = [];
    if (old.level !== layer.level) {
      problems.push(
        "This layer is in use at another level. Make a new layer and archive this one.",
      );
    }
    if ((old.choice === "each") !== (layer.choice === "each")) {
      problems.push("Answers were given in this layer. Make a new layer and archive this one.");
    }
    for (const { label } of labels) {
      const group = layer.labels.find((each) => each.key === label && !each.selectable);
      if (group !== undefined) {
        problems.push(`“${group.name}” is in use and cannot become a group. Archive it instead.`);
      }
    }
    return problems.map((message) => ({ layer: layer.key, message }));
  });
}
