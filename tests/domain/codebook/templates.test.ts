import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Codebook, codebookSchema, type Layer } from "../../../lib/domain/codebook/language";

const folder = new URL("../../../codebooks/", import.meta.url);
const files = readdirSync(folder).sort();

/** Labels in each layer, groups and archived ones counted. */
const LABEL_COUNTS: Record<string, Record<string, number>> = {
  "attribution-voice": { attribution: 3, source_cue: 1, cue_content: 1, voice: 8 },
  babe: { sentence_bias: 2, sentence_opinion: 3, bias_word: 1 },
  basil: {
    bias_span: 2,
    preparation: 2,
    you_feeling_entity: 5,
    author_feeling_main_event: 3,
    author_feeling_entity: 5,
    relative_stance: 3,
  },
  "connotation-frames": { span: 3, argument: 2 },
  entman: { function: 4, sentence_function: 4 },
  "episodic-thematic": { narrative: 4, narrative_block: 4 },
  mbic: { sentence_bias: 2, sentence_opinion: 3, bias_word: 1 },
  "media-bias-taxonomy": { linguistic: 5, text: 3, text_document: 3, reporting: 3, cognitive: 2 },
  "moral-foundations": { foundation: 15, foundation_span: 14 },
  mpqa: { frame: 6, link: 3 },
  "news-bias-starter": { span: 7, frames: 14, overall: 4 },
  "policy-frames": { frame_span: 15, primary_frame: 16, headline_frame: 15, tone: 5 },
  ptc18: { technique: 18 },
  recasens: { bias_type: 8 },
  "semetko-valkenburg": { items: 25 },
  "semeval2020-task11": { technique: 14 },
  "semeval2023-frames": { frame: 14 },
  "semeval2023-genre": { genre: 3 },
  "semeval2023-persuasion": { technique: 30 },
  "semeval2025-entity-roles": { role: 25 },
  "war-peace-journalism": { orientation: 4, indicator: 15 },
};

const FRAMES = [
  "economic",
  "capacity_and_resources",
  "morality",
  "fairness_and_equality",
  "legality",
  "policy",
  "crime_and_punishment",
  "security_and_defense",
  "health_and_safety",
  "quality_of_life",
  "cultural_identity",
  "public_opinion",
  "political",
  "external_regulation",
];

