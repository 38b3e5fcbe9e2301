import { describe, expect, it } from "vitest";
import { findItems, type Submission } from "@/lib/domain/adjudication/items";
import { NOTHING, type ProposalRule, propose } from "@/lib/domain/adjudication/propose";
import type { Span } from "@/lib/domain/annotation/state";
import type { Codebook } from "@/lib/domain/codebook/language";
import { codePoint } from "@/lib/domain/text/offsets";

const TEXT = "the bold army freed the old town while rebels fled from it";
const codebook = { layers: [] } as unknown as Codebook;
let last = 0;

function span(label: string, words: string): Span {
  const start = TEXT.indexOf(words);
  const ranges = [{ start: codePoint(start), end: codePoint(start + words.length), quote: words }];
  return {
    id: `s${String(++last).padStart(5, "0")}`,
    ...{ layer: "span", label, ranges, attributes: {}, flags: [], origin: "manual" },
  };
}

type Marks = [label: string, words: string][];

function document(documentId: string, marks: Record<string, Marks>) {
  const submissions = Object.entries(marks).map(
    ([annotatorId, own]): Submission => ({
      annotatorId,
      setId: `${documentId} ${annotatorId}`,
      spans: own.map(([label, words]) => span(label, words)),
      unitLabels: [],
    }),
  );
  return {
    documentId,
    items: findItems(submissions, codebook),
    annotatorIds: Object.keys(marks),
    slice: (start: number, end: number) => TEXT.slice(start, end),
  };
}

const one = (marks: Record<string, Marks>, rule: ProposalRule) =>
  propose([document("d", marks)], rule).get("d") ?? [];

describe("a strict majority", () => {
  it("takes what more than half say, with the share as confidence and all shares as soft label", () => {
    const [first] = one(
      { a: [["x", "bold"]], b: [["x", "bold"]], c: [["y", "bold"]] },
      { kind: "majority" },
    );
    expect(first?.decision.kind).toBe("accept");
    expect(first?.confidence).toBeCloseTo(2 / 3, 12);
    expect(first?.distribution).toEqual({ x: 2 / 3, y: 1 / 3 });
  });

  it("proposes nothing at exactly half, and rejects what most did not mark", () => {
    expect(one({ a: [["x", "bold"]], b: [] }, { kind: "majority" })).toEqual([]);
    const [only] = one({ a: [["x", "bold"]], b: [], c: [] }, { kind: "majority" });
    expect(only?.decision).toEqual({ kind: "reject", optionKeys: [] });
    expect(only?.distribution[NOTHING]).toBeCloseTo(2 / 3, 12);
  });

  it("keeps the characters that more than half of those who gave the label marked", () => {
    const [made] = one(
      { a: [["x", "bold army"]], b: [["x", "army freed"]], c: [["x", "bold army freed"]] },
      { kind: "majority" },
    );
    const ranges = made?.decision.ranges ?? [];
    expect(made?.decision.kind === "edit" ? ranges[0]?.quote : "an option").toBe("an option");
    const [two] = one({ a: [["x", "bold army"]], b: [["x", "army freed"]] }, { kind: "majority" });
    expect(two?.decision).toMatchObject({ kind: "edit", ranges: [{ quote: "army" }] });
  });
});

it("k of n takes what at least k say and more than any other", () => {
  const marks: Record<string, Marks> = {
    a: [["x", "bold"]],
    b: [["x", "bold"]],
    c: [["y", "bold"]],
    d: [],
    e: [],
  };
  expect(one(marks, { kind: "k_of_n", votes: 2 })).toEqual([]);
  const [made] = one(
    { ...marks, e: [["y", "bold"]], d: [["x", "bold"]] },
    { kind: "k_of_n", votes: 3 },
  );
  expect(made?.decision.kind).toBe("accept");
  expect(one({ ...marks, d: [["x", "bold"]] }, { kind: "k_of_n", votes: 4 })).toEqual([]);
});

describe.each<ProposalRule>([{ kind: "dawid_skene" }, { kind: "mace", seed: 7 }])(
  "the model $kind",
  (rule) => {
    const words = ["bold", "army", "freed", "town", "rebels", "fled"];
    // Two careful annotators who agree, and one who marks at random.
    const careless = [1, 0, 0, 1, 0, 1, 1, 0, 1, 0];
    const documents = careless.map((odd, at) => {
      const marks: Marks = words.map((word, place) => [(at + place) % 2 === 0 ? "x" : "y", word]);
      const wrong: Marks = words.map((word, place) => [
        (odd + place * at) % 3 === 0 ? "x" : "y",
        word,
      ]);
      return document(`d${at}`, { a: marks, b: marks, c: wrong });
    });

    it("follows those who are reliable, says how sure it is, and answers the same each time", () => {
      const made = propose(documents, rule);
      for (const { documentId, items } of documents) {
        const proposals = made.get(documentId) ?? [];
        expect(proposals).toHaveLength(items.length);
        for (const { itemKey, decision, confidence, distribution } of proposals) {
          const item = items.find(({ key }) => key === itemKey);
          const taken = item?.options.find(({ key }) => key === decision.optionKeys[0]);
          expect(taken?.annotatorIds).toContain("a");
          expect(confidence).toBeGreaterThan(0.5);
          const sum = Object.values(distribution).reduce((total, each) => total + each, 0);
          expect(sum).toBeCloseTo(1, 4);
        }
      }
      expect(propose(documents, rule)).toEqual(made);
    });
  },
);
