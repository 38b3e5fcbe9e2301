import type { Codebook } from "@/lib/domain/codebook/language";
import type { MigrationRule } from "@/lib/domain/codebook/rules";

/** What a draft holds: the codebook as it shall be, and what becomes of the annotations made so far. */
export type Draft = { codebook: Codebook; rules: readonly MigrationRule[] };

/** A draft being edited, with what was before and what was undone. */
export type EditHistory = {
  past: readonly Draft[];
  present: Draft;
  future: readonly Draft[];
  /** What the last edit was about and when it was, in milliseconds; the next of its kind joins it. */
  last: { about: string; at: number } | null;
};

/** Edits of one field that follow each other faster than this are one step back. */
const PAUSE_MS = 1_500;
const MOST_STEPS = 300;

export function beginHistory(draft: Draft): EditHistory {
  return { past: [], present: draft, future: [], last: null };
}

/** Takes an edit up. Typing in one field (`about`) is one step until a pause; null is always its own. */
export function recordEdit(
  history: EditHistory,
  next: Draft,
  { about, at }: { about: string | null; at: number },
): EditHistory {
  if (next === history.present) return history;
  const { last } = history;
  const joins =
    about !== null &&
    last !== null &&
    last.about === about &&
    at - last.at < PAUSE_MS &&
    history.past.length > 0;
  return {
    past: joins ? history.past : [...history.past, history.present].slice(-MOST_STEPS),
    present: next,
    future: [],
    last: about === null ? null : { about, at },
  };
}

export function undoEdit(history: EditHistory): EditHistory {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    last: null,
  };
}

export function redoEdit(history: EditHistory): EditHistory {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, last: null };
}
