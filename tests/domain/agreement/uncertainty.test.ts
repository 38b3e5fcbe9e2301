import { describe, expect, it } from "vitest";
import { leaveRatersOut } from "@/lib/domain/agreement/annotator-influence";
import { BENCHMARK_SCALES, benchmarkClass, wordsFor } from "@/lib/domain/agreement/benchmarks";
import {
  acceleratedInterval,
  bootstrapClusters,
  bootstrapSums,
  percentileInterval,
} from "@/lib/domain/agreement/bootstrap";
import {
  normalCumulative,
  normalQuantile,
  studentCumulative,
  studentQuantile,
} from "@/lib/domain/agreement/distributions";
import { agreementByGroup } from "@/lib/domain/agreement/group-agreement";
import { jackknifeError } from "@/lib/domain/agreement/jackknife";
import { krippendorffAlpha } from "@/lib/domain/agreement/krippendorff-alpha";
import { linearisedError } from "@/lib/domain/agreement/linearised-error";
import {
  type Measured,
  measured,
  reasonInWords,
  undefinedBecause,
} from "@/lib/domain/agreement/measured";
import {
  groupDifferenceTest,
  holmAdjusted,
  permutationTestOfKappa,
  signFlipTest,
} from "@/lib/domain/agreement/permutation-tests";
import {
  documentsForPower,
  documentsForPrecision,
  powerFor,
} from "@/lib/domain/agreement/precision-planning";
import { quantile } from "@/lib/domain/agreement/quantiles";
import { compileRatings } from "@/lib/domain/agreement/ratings";
import { randomOf, reasonIn, valueIn } from "./support";

const SCORES = [0.2, 0.4, 0.5, 0.55, 0.6, 0.62, 0.7, 0.75, 0.8, 0.95];
const meanOf = (rows: Int32Array): Measured =>
  measured(rows.reduce((sum, row) => sum + (SCORES[row] ?? 0), 0) / rows.length);

describe("distributions", () => {
  it("agree with printed tables", () => {
    expect(normalCumulative(1.96)).toBeCloseTo(0.9750021, 7);
    expect(normalCumulative(-3)).toBeCloseTo(0.0013499, 7);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6);
    expect(studentQuantile(0.975, 9)).toBeCloseTo(2.262157, 6);
    expect(studentQuantile(0.975, 1)).toBeCloseTo(12.7062, 4);
    expect(studentCumulative(2.262157, 9)).toBeCloseTo(0.975, 6);
  });
});

describe("bootstrap", () => {
  const options = () => ({ replicates: 4_000, random: randomOf(11) });

  it("is the same for the same seed and covers the mean as the normal interval does", () => {
    const once = bootstrapClusters(SCORES.length, meanOf, options());
    expect(bootstrapClusters(SCORES.length, meanOf, options())).toEqual(once);
    const interval = percentileInterval(once, 0.95);
    expect(interval?.low).toBeCloseTo(0.607 - 1.96 * 0.0648, 1);
    expect(interval?.high).toBeCloseTo(0.607 + 1.96 * 0.0648, 1);
  });

  it("from sums draws the same clusters as from lists", () => {
    const rows = SCORES.map((score) => Float64Array.of(score, 1));
    const fromSums = bootstrapSums(
      rows,
      (sums) => measured((sums[0] ?? 0) / (sums[1] ?? 1)),
      options(),
    );
    const fromLists = bootstrapClusters(SCORES.length, meanOf, options());
    expect(fromSums.mean).toBeCloseTo(fromLists.mean ?? 0, 10);
  });

  it("with bias and acceleration corrected moves towards the longer tail", () => {
    const skewed = [0, 0, 0, 0, 0.1, 0.1, 0.2, 0.3, 0.6, 1];
    const mean = (rows: Int32Array) =>
      measured(rows.reduce((sum, row) => sum + (skewed[row] ?? 0), 0) / rows.length);
    const bootstrap = bootstrapClusters(10, mean, options());
    const leftOut = skewed.map((value) => (2.3 - value) / 9);
    const plain = percentileInterval(bootstrap, 0.95);
    const accelerated = acceleratedInterval(bootstrap, 0.23, { leftOut, level: 0.95 });
    expect(accelerated?.low).toBeGreaterThan(plain?.low ?? 1);
    expect(accelerated?.high).toBeGreaterThan(plain?.high ?? 1);
    expect(acceleratedInterval(bootstrap, 7, { leftOut, level: 0.95 })).toBeNull();
  });

  it("counts resamples that cannot be measured", () => {
    const bootstrap = bootstrapClusters(3, () => undefinedBecause("no_variation"), options());
    expect(bootstrap.undefinedReplicates).toBe(4_000);
    expect(percentileInterval(bootstrap, 0.95)).toBeNull();
  });

  it("takes quantiles between order statistics", () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4], 0.1)).toBeCloseTo(1.3, 12);
  });
});

describe("jackknife", () => {
  it("of a mean is its usual standard error", () => {
    const leftOut = SCORES.map((score) => (6.07 - score) / 9);
    const deviation = Math.sqrt(SCORES.reduce((sum, score) => sum + (score - 0.607) ** 2, 0) / 9);
    expect(jackknifeError(leftOut)).toBeCloseTo(deviation / Math.sqrt(10), 12);
  });
});

