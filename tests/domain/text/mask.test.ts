import { describe, expect, test } from "vitest";
import { fitsMasked, MASK, maskMentions, maskSource } from "@/lib/domain/text/mask";
import { codePointLength } from "@/lib/domain/text/offsets";

const from = (outlet: string, more: { author?: string; url?: string } = {}) => ({
  outlet,
  author: more.author ?? null,
  url: more.url ?? null,
});

/** The words of a text that a mask hides. */
function hidden(text: string, source: Parameters<typeof maskMentions>[1]): string[] {
  const masked = Array.from(maskMentions(text, source));
  const marked = Array.from(text).map((sign, at) => (masked[at] === MASK ? sign : "\n"));
  return marked.join("").split(/\n+/).filter(Boolean);
}

describe("mentions of an outlet are hidden", () => {
  test.each([
    ["The Guardian", "The Guardian says; a Guardian reporter, GUARDIAN.", 4],
    ["New York Times", "the new york times and the NYT’s desk", 4],
    ["BBC News", "The BBC's man told BBC News", 3],
    ["Der Spiegel", "wie des Spiegels Recherche", 1],
    ["Правда", "как писала газета в «Правде», сообщает Правда", 2],
    ["Комсомольская правда", "в Комсомольской правде", 2],
    ["الجزيرة", "قالت مراسلة للجزيرة وقناة والجزيرة", 1],
    ["朝日新聞", "これは朝日新聞の記事です", 1],
    ["Frankfurter Allgemeine Zeitung", "sagte der FAZ", 1],
    ["Al-Monitor", "told al-monitor and AL-MONITOR", 4],
    ["Al Jazeera English", "told Al Jazeera on Monday", 2],
  ])("%s", (outlet, text, words) => {
    expect(hidden(text, from(outlet))).toHaveLength(words);
  });

  test("by address and author", () => {
    const source = from("X", {
      author: "Ada Roe and Ben Li",
      url: "https://www.theguardian.com/world/1",
    });
    expect(hidden("See theguardian.com or @theguardian. Ben Li wrote.", source)).toEqual([
      "theguardian",
      "com",
      "theguardian",
      "Ben",
      "Li",
    ]);
  });
});

describe("other words stay", () => {
  test.each([
    ["The Times", "in the times of war, sometimes"],
    ["The Guardian", "a guardian of the law"],
    ["Arab News", "Arab leaders met"],
    ["Правда", "это правда"],
    ["Fox News", "a fox in the news"],
    ["", "nothing known"],
  ])("%s", (outlet, text) => {
    expect(maskMentions(text, from(outlet))).toBe(text);
  });
});

test("length in code points, lines and punctuation stay, and nothing of a byline is read", () => {
  const text = "🕊️ Talks\nBy Zoë 𝒜da 👩‍👩‍👧, 24 Nov.\nThe Guardian’s view: “go”.";
  const start = codePointLength("🕊️ Talks\n");
  const end = codePointLength(text.slice(0, text.lastIndexOf("\n")));
  const masked = maskSource(text, [{ role: "byline", start, end }], from("The Guardian"));
  expect(codePointLength(masked)).toBe(codePointLength(text));
  expect(masked.split("\n")[1]).not.toMatch(/[\p{L}\p{N}]/u);
  expect(masked.split("\n")[2]).toBe("███ ████████’s view: “go”.");
  expect(masked.split("\n")[0]).toBe("🕊️ Talks");
});

test("what was hidden may be in sight now, what is hidden now cannot be guessed", () => {
  expect(fitsMasked("███ view", "The view")).toBe(true);
  expect(fitsMasked("███ view", "███ view")).toBe(true);
  expect(fitsMasked("The view", "███ view")).toBe(false);
  expect(fitsMasked("██ view", "███ view")).toBe(false);
});
