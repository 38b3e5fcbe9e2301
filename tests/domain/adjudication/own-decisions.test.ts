import { expect, it } from "vitest";
import { findItems, type Item, type Submission } from "@/lib/domain/adjudication/items";
import { ownDecisions } from "@/lib/domain/adjudication/own-decisions";
import type { Span } from "@/lib/domain/annotation/state";
import type { Codebook } from "@/lib/domain/codebook/language";
import { codePoint } from "@/lib/domain/text/offsets";

const TEXT = "the bold army freed the town while rebels fled";
const codebook = { layers: [] } as unknown as Codebook;

type Marks = [label: string, words: string][];

function span([label, words]: [string, string], id: string): Span {
  const start = TEXT.indexOf(words);
  const ranges = [{ start: codePoint(start), end: codePoint(start + words.length), quote: words }];
  return {
    id,
    ...{ layer: "span", label, ranges, attributes: {}, flags: [], origin: "manual" },
  };
}

function itemsOf(marks: Record<string, Marks>): Item[] {
  const submissions = Object.entries(marks).map(
    ([annotatorId, own]): Submission => ({
      annotatorId,
      setId: annotatorId,
      spans: own.map((mark, at) => span(mark, `${annotatorId}${at}`)),
      unitLabels: [],
    }),
  );
  return findItems(submissions, codebook);
}

/** What `a` reads of the items, each decided in turn by a kind and what is gold. */
function read(
  marks: Record<string, Marks>,
  decided: { kind: "accept" | "reject" | "contested"; gold?: [string, string] }[],
) {
  const items = itemsOf(marks);
  const gold = decided.flatMap(({ gold: mark }, at) =>
    mark === undefined ? [] : [span(mark, `gold${at}`)],
  );
  const decisions = items.map((item, at) => ({
    itemKey: item.key,
    kind: decided[at]?.kind ?? "reject",
    spanId: decided[at]?.gold === undefined ? null : `gold${at}`,
    reason: "slip",
    note: `Note ${at}`,
  }));
  return ownDecisions(items, decisions, {
    gold: { spans: gold, unitLabels: [] },
    annotatorId: "a",
  });
}

it("tells what became of each own mark, with reason and note", () => {
  const marks: Record<string, Marks> = {
    a: [
      ["x", "bold"],
      ["x", "freed"],
      ["x", "town"],
      ["x", "fled"],
    ],
    b: [
      ["x", "bold"],
      ["y", "freed"],
    ],
  };
  const told = read(marks, [
    { kind: "accept", gold: ["x", "bold"] },
    { kind: "accept", gold: ["y", "freed"] },
    { kind: "reject" },
    { kind: "contested" },
  ]);
  expect(told.map(({ verdict, own, decided }) => [verdict, own, decided])).toEqual([
    ["kept", ["x"], ["x"]],
    ["changed", ["x"], ["y"]],
    ["rejected", ["x"], []],
    ["contested", ["x"], []],
  ]);
  expect(told[1]).toMatchObject({ reason: "slip", note: "Note 1" });
});

it("tells other boundaries by the words of both", () => {
  const [told] = read({ a: [["x", "bold army"]], b: [["x", "bold"]] }, [
    { kind: "accept", gold: ["x", "bold"] },
  ]);
  expect(told).toMatchObject({
    verdict: "changed",
    ownRange: { start: 4, end: 13 },
    range: { start: 4, end: 8 },
  });
});

it("tells what is gold and was overlooked, and nothing of what others marked in vain", () => {
  const marks: Record<string, Marks> = {
    a: [],
    b: [
      ["x", "bold"],
      ["x", "freed"],
      ["x", "fled"],
    ],
  };
  const told = read(marks, [
    { kind: "accept", gold: ["x", "bold"] },
    { kind: "reject" },
    { kind: "contested" },
  ]);
  expect(told.map(({ verdict, own, decided }) => [verdict, own, decided])).toEqual([
    ["added", [], ["x"]],
  ]);
});

it("names nobody and counts nobody", () => {
  const marks: Record<string, Marks> = { a: [["x", "bold"]], colleague: [["y", "bold"]] };
  const told = JSON.stringify(read(marks, [{ kind: "accept", gold: ["y", "bold"] }]));
  expect(told).not.toContain("annotator");
  const [withMore] = read({ ...marks, other: [["y", "bold"]] }, [
    { kind: "accept", gold: ["y", "bold"] },
  ]);
  // Ids of items follow from spans; all else is the same whether one or two said so.
  expect({ ...withMore, key: "" }).toEqual({ ...JSON.parse(told)[0], key: "" });
});
