import {
  joinStroke,
  NAMED_KEYS,
  partsOf,
  type Stroke,
  type StrokeParts,
  strokeName,
} from "./strokes";

/** Whether a text is a stroke in the one form in which strokes are kept and compared. */
export function isStroke(text: string): boolean {
  const parts = partsOf(text);
  const { key } = parts;
  const isNamed = NAMED_KEYS.has(key);
  if (!isNamed && ([...key].length !== 1 || /[+\s]/u.test(key))) return false;
  return (isNamed || key === key.toLowerCase()) && text === joinStroke(parts, key);
}

/** Why a stroke cannot be given to anything, in words; null where it can. */
export function strokeProblem(stroke: Stroke): string | null {
  const parts = partsOf(stroke);
  const rule = RULES.find(({ holds }) => holds(parts));
  return rule === undefined ? null : rule.reason(strokeName(stroke));
}

const isCharacter = ({ key }: StrokeParts) =>
  [...key].length === 1 || key === "Plus" || key === "Space";

/** Keys that people need for something else, or that never reach a page. */
const RULES: readonly {
  holds: (parts: StrokeParts) => boolean;
  reason: (name: string) => string;
}[] = [
  {
    holds: ({ key }) => key === "Tab",
    reason: () => "Tab leads on through the page; nobody could leave the article without it.",
  },
  {
    holds: ({ key }) => key === "Escape",
    reason: () => "Escape always leads back; it can mean nothing else.",
  },
  {
    holds: ({ key }) => key === "Insert",
    reason: () => "Screen readers have Insert as their own key.",
  },
  {
    holds: (parts) => !isCharacter(parts) && !NAMED_KEYS.has(parts.key),
    reason: (name) =>
      `${name} belongs to the browser or the system: help, reload, address, menus, sound.`,
  },
  {
    holds: ({ isControl, isAlt }) => isControl && isAlt,
    reason: () =>
      "Many keyboards write signs with Ctrl and Alt (AltGr), and screen readers listen to both together.",
  },
  {
    holds: ({ key, isControl }) => isControl && /^Page/.test(key),
    reason: (name) => `${name} changes the tab of the browser.`,
  },
  {
    holds: (parts) => parts.isControl && isCharacter(parts) && !/^[zy]$/.test(parts.key),
    reason: (name) =>
      `${name}: browsers keep Ctrl with a character for tabs, copying, printing and zoom.`,
  },
  {
    holds: (parts) => parts.isAlt && (isCharacter(parts) || /^(Home|Enter)$/.test(parts.key)),
    reason: (name) => `${name} opens a menu of browser or system, or writes a sign.`,
  },
];
