import { describe, expect, it } from "vitest";
import attributionVoice from "@/codebooks/attribution-voice.json";
import basil from "@/codebooks/basil.json";
import starter from "@/codebooks/news-bias-starter.json";
import { addTemplateLayers, missingEnds } from "@/components/codebooks/editing/add-template-layers";
import {
  addAttribute,
  addLabels,
  addLayer,
  duplicate,
  remove,
} from "@/components/codebooks/editing/edits";
import { findFindings } from "@/components/codebooks/editing/findings";
import {
  beginHistory,
  recordEdit,
  redoEdit,
  undoEdit,
} from "@/components/codebooks/editing/history";
import { mergeDrafts } from "@/components/codebooks/editing/merge-drafts";
import { move, moveProblem, step } from "@/components/codebooks/editing/moves";
import { inTreeOrder } from "@/components/codebooks/editing/parts";
import { type Place, parsePlace, placeId } from "@/components/codebooks/editing/place";
import { changeKey } from "@/components/codebooks/editing/references";
import { checkCodebook } from "@/lib/domain/codebook/check";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import { labelLooks, lookKey } from "@/lib/domain/codebook/looks";

const BASIL = codebookSchema.parse(basil);
const STARTER = codebookSchema.parse(starter);
const VOICE = codebookSchema.parse(attributionVoice);

const tree = codebookSchema.parse({
  framemark: "codebook/1",
  key: "tree",
  name: "Tree",
  layers: [
    {
      key: "frame",
      name: "Frame",
      level: "span",
      labels: [
        { key: "conflict", name: "Conflict", selectable: false },
        { key: "war", name: "War", parent: "conflict" },
        { key: "peace", name: "Peace", parent: "conflict" },
        { key: "money", name: "Money" },
        { key: "other", name: "Other", notThis: [{ label: "war", note: "if shots are fired" }] },
      ],
      attributes: [
        { key: "quote", name: "Quote", type: "yes_no" },
        {
          key: "speaker",
          name: "Speaker",
          type: "entity",
          required: { attribute: "quote", is: ["yes"] },
          when: { labels: ["war"] },
        },
      ],
    },
    {
      key: "link",
      name: "Link",
      level: "relation",
      from: { layer: "frame", labels: ["war"] },
      to: { layer: "frame" },
      labels: [{ key: "causes", name: "Causes" }],
    },
  ],
});

const label = (key: string): Place => ({ kind: "label", layer: "frame", label: key });
const keysOf = (codebook: Codebook, layer = 0) =>
  codebook.layers[layer]?.labels.map((each) => each.key);

describe("places", () => {
  it("are read back from their spelling, whatever stands in a key", () => {
    const places: Place[] = [
      { kind: "about" },
      { kind: "guidelines" },
      { kind: "layer", layer: "a.b" },
      { kind: "questions", layer: "a|b" },
      { kind: "label", layer: "technique", label: "Whataboutism,Straw_Men,Red_Herring" },
      { kind: "attribute", layer: "a", attribute: "b-c" },
    ];
    for (const place of places) expect(parsePlace(placeId(place))).toEqual(place);
  });
});

describe("adding and removing", () => {
  it("makes a key of the name once, and never one that meant something before", () => {
    const { codebook, place } = addLabels(tree, "frame", {
      names: ["War", "Frontière ouverte"],
      parent: "conflict",
      reserved: ["war_2"],
    });
    expect(place).toEqual(label("frontiere_ouverte"));
    expect(keysOf(codebook)).toEqual([
      "conflict",
      "war",
      "peace",
      "war_3",
      "frontiere_ouverte",
      "money",
      "other",
    ]);
    expect(checkCodebook(codebook).problems).toEqual([]);
  });

  it("leaves a codebook that can be published after each addition and copy", () => {
    let codebook = addLayer(tree, { name: "Genre", level: "document" }, []).codebook;
    codebook = addAttribute(codebook, "frame", { name: "Ironic?", reserved: [] }).codebook;
    for (const layer of tree.layers) {
      codebook = duplicate(codebook, { kind: "layer", layer: layer.key }, []).codebook;
      for (const { key } of layer.labels) {
        codebook = duplicate(
          codebook,
          { kind: "label", layer: layer.key, label: key },
          [],
        ).codebook;
      }
    }
    expect(checkCodebook(codebook).problems).toEqual([]);
  });

  it("takes away what refers to a removed label, and keeps what lay below it", () => {
    const { codebook } = remove(tree, label("war"));
    const [frame, link] = codebook.layers;
    expect(frame?.labels.find((each) => each.key === "other")?.notThis).toEqual([
      { note: "if shots are fired" },
    ]);
    expect(frame?.attributes[1]?.when).toBeUndefined();
    expect(link?.from).toEqual({ layer: "frame" });
    expect(checkCodebook(codebook).problems).toEqual([]);

    const ungrouped = remove(tree, label("conflict")).codebook;
    expect(ungrouped.layers[0]?.labels.map((each) => [each.key, each.parent])).toEqual([
      ["war", undefined],
      ["peace", undefined],
      ["money", undefined],
      ["other", undefined],
    ]);
  });

  it("takes a condition on a removed question away", () => {
    const place: Place = { kind: "attribute", layer: "frame", attribute: "quote" };
    const { codebook } = remove(tree, place);
    expect(codebook.layers[0]?.attributes.map((each) => each.required)).toEqual([false]);
    expect(checkCodebook(codebook).problems).toEqual([]);
  });
});

