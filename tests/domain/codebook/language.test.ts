import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkCodebook } from "@/lib/domain/codebook/check";
import { diffCodebooks, labelsToReconsider } from "@/lib/domain/codebook/diff";
import { readCodebookFile } from "@/lib/domain/codebook/files/read-file";
import { codebookJsonSchema } from "@/lib/domain/codebook/json-schema";
import { keepUsed } from "@/lib/domain/codebook/keep-used";
import { keyConflicts } from "@/lib/domain/codebook/label-keys";
import { type Codebook, codebookSchema, draftSchema } from "@/lib/domain/codebook/language";
import { mapAnnotations, mappingsTo } from "@/lib/domain/codebook/mapping";
import { printCodebook } from "@/lib/domain/codebook/print";
import { mergeLabels, moveLabel, splitLabel } from "@/lib/domain/codebook/restructure";
import { ruleProblems } from "@/lib/domain/codebook/rules";
import { richCodebook } from "@/tests/support/rich-codebook";

const root = new URL("../../../", import.meta.url);
const templates = readdirSync(new URL("codebooks/", root))
  .filter((file) => file.endsWith(".json"))
  .map((file) => [file, readFileSync(new URL(`codebooks/${file}`, root), "utf8")] as const);

function template(file: string): Codebook {
  const found = templates.find(([name]) => name === file);
  return codebookSchema.parse(JSON.parse(found?.[1] ?? ""));
}

/** The rich codebook with one thing of one layer changed. */
function withLayer(key: string, change: object): object {
  return {
    ...richCodebook,
    layers: richCodebook.layers.map((each) => (each.key === key ? { ...each, ...change } : each)),
  };
}

const layer = (key: string) => {
  const found = richCodebook.layers.find((each) => each.key === key);
  if (found === undefined) throw new Error(`No layer ${key}.`);
  return found;
};

describe.each(templates)("the template %s", (_, text) => {
  test("is sound in all its references", () => {
    expect(checkCodebook(JSON.parse(text)).problems).toEqual([]);
  });

  test("is the same after it was written to a file and read", () => {
    const read = readCodebookFile(text);
    const again = readCodebookFile(JSON.stringify(read.codebook));
    expect(read.format).toBe("framemark");
    expect(again.codebook).toEqual(read.codebook);
    expect(draftSchema.parse(read.codebook)).toEqual(read.codebook);
  });

  test("differs from itself in nothing", () => {
    const codebook = codebookSchema.parse(JSON.parse(text));
    expect(diffCodebooks(codebook, structuredClone(codebook))).toEqual([]);
  });

  test("names each label and attribute in print", () => {
    const codebook = codebookSchema.parse(JSON.parse(text));
    const printed = printCodebook(codebook);
    for (const { labels, attributes } of codebook.layers) {
      for (const { name } of [...labels, ...attributes]) expect(printed).toContain(`**${name}**`);
    }
  });
});