describe("tests by rearranging", () => {
  it("perfect agreement of seven items is unlikely by chance", () => {
    const table = compileRatings([1, 1, 2, 2, 3, 3, 4].map((value) => [value, value]));
    const test = permutationTestOfKappa(table, { random: randomOf(1) });
    if (test.value === null) throw new Error("undefined");
    expect(test.p).toBeCloseTo(1 / 630, 12);
    expect(test.method).toBe("exact");
  });

  it("sampling comes near the exact answer", () => {
    const table = compileRatings([
      [1, 1],
      [2, 2],
      [3, 3],
      [1, 2],
      [2, 2],
      [3, 1],
      [1, 1],
      [2, 3],
    ]);
    const exact = permutationTestOfKappa(table, { random: randomOf(1) });
    const sampled = permutationTestOfKappa(table, { random: randomOf(1), exactUpTo: 0 });
    if (exact.value === null || sampled.value === null) throw new Error("undefined");
    expect(sampled.method).toBe("sampled");
    expect(sampled.p).toBeCloseTo(exact.p, 1);
  });

  it("sign flips find a steady rise and no difference where there is none", () => {
    const before = SCORES.map((score) => score - 0.1);
    const rise = signFlipTest(SCORES, before, { random: randomOf(1) });
    const none = signFlipTest(SCORES, SCORES, { random: randomOf(1) });
    expect(rise).toMatchObject({ p: 2 / 1024 });
    expect(none).toMatchObject({ value: 0, p: 1 });
    expect(signFlipTest(SCORES, before, { random: randomOf(1), exactUpTo: 0 })).toMatchObject({
      method: "sampled",
    });
  });

  it("two groups of documents are compared by dealing them anew", () => {
    const test = groupDifferenceTest({ first: 5, second: 5 }, meanOf, { random: randomOf(3) });
    if (test.value === null) throw new Error("undefined");
    expect(test.value).toBeCloseTo(0.45 - 0.764, 10);
    expect(test.p).toBeLessThan(0.05);
  });

  it("many tests are adjusted by Holm's rule", () => {
    expect(holmAdjusted([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  });
});

describe("planning", () => {
  const now = { standardError: 0.05, documents: 25 };

  it("four times the documents for half the width, nearly", () => {
    const plan = documentsForPrecision(now, { halfWidth: 0.05 });
    if (plan.value === null) throw new Error("undefined");
    expect(plan.value).toBeGreaterThan(95);
    expect(plan.value).toBeLessThan(105);
    expect(plan.more).toBe(plan.value - 25);
    expect(documentsForPrecision(now, { halfWidth: 0.5 })).toMatchObject({ more: 0 });
    expect(reasonIn(documentsForPrecision({ ...now, documents: 1 }, { halfWidth: 0.1 }))).toBe(
      "too_few_documents",
    );
  });

  it("power and the documents for it fit together", () => {
    const documents = valueIn(documentsForPower(now, { difference: 0.1 }));
    expect(valueIn(powerFor(now, { difference: 0.1, documents }))).toBeCloseTo(0.8, 1);
  });
});

describe("who and which group", () => {
  const table = compileRatings(
    [1, 2, 3, 1, 2, 3, 1, 2].map((truth, index) => [truth, truth, index % 2 === 0 ? truth : 1]),
  );

  it("leaving out the odd annotator raises alpha", () => {
    const { influences } = leaveRatersOut(table, (kept) => krippendorffAlpha(kept));
    expect(influences.map((entry) => valueIn(entry.change) < 0)).toEqual([false, false, true]);
    expect(valueIn(influences[2]?.without ?? undefinedBecause("no_data"))).toBe(1);
  });

  it("pairs are averaged within and between groups", () => {
    const value = (number: number) => measured(number);
    const rows = agreementByGroup(
      [
        { first: "a", second: "b", value: value(0.8) },
        { first: "a", second: "c", value: value(0.2) },
        { first: "b", second: "c", value: value(0.4) },
        { first: "a", second: "x", value: value(0) },
      ],
      new Map([
        ["a", "left"],
        ["b", "left"],
        ["c", "right"],
      ]),
    );
    expect(rows.map((row) => [row.groups.join("-"), row.mean.value])).toEqual([
      ["left-left", 0.8],
      ["left-right", expect.closeTo(0.3, 12)],
      ["right-right", null],
    ]);
  });

  it("an analytic error needs variation and more than one item", () => {
    expect(valueIn(linearisedError(table, "alpha"))).toBeCloseTo(
      valueIn(krippendorffAlpha(table)),
      12,
    );
    expect(
      linearisedError(
        compileRatings([
          ["a", "a"],
          ["a", "a"],
        ]),
        "fleiss",
      ).value,
    ).toBeNull();
    expect(linearisedError(compileRatings([["a", "b"]]), "fleiss")).toMatchObject({
      reason: "too_few_ratings",
    });
  });
});

describe("words", () => {
  it("scales give their word, and the class that is likely enough", () => {
    expect(wordsFor(measured(0.7), BENCHMARK_SCALES.landis_koch)).toBe("substantial");
    expect(wordsFor(undefinedBecause("no_data"), BENCHMARK_SCALES.fleiss)).toBeNull();
    const estimate = { coefficient: 0.67, standardError: 0.15 };
    expect(benchmarkClass(estimate, BENCHMARK_SCALES.fleiss)?.words).toBe("intermediate to good");
  });

  it("every reason is a sentence", () => {
    expect(reasonInWords("no_variation")).toMatch(/^[A-Z].*\.$/);
    expect(() => measured(Number.NaN)).toThrow();
  });
});
