import { describe, expect, it } from "vitest";
import { applyDocument, emptyTotals } from "@/lib/domain/agreement/corpus-totals";
import { reportAgreement, reportFrom } from "@/lib/domain/agreement/report";
import { computeState } from "@/lib/domain/agreement/report-state";
import type { AgreementReport } from "@/lib/domain/agreement/report-types";
import { inputFrom, type Marks, randomMarks } from "./support";

const TWO: Marks = {
  A: [
    [0, 10, "x"],
    [20, 30, "y"],
  ],
  B: [
    [0, 10, "x"],
    [21, 30, "y"],
  ],
};

function manyDocuments(count: number, layout: "apart" | "any" = "apart"): Marks[] {
  return Array.from({ length: count }, (_, index) =>
    randomMarks({ seed: index + 1, annotators: 3, length: 120, labels: ["x", "y", "z"], layout }),
  );
}

/** All numbers of a report, wherever they stand. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

function pairF1(report: AgreementReport): number | null {
  return report.pairs[0]?.f1.exact.value ?? null;
}

describe("presence", () => {
  it("a document that one annotator did not submit counts for nobody", () => {
    const both = reportAgreement(inputFrom([TWO]));
    const more = reportAgreement(inputFrom([TWO, { A: [[5, 9, "x"]] }]));
    expect(pairF1(more)).toBe(pairF1(both));
    expect(more.overall.alphaCharacters.value).toBe(both.overall.alphaCharacters.value);
    expect(more.coverage).toMatchObject({
      documents: 2,
      submitted: 2,
      compared: 1,
      submissions: 3,
    });
  });

  it("a document submitted without spans counts as found nothing", () => {
    const both = reportAgreement(inputFrom([TWO]));
    const more = reportAgreement(inputFrom([TWO, { A: [[5, 9, "x"]], B: [] }]));
    expect(pairF1(more)).toBeLessThan(pairF1(both) ?? 0);
  });

  it("counts documents and spans of every annotator", () => {
    const { annotators } = reportAgreement(inputFrom([TWO, { A: [[5, 9, "x"]] }])).coverage;
    expect(annotators).toEqual([
      { annotatorId: "A", name: "Name of A", documents: 2, compared: 1, spans: 3 },
      { annotatorId: "B", name: "Name of B", documents: 1, compared: 1, spans: 2 },
    ]);
  });

  it("refuses two submissions of one annotator for one document, and unknown names", () => {
    const input = inputFrom([TWO]);
    const [first] = input.submissions;
    if (!first) throw new Error("no submission");
    const twice = { ...input, submissions: [...input.submissions, first] };
    expect(() => reportAgreement(twice)).toThrow(/two submissions/);
    const stranger = { ...input, submissions: [{ ...first, annotatorId: "Z" }] };
    expect(() => reportAgreement(stranger)).toThrow(/unknown annotator/);
  });
});

describe("what cannot be computed", () => {
  it("says that nobody shares a document", () => {
    const report = reportAgreement(inputFrom([{ A: [[0, 5, "x"]] }, { B: [[0, 5, "x"]] }]));
    expect(report.overall.alphaCharacters).toMatchObject({
      value: null,
      reason: "no_pairable",
      because: "No two annotators have submitted the same document yet.",
    });
    expect(report.pairs).toEqual([]);
    expect(report.overall.f1.exact).toMatchObject({ value: null, pairs: 0 });
  });

  it("says that nobody marked anything", () => {
    const report = reportAgreement(inputFrom([{ A: [], B: [] }]));
    expect(report.overall.f1.exact).toMatchObject({ value: null, reason: "nothing_marked" });
    expect(report.overall.alphaTokensAny).toMatchObject({ value: null, reason: "no_variation" });
  });

  it("gives no interval below ten documents and one from ten on", () => {
    const nine = reportAgreement(inputFrom(manyDocuments(9)));
    const ten = reportAgreement(inputFrom(manyDocuments(10)));
    expect(nine.overall.alphaCharacters.interval).toMatchObject({
      low: null,
      reason: "too_few_documents",
    });
    expect(ten.overall.alphaCharacters.interval).toMatchObject({ documents: 10, level: 0.95 });
  });

  it("gives no interval where one document decides", () => {
    const rest = Array.from({ length: 11 }, (): Marks => ({ A: [], B: [] }));
    const report = reportAgreement(inputFrom([TWO, ...rest]));
    expect(report.overall.alphaCharacters.value).not.toBeNull();
    expect(report.overall.alphaCharacters.interval).toMatchObject({
      reason: "one_document_decides",
    });
  });

  it("says that there are no tokens", () => {
    const input = inputFrom([TWO]);
    const bare = { ...input, documents: input.documents.map(({ id, length }) => ({ id, length })) };
    const report = reportAgreement(bare);
    expect(report.overall.tokens.kappa).toMatchObject({ value: null, reason: "no_tokens" });
    expect(report.labels[0]?.prevalence).toMatchObject({ value: null, reason: "no_tokens" });
  });

  it("is never NaN or infinite, and survives JSON", () => {
    for (const documents of [manyDocuments(12), manyDocuments(12, "any"), [TWO], [{ A: [] }]]) {
      const report = reportAgreement(inputFrom(documents));
      expect(numbersIn(report).every(Number.isFinite)).toBe(true);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    }
  });
});

describe("conventions", () => {
  it("counts the same span twice once, and says so", () => {
    const report = reportAgreement(
      inputFrom([
        {
          A: [
            [0, 9, "x"],
            [0, 9, "x"],
          ],
          B: [[0, 9, "x"]],
        },
      ]),
    );
    expect(report.coverage.leftOut.duplicates).toBe(1);
    expect(pairF1(report)).toBe(1);
  });

  it("leaves out empty spans and cuts spans that reach outside", () => {
    const report = reportAgreement(
      inputFrom([
        {
          A: [
            [5, 5, "x"],
            [100, 900, "x"],
          ],
          B: [[100, 120, "x"]],
        },
      ]),
    );
    expect(report.coverage.leftOut).toMatchObject({ emptySpans: 1, outsideText: 1 });
    expect(pairF1(report)).toBe(1);
  });

  it("leaves out labels that are not compared", () => {
    const input = inputFrom([TWO]);
    const report = reportAgreement({ ...input, labels: [{ id: "x", name: "X" }] });
    expect(report.coverage.leftOut.otherLabels).toBe(2);
    expect(pairF1(report)).toBe(1);
  });

  it("compares sets where labels overlap, and gives u-alpha by label only", () => {
    const report = reportAgreement(
      inputFrom([
        {
          A: [
            [0, 20, "x"],
            [10, 30, "y"],
          ],
          B: [
            [0, 20, "x"],
            [12, 30, "y"],
          ],
        },
      ]),
    );
    expect(report.overall.unitizingAlpha).toMatchObject({
      value: null,
      reason: "overlapping_labels",
    });
    expect(report.labels.every((label) => label.unitizingAlpha.value !== null)).toBe(true);
    expect(report.coverage.overlappingCharacters).toBe(10 + 8);
  });

  it("counts only the text that can be annotated", () => {
    const input = inputFrom([TWO]);
    const annotable = [
      { start: 0, end: 40 },
      { start: 60, end: 70 },
    ];
    const cut = {
      ...input,
      documents: input.documents.map((document) => ({ ...document, annotable })),
    };
    const short = {
      ...input,
      documents: input.documents.map((document) => ({ ...document, length: 50 })),
    };
    expect(reportAgreement(cut).overall.alphaCharacters.value).toBe(
      reportAgreement(short).overall.alphaCharacters.value,
    );
  });

  it("matches spans in several parts by their parts", () => {
    const input = inputFrom([TWO]);
    const split = (ranges: { start: number; end: number }[]) => [{ ranges, label: "x" }];
    const report = reportAgreement({
      ...input,
      submissions: [
        {
          documentId: "d0",
          annotatorId: "A",
          spans: split([
            { start: 0, end: 4 },
            { start: 8, end: 12 },
          ]),
        },
        {
          documentId: "d0",
          annotatorId: "B",
          spans: split([
            { start: 4, end: 8 },
            { start: 0, end: 2 },
          ]),
        },
      ],
    });
    expect(report.pairs[0]?.f1).toMatchObject({ exact: { value: 0 }, overlap: { value: 1 } });
  });

  it("names the rules that decided the figures", () => {
    const settings = reportAgreement(inputFrom([TWO]), {
      level: 0.9,
      minimumDocuments: 5,
    }).settings;
    expect(settings.find((setting) => setting.id === "level")?.value).toBe(0.9);
    expect(settings.every((setting) => setting.words.endsWith("."))).toBe(true);
  });
});

describe("one document at a time", () => {
  it("taking a document away and adding another gives the report made from scratch", () => {
    const before = manyDocuments(14, "any");
    const after = [
      ...before.slice(0, 3),
      ...manyDocuments(20, "any").slice(17, 18),
      ...before.slice(4),
    ];
    const state = computeState(inputFrom(before));
    const fresh = computeState(inputFrom(after));
    const changed = fresh.figures[3];
    const gone = state.figures[3];
    if (!changed || !gone) throw new Error("no document");
    applyDocument(fresh.totals, changed, "remove");
    applyDocument(fresh.totals, changed, "add");
    const figures = [...fresh.figures];
    const patched = reportFrom(inputFrom(after), { ...fresh, figures });
    const scratch = reportAgreement(inputFrom(after));
    numbersIn(patched).forEach((value, index) => {
      expect(value).toBeCloseTo(numbersIn(scratch)[index] ?? Number.NaN, 9);
    });
  });

  it("adding and removing everything leaves nothing", () => {
    const input = inputFrom(manyDocuments(6, "any"));
    const { figures } = computeState(input);
    const totals = emptyTotals(input.annotators.length, input.labels.length);
    for (const own of figures) applyDocument(totals, own, "add");
    for (const own of figures) applyDocument(totals, own, "remove");
    const { slots: _slots, annotatorCount: _count, ...sums } = totals;
    expect(Math.max(...numbersIn(sums).map(Math.abs))).toBeLessThan(1e-9);
  });

  it("leaving one document out gives the value without it", () => {
    const documents = manyDocuments(11, "any");
    const rest = reportAgreement(inputFrom(documents.slice(1)));
    const whole = reportAgreement(inputFrom(documents));
    expect(rest.overall.f1.overlap.value).not.toBe(whole.overall.f1.overlap.value);
    const error = (report: AgreementReport) => {
      const { interval } = report.overall.f1.overlap;
      return interval.low === null ? null : interval.standardError;
    };
    const values = documents.map((_, left) =>
      Number(
        reportAgreement(inputFrom(documents.filter((_d, index) => index !== left))).overall.f1
          .overlap.value,
      ),
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(error(whole)).toBeCloseTo(Math.sqrt((10 / 11) * squares), 9);
  });
});
