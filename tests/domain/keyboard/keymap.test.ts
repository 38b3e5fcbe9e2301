import { describe, expect, test } from "vitest";
import { labelKeys, ownLabelKey } from "@/lib/domain/codebook/label-keys";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { COMMANDS } from "@/lib/domain/keyboard/commands";
import {
  giveKey,
  type KeyChange,
  type KeyTarget,
  keySettingsSchema,
  type LabelKey,
  lostKeys,
  readKeySettings,
  resetKey,
  withoutKey,
} from "@/lib/domain/keyboard/key-settings";
import {
  ariaKeysOf,
  type KeySettings,
  keyOf,
  makeKeymap,
  NO_KEY_SETTINGS,
} from "@/lib/domain/keyboard/keymap";
import { isStroke, strokeProblem } from "@/lib/domain/keyboard/stroke-rules";

const find: KeyTarget = { kind: "command", id: "find" };
const nextSpan: KeyTarget = { kind: "command", id: "next_span" };

function changed(change: KeyChange): KeySettings {
  if (change.outcome !== "changed") throw new Error(change.message);
  return change.settings;
}

function conflict(change: KeyChange) {
  if (change.outcome !== "conflict") throw new Error(`It was ${change.outcome}.`);
  return change;
}

describe("the table of commands", () => {
  test("gives each key to one command", () => {
    const keys: string[] = COMMANDS.flatMap(({ keys: each }) => [...each]);
    expect(keys.length).toBeGreaterThan(COMMANDS.length - 2);
    expect(new Set(keys).size).toBe(keys.length);
    expect(makeKeymap(NO_KEY_SETTINGS).commandAt.size).toBe(keys.length);
  });

  test("has only keys that a person could give too, but for Escape", () => {
    for (const { id, keys } of COMMANDS) {
      for (const each of keys) {
        expect(isStroke(each), each).toBe(true);
        if (id !== "clear") expect(strokeProblem(each), each).toBeNull();
      }
    }
  });

  test("names the first key in hints, all of them for assistive technology", () => {
    const keymap = makeKeymap(NO_KEY_SETTINGS);
    expect(keyOf(keymap, "undo")).toBe("Ctrl+Z");
    expect(ariaKeysOf(keymap, "redo")).toBe("Control+Shift+Z Control+Y");
    expect(keyOf(keymap, "show_guidelines")).toBeNull();
    expect(ariaKeysOf(keymap, "show_guidelines")).toBeUndefined();
  });
});

describe("a person's keys", () => {
  test("stand beside the shipped ones, until those are taken away", () => {
    const added = changed(giveKey(NO_KEY_SETTINGS, { target: find, stroke: "f" }, []));
    expect(makeKeymap(added).strokes.get("find")).toEqual(["/", "f"]);
    const only = withoutKey(added, find, "/");
    expect(makeKeymap(only).commandAt.get("/")).toBeUndefined();
    expect(keyOf(makeKeymap(only), "find")).toBe("f");
    expect(resetKey(only, find)).toEqual(NO_KEY_SETTINGS);
  });

  test("that belong to another command are a conflict in words, and may be taken from it", () => {
    const asked = conflict(giveKey(NO_KEY_SETTINGS, { target: find, stroke: "n" }, []));
    expect(asked.message).toBe("n is the key of “next span”.");
    const keymap = makeKeymap(asked.settings);
    expect(keymap.commandAt.get("n")).toBe("find");
    expect(keymap.strokes.get("next_span")).toEqual([]);
    expect(lostKeys(keymap, "next_span")).toEqual([{ stroke: "n", to: "find" }]);
  });

  test("stay where they are when the other command is reset", () => {
    const { settings } = conflict(giveKey(NO_KEY_SETTINGS, { target: find, stroke: "n" }, []));
    const reset = resetKey(settings, nextSpan);
    expect(makeKeymap(reset).commandAt.get("n")).toBe("find");
    expect(makeKeymap(reset).strokes.get("next_span")).toEqual([]);
  });

  test("are refused where browsers or people need them, or where nothing would change", () => {
    const refusal = (stroke: string) => {
      const answer = giveKey(NO_KEY_SETTINGS, { target: find, stroke }, []);
      return answer.outcome === "refused" ? answer.message : answer.outcome;
    };
    expect(refusal("Ctrl+w")).toContain("browsers keep Ctrl");
    expect(refusal("F1")).toContain("belongs to the browser");
    expect(refusal("Tab")).toContain("Tab leads on");
    expect(refusal("/")).toBe("/ is its key already.");
  });

  test("are at most four for a command", () => {
    const many: KeySettings = { commands: { find: ["f", "q", "w", "x"] }, labels: {} };
    expect(giveKey(many, { target: find, stroke: "y" }, []).outcome).toBe("refused");
    expect(giveKey(many, { target: nextSpan, stroke: "f" }, []).outcome).toBe("conflict");
  });

  test("never lead to two commands at one key, whatever is given and taken in turn", () => {
    let settings = NO_KEY_SETTINGS;
    const strokes = ["n", "f", "/", "Shift+n", "Ctrl+z", "r", "1", "Enter"];
    for (let at = 0; at < 200; at++) {
      const id = COMMANDS[(at * 7) % COMMANDS.length]?.id ?? "find";
      const stroke = strokes[(at * 5) % strokes.length] ?? "f";
      const answer = giveKey(settings, { target: { kind: "command", id }, stroke }, []);
      if (answer.outcome !== "refused") {
        settings = answer.settings;
        expect(makeKeymap(settings).commandAt.get(stroke)).toBe(id);
      }
      const all = [...makeKeymap(settings).strokes.values()].flat();
      expect(new Set(all).size).toBe(all.length);
    }
  });
});