describe("what is wrong is named by its place", () => {
  const wording = layer("wording");
  const voice = wording.attributes[0];
  test.each<[string, object, string, string]>([
    [
      "a hint at a label that is not there",
      withLayer("frames", {
        labels: layer("frames").labels.map((each) => ({
          ...each,
          notThis: each.key === "health" ? [{ label: "welfare", note: "" }] : [],
        })),
      }),
      "layer “Frames”, label “health”, “not this” hint 1, label",
      "There is no label “welfare”.",
    ],
    [
      "a condition on an answer that cannot be given",
      withLayer("wording", {
        attributes: wording.attributes.map((each) =>
          each.key === "speaker" ? { ...each, when: { attribute: "voice", is: ["sung"] } } : each,
        ),
      }),
      "layer “Wording”, attribute “Speaker”, condition, value “sung”",
      "“Voice” has no answer “sung”.",
    ],
    [
      "a default that would pass for an answer",
      withLayer("frames", { attributes: [{ ...voice, required: false, default: "narrator" }] }),
      "layer “Frames”, attribute “Voice”, default",
      "Only spans and relations may start with an answer.",
    ],
    [
      "a relation of a label between what is no span",
      withLayer("blame", {
        labels: [
          {
            key: "blames",
            name: "Blames",
            pairs: [{ from: { layer: "frames" }, to: { layer: "entity" } }],
          },
        ],
      }),
      "layer “Blame”, label “Blames”, pair 1, from, layer",
      "There is no such span layer.",
    ],
    [
      "a mapping that leaves labels out",
      {
        ...richCodebook,
        mappings: [{ layer: "entity", to: "other", labels: { person: "PER" } }],
      },
      "mapping 1, labels",
      "“place” is not mapped.",
    ],
    [
      "a field that the language does not have",
      { ...richCodebook, mood: "good" },
      "the document",
      'Unrecognized key: "mood"',
    ],
  ])("%s", (_name, content, place, message) => {
    const { codebook, problems } = checkCodebook(content);
    expect(codebook).toBeNull();
    expect(problems.map((each) => [each.place, each.message])).toContainEqual([place, message]);
  });

  test("a broken file by its line", () => {
    const { problems } = readCodebookFile('{\n "framemark": "codebook/1",\n oops\n}');
    expect(problems).toMatchObject([{ place: "line 3" }]);
  });

  test("a codebook from before there were these fields is read as it was meant", () => {
    const old = structuredClone(richCodebook) as unknown as { layers: Record<string, unknown>[] };
    for (const each of old.layers)
      for (const key of ["archived", "moment", "per"]) delete each[key];
    expect(codebookSchema.parse(old)).toEqual(richCodebook);
  });
});

describe("a change of labels", () => {
  test.each([
    [
      "merge",
      mergeLabels(richCodebook, { layer: "wording", labels: ["euphemism"], into: "loaded" }),
    ],
    [
      "split",
      splitLabel(richCodebook, {
        layer: "wording",
        label: "loaded",
        into: [{ key: "mild", name: "Mild" }],
      }),
    ],
    ["move", moveLabel(richCodebook, { layer: "entity", label: "place", toLayer: "wording" })],
  ])(
    "to %s gives a sound codebook with sound rules that loses no key",
    (_, { codebook, rules }) => {
      expect(checkCodebook(codebook).problems).toEqual([]);
      expect(ruleProblems(rules, codebook)).toEqual([]);
      expect(rules).toHaveLength(1);
      const keys = (each: Codebook) =>
        each.layers.flatMap((one) => one.labels.map((label) => `${one.key}/${label.key}`));
      expect(keys(codebook)).toEqual(expect.arrayContaining(keys(richCodebook)));
    },
  );

  test("of a name is told as a new name and asks for nothing", () => {
    const after = mergedNames("Charged words");
    const changes = diffCodebooks(richCodebook, after);
    expect(changes).toMatchObject([
      {
        kind: "renamed",
        sentence: "Label “Loaded language” in “Wording” is now called “Charged words”.",
        effect: "none",
      },
    ]);
    expect(labelsToReconsider(changes, after)).toEqual([]);
  });

  function mergedNames(name: string): Codebook {
    return {
      ...richCodebook,
      layers: richCodebook.layers.map((each) => ({
        ...each,
        labels: each.labels.map((label) => (label.key === "loaded" ? { ...label, name } : label)),
      })),
    };
  }
});

describe("what is in use and left out", () => {
  const without: Codebook = {
    ...richCodebook,
    layers: richCodebook.layers.filter((each) => each.key !== "block_tone"),
  };
  test("comes back archived, with its layer", () => {
    const used = { labels: [{ layer: "block_tone", label: "calm" }], attributes: [] };
    const { codebook, kept } = keepUsed(without, used, [richCodebook]);
    expect(kept).toMatchObject([{ what: "layer", key: "block_tone" }]);
    const back = codebook.layers.find((each) => each.key === "block_tone");
    expect(back).toMatchObject({ archived: true, labels: [{ key: "calm", archived: true }] });
    expect(checkCodebook(codebook).problems).toEqual([]);
  });

  test("does not come back where nothing carries it", () => {
    const unused = keepUsed(without, { labels: [], attributes: [] }, [richCodebook]);
    expect(unused.codebook).toBe(without);
  });
});

