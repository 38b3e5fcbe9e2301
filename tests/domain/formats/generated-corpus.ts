import type { AttributeValues } from "@/lib/domain/annotation/state";
import type {
  CorpusDocument,
  CorpusRange,
  CorpusRelation,
  CorpusSet,
  CorpusSpan,
  CorpusUnitLabel,
} from "@/lib/domain/formats/corpus";
import { segmentText } from "@/lib/domain/text/segment";
import { findBlocks } from "@/lib/domain/text/structure";
import { type Chance, chance } from "@/tests/support/random";

/** Words that offsets and files go wrong on. */
const WORDS: [string, ...string[]] = [
  "liberated",
  "city",
  "the",
  "🕊️",
  "👩‍👩‍👧",
  "👳🏻‍♀️",
  "𝔊𝔬𝔱𝔥𝔦𝔠",
  "Ağdam",
  "e\u0301te\u0301",
  "تحرير",
  "שָׁלוֹם",
  "Україна",
  "解放",
  "“quoted”",
  "a,b;c",
  "x|y[2]",
  "back\\slash",
  "<b>&amp;</b>",
  'say "no"',
  "tab\there",
  "U.S.-led",
  "=1+1",
  "−5",
  "_",
  "*",
  "100%",
  "…",
];

const ENDS: [string, ...string[]] = [" ", " ", " ", ". ", "\n", "\n\n", "! "];

const LABELS: [string, ...string[]] = [
  "Loaded",
  "Naming",
  "Exaggeration,Minimisation",
  "pipe|d",
  "Frame-2",
  "Übertreibung",
];

/** Documents with everything that a corpus can hold, of sizes from nothing up. */
export function generatedCorpus(seed: number): CorpusDocument[] {
  const random = chance(seed);
  return Array.from({ length: 1 + random.below(3) }, (_, number) =>
    generatedDocument(`document-${seed}-${number}`, random),
  );
}

function generatedDocument(id: string, random: Chance): CorpusDocument {
  const text = generatedText(random);
  const blocks = random.below(2) === 0 ? [] : findBlocks(text);
  const segments = segmentText(text, findBlocks(text), "en");
  const isSegmented = random.below(2) === 0 && segments.tokens.length > 0;
  const draft = { id, text, blocks, random, sentences: segments.sentences };
  return {
    id,
    title: random.below(3) === 0 ? null : `Title ${random.oneOf(WORDS)}`,
    text,
    source: generatedFacts(random),
    blocks,
    ...(isSegmented ? segments : {}),
    sets: Array.from({ length: random.below(4) }, (_, number) =>
      generatedSet(number === 2 ? "gold" : `A-${number}K"ü`, draft),
    ),
  };
}

function generatedText(random: Chance): string {
  if (random.below(8) === 0) return "";
  const words = Array.from(
    { length: 1 + random.below(30) },
    () => random.oneOf(WORDS) + random.oneOf(ENDS),
  );
  const text = words.join("").trimEnd();
  return random.below(4) === 0 ? text.replaceAll("\n", "\r\n") : text;
}

function generatedFacts(random: Chance): CorpusDocument["source"] {
  if (random.below(4) === 0) return {};
  return {
    outlet: `Outlet ${random.oneOf(WORDS)}`,
    publishedOn: "2026-02-28",
    language: "en",
    ...(random.below(2) === 0 ? { url: "https://example.org/a?b=c&d" } : {}),
    ...(random.below(2) === 0 ? { more: { desk: random.oneOf(WORDS) } } : {}),
  };
}

type Place = {
  text: string;
  blocks: CorpusDocument["blocks"];
  sentences: number[];
  random: Chance;
};

function generatedSet(name: string, place: Place): CorpusSet {
  const { random } = place;
  const length = [...place.text].length;
  const spans = Array.from({ length: length === 0 ? 0 : random.below(7) }, (_, number) =>
    generatedSpan(`s-${number}`, length, random),
  );
  return {
    name,
    kind: name === "gold" ? "gold" : "annotator",
    spans,
    relations: spans.length < 2 ? [] : relationsOf(spans, random),
    unitLabels: unitLabelsOf(spans, place),
    comments: Array.from({ length: random.below(2) }, (_, number) => ({
      id: `c-${number}`,
      spanId: spans[0] && random.below(2) === 0 ? spans[0].id : null,
      body: `Why “${random.oneOf(WORDS)}”?\nAsk.`,
    })),
    flags: random.below(3) === 0 ? ["discuss"] : [],
  };
}

function generatedSpan(id: string, length: number, random: Chance): CorpusSpan {
  const cuts = Array.from({ length: random.below(3) === 0 ? 4 : 2 }, () =>
    random.below(length + 1),
  );
  const places = [...new Set(cuts)].sort((a, b) => a - b);
  const ranges: CorpusRange[] = [];
  for (let at = 0; at + 1 < places.length; at += 2) {
    ranges.push({ start: places[at] ?? 0, end: places[at + 1] ?? 0 });
  }
  if (ranges.length === 0) ranges.push({ start: 0, end: 1 });
  return {
    id,
    layer: random.below(4) === 0 ? "other-layer" : "span",
    label: random.oneOf(LABELS),
    ranges,
    attributes: attributesOf(random),
    flags: random.below(4) === 0 ? ["discuss"] : [],
  };
}

function attributesOf(random: Chance): AttributeValues {
  return {
    ...(random.below(2) === 0 ? { target: `who ${random.oneOf(WORDS)}` } : {}),
    ...(random.below(3) === 0 ? { sure: random.below(2) === 0 } : {}),
    ...(random.below(3) === 0 ? { level: random.below(5) / 2 } : {}),
    ...(random.below(3) === 0 ? { tags: ["one", random.oneOf(WORDS)] } : {}),
  };
}

function relationsOf(spans: CorpusSpan[], random: Chance): CorpusRelation[] {
  return Array.from({ length: random.below(3) }, (_, number) => ({
    id: `r-${number}`,
    layer: "relation",
    label: number === 0 ? "supports" : "contradicts",
    from: spans[random.below(spans.length)]?.id ?? "",
    to: spans[random.below(spans.length)]?.id ?? "",
    attributes: relationAttributes(random),
  }));
}

function relationAttributes(random: Chance): AttributeValues {
  return random.below(2) === 0 ? {} : { strength: "high" };
}

function unitLabelsOf(spans: CorpusSpan[], { text, random, ...place }: Place): CorpusUnitLabel[] {
  const evidence = spans[0] && random.below(2) === 0 ? [spans[0].id] : [];
  const value = random.below(2) === 0 ? "yes" : null;
  const layer = random.below(2) === 0 ? "label" : "stance";
  const labels: CorpusUnitLabel[] = [];
  const add = (unit: CorpusUnitLabel["unit"], start: number, end: number) => {
    labels.push({ unit, layer, label: random.oneOf(LABELS), start, end, value, evidence });
  };
  if (random.below(2) === 0) add("document", 0, [...text].length);
  const [start, end] = place.sentences;
  if (start !== undefined && end !== undefined && random.below(2) === 0)
    add("sentence", start, end);
  const block = place.blocks.at(-1);
  if (block && random.below(2) === 0) add("block", block.start, block.end);
  return labels;
}
