import { expect, test } from "vitest";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { searchGuidelines, searchLabels } from "@/lib/domain/codebook/search";

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
        { key: "group", name: "Loaded group", selectable: false },
        { key: "naming", name: "Naming", definition: "A loaded name." },
        { key: "cliche", name: "Cliché", counterExamples: ["a plain report"] },
        { key: "loaded", name: "Loaded language", definition: "Words that judge." },
        { key: "over", name: "Not loaded", notThis: [{ note: "Use Naming for names." }] },
      ],
    },
    {
      key: "slant",
      name: "Slant",
      level: "document",
      labels: [{ key: "left", name: "Left, loaded" }],
    },
  ],
});
const names = (search: string, levels?: string[]) =>
  searchLabels(codebook, search, levels).map(({ label }) => label.name);

test("a search finds names first, those that begin with it before others, then meanings", () => {
  expect(names("loaded", ["span"])).toEqual(["Loaded language", "Not loaded", "Naming"]);
  expect(names("loaded")).toContain("Left, loaded");
});

test("accents and capitals do not matter, and every word must be said", () => {
  expect(names("CLICHE")).toEqual(["Cliché"]);
  expect(names("loaded judge")).toEqual(["Loaded language"]);
  expect(names("loaded nothing")).toEqual([]);
});

test("hints and counter examples are searched too, and an empty search finds all", () => {
  expect(names("plain report")).toEqual(["Cliché"]);
  expect(names("use naming")).toEqual(["Not loaded"]);
  expect(names("", ["span"])).toEqual(["Naming", "Cliché", "Loaded language", "Not loaded"]);
});

test("guidelines are found by their parts", () => {
  const text = "Read first.\n\n## Quotes\n\nWho says it.\n\n## Names\n\nWho is named.\n";
  expect(searchGuidelines(text, "says")).toEqual(["## Quotes\n\nWho says it."]);
  expect(searchGuidelines(text, "who named")).toEqual(["## Names\n\nWho is named."]);
  expect(searchGuidelines(text, "")).toHaveLength(3);
  expect(searchGuidelines("", "")).toEqual([]);
});
