import type { Codebook, Label, Layer, Level } from "./language";

/** A codebook with its layers and labels found by key. */
export type CodebookIndex = {
  readonly codebook: Codebook;
  layer(key: string): Layer | undefined;
  label(layerKey: string, labelKey: string): Label | undefined;
  layersAt(level: Level): Layer[];
  /** The first layer that has a label with this key. */
  layerOfLabel(labelKey: string, level: Level): Layer | undefined;
};

/** Builds the look-up tables of one codebook; O(labels). */
export function indexCodebook(codebook: Codebook): CodebookIndex {
  const layers = new Map(codebook.layers.map((layer) => [layer.key, layer]));
  const labels = new Map(
    codebook.layers.map((layer) => [
      layer.key,
      new Map(layer.labels.map((label) => [label.key, label])),
    ]),
  );
  const layersAt = (level: Level) => codebook.layers.filter((layer) => layer.level === level);
  return {
    codebook,
    layer: (key) => layers.get(key),
    label: (layerKey, labelKey) => labels.get(layerKey)?.get(labelKey),
    layersAt,
    layerOfLabel: (labelKey, level) =>
      layersAt(level).find((layer) => labels.get(layer.key)?.has(labelKey)),
  };
}

/** Labels a person may choose, in codebook order: no groups, nothing archived. */
export function selectableLabels(layer: Layer): Label[] {
  if (layer.archived) return [];
  return layer.labels.filter((label) => label.selectable && !label.archived);
}
