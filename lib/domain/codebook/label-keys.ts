import { COMMANDS } from "../keyboard/commands";
import { type KeySettings, makeKeymap, NO_KEY_SETTINGS } from "../keyboard/keymap";
import type { Stroke } from "../keyboard/strokes";
import type { Codebook } from "./language";
import { lookKey } from "./looks";
import { selectableLabels } from "./lookup";

/** Letters with a meaning of their own in the workspace as it is shipped. */
const TAKEN = new Set<string>(COMMANDS.flatMap(({ keys }) => [...keys]));
const SPARE = [..."1234567890", ..."abcdefghijklmnopqrstuvwxyz"];

/** How a person's key settings name a label. */
export function ownLabelKey(codebook: Pick<Codebook, "key">, look: string): string {
  return `${codebook.key}/${look}`;
}

/**
 * The keyboard key of each span label: the person's own, else the codebook's shortcut where it is
 * free, else the next free digit or letter in codebook order. Labels beyond the keyboard have none and
 * are reached by search. A person's changes move no other label from its key, unless they took it.
 */
export function labelKeys(
  codebook: Pick<Codebook, "key" | "layers">,
  settings: KeySettings = NO_KEY_SETTINGS,
): Map<string, Stroke> {
  const labels = codebook.layers
    .filter((layer) => layer.level === "span")
    .flatMap((layer) =>
      selectableLabels(layer).map(({ key, shortcut }) => ({
        id: lookKey(layer.key, key),
        shortcut,
      })),
    );
  const shipped = fill(
    labels.map(({ id, shortcut }) => [id, shortcut]),
    TAKEN,
  );
  const { commandAt } = makeKeymap(settings);
  const own = labels.map(({ id }) => [id, settings.labels[ownLabelKey(codebook, id)]] as const);
  const ownStrokes = new Set(own.flatMap(([, stroke]) => stroke ?? []));
  const wanted = own.map(([id, stroke]): [string, Stroke | undefined] => {
    const usual = shipped.get(id);
    return [id, stroke ?? (usual !== undefined && ownStrokes.has(usual) ? undefined : usual)];
  });
  return fill(wanted, new Set([...TAKEN, ...commandAt.keys()]), commandAt);
}

/** Gives each its wished stroke where it is free, then the next spare one to those without. */
function fill(
  wishes: readonly (readonly [id: string, stroke: Stroke | undefined])[],
  taken: ReadonlySet<string>,
  commands: ReadonlyMap<Stroke, unknown> | ReadonlySet<string> = taken,
): Map<string, Stroke> {
  const given = new Map<string, Stroke>();
  const used = new Set<string>();
  for (const [id, stroke] of wishes) {
    if (stroke === undefined || used.has(stroke) || commands.has(stroke)) continue;
    given.set(id, stroke);
    used.add(stroke);
  }
  const spare = SPARE.filter((each) => !used.has(each) && !taken.has(each));
  for (const [id] of wishes) {
    if (given.has(id)) continue;
    const next = spare.shift();
    if (next === undefined) break;
    given.set(id, next);
  }
  // In codebook order, as the labels are listed.
  return new Map(wishes.flatMap(([id]) => (given.has(id) ? [[id, given.get(id) ?? ""]] : [])));
}

/** A shortcut that does not give its label. */
export type KeyConflict = { layer: string; label: string; shortcut: string; message: string };

/** Shortcuts that the workspace uses itself, or that a label further up has; these labels get another key. */
export function keyConflicts(codebook: Pick<Codebook, "layers">): KeyConflict[] {
  const holders = new Map<string, string>();
  return codebook.layers
    .filter((layer) => layer.level === "span")
    .flatMap((layer) => selectableLabels(layer).map((label) => ({ layer: layer.key, label })))
    .flatMap(({ layer, label: { key: label, name, shortcut } }) => {
      if (shortcut === undefined || shortcut === "") return [];
      const holder = holders.get(shortcut);
      if (holder === undefined) holders.set(shortcut, name);
      const message = TAKEN.has(shortcut)
        ? `The workspace uses the key ${shortcut} itself.`
        : holder === undefined
          ? null
          : `The key ${shortcut} gives “${holder}” already.`;
      return message === null ? [] : [{ layer, label, shortcut, message }];
    });
}