describe("moving", () => {
  it("by one place up and down comes back to where it was", () => {
    for (const key of ["peace", "money"]) {
      const up = step(tree, label(key), "up");
      expect(keysOf(up)).not.toEqual(keysOf(tree));
      expect(keysOf(step(up, label(key), "down"))).toEqual(keysOf(tree));
    }
  });

  it("takes a group's labels along", () => {
    const moved = step(tree, label("conflict"), "down");
    expect(keysOf(moved)).toEqual(["money", "conflict", "war", "peace", "other"]);
  });

  it("goes into the label above and out again", () => {
    const inside = step(tree, label("money"), "in");
    expect(keysOf(inside)).toEqual(["conflict", "war", "peace", "money", "other"]);
    expect(inside.layers[0]?.labels[3]?.parent).toBe("conflict");
    const out = step(inside, label("money"), "out");
    expect(out.layers[0]?.labels.find((each) => each.key === "money")?.parent).toBeUndefined();
    expect(keysOf(out)).toEqual(keysOf(tree));
  });

  it("leaves every label its colour", () => {
    const before = labelLooks(tree).get(lookKey("frame", "other"))?.colour;
    const moved = move(tree, label("other"), { place: label("conflict"), position: "before" });
    expect(keysOf(moved)?.[0]).toBe("other");
    expect(labelLooks(moved).get(lookKey("frame", "other"))?.colour).toBe(before);
  });

  it("is refused into itself, into another layer and across kinds, and then changes nothing", () => {
    const refused = [
      [label("conflict"), { place: label("war"), position: "inside" }],
      [label("war"), { place: { kind: "layer", layer: "link" }, position: "inside" }],
      [
        { kind: "layer", layer: "link" },
        { place: label("war"), position: "before" },
      ],
      [{ kind: "about" }, { place: label("war"), position: "before" }],
    ] as const;
    for (const [place, target] of refused) {
      expect(moveProblem(tree, place, target)).not.toBeNull();
      expect(move(tree, place, target)).toBe(tree);
    }
  });

  it("never loses or doubles a label, even where parents form a ring", () => {
    const ring = tree.layers[0]?.labels.map((each) =>
      each.key === "conflict" ? { ...each, parent: "war" } : each,
    );
    expect(
      inTreeOrder(ring ?? [])
        .map((each) => each.key)
        .sort(),
    ).toEqual(keysOf(tree)?.sort());
  });
});

describe("another key", () => {
  it("is followed by everything that refers to it", () => {
    const renamed = changeKey(tree, label("war"), "armed").codebook;
    const moved = changeKey(renamed, { kind: "layer", layer: "frame" }, "frames").codebook;
    const { codebook } = changeKey(
      moved,
      { kind: "attribute", layer: "frames", attribute: "quote" },
      "is_quote",
    );
    expect(codebook.layers[0]?.attributes[1]).toMatchObject({
      required: { attribute: "is_quote", is: ["yes"] },
      when: { labels: ["armed"] },
    });
    expect(codebook.layers[1]?.from).toEqual({ layer: "frames", labels: ["armed"] });
    expect(JSON.stringify(codebook)).not.toMatch(/"war"|"frame"|"quote"/);
    expect(checkCodebook(codebook).problems).toEqual([]);
  });
});

describe("undo", () => {
  it("takes typing in one field back at once, and goes forward again", () => {
    const named = (name: string) => ({ codebook: { ...tree, name }, rules: [] });
    let history = beginHistory({ codebook: tree, rules: [] });
    history = recordEdit(history, named("T"), { about: "name", at: 0 });
    history = recordEdit(history, named("To"), { about: "name", at: 200 });
    history = recordEdit(history, named("To a"), { about: "name", at: 9_000 });
    expect(undoEdit(history).present.codebook.name).toBe("To");
    expect(undoEdit(undoEdit(history)).present.codebook).toBe(tree);
    expect(redoEdit(undoEdit(history)).present).toBe(history.present);
    expect(undoEdit(beginHistory({ codebook: tree, rules: [] })).present.codebook).toBe(tree);
  });
});