describe("stored keys", () => {
  test("are read back as they were stored", () => {
    const settings: KeySettings = { commands: { find: ["f"], redo: [] }, labels: { "a/b/c": "q" } };
    expect(keySettingsSchema.parse(settings)).toEqual(settings);
    expect(readKeySettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  test("lose what this version does not know, and nothing else", () => {
    const stored = {
      commands: { find: ["f"], teleport: ["x"], undo: ["Ctrl+w"], redo: "no list", clear: ["q"] },
      labels: { "a/b/c": "q", "a/b/d": "Tab" },
    };
    expect(readKeySettings(stored)).toEqual({
      commands: { find: ["f"] },
      labels: { "a/b/c": "q" },
    });
    for (const nothing of [null, undefined, [], "keys", { commands: 3 }]) {
      expect(readKeySettings(nothing)).toEqual(NO_KEY_SETTINGS);
    }
  });

  test("are refused where a key cannot be used, with the reason", () => {
    const parsed = keySettingsSchema.safeParse({ commands: { find: ["Ctrl+t"] }, labels: {} });
    expect(parsed.error?.issues[0]?.message).toContain("browsers keep Ctrl");
    expect(keySettingsSchema.safeParse({ commands: { clear: ["q"] }, labels: {} }).success).toBe(
      false,
    );
  });
});

describe("keys of labels", () => {
  const codebook = codebookSchema.parse({
    framemark: "codebook/1",
    key: "book",
    name: "Book",
    layers: [
      {
        key: "wording",
        name: "Wording",
        level: "span",
        labels: [
          { key: "loaded", name: "Loaded", shortcut: "1" },
          { key: "plain", name: "Plain" },
          { key: "next", name: "Next", shortcut: "n" },
        ],
      },
    ],
  });
  const keysWith = (settings: KeySettings) => Object.fromEntries(labelKeys(codebook, settings));
  const id = (label: string) => ownLabelKey(codebook, `wording/${label}`);
  const listed: LabelKey[] = [{ id: id("loaded"), name: "Loaded", stroke: "1" }];

  test("are the codebook's where no command has them, else the next free ones", () => {
    expect(keysWith(NO_KEY_SETTINGS)).toEqual({
      "wording/loaded": "1",
      "wording/plain": "2",
      "wording/next": "3",
    });
  });

  test("are the person's first, and the other labels stay where they are", () => {
    expect(keysWith({ commands: {}, labels: { [id("plain")]: "Shift+x" } })).toEqual({
      "wording/loaded": "1",
      "wording/plain": "Shift+x",
      "wording/next": "3",
    });
    expect(keysWith({ commands: {}, labels: { [id("next")]: "1" } })).toEqual({
      "wording/loaded": "3",
      "wording/plain": "2",
      "wording/next": "1",
    });
  });

  test("give way to a command that the person put on them, which is said before", () => {
    const asked = conflict(giveKey(NO_KEY_SETTINGS, { target: find, stroke: "1" }, listed));
    expect(asked.message).toBe("1 is the key of the label “Loaded”.");
    expect(keysWith(asked.settings)).toEqual({
      "wording/loaded": "4",
      "wording/plain": "2",
      "wording/next": "3",
    });
  });

  test("may be a key that a command gave up", () => {
    const freed = withoutKey(NO_KEY_SETTINGS, nextSpan, "n");
    const target: KeyTarget = { kind: "label", id: id("next") };
    expect(conflict(giveKey(NO_KEY_SETTINGS, { target, stroke: "n" }, listed)).message).toBe(
      "n is the key of “next span”.",
    );
    const settings = changed(giveKey(freed, { target, stroke: "n" }, listed));
    expect(keysWith(settings)["wording/next"]).toBe("n");
    expect(resetKey(settings, target).labels).toEqual({});
  });

  test("end with the keyboard; labels beyond it have none", () => {
    const labels = Array.from({ length: 40 }, (_, at) => ({ key: `l${at}`, name: `L${at}` }));
    const long = codebookSchema.parse({
      framemark: "codebook/1",
      key: "long",
      name: "Long",
      layers: [{ key: "all", name: "All", level: "span", labels }],
    });
    const keys = labelKeys(long);
    expect(new Set(keys.values()).size).toBe(keys.size);
    expect(keys.size).toBeLessThan(36);
    const { commandAt } = makeKeymap(NO_KEY_SETTINGS);
    for (const stroke of keys.values()) expect(commandAt.has(stroke)).toBe(false);
  });
});
