import { describe, expect, test } from "vitest";
import { type CorpusDocument, emptySet } from "@/lib/domain/formats/corpus";
import { normaliseDocument } from "@/lib/domain/formats/normalise-document";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { generatedCorpus } from "./generated-corpus";

const slice = (text: string, { start, end }: { start: number; end: number }) =>
  indexText(text).slice(codePoint(start), codePoint(end));

describe("a document brought to the stored form", () => {
  test("has the words of every range where they are now", () => {
    const documents = Array.from({ length: 60 }, (_, seed) => generatedCorpus(seed)).flat();
    let compared = 0;
    for (const document of documents) {
      const normal = normaliseDocument(document);
      if (!normal.ok) continue;
      for (const { before, after } of rangesOf(document, normal.value)) {
        const words = slice(document.text, before);
        // An accent alone is now part of its letter; half a line break of two is now the whole.
        if (/^[\p{M}\n]|\r$/u.test(words) || cutsLetter(document.text, before.end)) continue;
        expect(slice(normal.value.text, after)).toBe(
          words.replaceAll("\r\n", "\n").normalize("NFC"),
        );
        compared++;
      }
      expect(normaliseDocument(normal.value)).toEqual({ ok: true, value: normal.value });
    }
    expect(compared).toBeGreaterThan(300);
  });

  test("widens a range that begins or ends inside what becomes one character", () => {
    const text = "\uFEFFcafe\u0301\r\nnow";
    const span = (id: string, start: number, end: number) => ({
      id,
      layer: "span",
      label: "x",
      ranges: [{ start, end }],
      attributes: {},
      flags: [],
    });
    const document: CorpusDocument = {
      id: "a",
      title: null,
      text,
      source: {},
      blocks: [],
      sets: [
        {
          ...emptySet("ana", "annotator"),
          spans: [
            span("word", 1, 6),
            span("e", 1, 5),
            span("accent", 5, 6),
            span("now", 8, 11),
            span("mark", 0, 1),
          ],
        },
      ],
    };
    const normal = normaliseDocument(document);
    if (!normal.ok) throw new Error(normal.failure.message);
    const words = normal.value.sets[0]?.spans.map(({ id, ranges }) => [
      id,
      ...ranges.map((range) => slice(normal.value.text, range)),
    ]);
    expect(words).toEqual([
      ["word", "café"],
      ["e", "café"],
      ["accent", "é"],
      ["now", "now"],
    ]);
  });
});

/** Ranges of spans before and after, but where parts now touch and are one. */
function rangesOf(before: CorpusDocument, after: CorpusDocument) {
  const spans = before.sets.flatMap((set, number) =>
    set.spans.map((span) => ({
      span,
      moved: after.sets[number]?.spans.find(({ id }) => id === span.id),
    })),
  );
  return spans.flatMap(({ span, moved }) => {
    if (moved?.ranges.length !== span.ranges.length) return [];
    return span.ranges.flatMap((range, at) => {
      const found = moved.ranges[at];
      return found === undefined ? [] : [{ before: range, after: found }];
    });
  });
}

function cutsLetter(text: string, at: number): boolean {
  const next = [...text][at] ?? "";
  return /\p{M}/u.test(next) || next === "\n";
}