/** Keys that may be chosen, exactly as the published schemes (or our own, version 1) spell them. */
const PUBLISHED_KEYS: Record<string, Record<string, string[]>> = {
  babe: {
    sentence_bias: ["biased", "non_biased"],
    sentence_opinion: ["factual", "mixed", "opinion"],
    bias_word: ["biased_word"],
  },
  basil: { bias_span: ["lex", "inf"] },
  entman: {
    function: [
      "problem_definition",
      "causal_attribution",
      "moral_evaluation",
      "treatment_recommendation",
    ],
  },
  "episodic-thematic": { narrative: ["episodic", "thematic", "mixed", "none"] },
  "moral-foundations": {
    foundation: [
      "care",
      "harm",
      "fairness",
      "cheating",
      "loyalty",
      "betrayal",
      "authority",
      "subversion",
      "sanctity",
      "degradation",
      "non_moral",
      "liberty",
      "oppression",
    ],
  },
  mpqa: {
    frame: [
      "objective_speech_event",
      "direct_subjective",
      "expressive_subjective",
      "agent",
      "target",
      "attitude",
    ],
  },
  ptc18: {
    technique: [
      "Loaded_Language",
      "Name_Calling,Labeling",
      "Repetition",
      "Exaggeration,Minimisation",
      "Doubt",
      "Appeal_to_fear-prejudice",
      "Flag-Waving",
      "Causal_Oversimplification",
      "Slogans",
      "Appeal_to_Authority",
      "Black-and-White_Fallacy",
      "Thought-terminating_Cliches",
      "Whataboutism",
      "Reductio_ad_hitlerum",
      "Red_Herring",
      "Bandwagon",
      "Obfuscation,Intentional_Vagueness,Confusion",
      "Straw_Men",
    ],
  },
  recasens: {
    bias_type: [
      "framing.intensifier",
      "framing.one_sided",
      "epist.factive",
      "epist.entailment",
      "epist.assertive",
      "epist.hedge",
    ],
  },
  "semetko-valkenburg": {
    items: [
      "resp1",
      "resp2",
      "resp3",
      "resp4",
      "resp5",
      "hi1",
      "hi2",
      "hi3",
      "hi4",
      "hi5",
      "co1",
      "co2",
      "co3",
      "co4",
      "mo1",
      "mo2",
      "mo3",
      "ec1",
      "ec2",
      "ec3",
    ],
  },
  "semeval2020-task11": {
    technique: [
      "Appeal_to_Authority",
      "Appeal_to_fear-prejudice",
      "Bandwagon,Reductio_ad_hitlerum",
      "Black-and-White_Fallacy",
      "Causal_Oversimplification",
      "Doubt",
      "Exaggeration,Minimisation",
      "Flag-Waving",
      "Loaded_Language",
      "Name_Calling,Labeling",
      "Repetition",
      "Slogans",
      "Thought-terminating_Cliches",
      "Whataboutism,Straw_Men,Red_Herring",
    ],
  },
  "semeval2023-genre": { genre: ["opinion", "reporting", "satire"] },
  "semeval2025-entity-roles": {
    role: [
      "guardian",
      "martyr",
      "peacemaker",
      "rebel",
      "underdog",
      "virtuous",
      "instigator",
      "conspirator",
      "tyrant",
      "foreign_adversary",
      "traitor",
      "spy",
      "saboteur",
      "corrupt",
      "incompetent",
      "terrorist",
      "deceiver",
      "bigot",
      "forgotten",
      "exploited",
      "victim",
      "scapegoat",
    ],
  },
  "war-peace-journalism": {
    orientation: [
      "violence_vs_conflict",
      "propaganda_vs_truth",
      "elite_vs_people",
      "victory_vs_solution",
    ],
    indicator: [
      "reactive|proactive",
      "visible_effects|invisible_effects",
      "elite_oriented|people_oriented",
      "differences|agreements",
      "here_and_now|causes_consequences",
      "good_bad|no_labels",
      "two_party|multi_party",
      "partisan|non_partisan",
      "zero_sum|win_win",
      "stops_and_leaves|stays_and_reports",
      "victimizing|no_victimizing",
      "demonizing|no_demonizing",
      "emotive|no_emotive",
    ],
  },
  "attribution-voice": {
    attribution: ["source", "cue", "content"],
    voice: [
      "direct_quote",
      "indirect",
      "mixed",
      "scare_quote",
      "narrator",
      "unnamed_source",
      "institutional_onesided",
      "ambiguous_blend",
    ],
  },
  "policy-frames": {
    tone: ["explicit_pro", "implicit_pro", "neutral", "implicit_anti", "explicit_anti"],
  },
  "news-bias-starter": {
    span: [
      "loaded_language",
      "naming",
      "presupposition",
      "agency",
      "appeal",
      "informational",
      "attribution",
    ],
    overall: ["0", "1", "2", "3"],
  },
  "semeval2023-persuasion": {
    technique: [
      "Name_Calling-Labeling",
      "Guilt_by_Association",
      "Doubt",
      "Appeal_to_Hypocrisy",
      "Questioning_the_Reputation",
      "Flag_Waving",
      "Appeal_to_Authority",
      "Appeal_to_Popularity",
      "Appeal_to_Values",
      "Appeal_to_fear-prejudice",
      "Straw_Man",
      "Red_Herring",
      "Whataboutism",
      "Causal_Oversimplification",
      "False_Dilemma-No_Choice",
      "Consequential_Oversimplification",
      "Slogans",
      "Conversation_Killer",
      "Appeal_to_Time",
      "Loaded_Language",
      "Obfuscation-Vagueness-Confusion",
      "Exaggeration-Minimisation",
      "Repetition",
      "Other",
    ],
  },
};

/** Parts of these were written from memory. */
const FROM_MEMORY = [
  "connotation-frames",
  "media-bias-taxonomy",
  "mpqa",
  "semeval2023-frames",
  "semeval2023-genre",
  "semeval2023-persuasion",
  "war-peace-journalism",
];

/** Mappings into another template; the other targets are vocabularies outside Framemark. */
const MAPPED_TEMPLATES = ["semeval2020-task11"];

const books = new Map(files.map((file) => [file.replace(/\.json$/, ""), read(file)]));

