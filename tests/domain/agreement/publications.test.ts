import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { specificAgreement } from "@/lib/domain/agreement/category-agreement";
import { fleissKappa, gwetAc } from "@/lib/domain/agreement/chance-corrected";
import { cohenKappa, maximumKappa, scottPi } from "@/lib/domain/agreement/cohen-kappa";
import { crossTableOf, ratingsOfTable } from "@/lib/domain/agreement/cross-table";
import { positionalDissimilarity } from "@/lib/domain/agreement/gamma-continuum";
import { krippendorffAlpha } from "@/lib/domain/agreement/krippendorff-alpha";
import { compileRatings } from "@/lib/domain/agreement/ratings";
import { reportAgreement } from "@/lib/domain/agreement/report";
import { intraclassCorrelations } from "@/lib/domain/agreement/scale-reliability";
import { setDistance } from "@/lib/domain/agreement/set-distances";
import { unitizingAlpha1995 } from "@/lib/domain/agreement/unitizing-alpha-1995";
import { documentFrom, spansFrom, valueIn } from "./support";

const _ = null;

describe("Krippendorff 2004, table of four observers with gaps", () => {
  const observers = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
  ];
  const items =
    observers[0]?.map((_value, item) => observers.map((row) => row[item] ?? null)) ?? [];
  const table = compileRatings(items);

  it.each([
    ["nominal", 0.743],
    ["ordinal", 0.815],
    ["interval", 0.849],
    ["ratio", 0.797],
  ] as const)("alpha %s is %d", (level, printed) => {
    expect(valueIn(krippendorffAlpha(table, level))).toBeCloseTo(printed, 3);
  });
});

describe("Cohen 1960, p. 45", () => {
  const table = crossTableOf([
    [88, 14, 18],
    [10, 40, 10],
    [2, 6, 12],
  ]);

  it("kappa is .492 and can be at most .831", () => {
    expect(valueIn(cohenKappa(table))).toBeCloseTo(0.492, 3);
    expect(valueIn(maximumKappa(table))).toBeCloseTo(0.831, 3);
  });
});

describe("Artstein and Poesio 2008, p. 558", () => {
  const table = crossTableOf([
    [20, 10],
    [20, 50],
  ]);

  it("kappa is .348 and pi is .341", () => {
    expect(valueIn(cohenKappa(table))).toBeCloseTo(0.348, 3);
    expect(valueIn(scottPi(table))).toBeCloseTo(0.341, 3);
  });
});

describe("Fleiss 1971, table 1 in short", () => {
  it("kappa of complete disagreement by pairs is below 0", () => {
    const table = compileRatings([
      ["a", "a", "b", "b"],
      ["a", "a", "b", "b"],
    ]);
    expect(valueIn(fleissKappa(table))).toBeCloseTo(-1 / 3, 12);
  });
});

describe("Gwet 2008, the skewed table", () => {
  it("AC1 stays high where kappa breaks down", () => {
    const table = crossTableOf([
      [118, 5],
      [2, 0],
    ]);
    expect(valueIn(cohenKappa(table))).toBeCloseTo(-0.023, 3);
    expect(valueIn(gwetAc(ratingsOfTable(table)))).toBeCloseTo(0.94, 2);
  });
});

describe("Feinstein and Cicchetti 1990, the prevalence paradox", () => {
  it("85 % agreement gives kappa .32, with .91 on yes and .40 on no", () => {
    const agreement = specificAgreement({ both: 80, first: 10, second: 5, neither: 5 });
    expect(valueIn(agreement.percent)).toBeCloseTo(0.85, 12);
    expect(valueIn(agreement.kappa)).toBeCloseTo(0.32, 2);
    expect(valueIn(agreement.positive)).toBeCloseTo(0.914, 3);
    expect(valueIn(agreement.negative)).toBeCloseTo(0.4, 3);
  });
});

describe("Shrout and Fleiss 1979, table 4", () => {
  it("the six forms are .17 .29 .71 and .44 .62 .91", () => {
    const icc = intraclassCorrelations(
      compileRatings([
        [9, 2, 5, 8],
        [6, 1, 3, 2],
        [8, 4, 6, 8],
        [7, 1, 2, 6],
        [10, 5, 6, 9],
        [6, 2, 4, 7],
      ]),
    );
    const printed = [0.17, 0.29, 0.71, 0.44, 0.62, 0.91];
    Object.values(icc).forEach((form, index) => {
      expect(valueIn(form)).toBeCloseTo(printed[index] ?? Number.NaN, 2);
    });
  });
});

