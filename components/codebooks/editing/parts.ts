import type { Codebook, Label, Layer } from "@/lib/domain/codebook/language";

import type { Place } from "./place";

/** A changed codebook with the place that the change is about. Nothing given is mutated. */
export type Edited = { codebook: Codebook; place: Place };

/** Fields to set; `undefined` takes a field away. */
export type Patch<T> = { [K in keyof T]?: T[K] | undefined };

/** A copy with some fields set. */
export function patched<T extends object>(thing: T, patch: Patch<T>): T {
  const set = { ...thing, ...patch };
  const entries = Object.entries(set).filter(([, value]) => value !== undefined);
  // Only fields that may be left out are ever undefined in a patch.
  return Object.fromEntries(entries) as T;
}

/** A copy without some fields that may be left out. */
export function without<T extends object, K extends keyof T>(
  thing: T,
  keys: readonly K[],
): Omit<T, K> & T {
  const entries = Object.entries(thing).filter(([key]) => !keys.some((each) => each === key));
  // Called with fields that may be left out.
  return Object.fromEntries(entries) as Omit<T, K> & T;
}

/** A copy with one layer changed. */
export function withLayer(
  codebook: Codebook,
  key: string,
  change: (layer: Layer) => Layer,
): Codebook {
  return {
    ...codebook,
    layers: codebook.layers.map((layer) => (layer.key === key ? change(layer) : layer)),
  };
}

/** Labels in the order of the tree: each directly followed by all below it. */
export function inTreeOrder(labels: readonly Label[]): Label[] {
  const known = new Set(labels.map((label) => label.key));
  const placed: Label[] = [];
  const seen = new Set<Label>();
  const visit = (parent: string | undefined) => {
    for (const label of labels) {
      const above =
        label.parent !== undefined && known.has(label.parent) ? label.parent : undefined;
      if (above !== parent || seen.has(label)) continue;
      seen.add(label);
      placed.push(label);
      visit(label.key);
    }
  };
  visit(undefined);
  // A ring of parents is reached from nowhere; it is a problem to show, and nothing to lose.
  return [...placed, ...labels.filter((label) => !seen.has(label))];
}

/** The key of a label and of all below it. */
export function subtree(layer: Layer, label: string): string[] {
  const below = new Set([label]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const each of layer.labels) {
      if (each.parent === undefined || !below.has(each.parent) || below.has(each.key)) continue;
      below.add(each.key);
      grew = true;
    }
  }
  return [...below];
}