describe("two people at the same draft", () => {
  const draft = (codebook: Codebook) => ({ codebook, rules: [] });
  const base = draft(tree);
  const defined = (key: string, definition: string, from = tree): Codebook => ({
    ...from,
    layers: from.layers.map((layer) => ({
      ...layer,
      labels: layer.labels.map((each) => (each.key === key ? { ...each, definition } : each)),
    })),
  });

  it("keep both what each changed elsewhere: fields, new labels and order", () => {
    const mine = addLabels(defined("war", "Shots are fired."), "frame", {
      names: ["Law"],
      reserved: [],
    }).codebook;
    const theirs = step(defined("peace", "Talks are held."), label("money"), "down");
    const { draft: merged, clashes } = mergeDrafts({
      base,
      mine: draft(mine),
      theirs: draft(theirs),
    });
    expect(clashes).toEqual([]);
    expect(keysOf(merged.codebook)).toEqual(["conflict", "war", "peace", "other", "law", "money"]);
    const definitions = merged.codebook.layers[0]?.labels.map((each) => each.definition);
    expect(definitions?.slice(1, 3)).toEqual(["Shots are fired.", "Talks are held."]);
  });

  it("are asked about the same field, by name, and either choice holds", () => {
    const three = {
      base,
      mine: draft(defined("war", "Mine.")),
      theirs: draft(defined("war", "Theirs.")),
    };
    const path = "layers/frame/labels/war/definition";
    const { draft: first, clashes } = mergeDrafts(three);
    expect(clashes).toEqual([{ path, mine: "Mine.", theirs: "Theirs." }]);
    expect(first.codebook).toEqual(three.mine.codebook);
    const second = mergeDrafts(three, new Map([[path, "theirs"]]));
    expect(second.draft.codebook).toEqual(three.theirs.codebook);
  });

  it("lose nothing where one removes what the other changed", () => {
    const mine = draft(remove(tree, label("money")).codebook);
    const theirs = draft(defined("money", "Costs and budgets."));
    const merged = mergeDrafts({ base, mine, theirs }).draft.codebook;
    expect(keysOf(merged)).toContain("money");
    const gone = mergeDrafts({ base, mine, theirs: base }).draft.codebook;
    expect(keysOf(gone)).not.toContain("money");
  });

  it("change nothing where neither did, whichever side is which", () => {
    const mine = draft(defined("war", "Mine."));
    expect(mergeDrafts({ base, mine, theirs: base }).draft.codebook).toEqual(mine.codebook);
    expect(mergeDrafts({ base, mine: base, theirs: mine }).draft.codebook).toEqual(mine.codebook);
  });
});

describe("layers of several templates", () => {
  it("stand in one codebook that can be published, each with its key, links and source", () => {
    const keys = VOICE.layers.map((layer) => layer.key);
    let codebook = addTemplateLayers(BASIL, VOICE, { keys, reserved: [] });
    codebook = addTemplateLayers(codebook, VOICE, { keys, reserved: [] });
    codebook = addTemplateLayers(codebook, STARTER, {
      keys: STARTER.layers.map((layer) => layer.key),
      reserved: [],
    });
    expect(
      checkCodebook(codebook).problems.filter(({ path }) => path.at(-1) !== "shortcut"),
    ).toEqual([]);
    expect(new Set(codebook.layers.map((layer) => layer.key)).size).toBe(codebook.layers.length);
    for (const { citation } of [BASIL, VOICE, STARTER])
      expect(codebook.citation).toContain(citation);
    expect(codebook.guidelines).toContain(`# ${STARTER.name}`);
  });

  it("name the layers that their links need", () => {
    const relation = VOICE.layers.find((layer) => layer.level === "relation");
    expect(missingEnds(VOICE, [relation?.key ?? ""]).length).toBeGreaterThan(0);
    expect(
      missingEnds(
        VOICE,
        VOICE.layers.map((layer) => layer.key),
      ),
    ).toEqual([]);
  });
});

describe("findings", () => {
  const findingsOf = (codebook: Codebook) => findFindings({ codebook, rules: [] });

  it("lead to the thing that has to be mended", () => {
    const nameless = addLabels(tree, "frame", { names: ["x"], reserved: [] }).codebook;
    const broken = {
      ...nameless,
      layers: nameless.layers.map((layer) => ({
        ...layer,
        labels: layer.labels.map((each) => (each.key === "x" ? { ...each, name: "" } : each)),
      })),
    };
    const [problem] = findingsOf(broken);
    expect(problem).toMatchObject({ kind: "problem", place: label("x"), field: "name" });
  });

  it("say that pictures are left out, however they are written", () => {
    const pictures = ["![a](https://example.org/a.png)", "<img src=x>", "- one\n- ![b](b.png)"];
    for (const guidelines of pictures) {
      const found = findingsOf({ ...tree, guidelines }).filter(
        (each) => each.field === "guidelines",
      );
      expect(found, guidelines).toHaveLength(1);
    }
    expect(
      findingsOf({ ...tree, guidelines: "`![a](b)` and [a link](https://example.org)" }).some(
        (each) => each.field === "guidelines",
      ),
    ).toBe(false);
  });

  it("take no time that is felt while typing, with 500 labels", () => {
    const names = Array.from({ length: 495 }, (_, at) => `Label ${at}`);
    const large = addLabels(tree, "frame", { names, reserved: [] }).codebook;
    const before = performance.now();
    findingsOf(large);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
