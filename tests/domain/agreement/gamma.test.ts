import { describe, expect, it } from "vitest";
import { gamma } from "@/lib/domain/agreement/gamma";
import { bestAlignment, disorderOf } from "@/lib/domain/agreement/gamma-alignment";
import { shuffledContinuum } from "@/lib/domain/agreement/gamma-chance";
import {
  type Continuum,
  compileContinuum,
  type GammaUnit,
  USUAL_GAMMA,
  unitDistance,
} from "@/lib/domain/agreement/gamma-continuum";
import { packSets } from "@/lib/domain/agreement/set-packing";
import { assignSparsely } from "@/lib/domain/agreement/sparse-assignment";
import { plainPartition } from "./brute-force";
import { randomOf, SEEDS, valueIn } from "./support";

function randomLists(seed: number, annotators: number, units: number): GammaUnit[][] {
  const random = randomOf(seed);
  const draw = (bound: number) => Math.floor(random() * bound);
  return Array.from({ length: annotators }, () =>
    Array.from({ length: units }, () => {
      const start = draw(40);
      return { start, end: start + 1 + draw(12), category: draw(2) === 0 ? "x" : "y" };
    }),
  );
}

function plainDisorder(continuum: Continuum): number {
  const distance = unitDistance(continuum, USUAL_GAMMA);
  const n = continuum.annotators;
  const pairs = (n * (n - 1)) / 2;
  const cost = (group: readonly number[]) => {
    let sum = pairs - (group.length * (group.length - 1)) / 2;
    group.forEach((a, first) => {
      for (const b of group.slice(first + 1)) sum += distance(a, b);
    });
    return sum / pairs;
  };
  const units = [...continuum.start.keys()];
  const best = plainPartition(units, (unit) => continuum.owner[unit] ?? 0, cost);
  return (best * n) / units.length;
}

describe("the best alignment", () => {
  it.each(SEEDS)("of two annotators has the smallest disorder there is (%i)", (seed) => {
    const continuum = compileContinuum(randomLists(seed, 2, 5));
    const alignment = bestAlignment(continuum, USUAL_GAMMA);
    expect(alignment.disorder).toBeCloseTo(plainDisorder(continuum), 9);
    expect(alignment.optimal).toBe(true);
  });

  it.each(SEEDS)("of three annotators has the smallest disorder there is (%i)", (seed) => {
    const continuum = compileContinuum(randomLists(seed, 3, 3));
    const alignment = bestAlignment(continuum, USUAL_GAMMA);
    expect(alignment.disorder).toBeCloseTo(plainDisorder(continuum), 9);
    expect(alignment.optimal).toBe(true);
  });

  it.each(SEEDS.slice(0, 8))("of four annotators too (%i)", (seed) => {
    const continuum = compileContinuum(randomLists(seed, 4, 2));
    expect(bestAlignment(continuum, USUAL_GAMMA).disorder).toBeCloseTo(plainDisorder(continuum), 9);
  });

  it.each(SEEDS.slice(0, 8))(
    "is never worse than the approximation, which says what it is (%i)",
    (seed) => {
      const continuum = compileContinuum(randomLists(seed, 4, 12));
      const exact = bestAlignment(continuum, USUAL_GAMMA);
      const fast = bestAlignment(continuum, USUAL_GAMMA, { method: "heuristic" });
      expect(exact.disorder).toBeLessThanOrEqual(fast.disorder + 1e-9);
      expect(fast.disorder).toBeLessThanOrEqual(exact.disorder * 1.05);
      expect(fast.optimal).toBe(false);
      expect(fast.atLeast).toBeLessThanOrEqual(exact.disorder + 1e-9);
      expect(exact.atLeast).toBe(exact.disorder);
      expect(disorderOf(continuum, USUAL_GAMMA, exact.groups)).toBeCloseTo(exact.disorder, 12);
    },
  );

  it("has every unit once and no annotator twice in a group", () => {
    const continuum = compileContinuum(randomLists(3, 5, 9));
    const { groups } = bestAlignment(continuum, USUAL_GAMMA);
    expect(groups.flat().sort((a, b) => a - b)).toEqual([...continuum.start.keys()]);
    for (const group of groups) {
      expect(new Set(group.map((unit) => continuum.owner[unit])).size).toBe(group.length);
    }
  });
});

