import { describe, expect, it } from "vitest";
import { binaryAlpha } from "@/lib/domain/agreement/binary-alpha";
import type { ReportDocument, ReportSet } from "@/lib/domain/agreement-report/report-work";
import { compareRounds } from "@/lib/domain/agreement-report/round-change";
import { draftSchema } from "@/lib/domain/codebook/language";
import { codePoint } from "@/lib/domain/text/offsets";

const codebook = draftSchema.parse({
  framemark: "codebook/1",
  key: "wording",
  name: "Wording",
  layers: [
    {
      key: "span",
      name: "Wording",
      level: "span",
      labels: [
        { key: "x", name: "X" },
        { key: "y", name: "Y" },
      ],
    },
    {
      key: "tone",
      name: "Tone",
      level: "document",
      labels: [
        { key: "calm", name: "Calm" },
        { key: "loud", name: "Loud" },
      ],
    },
  ],
});

const LENGTH = 100;
/** Words of five signs. */
const TOKENS = Array.from({ length: 40 }, (_, at) => Math.ceil(at / 2) * 5);

function documentOf(documentId: string): ReportDocument {
  return {
    ...{ documentId, versionId: `${documentId} v1`, length: LENGTH, tokens: TOKENS, sentences: [] },
    annotatable: [{ start: codePoint(0), end: codePoint(LENGTH) }],
  };
}

type Given = { label?: string; start?: number; end?: number; tone?: string };

function set(documentId: string, annotatorId: string, given: Given): ReportSet {
  const { label, start = 0, end = 10, tone } = given;
  const whole = { start: codePoint(0), end: codePoint(LENGTH) };
  return {
    ...{ versionId: `${documentId} v1`, annotatorId, round: { position: 1, name: "Main" } },
    ...{ repetition: 0, codebookVersion: 1, submittedOn: "2026-03-01" },
    spans:
      label === undefined
        ? []
        : [{ id: "s", layer: "span", label, ranges: [{ start, end }] } as never],
    unitLabels:
      tone === undefined
        ? []
        : [{ layer: "tone", label: tone, unit: "document", ...whole, value: null, evidence: [] }],
  };
}

/** A round: what annotators a and b give each document. */
function round(given: Record<string, [Given, Given]>): ReportSet[] {
  return Object.entries(given).flatMap(([id, [a, b]]) => [set(id, "a", a), set(id, "b", b)]);
}

const both: [Given, Given] = [{ label: "x" }, { label: "x" }];
const half: [Given, Given] = [{ label: "x" }, { label: "x", end: 5 }];
const apart: [Given, Given] = [{ label: "x" }, { label: "y" }];

function compare(before: ReportSet[], after: ReportSet[]) {
  const ids = new Set([...before, ...after].map(({ versionId }) => versionId.replace(" v1", "")));
  return compareRounds(codebook, { documents: [...ids].map(documentOf), before, after });
}

function rowOf(change: ReturnType<typeof compare>, label: string | null, layer = "span") {
  const row = change.layers
    .find((each) => each.layer === layer)
    ?.rows.find((each) => each.label === label);
  if (row === undefined) throw new Error(`There is no row ${label}.`);
  return row;
}

describe("agreement in two rounds", () => {
  it("is alpha of each label on the documents of both, and their difference", () => {
    const change = compare(
      round({ d1: half, d2: apart, d3: half, d9: apart }),
      round({ d1: both, d2: both, d3: half, d8: apart }),
    );
    expect(change).toMatchObject({ documents: 3, annotators: 2 });
    const x = rowOf(change, "x");
    // Before: 2 x 100 positions in each of three documents; of 40 covered ones 5 + 5 pairs agree.
    const alpha = (covered: number, coincident: number) =>
      binaryAlpha({ total: 600, covered, coincident, squares: 0 }).value ?? Number.NaN;
    expect(x.before.value).toBeCloseTo(alpha(40, 20), 12);
    expect(x.after.value).toBeCloseTo(alpha(55, 50), 12);
    expect(x.difference.value).toBeCloseTo(alpha(55, 50) - alpha(40, 20), 12);
    expect(rowOf(change, "y").after).toMatchObject({ value: null });
    expect(rowOf(change, "y").difference).toMatchObject({ value: null });
  });

  it("does not change when the same rounds are compared, and turns its sign when they are swapped", () => {
    const one = round({ d1: half, d2: apart, d3: both });
    const other = round({ d1: both, d2: half, d3: both });
    const same = rowOf(compare(one, one), "x");
    expect(same.difference).toMatchObject({ value: 0, low: 0, high: 0 });
    expect(same.p).toBe(1);
    const there = rowOf(compare(one, other), "x");
    const back = rowOf(compare(other, one), "x");
    expect(back.difference.value).toBeCloseTo(-(there.difference.value ?? Number.NaN), 12);
    expect(back.p).toBe(there.p);
    expect(there.before).toEqual(back.after);
  });

  it("has the share of swaps of whole documents that differ as much", () => {
    const ids = ["d1", "d2", "d3", "d4", "d5"];
    const change = compare(
      round(Object.fromEntries(ids.map((id) => [id, half]))),
      round(Object.fromEntries(ids.map((id) => [id, both]))),
    );
    // Only none and all swapped are as large: 2 of 32.
    expect(rowOf(change, "x").p).toBe(2 / 32);
  });

  it("counts only annotators who did the document in both rounds", () => {
    const extra = set("d1", "c", { label: "y" });
    const before = [...round({ d1: both, d2: both }), extra];
    const change = compare(before, round({ d1: both, d2: both }));
    expect(change.annotators).toBe(2);
    expect(rowOf(change, "x").before.value).toBe(1);
    const alone = compare([set("d1", "a", {}), extra], round({ d1: both }));
    expect(alone.documents).toBe(0);
    expect(rowOf(alone, "x").before.value).toBeNull();
  });

  it("gives no interval below three documents, and a wide one of few", () => {
    const two = rowOf(compare(round({ d1: half, d2: apart }), round({ d1: both, d2: half })), "x");
    expect(two.before).toMatchObject({ low: null, high: null });
    expect(two.difference).toMatchObject({ low: null, high: null });
    const three = rowOf(
      compare(round({ d1: half, d2: apart, d3: both }), round({ d1: both, d2: half, d3: both })),
      "x",
    );
    const { low, high, value } = three.difference as { low: number; high: number; value: number };
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  it("compares answers on documents as it compares spans", () => {
    const tones = (a: string, b: string): [Given, Given] => [{ tone: a }, { tone: b }];
    const change = compare(
      round({ d1: tones("calm", "loud"), d2: tones("calm", "calm"), d3: tones("loud", "loud") }),
      round({ d1: tones("calm", "calm"), d2: tones("calm", "calm"), d3: tones("loud", "loud") }),
    );
    expect(rowOf(change, null, "tone").after.value).toBe(1);
    expect(rowOf(change, "calm", "tone").difference.value).toBeGreaterThan(0);
  });
});
