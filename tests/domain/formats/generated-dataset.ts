import type {
  AnnotationRecord,
  Dataset,
  DocumentRecord,
  EventAnswerRecord,
} from "@/lib/domain/formats/records";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { type Chance, chance } from "@/tests/support/random";

/** Words that offsets and files go wrong on. */
const WORDS: [string, ...string[]] = [
  "liberated",
  "🕊️",
  "👩‍👩‍👧",
  "𝔊𝔬𝔱𝔥𝔦𝔠",
  "Ağdam",
  "e\u0301te\u0301",
  "تحرير",
  "שלום",
  "“quoted”",
  "a,b;c",
  'say "no"',
  "line\nbreak",
  "tab\there",
  "\u2028",
  "\u0085",
  "=1+1",
  "−5",
  "\u202Eright\u202C",
  "\uFEFF",
  "…",
];

/** A dataset of a few documents with spans of one range and of several. */
export function generatedDataset(seed: number): Dataset {
  const random = chance(seed);
  const documents = Array.from({ length: 1 + random.below(3) }, (_, number) =>
    makeDocument(`document-${number}`, random),
  );
  const annotations = documents.flatMap((document) =>
    Array.from({ length: random.below(6) }, (_, number) =>
      makeAnnotation(`${document.id}-span-${number}`, document, random),
    ),
  );
  const submissions = documents.map((document) => ({
    record: "submission" as const,
    id: `${document.id}-set`,
    ...originsOf(document),
    flags: random.below(2) === 0 ? (["discuss"] as const).slice() : [],
    annotations: annotations.filter((each) => each.document === document.id).length,
  }));
  const eventAnswers = Array.from({ length: random.below(3) }, (_, number) =>
    makeEventAnswer(`answer-${number}`, random),
  );
  return {
    header: {
      record: "header",
      format: "framemark/1",
      project: { id: "project", name: words(2, random), language: "en" },
      exported_on: "2026-03-01",
      offsets: "unicode_code_points",
      counts: {
        codebooks: 1,
        documents: documents.length,
        submissions: submissions.length,
        annotations: annotations.length,
        event_answers: eventAnswers.length,
      },
    },
    codebooks: [
      {
        record: "codebook",
        key: "scheme",
        name: "Scheme",
        version: 1,
        sha256: "0".repeat(64),
        content: { layers: [{ key: "span", labels: [words(1, random), null, 1, true] }] },
      },
    ],
    documents,
    submissions,
    annotations,
    event_answers: eventAnswers,
  };
}

function makeDocument(id: string, random: Chance): DocumentRecord {
  const text = words(5 + random.below(30), random);
  const length = indexText(text).length;
  return {
    record: "document",
    id,
    version: 1,
    title: words(3, random),
    outlet: random.below(2) === 0 ? words(1, random) : null,
    author: null,
    published_on: random.below(2) === 0 ? "2026-02-28" : null,
    url: null,
    language: "en",
    country: null,
    section: null,
    licence: null,
    event: null,
    text_sha256: "a".repeat(64),
    length,
    text,
    blocks: [{ role: "body", start: 0, end: length }],
  };
}

function makeAnnotation(id: string, document: DocumentRecord, random: Chance): AnnotationRecord {
  const index = indexText(document.text);
  const cuts = Array.from({ length: 2 + 2 * random.below(3) }, () => random.below(document.length));
  const places = [...new Set(cuts)].sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (let at = 0; at + 1 < places.length; at += 2) {
    ranges.push([places[at] ?? 0, places[at + 1] ?? 0]);
  }
  if (ranges.length === 0) ranges.push([0, 1]);
  return {
    record: "annotation",
    id,
    submission: `${document.id}-set`,
    project: "Project",
    ...originsOf(document),
    title: document.title,
    outlet: document.outlet,
    text_sha256: document.text_sha256,
    unit: "span",
    layer: "span",
    label: "naming",
    label_name: words(1, random),
    start: ranges[0]?.[0] ?? 0,
    end: ranges.at(-1)?.[1] ?? 0,
    ranges,
    quote: ranges.map(([start, end]) => index.slice(codePoint(start), codePoint(end))).join(" … "),
    value: null,
    entity: random.below(4) === 0 ? words(1, random) : null,
    from: null,
    to: null,
    evidence: [],
    attributes: {
      target: words(1, random),
      tags: [words(1, random)],
      sure: random.below(2) === 0,
      level: 2,
    },
    flags: [],
    origin: "manual",
  };
}

function makeEventAnswer(id: string, random: Chance): EventAnswerRecord {
  return {
    record: "event_answer",
    id,
    project: "Project",
    event: words(2, random),
    pseudonym: "A-7KQ2",
    round: "Main round",
    codebook: { key: "scheme", name: "Scheme", version: 1 },
    layer: "kind",
    label: "war",
    label_name: words(1, random),
    value: random.below(2) === 0 ? "yes" : null,
    entity: random.below(2) === 0 ? words(1, random) : null,
    answered_on: "2026-03-01",
  };
}

function originsOf(document: DocumentRecord) {
  return {
    document: document.id,
    document_version: document.version,
    pseudonym: "A-7KQ2",
    round: "Main round",
    codebook: { key: "scheme", name: "Scheme", version: 1 },
    submitted_on: "2026-03-01",
    active_seconds: 60,
  };
}

function words(count: number, random: Chance): string {
  return Array.from({ length: count }, () => random.oneOf(WORDS)).join(" ");
}
