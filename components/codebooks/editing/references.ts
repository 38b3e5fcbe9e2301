import type { Attribute, Codebook, Condition, Layer } from "@/lib/domain/codebook/language";
import { type Edited, inTreeOrder, patched, withLayer, without } from "./parts";
import type { Place } from "./place";

/** Gives a thing that was never published another key, and follows it in all that refers to it. */
export function changeKey(codebook: Codebook, place: Place, key: string): Edited {
  switch (place.kind) {
    case "layer":
      return {
        codebook: {
          ...codebook,
          layers: codebook.layers.map((layer) => {
            const ends = {
              ...(layer.from?.layer === place.layer ? { from: { ...layer.from, layer: key } } : {}),
              ...(layer.to?.layer === place.layer ? { to: { ...layer.to, layer: key } } : {}),
            };
            return { ...layer, ...ends, key: layer.key === place.layer ? key : layer.key };
          }),
          mappings: codebook.mappings.map((mapping) =>
            mapping.layer === place.layer ? { ...mapping, layer: key } : mapping,
          ),
        },
        place: { kind: "layer", layer: key },
      };
    case "label":
      return {
        codebook: withLabelKey(codebook, place.layer, [place.label, key]),
        place: { ...place, label: key },
      };
    case "attribute":
      return {
        codebook: withLayer(codebook, place.layer, (layer) => ({
          ...layer,
          attributes: layer.attributes.map((each) =>
            withAttributeKey(each, [place.attribute, key]),
          ),
        })),
        place: { ...place, attribute: key },
      };
    default:
      return { codebook, place };
  }
}

export function withoutLabel(layer: Layer, key: string): Layer {
  const parent = layer.labels.find((each) => each.key === key)?.parent;
  return {
    ...layer,
    labels: inTreeOrder(
      layer.labels
        .filter((each) => each.key !== key)
        .map((each) => (each.parent === key ? patched(each, { parent }) : each)),
    ),
    attributes: layer.attributes.map((each) =>
      mapConditions(each, (condition) => {
        if (condition.labels === undefined) return condition;
        const labels = condition.labels.filter((label) => label !== key);
        return labels.length > 0 ? { ...condition, labels } : without(condition, ["labels"]);
      }),
    ),
  };
}

/** Hints and ends of relations elsewhere that name the label. */
export function withoutLabelReferences(
  codebook: Codebook,
  layerKey: string,
  key: string,
): Codebook {
  const end = (at: Layer["from"]) => {
    if (at?.layer !== layerKey || at.labels === undefined) return at;
    const labels = at.labels.filter((label) => label !== key);
    return labels.length > 0 ? { ...at, labels } : without(at, ["labels"]);
  };
  return {
    ...codebook,
    layers: codebook.layers.map((layer) =>
      patched(
        {
          ...layer,
          labels: layer.labels.map((label) => ({
            ...label,
            notThis: label.notThis.map((hint) =>
              hint.label === key && layer.key === layerKey ? without(hint, ["label"]) : hint,
            ),
          })),
        },
        { from: end(layer.from), to: end(layer.to) },
      ),
    ),
  };
}

function withLabelKey(
  codebook: Codebook,
  layerKey: string,
  [old, now]: [string, string],
): Codebook {
  const swap = (key: string) => (key === old ? now : key);
  const end = (at: Layer["from"]) =>
    at?.layer === layerKey && at.labels !== undefined ? { ...at, labels: at.labels.map(swap) } : at;
  return {
    ...codebook,
    layers: codebook.layers.map((layer) => {
      const ends = patched(layer, { from: end(layer.from), to: end(layer.to) });
      if (layer.key !== layerKey) return ends;
      return {
        ...ends,
        labels: layer.labels.map((label) =>
          patched(
            {
              ...label,
              key: swap(label.key),
              notThis: label.notThis.map((hint) =>
                hint.label === undefined ? hint : { ...hint, label: swap(hint.label) },
              ),
            },
            { parent: label.parent === undefined ? undefined : swap(label.parent) },
          ),
        ),
        attributes: layer.attributes.map((each) =>
          mapConditions(each, (condition) =>
            condition.labels === undefined
              ? condition
              : { ...condition, labels: condition.labels.map(swap) },
          ),
        ),
      };
    }),
    mappings: codebook.mappings.map((mapping) =>
      mapping.layer === layerKey
        ? {
            ...mapping,
            labels: Object.fromEntries(
              Object.entries(mapping.labels).map(([key, value]) => [swap(key), value]),
            ),
          }
        : mapping,
    ),
  };
}

function withAttributeKey(attribute: Attribute, [old, now]: [string, string]): Attribute {
  const renamed = attribute.key === old ? { ...attribute, key: now } : attribute;
  return mapConditions(renamed, (condition) =>
    condition.attribute === old ? { ...condition, attribute: now } : condition,
  );
}

/** A condition on a question that is gone always held or never will: it goes too. */
export function withoutAttributeReference(attribute: Attribute, gone: string): Attribute {
  const { when, required } = attribute;
  return patched(attribute, {
    when: when?.attribute === gone ? undefined : when,
    required: typeof required !== "boolean" && required.attribute === gone ? false : required,
  });
}

function mapConditions(
  attribute: Attribute,
  change: (condition: Condition) => Condition,
): Attribute {
  const { when, required } = attribute;
  return patched(attribute, {
    when: when === undefined ? undefined : kept(change(when)),
    required: typeof required === "boolean" ? required : (kept(change(required)) ?? false),
  });
}

/** A condition that tests nothing is none. */
function kept(condition: Condition): Condition | undefined {
  return condition.attribute === undefined && condition.labels === undefined
    ? undefined
    : condition;
}