describe("Krippendorff 2004, p. 254, unitizing", () => {
  it("alpha is .7286 for c, 1 for k and .8591 (here .8587) over both", () => {
    const shift = (marks: readonly (readonly [number, number, string])[]) =>
      marks.map(([start, end, label]) => [start - 150, end - 150, label] as const);
    const document = documentFrom(300, {
      A: shift([
        [225, 295, "c"],
        [370, 400, "c"],
        [180, 240, "k"],
        [300, 350, "k"],
      ]),
      B: shift([
        [220, 300, "c"],
        [355, 375, "c"],
        [400, 420, "c"],
        [180, 240, "k"],
        [300, 350, "k"],
      ]),
    });
    const alpha = unitizingAlpha1995(document);
    expect(valueIn(alpha)).toBeCloseTo(0.859, 3);
    expect(alpha.labels.map((label) => valueIn(label.alpha))).toEqual([
      expect.closeTo(0.7286, 4),
      1,
    ]);
  });
});

describe("Mathet, Widlocher and Metivier 2015, figure 10", () => {
  const unit = (start: number, end: number) => ({ start, end });
  it.each([
    [unit(4, 14), unit(40, 44), 22.2],
    [unit(4, 14), unit(4, 14), 0],
    [unit(4, 14), unit(20, 25), 3.2],
    [unit(4, 14), unit(14, 24), 1],
    [unit(20, 30), unit(20, 25), 0.11],
    [unit(20, 25), unit(14, 24), 0.22],
  ])("%o and %o are %d apart", (a, b, printed) => {
    expect(positionalDissimilarity(a, b, 1)).toBeCloseTo(printed, 1);
  });
});

describe("Passonneau 2006, MASI", () => {
  it.each([
    [["a"], ["a"], 0],
    [["a"], ["a", "b"], 1 - (1 / 2) * (2 / 3)],
    [["a", "b"], ["b", "c"], 1 - (1 / 3) * (1 / 3)],
    [["a"], ["b"], 1],
    [[], [], 0],
    [[], ["a"], 1],
  ])("%o and %o are %d apart", (a, b, distance) => {
    expect(setDistance(a, b, { kind: "masi" })).toBeCloseTo(distance, 12);
  });

  it("the definition of 2004 has no Jaccard part", () => {
    expect(setDistance(["a"], ["a", "b"], { kind: "masi_2004" })).toBeCloseTo(1 / 3, 12);
  });
});

describe("the four fictional raters of the seed article", () => {
  const file = new URL("../../data/agreement/examples/four-raters.json", import.meta.url);
  const example: FourRaters = JSON.parse(readFileSync(file, "utf8"));
  const names = Object.keys(example.spans);
  const labels = [
    ...new Set(Object.values(example.spans).flatMap((list) => list.map((mark) => mark[2]))),
  ];
  const report = reportAgreement({
    documents: [
      {
        id: "article",
        length: example.length,
        tokens: example.tokens,
        annotable: example.annotable.map(([start, end]) => ({ start, end })),
      },
    ],
    annotators: names.map((id) => ({ id, name: id })),
    labels: labels.map((id) => ({ id, name: id })),
    submissions: names.map((annotatorId) => ({
      documentId: "article",
      annotatorId,
      spans: spansFrom(example.spans[annotatorId] ?? []),
    })),
  });

  it("alpha is .4411 on tokens and .4141 on characters, any label", () => {
    expect(report.overall.alphaTokensAny.value).toBeCloseTo(0.4411, 4);
    expect(report.overall.alphaCharactersAny.value).toBeCloseTo(0.4141, 4);
  });

  it("exact F1 of the pairs is as written down with the seed", () => {
    const f1 = Object.fromEntries(
      report.pairs.map((pair) => [`${pair.first}|${pair.second}`, pair.f1.exact.value]),
    );
    for (const [pair, value] of Object.entries(example.expected.exact_f1)) {
      expect(f1[pair]).toBeCloseTo(value, 4);
    }
  });
});

type FourRaters = {
  length: number;
  annotable: [number, number][];
  tokens: number[];
  spans: Record<string, [number, number, string][]>;
  expected: { exact_f1: Record<string, number> };
};
