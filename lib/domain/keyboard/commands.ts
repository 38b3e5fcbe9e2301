/**
 * All that the workspace does at a key. What is done at a key press, the sheet of keys, the settings
 * and the hints on buttons all read this one table.
 */
export const COMMANDS = [
  { id: "previous_token", group: "move", meaning: "previous word", keys: ["ArrowLeft"] },
  { id: "next_token", group: "move", meaning: "next word", keys: ["ArrowRight"] },
  { id: "line_up", group: "move", meaning: "word above", keys: ["ArrowUp"] },
  { id: "line_down", group: "move", meaning: "word below", keys: ["ArrowDown"] },
  { id: "previous_sentence", group: "move", meaning: "previous sentence", keys: ["["] },
  { id: "next_sentence", group: "move", meaning: "next sentence", keys: ["]"] },
  { id: "previous_block", group: "move", meaning: "previous paragraph", keys: ["PageUp", "{"] },
  { id: "next_block", group: "move", meaning: "next paragraph", keys: ["PageDown", "}"] },
  { id: "line_start", group: "move", meaning: "start of the line", keys: ["Home"] },
  { id: "line_end", group: "move", meaning: "end of the line", keys: ["End"] },
  { id: "document_start", group: "move", meaning: "start of the article", keys: ["Ctrl+Home"] },
  { id: "document_end", group: "move", meaning: "end of the article", keys: ["Ctrl+End"] },
  { id: "find", group: "move", meaning: "find in the article", keys: ["/"] },

  {
    id: "take_next_token",
    group: "choose",
    meaning: "take the next word along; a span's end one word later",
    keys: ["Shift+ArrowRight"],
  },
  {
    id: "take_previous_token",
    group: "choose",
    meaning: "one word back; a span's end one word earlier",
    keys: ["Shift+ArrowLeft"],
  },
  { id: "take_line_up", group: "choose", meaning: "up to the word above", keys: ["Shift+ArrowUp"] },
  {
    id: "take_line_down",
    group: "choose",
    meaning: "up to the word below",
    keys: ["Shift+ArrowDown"],
  },
  {
    id: "take_line_start",
    group: "choose",
    meaning: "up to the start of the line",
    keys: ["Shift+Home"],
  },
  {
    id: "take_line_end",
    group: "choose",
    meaning: "up to the end of the line",
    keys: ["Shift+End"],
  },
  {
    id: "take_sentence_end",
    group: "choose",
    meaning: "up to the end of the sentence",
    keys: ["e"],
  },
  {
    id: "take_previous_block",
    group: "choose",
    meaning: "up to the previous paragraph",
    keys: ["Shift+PageUp"],
  },
  {
    id: "take_next_block",
    group: "choose",
    meaning: "up to the next paragraph",
    keys: ["Shift+PageDown"],
  },
  {
    id: "take_document_start",
    group: "choose",
    meaning: "up to the start of the article",
    keys: ["Ctrl+Shift+Home"],
  },
  {
    id: "take_document_end",
    group: "choose",
    meaning: "up to the end of the article",
    keys: ["Ctrl+Shift+End"],
  },
  { id: "take_unit", group: "choose", meaning: "the sentence; again, the paragraph", keys: ["v"] },
  {
    id: "start_token_earlier",
    group: "choose",
    meaning: "start one word earlier",
    keys: ["Ctrl+Shift+ArrowLeft"],
  },
  {
    id: "start_token_later",
    group: "choose",
    meaning: "start one word later",
    keys: ["Ctrl+Shift+ArrowRight"],
  },
  {
    id: "end_earlier",
    group: "choose",
    meaning: "end one character earlier",
    keys: ["Alt+ArrowLeft"],
  },
  {
    id: "end_later",
    group: "choose",
    meaning: "end one character later",
    keys: ["Alt+ArrowRight"],
  },
  {
    id: "start_earlier",
    group: "choose",
    meaning: "start one character earlier",
    keys: ["Alt+Shift+ArrowLeft"],
  },
  {
    id: "start_later",
    group: "choose",
    meaning: "start one character later",
    keys: ["Alt+Shift+ArrowRight"],
  },

  { id: "choose_label", group: "label", meaning: "search all labels and give one", keys: ["l"] },
  { id: "repeat_label", group: "label", meaning: "give the last label again", keys: ["r"] },
  { id: "occurrences", group: "label", meaning: "the same words elsewhere", keys: ["Shift+r"] },
  {
    id: "sticky",
    group: "label",
    meaning: "keep giving the last label; again to stop",
    keys: ["g"],
  },
  { id: "add_piece", group: "label", meaning: "add the words to the last span", keys: ["a"] },
  {
    id: "by_text",
    group: "label",
    meaning: "annotate by text, without choosing words",
    keys: ["t"],
  },

  {
    id: "cycle",
    group: "spans",
    meaning: "select the span here; again, the next one here",
    keys: ["Space"],
  },
  { id: "next_span", group: "spans", meaning: "next span", keys: ["n"] },
  { id: "previous_span", group: "spans", meaning: "previous span", keys: ["Shift+n"] },
  {
    id: "enter_span",
    group: "spans",
    meaning: "to its questions; gives the kept label to chosen words",
    keys: ["Enter"],
  },
  {
    id: "relate",
    group: "spans",
    meaning: "relate it to the span selected next, with Enter there",
    keys: ["Shift+l"],
  },
  { id: "discuss", group: "spans", meaning: "mark to discuss, or no longer", keys: ["u"] },
  { id: "comment", group: "spans", meaning: "comment on it, else on the document", keys: ["c"] },
  { id: "remove", group: "spans", meaning: "remove it", keys: ["Delete", "Backspace"] },
  { id: "clear", group: "spans", meaning: "give up what is chosen or begun", keys: ["Escape"] },

  { id: "undo", group: "page", meaning: "undo", keys: ["Ctrl+z"] },
  { id: "redo", group: "page", meaning: "do it again", keys: ["Ctrl+Shift+z", "Ctrl+y"] },
  { id: "submit", group: "page", meaning: "submit", keys: ["Ctrl+Enter"] },
  { id: "next_document", group: "page", meaning: "next document", keys: ["Alt+PageDown"] },
  { id: "show_guidelines", group: "page", meaning: "guidelines", keys: [] },
  { id: "show_keys", group: "page", meaning: "these keys", keys: ["?"] },
] as const satisfies readonly {
  id: string;
  group: keyof typeof COMMAND_GROUPS;
  /** For people, after the key; small first letter. */
  meaning: string;
  /** As shipped; the first one is named in hints. */
  keys: readonly string[];
}[];

export type CommandId = (typeof COMMANDS)[number]["id"];

/** Headings over the commands, in order. Those of `page` work wherever the focus is, but in fields. */
export const COMMAND_GROUPS = {
  move: "Move",
  choose: "Choose words",
  label: "Label",
  spans: "Spans",
  page: "Everywhere",
} as const;

/** What a command does, in words. */
export function commandMeaning(id: CommandId): string {
  return COMMANDS.find((command) => command.id === id)?.meaning ?? id;
}