describe.each(files)("%s", (file) => {
  const key = file.replace(/\.json$/, "");
  const book = bookOf(key);

  test("has the key that its file name says", () => {
    expect(book.key).toBe(key);
  });

  test("has as many labels in each layer as it was given", () => {
    const counts = Object.fromEntries(book.layers.map((each) => [each.key, each.labels.length]));
    expect(counts).toEqual(LABEL_COUNTS[key]);
  });

  test("says whose reading is asked for, how to annotate and what to cite", () => {
    expect(book.stance).toBeDefined();
    expect(book.guidelines.length).toBeGreaterThan(300);
    expect(book.citation.length).toBeGreaterThan(30);
    expect(book.description.length).toBeGreaterThan(30);
  });

  test("defines every label", () => {
    for (const layer of book.layers) {
      expect(layer.labels.filter((each) => each.definition === "").map((each) => each.key)).toEqual(
        [],
      );
    }
  });

  test("points with its hints at labels of the same layer", () => {
    for (const layer of book.layers) {
      const known = new Set(layer.labels.map((each) => each.key));
      const lost = layer.labels.flatMap((each) =>
        each.notThis.filter((hint) => hint.label !== undefined && !known.has(hint.label)),
      );
      expect(lost).toEqual([]);
    }
  });

  test("gives shortcuts to ten labels at most, and each to one label only", () => {
    const shortcuts = book.layers.flatMap((layer) =>
      layer.labels.flatMap((each) => (each.shortcut === undefined ? [] : [each.shortcut])),
    );
    expect(shortcuts.length).toBeLessThanOrEqual(10);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
    for (const layer of book.layers.filter((each) => each.level !== "span")) {
      expect(layer.labels.every((each) => each.shortcut === undefined)).toBe(true);
    }
  });

  test("gives a colour to every label that stands on the text", () => {
    for (const layer of book.layers.filter((each) => each.level === "span")) {
      const bare = choosable(layer).filter((each) => each.colour === undefined);
      expect(bare.map((each) => each.key)).toEqual([]);
    }
  });

  test("shows spans in its examples as the boundary rule leaves them", () => {
    const trimmed = book.layers.filter((each) => each.level === "span" && each.boundary.trim);
    const examples = trimmed.flatMap((layer) => layer.labels.flatMap((each) => each.examples));
    expect(examples.filter((each) => /[\p{P}\s]\]|\[[\p{P}\s]/u.test(each))).toEqual([]);
  });

  test("offers no answer before the annotator gives one", () => {
    const attributes = book.layers.flatMap((layer) => layer.attributes);
    expect(attributes.filter((each) => each.default !== undefined)).toEqual([]);
  });

  test("maps every label that can be chosen, and no other", () => {
    for (const mapping of book.mappings) {
      const layer = layerOf(book, mapping.layer);
      const keys = layer.labels.filter((each) => each.selectable).map((each) => each.key);
      expect(Object.keys(mapping.labels).sort()).toEqual(keys.sort());
    }
  });
});

