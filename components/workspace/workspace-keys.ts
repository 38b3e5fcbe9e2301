import { useEffect, useMemo, useState } from "react";
import { labelKeys, ownLabelKey } from "@/lib/domain/codebook/label-keys";
import type { Codebook } from "@/lib/domain/codebook/language";
import { lookKey } from "@/lib/domain/codebook/looks";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import { type KeySettings, keyOf, makeKeymap } from "@/lib/domain/keyboard/keymap";
import type { Stroke } from "@/lib/domain/keyboard/strokes";
import type { Result } from "@/lib/domain/result";
import type { Annotator } from "./annotator";
import type { WorkspaceKeys } from "./text/text-keys";
import type { LabelChoice } from "./text-cursor";

/** The keys in force, by stroke and by label. */
export type KeysInForce = WorkspaceKeys & {
  /** The stroke of each label that has one. */
  labelStrokes: ReadonlyMap<string, Stroke>;
};

export type SaveKeys = (settings: KeySettings) => Promise<Result<unknown>>;

/** What each stroke does for one person in one codebook. */
export function workspaceKeys(codebook: Codebook, settings: KeySettings): KeysInForce {
  const strokes = labelKeys(codebook, settings);
  const choices = codebook.layers.flatMap((layer) =>
    layer.labels.map((label): LabelChoice => ({ layer: layer.key, label: label.key })),
  );
  return {
    keymap: makeKeymap(settings),
    labels: new Map(
      choices.flatMap((choice): [Stroke, LabelChoice][] => {
        const stroke = strokes.get(lookKey(choice.layer, choice.label));
        return stroke === undefined ? [] : [[stroke, choice]];
      }),
    ),
    labelStrokes: strokes,
  };
}

/** The person's keys in this workspace, and how they are changed: shown at once, then kept. */
export function useKeys(
  given: { codebook: Codebook; keySettings: KeySettings; saveKeys: SaveKeys },
  annotator: Annotator,
) {
  const { codebook, saveKeys } = given;
  const [settings, setSettings] = useState(given.keySettings);
  const keys = useMemo(() => workspaceKeys(codebook, settings), [codebook, settings]);
  useEffect(() => annotator.nameKeys((command) => keyOf(keys.keymap, command)), [annotator, keys]);
  const change = async (next: KeySettings): Promise<string | null> => {
    const before = settings;
    setSettings(next);
    const saved = await saveKeys(next).catch(() => null);
    if (saved?.ok) return null;
    setSettings(before);
    return saved === null
      ? "The server could not be reached; the keys are as before."
      : saved.failure.message;
  };
  return { keys, settings, change };
}

/** The labels that take a key, for the settings. */
export function labelsWithKeys(codebook: Codebook, settings: KeySettings) {
  const strokes = labelKeys(codebook, settings);
  return codebook.layers
    .filter((layer) => layer.level === "span")
    .flatMap((layer) =>
      selectableLabels(layer).map((label) => {
        const id = lookKey(layer.key, label.key);
        return { id: ownLabelKey(codebook, id), name: label.name, stroke: strokes.get(id) };
      }),
    );
}