describe("labels of other programs", () => {
  test("of doccano keep names, keys and the nearest colours", () => {
    const { codebook, format } = readCodebookFile(
      JSON.stringify([
        { id: 1, text: "Loaded language", suffixKey: "l", backgroundColor: "#d33115" },
        { id: 2, text: "Loaded language", suffixKey: "l", backgroundColor: "#7c7c7c" },
      ]),
      "labels.json",
    );
    expect(format).toBe("doccano");
    expect(codebook).toMatchObject({
      name: "labels",
      layers: [
        {
          level: "span",
          labels: [
            { key: "loaded_language", shortcut: "l", colour: "vermilion" },
            { key: "loaded_language_2", colour: "grey" },
          ],
        },
      ],
    });
  });

  test("of Label Studio keep layers, trees, questions per region and relations", () => {
    const { codebook, format, notes } = readCodebookFile(`<View>
      <Labels name="bias" toName="text"><Label value="Loaded" hotkey="1" background="#0072b2"/></Labels>
      <Choices name="tone" toName="text" perRegion="true" required="true">
        <Choice value="Pro"/><Choice value="Contra"/></Choices>
      <Taxonomy name="frame" toName="text"><Choice value="War"><Choice value="Victory"/></Choice>
        <Choice value="Peace"/></Taxonomy>
      <Relations><Relation value="supports"/></Relations>
      <Text name="text" value="$text"/><Ranker name="r" toName="text"/></View>`);
    expect(format).toBe("label_studio");
    expect(notes).toContain("<Ranker> has no counterpart here.");
    expect(codebook?.layers).toMatchObject([
      {
        key: "bias",
        level: "span",
        labels: [{ key: "loaded", shortcut: "1", colour: "blue" }],
        attributes: [{ key: "tone", type: "choice", required: true }],
      },
      {
        key: "frame",
        level: "document",
        choice: "many",
        labels: [{ key: "war" }, { key: "victory", parent: "war" }, { key: "peace" }],
      },
      { level: "relation", labels: [{ key: "supports" }] },
    ]);
  });

  test("with a DOCTYPE are refused", () => {
    const { codebook, problems } = readCodebookFile('<!DOCTYPE x [<!ENTITY a "b">]><View/>');
    expect(codebook).toBeNull();
    expect(problems[0]?.message).toContain("DOCTYPE");
  });

  test("of INCEpTION keep the descriptions of tags", () => {
    const tags = [{ tag_name: "LOAD", tag_description: "Judging words." }];
    const { codebook, format } = readCodebookFile(JSON.stringify({ name: "Bias", tags }));
    expect(format).toBe("inception");
    expect(codebook).toMatchObject({
      name: "Bias",
      layers: [{ labels: [{ name: "LOAD", definition: "Judging words." }] }],
    });
  });
});

test("eighteen techniques become fourteen, and twenty-three become six groups", () => {
  const ptc = template("ptc18.json");
  const tables = mappingsTo(ptc, "semeval2020-task11");
  const all = ptc.layers[0]?.labels.map(({ key }) => ({ layer: "technique", label: key })) ?? [];
  const { mapped, leftOut } = mapAnnotations(all, tables);
  expect(all).toHaveLength(18);
  expect(leftOut).toBe(1);
  const known = template("semeval2020-task11.json").layers[0]?.labels.map(({ key }) => key);
  expect(new Set(mapped.map(({ label }) => label))).toEqual(new Set(known));
  const persuasion = template("semeval2023-persuasion.json");
  const groups = mappingsTo(persuasion, "semeval2023-groups")[0]?.labels ?? {};
  expect(new Set(Object.values(groups).filter((each) => each !== null)).size).toBe(6);
});

test("the published JSON Schema is that of the language", () => {
  const file = readFileSync(new URL("docs/codebook.schema.json", root), "utf8");
  expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(codebookJsonSchema())));
});

test("a shortcut that the workspace or another layer has is told", () => {
  const label = { key: "a", name: "A", shortcut: "e" };
  const codebook = codebookSchema.parse({
    ...richCodebook,
    layers: [
      { key: "one", name: "One", level: "span", labels: [label] },
      { key: "two", name: "Two", level: "span", labels: [{ ...label, shortcut: "1" }] },
      { key: "three", name: "Three", level: "span", labels: [{ ...label, shortcut: "1" }] },
    ],
  });
  expect(keyConflicts(codebook).map(({ layer: key }) => key)).toEqual(["one", "three"]);
});
