import type { KeyboardEvent } from "react";
import type { CommandId } from "@/lib/domain/keyboard/commands";
import type { Keymap } from "@/lib/domain/keyboard/keymap";
import { type Stroke, strokesOf } from "@/lib/domain/keyboard/strokes";
import type { Motion } from "@/lib/domain/text/movement";
import type { Annotator } from "../annotator";
import type { LabelChoice } from "../text-cursor";

/** Commands of the text that lead out of it. */
export type LeadingCommand =
  | "enter_span"
  | "comment"
  | "find"
  | "occurrences"
  | "choose_label"
  | "by_text";

/** The keys in force: what a stroke does, and which label it gives. */
export type WorkspaceKeys = {
  keymap: Keymap;
  labels: ReadonlyMap<Stroke, LabelChoice>;
};

export type TextKeys = WorkspaceKeys & {
  annotator: Annotator;
  /** The token in the line above or below, by where the words stand on the page. */
  verticalToken: (by: VerticalMove) => number | null;
  onCommand: (command: LeadingCommand) => void;
};

type VerticalMove = 1 | -1 | "line_start" | "line_end";

/** The keyboard grammar of the text region. Answers whether the key was used. */
export function handleTextKey(event: KeyboardEvent, keys: TextKeys): boolean {
  if (event.nativeEvent.isComposing) return false;
  for (const stroke of strokesOf(event)) {
    const command = keys.keymap.commandAt.get(stroke);
    const act = command === undefined ? undefined : ACTIONS[command];
    if (act !== undefined) {
      act(keys);
      return true;
    }
    // A command of the whole page.
    if (command !== undefined) return false;
    const label = keys.labels.get(stroke);
    if (label !== undefined) {
      keys.annotator.label(label);
      return true;
    }
  }
  return false;
}

type Action = (keys: TextKeys) => void;

const move =
  (motion: Motion, how: { extends: boolean } = { extends: false }): Action =>
  ({ annotator }) =>
    annotator.move(motion, how);

const TAKING = { extends: true };

const moveOnPage =
  (by: VerticalMove, how: { extends: boolean } = { extends: false }): Action =>
  ({ annotator, verticalToken }) => {
    const toToken = verticalToken(by);
    if (toToken !== null) annotator.move({ toToken }, how);
  };

const nudge =
  (edge: "start" | "end", by: 1 | -1, unit: "token" | "character"): Action =>
  ({ annotator }) =>
    annotator.nudge(edge, by, unit);

/** Takes a word along; where a span is selected, moves its end. */
const takeToken =
  (by: 1 | -1): Action =>
  ({ annotator }) => {
    if (annotator.selectedSpan() !== undefined) annotator.nudge("end", by, "token");
    else annotator.move(by === 1 ? "next_token" : "previous_token", TAKING);
  };

const lead =
  (command: LeadingCommand): Action =>
  ({ onCommand }) =>
    onCommand(command);

/** All commands but those of the whole page. */
const ACTIONS: Partial<Record<CommandId, Action>> = {
  previous_token: move("previous_token"),
  next_token: move("next_token"),
  line_up: moveOnPage(-1),
  line_down: moveOnPage(1),
  previous_sentence: move("previous_sentence"),
  next_sentence: move("next_sentence"),
  previous_block: move("previous_block"),
  next_block: move("next_block"),
  line_start: moveOnPage("line_start"),
  line_end: moveOnPage("line_end"),
  document_start: move("document_start"),
  document_end: move("document_end"),
  find: lead("find"),

  take_next_token: takeToken(1),
  take_previous_token: takeToken(-1),
  take_line_up: moveOnPage(-1, TAKING),
  take_line_down: moveOnPage(1, TAKING),
  take_line_start: moveOnPage("line_start", TAKING),
  take_line_end: moveOnPage("line_end", TAKING),
  take_sentence_end: move("sentence_end", TAKING),
  take_previous_block: move("previous_block", TAKING),
  take_next_block: move("next_block", TAKING),
  take_document_start: move("document_start", TAKING),
  take_document_end: move("document_end", TAKING),
  take_unit: ({ annotator }) => annotator.selectUnit(),
  start_token_earlier: nudge("start", -1, "token"),
  start_token_later: nudge("start", 1, "token"),
  end_earlier: nudge("end", -1, "character"),
  end_later: nudge("end", 1, "character"),
  start_earlier: nudge("start", -1, "character"),
  start_later: nudge("start", 1, "character"),

  choose_label: lead("choose_label"),
  repeat_label: ({ annotator }) => annotator.repeatLabel(),
  occurrences: lead("occurrences"),
  sticky: ({ annotator }) => annotator.toggleSticky(),
  add_piece: ({ annotator }) => annotator.addPiece(),
  by_text: lead("by_text"),

  cycle: ({ annotator }) => annotator.cycleAtCursor(),
  next_span: ({ annotator }) => annotator.stepSpan(1),
  previous_span: ({ annotator }) => annotator.stepSpan(-1),
  enter_span: ({ annotator, onCommand }) => {
    if (!annotator.labelSticky() && !annotator.confirmLink()) onCommand("enter_span");
  },
  relate: ({ annotator }) => annotator.startLink(null),
  discuss: ({ annotator }) =>
    annotator.setDiscuss(!(annotator.selectedSpan()?.flags.includes("discuss") ?? false)),
  comment: lead("comment"),
  remove: ({ annotator }) => annotator.remove(),
  clear: ({ annotator }) => annotator.clear(),
};
