import { describe, expect, it } from "vitest";
import { readFixedLists } from "@/lib/domain/campaign/fixed-lists";
import { planRound } from "@/lib/domain/campaign/plan";
import { planSettingsSchema } from "@/lib/domain/campaign/round-settings";

const people = [
  { userId: "u1", name: "Ada Roe" },
  { userId: "u2", name: "Ben Ode" },
  { userId: "u3", name: "Ben Ode" },
];
const documents = [
  { documentId: "d1", title: "Town falls; crowds cheer" },
  { documentId: "d2", title: "Twice" },
  { documentId: "d3", title: "Twice" },
];
const read = (text: string) => readFixedLists(text, { people, documents });

describe("fixed lists", () => {
  it("are read line by line, by title or id, whatever the case, each pair once", () => {
    expect(read("ada roe\tTown falls; crowds cheer\n\nAda Roe; d2\r\nADA ROE;d2")).toEqual({
      fixed: [
        { userId: "u1", documentId: "d1" },
        { userId: "u1", documentId: "d2" },
      ],
      problems: [],
    });
  });

  it("name each line that cannot be read, and take the others", () => {
    const { fixed, problems } = read(
      [
        "Ada Roe",
        "Eve; d1",
        "Ben Ode; d1",
        "Ada Roe; Nothing",
        "Ada Roe; twice",
        "Ada Roe; d1",
      ].join("\n"),
    );
    expect(fixed).toEqual([{ userId: "u1", documentId: "d1" }]);
    expect(problems.map((each) => each.slice(0, 7))).toEqual([
      "Line 1:",
      "Line 2:",
      "Line 3:",
      "Line 4:",
      "Line 5:",
    ]);
  });
});

describe("a plan with fixed lists", () => {
  const plan = (fixedOnly: boolean) =>
    planRound({
      documents: ["d1", "d2", "d3"].map((documentId) => ({
        documentId,
        outlet: null,
        eventId: null,
        words: 100,
      })),
      annotators: ["u1", "u2"].map((userId) => ({ userId, groups: [] })),
      settings: planSettingsSchema.parse({ overlapAnnotators: 2, fixedOnly }),
      fixed: [
        { documentId: "d1", userId: "u1" },
        { documentId: "d2", userId: "u2" },
        { documentId: "d2", userId: "u1" },
      ],
    });
  const pairs = (fixedOnly: boolean) =>
    plan(fixedOnly)
      .assignments.map(({ documentId, userId }) => `${documentId} ${userId}`)
      .sort();

  it("hands out these and nothing else where that is asked for, and calls nothing short", () => {
    expect(pairs(true)).toEqual(["d1 u1", "d2 u1", "d2 u2"]);
    expect(plan(true).shortfalls).toEqual([]);
  });

  it("fills up to what each document wants otherwise", () => {
    expect(pairs(false)).toHaveLength(6);
  });
});
