import type { Codebook } from "./language";
import { lookKey } from "./looks";
import { selectableLabels } from "./lookup";

/** Letters with a meaning of their own in the workspace. */
const TAKEN = new Set("acegnruvz");
const SPARE = [..."1234567890", ..."bdfhijklmopqstwxy"];

/**
 * The keyboard key of each span label: the codebook's shortcut where it is free, else the next free
 * digit or letter in codebook order. Labels beyond the keyboard have none and are reached by search.
 */
export function labelKeys(codebook: Pick<Codebook, "layers">): Map<string, string> {
  const labels = codebook.layers
    .filter((layer) => layer.level === "span")
    .flatMap((layer) =>
      selectableLabels(layer).map((label) => ({ id: lookKey(layer.key, label.key), label })),
    );
  const keys = new Map<string, string>();
  const used = new Set(TAKEN);
  for (const { id, label } of labels) {
    if (label.shortcut === undefined || used.has(label.shortcut)) continue;
    keys.set(id, label.shortcut);
    used.add(label.shortcut);
  }
  for (const { id } of labels) {
    if (keys.has(id)) continue;
    const key = SPARE.find((each) => !used.has(each));
    if (key === undefined) break;
    keys.set(id, key);
    used.add(key);
  }
  return keys;
}
