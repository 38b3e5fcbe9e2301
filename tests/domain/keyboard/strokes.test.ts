import { describe, expect, test } from "vitest";
import { isStroke, strokeProblem } from "@/lib/domain/keyboard/stroke-rules";
import { ariaStroke, type KeyPress, strokeName, strokesOf } from "@/lib/domain/keyboard/strokes";

type Held = { ctrl?: true; meta?: true; alt?: true; shift?: true; altGraph?: true };

function press(key: string, code: string, held: Held = {}): KeyPress {
  return {
    key,
    code,
    ctrlKey: held.ctrl ?? false,
    metaKey: held.meta ?? false,
    altKey: held.alt ?? false,
    shiftKey: held.shift ?? false,
    getModifierState: () => held.altGraph ?? false,
  };
}

describe("a key press means", () => {
  test.each<[string, KeyPress, string[]]>([
    ["a letter", press("n", "KeyN"), ["n"]],
    ["a letter with Shift", press("N", "KeyN", { shift: true }), ["Shift+n"]],
    ["a letter under Caps Lock", press("N", "KeyN"), ["n"]],
    ["Command as Ctrl", press("z", "KeyZ", { meta: true }), ["Ctrl+z"]],
    ["Ctrl and Shift", press("Z", "KeyZ", { ctrl: true, shift: true }), ["Ctrl+Shift+z"]],
    [
      "an arrow with all",
      press("ArrowLeft", "ArrowLeft", { alt: true, shift: true }),
      ["Alt+Shift+ArrowLeft"],
    ],
    ["the space bar", press(" ", "Space"), ["Space"]],
    ["plus, which joins strokes otherwise", press("+", "Equal", { shift: true }), ["Plus"]],
    ["a sign without the Shift that its layout needs", press("?", "Slash", { shift: true }), ["?"]],
    ["the same sign elsewhere on a German keyboard", press("?", "Minus", { shift: true }), ["?"]],
    [
      "a bracket by AltGr as Windows tells it",
      press("[", "Digit8", { ctrl: true, alt: true, altGraph: true }),
      ["[", "8"],
    ],
    ["a bracket by Option on a Mac", press("[", "Digit5", { alt: true }), ["Alt+[", "[", "Alt+5"]],
    ["Dvorak by its characters", press("o", "KeyS"), ["o"]],
    [
      "Cyrillic by character, then by place",
      press("я", "KeyZ", { ctrl: true }),
      ["Ctrl+я", "Ctrl+z"],
    ],
    ["a digit key of AZERTY by sign, then by place", press("&", "Digit1"), ["&", "1"]],
    ["a digit with Shift on AZERTY", press("1", "Digit1", { shift: true }), ["1"]],
    ["no digit for a sign above one", press("!", "Digit1", { shift: true }), ["!"]],
    ["a letter of AZERTY where another stands on US", press(",", "KeyM"), [","]],
  ])("%s", (_, pressed, strokes) => {
    expect(strokesOf(pressed)).toEqual(strokes);
  });

  test.each(["Shift", "Control", "Dead", "Process", "Unidentified", "CapsLock", "AudioVolumeUp"])(
    "nothing for %s",
    (key) => {
      expect(strokesOf(press(key, "KeyN"))).toEqual([]);
    },
  );
});

describe("a stroke", () => {
  test.each([
    ["n", "n", "n"],
    ["Shift+r", "Shift+r", "Shift+R"],
    ["Ctrl+Shift+z", "Ctrl+Shift+Z", "Control+Shift+Z"],
    ["Alt+ArrowLeft", "Alt+←", "Alt+ArrowLeft"],
    ["Alt+PageDown", "Alt+Page ↓", "Alt+PageDown"],
    ["Plus", "+", "Plus"],
    ["?", "?", "?"],
  ])("%s is written %s, and %s for assistive technology", (stroke, name, aria) => {
    expect(strokeName(stroke)).toBe(name);
    expect(ariaStroke(stroke)).toBe(aria);
  });

  test.each(["n", "Shift+n", "Ctrl+Alt+Shift+Home", "?", "Plus", "Space", "я", "Ctrl+z"])(
    "may be %s",
    (stroke) => expect(isStroke(stroke)).toBe(true),
  );

  test.each(["", "N", "Shift+Ctrl+n", "Shift+", "+", " ", "ab", "Hyper+n", "VolumeUp", "Ctrl+Z"])(
    "is never %s",
    (text) => expect(isStroke(text)).toBe(false),
  );
});

describe("a key that others need is refused with the reason", () => {
  test.each([
    ["Tab", "nobody could leave the article"],
    ["Shift+Tab", "nobody could leave the article"],
    ["Escape", "Escape always leads back"],
    ["Insert", "Screen readers"],
    ["F5", "F5 belongs to the browser"],
    ["Ctrl+t", "Ctrl+T: browsers keep Ctrl"],
    ["Ctrl+Shift+n", "browsers keep Ctrl"],
    ["Ctrl+1", "browsers keep Ctrl"],
    ["Ctrl+Plus", "browsers keep Ctrl"],
    ["Ctrl+PageDown", "changes the tab"],
    ["Ctrl+Alt+ArrowLeft", "AltGr"],
    ["Alt+d", "opens a menu"],
    ["Alt+Home", "opens a menu"],
  ])("%s", (stroke, reason) => {
    expect(strokeProblem(stroke)).toContain(reason);
  });

  test.each([
    "n",
    "Shift+n",
    "Ctrl+z",
    "Ctrl+Shift+z",
    "Ctrl+y",
    "Ctrl+Enter",
    "Alt+ArrowLeft",
    "?",
    "Space",
    "Delete",
  ])("not %s", (stroke) => expect(strokeProblem(stroke)).toBeNull());
});
