import type { Codebook, Label, Layer } from "./language";
import type { MigrationRule } from "./rules";

/** A codebook after a change of its labels, with what becomes of annotations made before. */
export type Restructured = { codebook: Codebook; rules: MigrationRule[] };

type Place = { layer: string; label: string };

/** Makes several labels one: they are archived, and what carries them is to carry the other. */
export function mergeLabels(
  codebook: Codebook,
  { layer, labels, into }: { layer: string; labels: string[]; into: string },
): Restructured {
  const merged = labels.filter((label) => label !== into);
  return {
    codebook: withLayer(codebook, layer, (each) => archive(each, merged, into)),
    rules: merged.length === 0 ? [] : [{ kind: "merge_labels", layer, labels: merged, into }],
  };
}

/**
 * Divides a label into new ones that stand in its place. With `by` an answer that was given decides;
 * without it people decide again, and annotations keep the old label until then.
 */
export function splitLabel(
  codebook: Codebook,
  {
    layer,
    label,
    into,
    by = null,
  }: Place & {
    into: { key: string; name: string }[];
    by?: { attribute: string; labels: Record<string, string> } | null;
  },
): Restructured {
  const rule: MigrationRule = {
    kind: "split_label",
    layer,
    label,
    into: into.map((each) => each.key),
    by,
  };
  const divided = withLayer(codebook, layer, (each) => {
    const at = each.labels.findIndex((one) => one.key === label);
    const old = each.labels[at];
    if (old === undefined) return each;
    const { shortcut: _, ...model } = old;
    const made = into.map((part) => ({ ...model, ...part }));
    const labels = [...each.labels.slice(0, at), ...made, ...each.labels.slice(at)];
    return archive({ ...each, labels }, [label], null);
  });
  return { codebook: divided, rules: [rule] };
}

/** Moves a label to another layer of the same level; in its old layer it is archived. */
export function moveLabel(
  codebook: Codebook,
  { layer, label, toLayer }: Place & { toLayer: string },
): Restructured {
  const moved = codebook.layers
    .find((each) => each.key === layer)
    ?.labels.find((each) => each.key === label);
  const target = codebook.layers.find((each) => each.key === toLayer);
  if (moved === undefined || target === undefined || layer === toLayer) {
    return { codebook, rules: [] };
  }
  const known = target.labels.find((each) => each.key === label && !each.archived);
  const toLabel =
    known?.key ??
    freeKey(
      label,
      target.labels.map((each) => each.key),
    );
  const { parent: _, shortcut, ...kept } = moved;
  const isFree = !target.labels.some((each) => each.shortcut === shortcut);
  const arrived = { ...kept, key: toLabel, ...(isFree && shortcut ? { shortcut } : {}) };
  const withArrival = withLayer(codebook, toLayer, (each) =>
    known === undefined ? { ...each, labels: [...each.labels, arrived] } : each,
  );
  return {
    codebook: withLayer(withArrival, layer, (each) => archive(each, [label], null)),
    rules: [{ kind: "move_label", layer, label, toLayer, toLabel }],
  };
}

/** Takes a label out of use; what carries it keeps it. */
export function archiveLabel(codebook: Codebook, { layer, label }: Place): Restructured {
  return {
    codebook: withLayer(codebook, layer, (each) => archive(each, [label], null)),
    rules: [],
  };
}

/** Takes an archived label into use again. */
export function restoreLabel(codebook: Codebook, { layer, label }: Place): Restructured {
  const restored = withLayer(codebook, layer, (each) => ({
    ...each,
    labels: each.labels.map((one) => (one.key === label ? { ...one, archived: false } : one)),
  }));
  return { codebook: restored, rules: [] };
}

/** A key made of a name that is none of those taken. */
export function freeKey(name: string, taken: readonly string[]): string {
  const plain =
    name
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .replaceAll(/[^A-Za-z0-9_.,|-]+/g, "_")
      .replaceAll(/^[^A-Za-z0-9]+|_+$/g, "")
      .toLowerCase()
      .slice(0, 70) || "label";
  if (!taken.includes(plain)) return plain;
  let number = 2;
  while (taken.includes(`${plain}_${number}`)) number++;
  return `${plain}_${number}`;
}

function withLayer(codebook: Codebook, key: string, change: (layer: Layer) => Layer): Codebook {
  return {
    ...codebook,
    layers: codebook.layers.map((layer) => (layer.key === key ? change(layer) : layer)),
  };
}

/** Archives labels; labels below them go below `heir`, or up to where those stood. */
function archive(layer: Layer, labels: string[], heir: string | null): Layer {
  const gone = new Set(labels);
  const parents = new Map(layer.labels.map((each) => [each.key, each.parent]));
  const heirFor = (label: Label): string | undefined => {
    if (heir !== null && label.key !== heir && !isBelow(heir, label.key, parents)) return heir;
    let parent = label.parent;
    const seen = new Set<string>();
    while (parent !== undefined && gone.has(parent) && !seen.has(parent)) {
      seen.add(parent);
      parent = parents.get(parent);
    }
    return parent;
  };
  return {
    ...layer,
    labels: layer.labels.map((label) => {
      const { shortcut, parent, ...rest } = label;
      if (gone.has(label.key)) return { ...rest, ...(parent ? { parent } : {}), archived: true };
      if (parent === undefined || !gone.has(parent)) return label;
      const above = heirFor(label);
      return {
        ...rest,
        ...(shortcut ? { shortcut } : {}),
        ...(above === undefined ? {} : { parent: above }),
      };
    }),
  };
}

function isBelow(key: string, above: string, parents: Map<string, string | undefined>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(key); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === above) return true;
    seen.add(at);
  }
  return false;
}
