import { describe, expect, it } from "vitest";
import {
  type Dispute,
  type DisputeEnd,
  groupDisputes,
  pairsOf,
} from "@/lib/domain/adjudication/dispute-groups";
import { findItems, type Submission } from "@/lib/domain/adjudication/items";
import { proposeNote } from "@/lib/domain/adjudication/propose-note";
import type { Span, UnitLabel } from "@/lib/domain/annotation/state";
import type { Codebook } from "@/lib/domain/codebook/language";
import { codePoint } from "@/lib/domain/text/offsets";

const TEXT = "the bold army freed the old town while rebels fled from it";
const codebook = {
  layers: [{ key: "tone", level: "document", choice: "many", labels: [] }],
} as unknown as Codebook;
let last = 0;

type Marks = [label: string, words: string][];

function span([label, words]: [string, string]): Span {
  const start = TEXT.indexOf(words);
  const ranges = [{ start: codePoint(start), end: codePoint(start + words.length), quote: words }];
  return {
    id: `s${String(++last).padStart(5, "0")}`,
    ...{ layer: "span", label, ranges, attributes: {}, flags: [], origin: "manual" },
  };
}

function toned(label: string): UnitLabel {
  const at = { start: codePoint(0), end: codePoint(TEXT.length) };
  return { layer: "tone", label, unit: "document", ...at, value: null, evidence: [] };
}

function itemsOf(marks: Record<string, Marks>, tones: Record<string, string[]> = {}) {
  const submissions = Object.entries(marks).map(
    ([annotatorId, own]): Submission => ({
      annotatorId,
      setId: annotatorId,
      spans: own.map(span),
      unitLabels: (tones[annotatorId] ?? []).map(toned),
    }),
  );
  return findItems(submissions, codebook);
}

function disputesOf(
  documentId: string,
  marks: Record<string, Marks>,
  end: DisputeEnd | null = null,
): Dispute[] {
  return itemsOf(marks).map((item) => ({ adjudicationId: documentId, documentId, item, end }));
}

const kept = (label: string, more: Partial<DisputeEnd> = {}): DisputeEnd => ({
  kind: "accept",
  labels: label === "" ? [] : [label],
  reason: "guideline_gap",
  note: "",
  ...more,
});

describe("pairs of a dispute", () => {
  const pairs = (marks: Record<string, Marks>) => itemsOf(marks).flatMap(pairsOf);

  it("are the labels that met, each pair once and in one order", () => {
    expect(pairs({ a: [["y", "bold"]], b: [["x", "bold"]], c: [["x", "bold"]] })).toEqual([
      { first: "x", second: "y" },
    ]);
  });

  it("have nothing on the other side where somebody marked nothing", () => {
    expect(pairs({ a: [["x", "bold"]], b: [] })).toEqual([{ first: "x", second: null }]);
  });

  it("have the label twice where only the boundaries differ", () => {
    expect(pairs({ a: [["x", "bold army"]], b: [["x", "bold"]] })).toEqual([
      { first: "x", second: "x" },
    ]);
  });

  it("are three where two labels and nothing met", () => {
    expect(pairs({ a: [["x", "bold"]], b: [["y", "bold"]], c: [] })).toHaveLength(3);
  });

  it("are what one answer has and the other has not, where several labels are given", () => {
    const [item] = itemsOf({ a: [], b: [] }, { a: ["war", "hope"], b: ["war", "fear"] });
    expect(item && pairsOf(item)).toEqual([{ first: "fear", second: "hope" }]);
    const [fewer] = itemsOf({ a: [], b: [] }, { a: ["war", "hope"], b: ["war"] });
    expect(fewer && pairsOf(fewer)).toEqual([{ first: "hope", second: null }]);
  });
});

