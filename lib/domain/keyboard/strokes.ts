/**
 * A key with what is held down with it: "n", "Shift+n", "Ctrl+Alt+ArrowLeft", "?". Ctrl stands for
 * Command too. Letters are small; signs come without Shift, since layouts need it for different ones.
 */
export type Stroke = string;

/** What a browser tells of a pressed key, as far as it matters. */
export type KeyPress = {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  getModifierState?: (name: "AltGraph") => boolean;
};

/** Keys that are no characters and that a page may hear of. */
export const NAMED_KEYS: ReadonlySet<string> = new Set([
  ...["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"],
  ...["Enter", "Space", "Backspace", "Delete", "Escape", "Tab", "Insert", "Plus"],
]);

/**
 * What a key press may mean, the likeliest first: the character that the layout gives, else the key of
 * this place on a Latin keyboard, so that other scripts and digits behind Shift work too. Empty for
 * keys that only change others, and while a character is being composed.
 */
export function strokesOf(press: KeyPress): Stroke[] {
  const key = KEY_NAMES[press.key] ?? press.key;
  if ([...key].length > 1) {
    const isKnown = NAMED_KEYS.has(key) || /^F\d+$/.test(key) || key === "ContextMenu";
    return isKnown ? [strokeWith(press, key, press.shiftKey && key !== "Plus")] : [];
  }
  // Characters made with AltGr are reported as Ctrl+Alt on Windows.
  const isAltGraph = press.getModifierState?.("AltGraph") ?? false;
  const held = isAltGraph ? { ...press, ctrlKey: false, metaKey: false, altKey: false } : press;
  const isLetter = key.toLowerCase() !== key.toUpperCase();
  const character = key.toLowerCase();
  const meant = [strokeWith(held, character, isLetter && press.shiftKey)];
  // Option on a Mac makes signs, without saying that it is AltGr.
  if (held.altKey && !isLetter)
    meant.push(strokeWith({ ...held, altKey: false }, character, false));
  const place = placeOf(press, character);
  if (place !== null) meant.push(strokeWith(held, place, press.shiftKey));
  return meant;
}

/** A stroke as people write it: "Ctrl+Z", "Shift+n", "Alt+→", "Page ↓". */
export function strokeName(stroke: Stroke): string {
  const { key, isControl, isAlt, isShift } = partsOf(stroke);
  const held = [isControl ? "Ctrl" : "", isAlt ? "Alt" : "", isShift ? "Shift" : ""];
  const written = SHOWN[key] ?? (isControl || isAlt ? key.toUpperCase() : key);
  return [
    ...held.filter((each) => each !== ""),
    [...key].length > 1 ? (SHOWN[key] ?? key) : written,
  ].join("+");
}

/** A stroke as the attribute aria-keyshortcuts takes it. */
export function ariaStroke(stroke: Stroke): string {
  const { key, isControl, isAlt, isShift } = partsOf(stroke);
  const held = [isControl ? "Control" : "", isAlt ? "Alt" : "", isShift ? "Shift" : ""];
  const isHeld = held.some((each) => each !== "");
  return [
    ...held.filter((each) => each !== ""),
    isHeld && key.length === 1 ? key.toUpperCase() : key,
  ].join("+");
}

const KEY_NAMES: Record<string, string> = {
  " ": "Space",
  "+": "Plus",
  Spacebar: "Space",
  Del: "Delete",
};

const SHOWN: Record<string, string> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageUp: "Page ↑",
  PageDown: "Page ↓",
  Plus: "+",
};

/** A stroke taken apart. */
export type StrokeParts = { key: string; isControl: boolean; isAlt: boolean; isShift: boolean };

/** Takes a stroke apart; the key is empty where it is none. */
export function partsOf(stroke: Stroke): StrokeParts {
  const match = /^(Ctrl\+)?(Alt\+)?(Shift\+)?(.+)$/u.exec(stroke);
  return {
    key: match?.[4] ?? "",
    isControl: match?.[1] !== undefined,
    isAlt: match?.[2] !== undefined,
    isShift: match?.[3] !== undefined,
  };
}

function strokeWith(press: KeyPress, key: string, isShift: boolean): Stroke {
  return joinStroke(
    { isControl: press.ctrlKey || press.metaKey, isAlt: press.altKey, isShift },
    key,
  );
}

/** Puts a stroke together, in the one order that is kept and compared. */
export function joinStroke(
  { isControl, isAlt, isShift }: Omit<StrokeParts, "key">,
  key: string,
): Stroke {
  return `${isControl ? "Ctrl+" : ""}${isAlt ? "Alt+" : ""}${isShift ? "Shift+" : ""}${key}`;
}

/** The character at this place of a Latin keyboard, where the layout gives none or another digit row. */
function placeOf({ code, shiftKey }: KeyPress, character: string): string | null {
  if (/^[a-z0-9]$/.test(character)) return null;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  // A layout of Latin letters that puts a sign here means the sign.
  if (letter !== undefined) return character > "\u007f" ? letter.toLowerCase() : null;
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  return digit !== undefined && !shiftKey ? digit : null;
}
