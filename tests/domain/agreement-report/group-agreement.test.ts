import { describe, expect, test } from "vitest";
import { USUAL_CHOICE } from "@/lib/domain/agreement-report/choice";
import { agreementByGroup, type Respondent } from "@/lib/domain/agreement-report/group-agreement";
import { reportSpanLayer } from "@/lib/domain/agreement-report/span-report";
import { type Question, questionOf } from "@/lib/domain/onboarding/questions";
import { makeDocument, makeLayer, makeSet, makeWork } from "./shared-data";

const question = (key: string): Question => questionOf(key) ?? expect.fail();
const layer = makeLayer("span", ["bias"]);

/** Twelve documents that everybody submitted; the place of each mark follows from who and which. */
function study(names: readonly string[]) {
  const documents = Array.from({ length: 12 }, (_, index) => makeDocument(`d${index}`, 40));
  const sets = documents.flatMap(({ versionId }, index) =>
    names.map((name, place) => {
      const start = name.startsWith("left") ? index : (index * 3 + place * 5) % 30;
      return makeSet(versionId, name, { spans: [["bias", start, start + 8]], length: 40 });
    }),
  );
  return makeWork(documents, sets);
}

const many = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);
const leaning = (names: readonly string[]): Respondent[] =>
  names.map((annotator) => ({
    annotator,
    answers: { leaning_10: annotator.startsWith("left") ? -9 : 9 },
  }));

function groupsOf(work: ReturnType<typeof study>, people: readonly Respondent[]) {
  return agreementByGroup({ layers: [layer] }, work, {
    choice: USUAL_CHOICE,
    people,
    questions: [question("leaning_10")],
  });
}

describe("agreement by group", () => {
  test("is the headline over the group's own work, rounded, with its interval rounded outwards", () => {
    const names = [...many("left", 5), ...many("right", 5)];
    const [told] = groupsOf(study(names), leaning(names));
    expect(told?.groups.map(({ name, people }) => [name, people])).toEqual([
      ["Left", 5],
      ["Right", 5],
    ]);
    expect(told?.groups[0]?.figures).toEqual([
      { layer: "layer", value: 1, low: 1, high: 1, because: "" },
    ]);
    const alone = reportSpanLayer(
      layer,
      (({ documents, sets }) =>
        makeWork(
          documents,
          sets.filter(({ annotatorId }) => annotatorId.startsWith("right")),
        ))(study(names)),
      USUAL_CHOICE,
    ).headline.figure;
    const right = told?.groups[1]?.figures[0];
    expect(right?.value).toBe(Number(alone.value?.toFixed(2)));
    expect(right?.low).toBeLessThanOrEqual(alone.interval.low ?? -9);
    for (const end of [right?.low, right?.high]) {
      expect(((end ?? 0.01) * 20) % 1).toBeCloseTo(0, 9);
    }
  });

  test("does not tell of four, nor of others from whom four come out by subtraction", () => {
    const names = [...many("left", 5), ...many("right", 4)];
    expect(groupsOf(study(names), leaning(names))).toEqual([]);
    // The four and those who said nothing are ten together.
    const silent = many("silent", 6);
    const all = [...names, ...silent];
    const people = [...leaning(names), ...silent.map((annotator) => ({ annotator, answers: {} }))];
    const told = groupsOf(study(all), people).flatMap(({ groups }) => groups);
    expect(told.map(({ people: size }) => size).every((size) => size >= 5)).toBe(true);
    expect(told.map(({ name }) => name)).not.toContain("Right");
    expect(told.map(({ name }) => name)).not.toContain("Not said");
  });

  test("does not count who consents no more, so that their group falls below five", () => {
    const names = [...many("left", 5), ...many("right", 6)];
    const work = study(names);
    expect(groupsOf(work, leaning(names))[0]?.groups).toHaveLength(2);
    expect(groupsOf(work, leaning(names.slice(1)))).toEqual([]);
  });

  test("has no figure where fewer than five of the group met on documents", () => {
    const names = [...many("left", 5), ...many("right", 5)];
    const { documents, sets } = study(names);
    const alone = { ...makeDocument("alone", 40) };
    const apart = sets
      .filter(({ annotatorId }) => annotatorId !== "left 0")
      .concat(makeSet("alone", "left 0", { spans: [["bias", 0, 8]] }));
    const told = groupsOf(makeWork([...documents, alone], apart), leaning(names));
    expect(told[0]?.groups[0]?.figures[0]).toMatchObject({
      value: null,
      because: expect.stringContaining("Fewer than 5"),
    });
    expect(told[0]?.groups[1]?.figures[0]?.value).not.toBeNull();
  });

  test("names nobody", () => {
    const names = [...many("left", 5), ...many("right", 5)];
    const text = JSON.stringify(groupsOf(study(names), leaning(names)));
    for (const name of names) expect(text).not.toContain(name);
  });

  test("takes who gave several answers into each group, where five are outside too", () => {
    const names = many("left", 11);
    const people = names.map((annotator, index) => ({
      annotator,
      answers: { languages: index < 5 ? ["en", "de"] : ["en"] },
    }));
    const told = agreementByGroup({ layers: [layer] }, study(names), {
      choice: USUAL_CHOICE,
      people,
      questions: [question("languages")],
    });
    expect(told[0]?.groups.map(({ people: size }) => size)).toEqual([5]);
  });
});
