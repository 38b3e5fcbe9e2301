import { describe, expect, test } from "vitest";
import { QUESTIONS } from "@/lib/domain/onboarding/questions";
import {
  type Background,
  backgroundSentence,
  tellBackground,
} from "@/lib/domain/releases/background";

const asked = (...keys: string[]) => QUESTIONS.filter(({ key }) => keys.includes(key));

function people(groups: [count: number, answers: Background["answers"]][]): Background[] {
  return groups.flatMap(([count, answers], group) =>
    Array.from({ length: count }, (_, at) => ({ annotator: `annotator-${group}-${at}`, answers })),
  );
}

/** A small generator with a seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647;
    return state % below;
  };
}

describe("the background of annotators", () => {
  test("is told in bands where five share it", () => {
    const told = tellBackground(
      people([
        [5, { leaning_10: -9 }],
        [6, { leaning_10: 8 }],
      ]),
      asked("leaning_10"),
    );
    expect([...told.bands.values()].map(({ leaning_10 }) => leaning_10).sort()).toEqual([
      ...Array.from({ length: 5 }, () => "Left"),
      ...Array.from({ length: 6 }, () => "Right"),
    ]);
    expect(backgroundSentence(told)).toContain("11 of 11");
  });

  test("is not told where fewer share it, nor by subtraction, nor of everybody at once", () => {
    const few = people([[4, { education: "master" }]]);
    expect(tellBackground(few, asked("education")).bands.size).toBe(0);
    const alike = people([[9, { education: "master" }]]);
    expect(tellBackground(alike, asked("education")).bands.size).toBe(0);
    const odd = people([
      [9, { education: "master" }],
      [1, { education: "primary" }],
    ]);
    expect(tellBackground(odd, asked("education")).bands.size).toBe(0);
    expect(backgroundSentence(tellBackground(odd, asked("education")))).toContain("too few");
  });

  test("leaves out the question that would make combinations small", () => {
    const group = (leaning: number): Background[] =>
      ["primary", "secondary", "vocational", "bachelor", "master"].map((education) => ({
        annotator: `${leaning}-${education}`,
        answers: { leaning_10: leaning, education },
      }));
    const told = tellBackground([...group(-9), ...group(9)], asked("leaning_10", "education"));
    expect(told.questions.map(({ key }) => key)).toEqual(["leaning_10"]);
    expect(told.left.map(({ key }) => key)).toEqual(["education"]);
    expect(told.told).toBe(10);
  });

  test("never tells names or several answers of a person, nor of whoever said nothing", () => {
    const told = tellBackground(
      people([
        [8, { outlets: ["The Harbour Post"], languages: ["en"] }],
        [8, { education: null }],
      ]),
      asked("outlets", "languages", "education"),
    );
    expect(told.bands.size).toBe(0);
    expect(told.answered).toBe(8);
  });

  test("has five people or more in each combination, whatever they say", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const next = randomFrom(seed);
      const crowd = Array.from({ length: 5 + next(40) }, (_, at) => ({
        annotator: `a${at}`,
        answers: {
          leaning_10: next(4) === 0 ? null : next(21) - 10,
          education: ["primary", "master", "doctorate"][next(3)] ?? null,
          frequency: ["daily", "weekly"][next(2)] ?? null,
        },
      }));
      const { bands } = tellBackground(crowd, asked("leaning_10", "education", "frequency"));
      const sizes = new Map<string, number>();
      for (const band of bands.values()) {
        const key = JSON.stringify(band);
        sizes.set(key, (sizes.get(key) ?? 0) + 1);
      }
      for (const size of sizes.values()) expect(size).toBeGreaterThanOrEqual(5);
      const untold = crowd.length - bands.size;
      expect(untold === 0 || untold >= 5 || bands.size === 0, `seed ${seed}`).toBe(true);
    }
  });
});
