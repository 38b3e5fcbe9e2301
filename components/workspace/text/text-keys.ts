import type { KeyboardEvent } from "react";
import type { Motion } from "@/lib/domain/text/movement";
import type { Annotator } from "../annotator";

/** Moves by key; with Shift each takes the words along. */
const MOTIONS: Record<string, Motion> = {
  ArrowRight: "next_token",
  ArrowLeft: "previous_token",
  "]": "next_sentence",
  "[": "previous_sentence",
  "}": "next_block",
  "{": "previous_block",
  PageDown: "next_block",
  PageUp: "previous_block",
  "Ctrl+Home": "document_start",
  "Ctrl+End": "document_end",
};

export type TextKeys = {
  annotator: Annotator;
  /** Key to label. */
  labels: ReadonlyMap<string, { layer: string; label: string }>;
  /** The token in the line above or below, by where the words stand on the page. */
  verticalToken: (by: 1 | -1 | "line_start" | "line_end") => number | null;
  onEnterSpan: () => void;
  onComment: () => void;
  onFind: () => void;
  onOccurrences: () => void;
};

/** The keyboard grammar of the text region. Answers whether the key was used. */
export function handleTextKey(event: KeyboardEvent, keys: TextKeys): boolean {
  return (
    handleHistory(event, keys.annotator) ||
    handleEdges(event, keys.annotator) ||
    handleMotion(event, keys) ||
    handleCommand(event, keys) ||
    handleLabel(event, keys)
  );
}

function handleHistory(event: KeyboardEvent, annotator: Annotator): boolean {
  if (!(event.ctrlKey || event.metaKey)) return false;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) void annotator.undo();
  else if (key === "y" || (key === "z" && event.shiftKey)) void annotator.redo();
  else return false;
  return true;
}

/** Alt moves an edge by one character, with Shift the start; on a selected span Shift alone by one word. */
function handleEdges(event: KeyboardEvent, annotator: Annotator): boolean {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return false;
  const by = event.key === "ArrowRight" ? 1 : -1;
  const isControl = event.ctrlKey || event.metaKey;
  if (event.altKey) {
    annotator.nudge(event.shiftKey ? "start" : "end", by, "character");
    return true;
  }
  if (annotator.selectedSpan() !== undefined && event.shiftKey) {
    annotator.nudge(isControl ? "start" : "end", by, "token");
    return true;
  }
  return false;
}

function handleMotion(event: KeyboardEvent, { annotator, verticalToken }: TextKeys): boolean {
  if (event.altKey) return false;
  const isControl = event.ctrlKey || event.metaKey;
  const how = { extends: event.shiftKey && !/^[[\]{}]$/.test(event.key) };
  const motion = MOTIONS[isControl ? `Ctrl+${event.key}` : event.key];
  if (motion !== undefined) {
    annotator.move(motion, how);
    return true;
  }
  const vertical = isControl ? undefined : VERTICAL[event.key];
  if (vertical === undefined) return false;
  const toToken = verticalToken(vertical);
  if (toToken !== null) annotator.move({ toToken }, how);
  return true;
}

const VERTICAL: Record<string, 1 | -1 | "line_start" | "line_end"> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: "line_start",
  End: "line_end",
};

function handleCommand(event: KeyboardEvent, keys: TextKeys): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const command = COMMANDS[event.key];
  if (command === undefined) return false;
  command(keys);
  return true;
}

const COMMANDS: Record<string, (keys: TextKeys) => void> = {
  " ": ({ annotator }) => annotator.cycleAtCursor(),
  n: ({ annotator }) => annotator.stepSpan(1),
  N: ({ annotator }) => annotator.stepSpan(-1),
  v: ({ annotator }) => annotator.selectUnit(),
  e: ({ annotator }) => annotator.move("sentence_end", { extends: true }),
  r: ({ annotator }) => annotator.repeatLabel(),
  u: ({ annotator }) =>
    annotator.setDiscuss(!(annotator.selectedSpan()?.flags.includes("discuss") ?? false)),
  c: ({ onComment }) => onComment(),
  "/": ({ onFind }) => onFind(),
  g: ({ annotator }) => annotator.toggleSticky(),
  a: ({ annotator }) => annotator.addPiece(),
  R: ({ onOccurrences }) => onOccurrences(),
  Delete: ({ annotator }) => annotator.remove(),
  Backspace: ({ annotator }) => annotator.remove(),
  Enter: ({ annotator, onEnterSpan }) => {
    if (!annotator.confirmLink()) onEnterSpan();
  },
  Escape: ({ annotator }) => annotator.clear(),
};

function handleLabel(event: KeyboardEvent, { annotator, labels }: TextKeys): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const choice = labels.get(event.key);
  if (choice === undefined) return false;
  annotator.label(choice);
  return true;
}
