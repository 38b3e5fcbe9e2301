import type { KeyboardEvent } from "react";

/** What keys can ask for. Places count from 0. */
export type DeskActions = {
  next: () => void;
  previous: () => void;
  undecided: () => void;
  accept: (place: number) => void;
  pick: (place: number) => void;
  merge: () => void;
  edit: () => void;
  relabel: () => void;
  reject: () => void;
  contested: () => void;
  undo: () => void;
  unanimous: () => void;
  rules: () => void;
  note: () => void;
  moveEdge: (edge: "start" | "end", by: 1 | -1) => void;
  save: () => void;
  leave: () => void;
};

/** Letters of the desk; shown beside its buttons. */
export const DESK_KEYS = {
  merge: "m",
  edit: "e",
  relabel: "l",
  reject: "r",
  contested: "c",
  undo: "u",
  unanimous: "a",
  rules: "b",
  note: "t",
  undecided: "g",
} as const satisfies Partial<Record<keyof DeskActions, string>>;

const LETTERS: ReadonlyMap<string, keyof typeof DESK_KEYS> = new Map(
  Object.entries(DESK_KEYS).map(([action, letter]) => [letter, action as keyof typeof DESK_KEYS]),
);

/**
 * The keyboard grammar of the desk. The keys work while the focus is in it, and in fields only
 * Escape does. Answers whether the key was used.
 */
export function deskKey(
  event: KeyboardEvent,
  mode: "deciding" | "editing" | "labelling",
  actions: DeskActions,
): boolean {
  const { key, target } = event;
  if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (key === "Escape") return done(actions.leave);
  const isField =
    target instanceof Element && target.matches("textarea, select, input:not([type=checkbox])");
  if (isField || mode === "labelling") return false;
  return mode === "editing" ? editingKey(event, actions) : decidingKey(event, actions);
}

function decidingKey(event: KeyboardEvent, actions: DeskActions): boolean {
  const place = placeOf(event);
  if (place !== null) return done(() => actions[event.shiftKey ? "pick" : "accept"](place));
  if (event.key === "ArrowDown" || event.key === "j") return done(actions.next);
  if (event.key === "ArrowUp" || event.key === "k") return done(actions.previous);
  const action = event.shiftKey ? undefined : LETTERS.get(event.key);
  return action === undefined ? false : done(actions[action]);
}

function editingKey(event: KeyboardEvent, actions: DeskActions): boolean {
  const edge = event.shiftKey ? "start" : "end";
  switch (event.key) {
    case "ArrowRight":
      return done(() => actions.moveEdge(edge, 1));
    case "ArrowLeft":
      return done(() => actions.moveEdge(edge, -1));
    case "Enter":
      return done(actions.save);
    default:
      return false;
  }
}

/** The option that a digit names, whatever the layout gives with Shift. */
function placeOf({ code, key }: KeyboardEvent): number | null {
  const digit = /^[1-9]$/.exec(key)?.[0] ?? /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  return digit === undefined ? null : Number(digit) - 1;
}

function done(act: () => void): true {
  act();
  return true;
}