describe("groups of disputes", () => {
  it("hold each dispute of their pair, and none that all agree on", () => {
    const groups = groupDisputes([
      ...disputesOf("d1", {
        a: [
          ["x", "bold"],
          ["x", "town"],
        ],
        b: [
          ["y", "bold"],
          ["x", "town"],
        ],
      }),
      ...disputesOf("d2", { a: [["y", "bold"]], b: [["x", "bold"]] }),
      ...disputesOf("d3", { a: [["x", "freed"]], b: [] }),
    ]);
    expect(groups.map(({ key, disputes, documents }) => [key, disputes.length, documents])).toEqual(
      [
        ["span/x/y", 2, 2],
        ["span/x/", 1, 1],
      ],
    );
  });

  it("put the same words together, whatever their case", () => {
    const [group] = groupDisputes([
      ...disputesOf("d1", { a: [["x", "bold"]], b: [] }),
      ...disputesOf("d2", { a: [["x", "bold"]], b: [] }),
      ...disputesOf("d3", { a: [["x", "freed"]], b: [] }),
    ]);
    expect(group?.words.map(({ words, disputes }) => [words, disputes.length])).toEqual([
      ["bold", 2],
      ["freed", 1],
    ]);
  });

  it("count how disputes ended, reasons and notes, and contested ones apart", () => {
    const marks = { a: [["x", "bold"]] as Marks, b: [["y", "bold"]] as Marks };
    const [group] = groupDisputes([
      ...disputesOf("d1", marks, kept("x", { note: "Praise is loaded too." })),
      ...disputesOf("d2", marks, kept("x", { reason: "slip", note: "Praise is loaded too. " })),
      ...disputesOf("d3", marks, kept("", { reason: null })),
      ...disputesOf("d4", marks, kept("", { kind: "contested", reason: "ambiguous" })),
      ...disputesOf("d5", marks),
    ]);
    expect(group).toMatchObject({
      decided: 4,
      contested: 1,
      ends: [
        { label: "x", times: 2 },
        { label: "", times: 1 },
      ],
      reasons: [
        { reason: "ambiguous", times: 1 },
        { reason: "guideline_gap", times: 1 },
        { reason: "slip", times: 1 },
      ],
      notes: ["Praise is loaded too."],
    });
  });

  it("do not depend on the order of documents", () => {
    const all = [
      ...disputesOf("d1", { a: [["x", "bold"]], b: [["y", "bold"]] }),
      ...disputesOf("d2", { a: [["x", "freed"]], b: [] }),
      ...disputesOf("d3", { a: [["y", "town"]], b: [["x", "town"]], c: [] }),
    ];
    const keys = (list: Dispute[]) =>
      groupDisputes(list).map(({ key, disputes }) => `${key} ${disputes.length}`);
    expect(keys([...all].reverse())).toEqual(keys(all));
  });
});

describe("the proposed note", () => {
  const nameOf = (label: string) => label.toUpperCase();
  const noteOn = (marks: Record<string, Marks>, ends: (DisputeEnd | null)[]) => {
    const [group] = groupDisputes(ends.flatMap((end, at) => disputesOf(`d${at}`, marks, end)));
    if (group === undefined) throw new Error("There is no dispute.");
    return proposeNote(group, nameOf);
  };
  const both = { a: [["x", "bold"]] as Marks, b: [["y", "bold"]] as Marks };
  const single = { a: [["x", "bold"]] as Marks, b: [] as Marks };

  it("is none while nothing is decided", () => {
    expect(noteOn(both, [null])).toBeNull();
  });

  it("leads from the label that lost to the one that was taken", () => {
    expect(noteOn(both, [kept("x", { note: "Praise counts." }), kept("x")])).toEqual({
      label: "y",
      place: "not_this",
      against: "x",
      note: "Not Y but X (2 of 2 decisions): “bold”. Praise counts.",
    });
  });

  it("is a counter-example where the mark was rejected, and widens the definition where it was kept", () => {
    expect(noteOn(single, [kept("")])).toMatchObject({
      label: "x",
      place: "counter_example",
      note: "Not X (1 of 1 decision): “bold”.",
    });
    expect(noteOn(single, [kept("x")])).toMatchObject({ label: "x", place: "definition" });
  });

  it("says that both readings stand where most stayed contested", () => {
    const end = kept("", { kind: "contested" });
    expect(noteOn(both, [end, end, kept("x")])).toMatchObject({
      label: "x",
      note: "Between X and Y both readings stand: “bold”.",
    });
  });
});