describe("templates", () => {
  test("are the 21 that are listed", () => {
    expect([...books.keys()]).toEqual(Object.keys(LABEL_COUNTS));
    expect(books.size).toBe(21);
  });

  test("spell the labels of the published schemes as published", () => {
    for (const [key, layers] of Object.entries(PUBLISHED_KEYS)) {
      for (const [layer, keys] of Object.entries(layers)) {
        expect(selectableKeys(key, layer).sort()).toEqual([...keys].sort());
      }
    }
  });

  test("share one list of generic frames", () => {
    expect(selectableKeys("news-bias-starter", "frames")).toEqual(FRAMES);
    expect(selectableKeys("semeval2023-frames", "frame")).toEqual(FRAMES);
    expect(selectableKeys("policy-frames", "frame_span")).toEqual([...FRAMES, "other"]);
    expect(selectableKeys("policy-frames", "headline_frame")).toEqual([...FRAMES, "other"]);
    expect(selectableKeys("policy-frames", "primary_frame")).toEqual([
      ...FRAMES,
      "other",
      "irrelevant",
    ]);
    const [starter, shared, spans] = [
      layerOf(bookOf("news-bias-starter"), "frames"),
      layerOf(bookOf("semeval2023-frames"), "frame"),
      layerOf(bookOf("policy-frames"), "headline_frame"),
    ];
    expect(starter.labels).toEqual(shared.labels);
    expect(spans.labels.slice(0, FRAMES.length)).toEqual(shared.labels);
  });

  test("of BABE and MBIC have the same layers", () => {
    expect(bookOf("mbic").layers).toEqual(bookOf("babe").layers);
  });

  test("carry a note if and only if parts were written from memory", () => {
    const noted = [...books.values()].filter((each) => each.checkAgainstPaper !== undefined);
    expect(noted.map((each) => each.key).sort()).toEqual(FROM_MEMORY);
  });

  test("map into labels that exist", () => {
    for (const book of books.values()) {
      for (const mapping of book.mappings) {
        if (!MAPPED_TEMPLATES.includes(mapping.to)) {
          expect(books.has(mapping.to)).toBe(false);
          continue;
        }
        const known = selectableKeys(mapping.to, mapping.layer);
        const targets = Object.values(mapping.labels).filter((each) => each !== null);
        expect([...new Set(targets)].sort()).toEqual(known.sort());
      }
    }
  });

  test("map PTC to SemEval-2020 with the merged and the dropped technique", () => {
    const mapped = bookOf("ptc18").mappings[0]?.labels ?? {};
    expect(mapped["Obfuscation,Intentional_Vagueness,Confusion"]).toBeNull();
    expect(mapped.Bandwagon).toBe("Bandwagon,Reductio_ad_hitlerum");
    expect(mapped.Reductio_ad_hitlerum).toBe("Bandwagon,Reductio_ad_hitlerum");
    expect(mapped.Straw_Men).toBe("Whataboutism,Straw_Men,Red_Herring");
    expect(mapped.Red_Herring).toBe("Whataboutism,Straw_Men,Red_Herring");
    expect(mapped.Whataboutism).toBe("Whataboutism,Straw_Men,Red_Herring");
  });

  test.each([
    ["semeval2023-persuasion", "technique", "semeval2023-groups"],
    ["semeval2025-entity-roles", "role", "semeval2025-main-roles"],
    ["semetko-valkenburg", "items", "semetko-valkenburg-frames"],
    ["recasens", "bias_type", "recasens-classes"],
  ])("map each label of %s to the group above it", (key, layerKey, to) => {
    const book = bookOf(key);
    const mapping = book.mappings.find((each) => each.to === to);
    for (const label of layerOf(book, layerKey).labels.filter((each) => each.selectable)) {
      expect(mapping?.labels[label.key]).toBe(label.parent ?? null);
    }
  });
});

