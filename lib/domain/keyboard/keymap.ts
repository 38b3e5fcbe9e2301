import { COMMANDS, type CommandId } from "./commands";
import { ariaStroke, type Stroke, strokeName } from "./strokes";

/** Where a person's keys differ from those shipped. */
export type KeySettings = {
  /** All keys of a command that was changed; none where it has no key. */
  commands: Partial<Record<CommandId, Stroke[]>>;
  /** The key of a label, by codebook, layer and label. */
  labels: Record<string, Stroke>;
};

/** Which command a stroke gives, and which strokes a command has. */
export type Keymap = {
  commandAt: ReadonlyMap<Stroke, CommandId>;
  strokes: ReadonlyMap<CommandId, readonly Stroke[]>;
};

/** As shipped. */
export const NO_KEY_SETTINGS: KeySettings = { commands: {}, labels: {} };

/** The keys in force. Where a shipped key was given to another command, it is that one's. */
export function makeKeymap({ commands }: KeySettings): Keymap {
  const commandAt = new Map<Stroke, CommandId>();
  for (const { id } of COMMANDS) {
    for (const each of commands[id] ?? []) if (!commandAt.has(each)) commandAt.set(each, id);
  }
  for (const { id, keys } of COMMANDS) {
    if (commands[id] !== undefined) continue;
    for (const each of keys) if (!commandAt.has(each)) commandAt.set(each, id);
  }
  const strokes = new Map<CommandId, readonly Stroke[]>(
    COMMANDS.map(({ id, keys }) => [
      id,
      (commands[id] ?? keys).filter((each) => commandAt.get(each) === id),
    ]),
  );
  return { commandAt, strokes };
}

/** Name of a command's first key for hints: "Ctrl+Z"; null where it has none. */
export function keyOf(keymap: Keymap, id: CommandId): string | null {
  const first = keymap.strokes.get(id)?.[0];
  return first === undefined ? null : strokeName(first);
}

/** A command's keys as the attribute aria-keyshortcuts takes them. */
export function ariaKeysOf(keymap: Keymap, id: CommandId): string | undefined {
  const strokes = keymap.strokes.get(id) ?? [];
  return strokes.length === 0 ? undefined : strokes.map(ariaStroke).join(" ");
}
