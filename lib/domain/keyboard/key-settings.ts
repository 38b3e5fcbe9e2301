import { z } from "zod";
import { COMMANDS, type CommandId, commandMeaning } from "./commands";
import { type Keymap, type KeySettings, makeKeymap, NO_KEY_SETTINGS } from "./keymap";
import { isStroke, strokeProblem } from "./stroke-rules";
import { type Stroke, strokeName } from "./strokes";

/** What a key can be given to. A label is named as in the settings. */
export type KeyTarget = { kind: "command"; id: CommandId } | { kind: "label"; id: string };

/** A label with the key that it has now, and how it is called. */
export type LabelKey = { id: string; name: string; stroke: Stroke | undefined };

/** What became of giving a key: done, impossible, or it stands elsewhere and may be taken from there. */
export type KeyChange =
  | { outcome: "changed"; settings: KeySettings }
  | { outcome: "refused"; message: string }
  | { outcome: "conflict"; message: string; settings: KeySettings };

/** Labels that may have a key of the person's own, of all codebooks together. */
const MOST_LABELS = 300;
const MOST_STROKES = 4;

const stroke = z
  .string()
  .max(40)
  .refine(isStroke, "This is no key.")
  .refine((each) => strokeProblem(each) === null, {
    error: ({ input }) => strokeProblem(String(input)) ?? "This key cannot be used.",
  });

/** Settings as they may be stored. */
export const keySettingsSchema = z.strictObject({
  commands: z.partialRecord(
    z.enum(COMMANDS.map(({ id }) => id).filter((id) => id !== "clear")),
    z.array(stroke).max(MOST_STROKES),
  ),
  labels: z
    .record(z.string().min(1).max(260), stroke)
    .refine((labels) => Object.keys(labels).length <= MOST_LABELS, "These are too many labels."),
});

/** Settings as they were stored, less what this version does not know; never throws. */
export function readKeySettings(stored: unknown): KeySettings {
  const raw = z
    .object({
      commands: z.record(z.string(), z.unknown()),
      labels: z.record(z.string(), z.unknown()),
    })
    .partial()
    .safeParse(stored);
  if (!raw.success) return NO_KEY_SETTINGS;
  const keep = (part: "commands" | "labels") =>
    Object.entries(raw.data[part] ?? {}).filter(
      ([id, value]) => keySettingsSchema.shape[part].safeParse({ [id]: value }).success,
    );
  return {
    commands: Object.fromEntries(keep("commands")),
    labels: Object.fromEntries(keep("labels").slice(0, MOST_LABELS)),
  } as KeySettings;
}

/**
 * Gives a key to a command, beside those it has, or to a label in place of the one it has. A conflict
 * says in words whose the key is, with the settings as they would be if it were taken from there.
 */
export function giveKey(
  settings: KeySettings,
  { target, stroke: wanted }: { target: KeyTarget; stroke: Stroke },
  labels: readonly LabelKey[],
): KeyChange {
  const problem = isStroke(wanted)
    ? strokeProblem(wanted)
    : "This key belongs to the browser or the system.";
  if (problem !== null) return { outcome: "refused", message: problem };
  const keymap = makeKeymap(settings);
  const holder = holderOf(wanted, keymap, labels);
  if (holder?.kind === target.kind && holder.id === target.id) {
    return { outcome: "refused", message: `${strokeName(wanted)} is its key already.` };
  }
  if (target.kind === "command" && (keymap.strokes.get(target.id)?.length ?? 0) >= MOST_STROKES) {
    return {
      outcome: "refused",
      message: `${MOST_STROKES} keys are the most; take one away first.`,
    };
  }
  if (holder === null) return { outcome: "changed", settings: withKey(settings, target, wanted) };
  const name =
    holder.kind === "command"
      ? `“${commandMeaning(holder.id)}”`
      : `the label “${labels.find(({ id }) => id === holder.id)?.name ?? holder.id}”`;
  return {
    outcome: "conflict",
    message: `${strokeName(wanted)} is the key of ${name}.`,
    settings: withKey(withoutKey(settings, holder, wanted), target, wanted),
  };
}

/** Takes a key away from a command or a label. */
export function withoutKey(settings: KeySettings, target: KeyTarget, taken: Stroke): KeySettings {
  if (target.kind === "label") return withoutLabel(settings, target.id);
  const left = (makeKeymap(settings).strokes.get(target.id) ?? []).filter((each) => each !== taken);
  return { ...settings, commands: { ...settings.commands, [target.id]: left } };
}

/** Puts one command or label back to the key it is shipped with. */
export function resetKey(settings: KeySettings, target: KeyTarget): KeySettings {
  if (target.kind === "label") return withoutLabel(settings, target.id);
  const { [target.id]: _, ...commands } = settings.commands;
  return { ...settings, commands };
}

/** Shipped keys of a command that another command has now, with that command. */
export function lostKeys(keymap: Keymap, id: CommandId): { stroke: Stroke; to: CommandId }[] {
  const shipped: readonly Stroke[] = COMMANDS.find((command) => command.id === id)?.keys ?? [];
  return shipped.flatMap((each) => {
    const to = keymap.commandAt.get(each);
    return to === undefined || to === id ? [] : [{ stroke: each, to }];
  });
}

function holderOf(wanted: Stroke, keymap: Keymap, labels: readonly LabelKey[]): KeyTarget | null {
  const command = keymap.commandAt.get(wanted);
  if (command !== undefined) return { kind: "command", id: command };
  const label = labels.find((each) => each.stroke === wanted);
  return label === undefined ? null : { kind: "label", id: label.id };
}

function withKey(settings: KeySettings, target: KeyTarget, given: Stroke): KeySettings {
  if (target.kind === "label") {
    return { ...settings, labels: { ...settings.labels, [target.id]: given } };
  }
  const had = makeKeymap(settings).strokes.get(target.id) ?? [];
  return { ...settings, commands: { ...settings.commands, [target.id]: [...had, given] } };
}

function withoutLabel(settings: KeySettings, id: string): KeySettings {
  const { [id]: _, ...labels } = settings.labels;
  return { ...settings, labels };
}