describe("the starter", () => {
  const layer = layerOf(bookOf("news-bias-starter"), "span");

  test("has a colour of its own and a digit for each label", () => {
    expect(new Set(layer.labels.map((each) => each.colour)).size).toBe(layer.labels.length);
    expect(layer.labels.map((each) => each.shortcut)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
  });

  test("gives two examples or more and a hint for each label of a span", () => {
    for (const label of layer.labels) {
      expect(label.examples.length).toBeGreaterThanOrEqual(2);
      expect(label.counterExamples.length).toBeGreaterThanOrEqual(1);
      expect(label.notThis.length).toBeGreaterThanOrEqual(1);
    }
  });

  test("asks for the voice of loaded language, in the words of attribution and voice", () => {
    const voice = layer.attributes.find((each) => each.key === "voice");
    expect(voice?.required).toEqual({ labels: ["loaded_language"] });
    const shared = selectableKeys("attribution-voice", "voice");
    expect(voice?.options?.map((each) => each.key)).toEqual(shared);
  });
});

describe("conditions", () => {
  test("of BASIL ask how one feels before the text is shown, and what one makes of it after", () => {
    const asked = bookOf("basil").layers.filter(({ moment }) => moment !== "any");
    expect(asked.map(({ key, moment }) => [key, moment])).toEqual([
      ["you_feeling_entity", "before_reading"],
      ["author_feeling_main_event", "after_reading"],
      ["author_feeling_entity", "after_reading"],
      ["relative_stance", "after_reading"],
    ]);
  });

  test("of BASIL ask for a speaker only inside a quote, and for an ally only if indirect", () => {
    const layer = layerOf(bookOf("basil"), "bias_span");
    const attribute = (key: string) => layer.attributes.find((each) => each.key === key);
    const inQuote = { attribute: "quote", is: ["yes"] };
    const indirect = { attribute: "aim", is: ["ind_pro", "ind_anti", "ind_general"] };
    expect(attribute("speaker")).toMatchObject({ when: inQuote, required: inQuote });
    for (const key of ["indirect_target_name", "indirect_ally_opponent_sentiment"]) {
      expect(attribute(key)).toMatchObject({ when: indirect, required: indirect });
    }
    const always = layer.attributes.filter((each) => each.required === true);
    expect(always.map((each) => each.key)).toEqual(["target", "polarity", "aim", "quote"]);
  });

  test("of connotation frames ask the nine questions of predicates only", () => {
    const layer = layerOf(bookOf("connotation-frames"), "span");
    expect(layer.attributes.map((each) => each.key)).toEqual([
      "P_writer_agent",
      "P_writer_theme",
      "P_agent_theme",
      "E_agent",
      "E_theme",
      "V_agent",
      "V_theme",
      "S_agent",
      "S_theme",
    ]);
    for (const attribute of layer.attributes) {
      expect(attribute.when).toEqual({ labels: ["predicate"] });
      expect(attribute.options).toHaveLength(3);
    }
  });

  test("name options and labels that exist", () => {
    for (const layer of [...books.values()].flatMap((book) => book.layers)) {
      expect(brokenConditions(layer)).toEqual([]);
    }
  });

  test("are noticed when they name an option that does not exist", () => {
    const layer = structuredClone(layerOf(bookOf("basil"), "bias_span"));
    const speaker = layer.attributes.find((each) => each.key === "speaker");
    if (speaker !== undefined) speaker.when = { attribute: "quote", is: ["perhaps"] };
    expect(brokenConditions(layer)).toEqual(["speaker"]);
  });

  test("leave non-moral alone on its sentence", () => {
    const labels = layerOf(bookOf("moral-foundations"), "foundation").labels;
    expect(labels.filter((each) => each.exclusive).map((each) => each.key)).toEqual(["non_moral"]);
  });

  test("link attribution from source over cue to content", () => {
    const book = bookOf("attribution-voice");
    expect(layerOf(book, "source_cue")).toMatchObject({
      from: { layer: "attribution", labels: ["source"] },
      to: { layer: "attribution", labels: ["cue"] },
    });
    expect(layerOf(book, "cue_content")).toMatchObject({
      from: { layer: "attribution", labels: ["cue"] },
      to: { layer: "attribution", labels: ["content"] },
    });
  });
});

describe("a template that is not in the language", () => {
  const good: unknown = JSON.parse(readFileSync(new URL("babe.json", folder), "utf8"));

  test("is refused for a field that the language does not have", () => {
    expect(codebookSchema.safeParse(good).success).toBe(true);
    expect(codebookSchema.safeParse({ ...Object(good), mood: "good" }).success).toBe(false);
  });

  test("is refused without layers", () => {
    expect(codebookSchema.safeParse({ ...Object(good), layers: [] }).success).toBe(false);
  });
});

function read(file: string): Codebook {
  return codebookSchema.parse(JSON.parse(readFileSync(new URL(file, folder), "utf8")));
}

function bookOf(key: string): Codebook {
  const found = books.get(key);
  if (found === undefined) throw new Error(`There is no template ${key}.`);
  return found;
}

function layerOf(book: Codebook, key: string): Layer {
  const found = book.layers.find((each) => each.key === key);
  if (found === undefined) throw new Error(`${book.key} has no layer ${key}.`);
  return found;
}

function choosable(layer: Layer) {
  return layer.labels.filter((each) => each.selectable && !each.archived);
}

function selectableKeys(book: string, layer: string): string[] {
  return layerOf(bookOf(book), layer)
    .labels.filter((each) => each.selectable)
    .map((each) => each.key);
}

/** Keys of attributes whose conditions name a label or an option that is not there. */
function brokenConditions(layer: Layer): string[] {
  const labels = new Set(layer.labels.map((each) => each.key));
  const broken = layer.attributes.filter((attribute) => {
    const { when, required } = attribute;
    return [when, typeof required === "boolean" ? undefined : required].some((test) => {
      const other = layer.attributes.find((each) => each.key === test?.attribute);
      const options = new Set(
        other?.type === "yes_no" ? ["yes", "no"] : other?.options?.map((each) => each.key),
      );
      return (
        test?.labels?.some((each) => !labels.has(each)) ||
        test?.is?.some((each) => !options.has(each))
      );
    });
  });
  return broken.map((each) => each.key);
}