describe("gamma", () => {
  const lists = randomLists(7, 3, 6);

  it("is 1 for equal annotations and the same again for the same seed", () => {
    const first = lists[0] ?? [];
    const run = (seed: number) => gamma([first, first, first], 60, { random: randomOf(seed) });
    expect(valueIn(run(1))).toBeCloseTo(1, 9);
    const other = () => gamma(lists, 60, { random: randomOf(5) });
    expect(other()).toEqual(other());
  });

  it("draws on until it is precise enough", () => {
    const few = gamma(lists, 60, { random: randomOf(5), samples: 5 });
    const more = gamma(lists, 60, { random: randomOf(5), samples: 5, precision: 0.05 });
    if (few.value === null || more.value === null) throw new Error("undefined");
    expect(few.samples).toBe(5);
    expect(more.samples).toBeGreaterThan(5);
    expect(more.optimal).toBe(true);
    expect(more.range.low).toBeCloseTo(more.value, 12);
    expect(more.range.high).toBeCloseTo(more.value, 12);
  });

  it("is undefined with one annotator, without units and without text", () => {
    const random = randomOf(1);
    expect(gamma(lists.slice(0, 1), 60, { random })).toMatchObject({ reason: "no_pairable" });
    expect(gamma([[], []], 60, { random })).toMatchObject({ reason: "nothing_marked" });
    expect(gamma(lists, 0, { random })).toMatchObject({ reason: "empty_text" });
  });

  it("keeps lengths and categories in chance continua", () => {
    const shape = (units: readonly GammaUnit[]) =>
      units
        .map((unit) => `${unit.end - unit.start}${unit.category}`)
        .sort()
        .join(" ");
    const known = lists.map(shape);
    for (const list of shuffledContinuum(lists, 60, randomOf(2)))
      expect(known).toContain(shape(list));
  });
});

describe("assignment and packing", () => {
  it.each(SEEDS)("assignment gains as much as trying everything (%i)", (seed) => {
    const random = randomOf(seed);
    const size = 5;
    const gains = Array.from({ length: size }, () =>
      Array.from({ length: size }, () => (random() < 0.5 ? 0 : random())),
    );
    const edges = gains.map((row) =>
      row.flatMap((gain, right) => (gain > 0 ? [{ gain, right }] : [])),
    );
    const offsets = [0];
    for (const list of edges) offsets.push((offsets.at(-1) ?? 0) + list.length);
    const partner = assignSparsely({
      offsets: Int32Array.from(offsets),
      right: Int32Array.from(edges.flat(), (edge) => edge.right),
      gain: Float64Array.from(edges.flat(), (edge) => edge.gain),
      rights: size,
    });
    const got = [...partner].reduce((sum, right, left) => sum + (gains[left]?.[right] ?? 0), 0);
    const best = (left: number, used: number): number => {
      if (left === size) return 0;
      let most = best(left + 1, used);
      gains[left]?.forEach((gain, right) => {
        if (gain > 0 && !(used & (1 << right)))
          most = Math.max(most, gain + best(left + 1, used | (1 << right)));
      });
      return most;
    };
    expect(got).toBeCloseTo(best(0, 0), 10);
  });

  it.each(SEEDS)("packing gains as much as trying everything (%i)", (seed) => {
    const random = randomOf(seed);
    const sets = Array.from({ length: 14 }, () => {
      const members = [0, 1, 2, 3, 4, 5, 6, 7].filter(() => random() < 0.35);
      return { members: members.length === 0 ? [0] : members, gain: 0.1 + random() };
    });
    const offsets = [0];
    for (const set of sets) offsets.push((offsets.at(-1) ?? 0) + set.members.length);
    const packing = packSets(
      {
        elements: 8,
        offsets: Int32Array.from(offsets),
        members: Int32Array.from(sets.flatMap((set) => set.members)),
        gain: Float64Array.from(sets, (set) => set.gain),
      },
      { chosen: [], gain: 0, optimal: false },
    );
    const best = (from: number, used: ReadonlySet<number>): number => {
      const set = sets[from];
      if (!set) return 0;
      const without = best(from + 1, used);
      if (set.members.some((member) => used.has(member))) return without;
      return Math.max(without, set.gain + best(from + 1, new Set([...used, ...set.members])));
    };
    expect(packing.gain).toBeCloseTo(best(0, new Set()), 9);
    expect(packing.optimal).toBe(true);
  });
});
