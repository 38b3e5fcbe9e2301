import { describe, expect, it } from "vitest";
import { planRound } from "@/lib/domain/campaign/plan";
import type { PlanDocument, PlanInput } from "@/lib/domain/campaign/planned";
import { planSettingsSchema } from "@/lib/domain/campaign/round-settings";

const OUTLETS = ["Herald", "Post", "Wire"];

/** Articles of 3 outlets on events of three, with lengths from 200 to 1,100 words. */
function makeDocuments(count: number): PlanDocument[] {
  return Array.from({ length: count }, (_, at) => ({
    documentId: `d${at}`,
    outlet: OUTLETS[at % 3] ?? null,
    eventId: `e${Math.floor(at / 3)}`,
    words: 200 + ((at * 7919) % 900),
  }));
}

function makeAnnotators(count: number) {
  return Array.from({ length: count }, (_, at) => ({
    userId: `u${at}`,
    groups: at % 2 === 0 ? ["left"] : ["right"],
  }));
}

function plan(
  settings: Record<string, unknown>,
  {
    documents = 60,
    annotators = 6,
    ...more
  }: { documents?: number; annotators?: number } & Omit<
    Partial<PlanInput>,
    "documents" | "annotators"
  > = {},
) {
  return planRound({
    documents: makeDocuments(documents),
    annotators: makeAnnotators(annotators),
    settings: planSettingsSchema.parse(settings),
    ...more,
  });
}

function tally<T>(list: readonly T[], keyOf: (each: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of list) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return counts;
}

function grouped<T>(list: readonly T[], keyOf: (each: T) => string | null | undefined) {
  const groups = new Map<string | null | undefined, T[]>();
  for (const each of list) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}

const spreadOf = (counts: Map<string, number>) =>
  Math.max(...counts.values()) - Math.min(...counts.values());

describe("a plan", () => {
  it("is the same for the same seed and another for another", () => {
    expect(plan({ seed: "a" })).toEqual(plan({ seed: "a" }));
    expect(plan({ seed: "a" }).assignments).not.toEqual(plan({ seed: "b" }).assignments);
  });

  it("gives every document its annotators, nobody one twice", () => {
    const { assignments, shortfalls } = plan({ overlapAnnotators: 3 });
    expect(shortfalls).toEqual([]);
    const perDocument = tally(assignments, ({ documentId }) => documentId);
    expect([...perDocument.values()].every((count) => count === 3)).toBe(true);
    expect(perDocument.size).toBe(60);
    const pairs = new Set(assignments.map(({ documentId, userId }) => `${documentId} ${userId}`));
    expect(pairs.size).toBe(180);
  });

  it("spreads documents evenly in all, and by outlet and length", () => {
    const { assignments } = plan({ overlapAnnotators: 2 }, { documents: 300 });
    const documents = new Map(makeDocuments(300).map((each) => [each.documentId, each]));
    expect(spreadOf(tally(assignments, ({ userId }) => userId))).toBeLessThanOrEqual(4);
    for (const outlet of OUTLETS) {
      const own = assignments.filter((each) => documents.get(each.documentId)?.outlet === outlet);
      expect(spreadOf(tally(own, ({ userId }) => userId))).toBeLessThanOrEqual(4);
    }
    const words = new Map<string, number>();
    for (const { userId, documentId } of assignments) {
      words.set(userId, (words.get(userId) ?? 0) + (documents.get(documentId)?.words ?? 0));
    }
    expect(spreadOf(words)).toBeLessThan(1_500);
  });

  it("mixes the pairs: every two annotators share documents", () => {
    const { assignments } = plan({ overlapAnnotators: 2 }, { documents: 150 });
    const byDocument = grouped(assignments, ({ documentId }) => documentId);
    const pairs = tally([...byDocument.values()], (two) =>
      two
        .map(({ userId }) => userId)
        .sort()
        .join(" "),
    );
    expect(pairs.size).toBe(15);
    expect(Math.min(...pairs.values())).toBeGreaterThanOrEqual(7);
  });

  it("gives a share of the documents to several and the rest to one", () => {
    const { assignments } = plan(
      { overlapShare: 0.2, overlapAnnotators: null, perDocument: 1 },
      { documents: 100, annotators: 5 },
    );
    const counts = [...tally(assignments, ({ documentId }) => documentId).values()];
    expect(counts.filter((count) => count === 5)).toHaveLength(20);
    expect(counts.filter((count) => count === 1)).toHaveLength(80);
  });

  it("has everybody meet the shared documents in the same batch", () => {
    const { assignments } = plan(
      { overlapShare: 0.1, overlapAnnotators: null, perDocument: 1, batchSize: 10 },
      { documents: 200, annotators: 4 },
    );
    const shared = [...grouped(assignments, ({ documentId }) => documentId).values()].filter(
      (each) => each.length === 4,
    );
    expect(shared).toHaveLength(20);
    const batches = shared.map((each) => each.map(({ batch }) => batch));
    const apart = batches.map((each) => Math.max(...each) - Math.min(...each));
    // Lists differ by a document or two, so that a few fall on the other side of a border.
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
    expect(apart.filter((each) => each === 0).length).toBeGreaterThanOrEqual(15);
  });

  it("keeps limits, and says which documents got too few", () => {
    const { assignments, shortfalls } = plan(
      { overlapAnnotators: 2, mostDocuments: 5 },
      { documents: 20, annotators: 6 },
    );
    const counts = [...tally(assignments, ({ userId }) => userId).values()];
    expect(Math.max(...counts)).toBe(5);
    expect(assignments).toHaveLength(30);
    const missing = shortfalls.reduce((sum, { wanted, found }) => sum + wanted - found, 0);
    expect(missing).toBe(10);
    expect(new Set(shortfalls.map(({ reason }) => reason))).toEqual(new Set(["limits"]));
  });

  it("takes annotators from each group", () => {
    const groups = [
      { name: "left", perDocument: 1 },
      { name: "right", perDocument: 1 },
    ];
    const { assignments, shortfalls } = plan({ overlapAnnotators: 2, groups });
    expect(shortfalls).toEqual([]);
    for (const each of grouped(assignments, ({ documentId }) => documentId).values()) {
      expect(each.map(({ userId }) => Number(userId.slice(1)) % 2).sort()).toEqual([0, 1]);
    }
    const lacking = plan({ overlapAnnotators: 2, groups: [{ name: "centre", perDocument: 1 }] });
    expect(lacking.shortfalls[0]?.reason).toBe("too_few_in_group");
  });

  it("keeps the documents of an event together or apart", () => {
    const eventOf = new Map(makeDocuments(60).map((each) => [each.documentId, each.eventId]));
    const together = plan({ overlapAnnotators: 2, events: "together" }).assignments;
    for (const each of grouped(together, (one) => eventOf.get(one.documentId)).values()) {
      expect(new Set(each.map(({ userId }) => userId)).size).toBe(2);
      expect(each).toHaveLength(6);
    }
    const apart = plan({ overlapAnnotators: 2, events: "apart" });
    const pairs = apart.assignments.map(
      ({ userId, documentId }) => `${userId} ${eventOf.get(documentId)}`,
    );
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(apart.shortfalls).toEqual([]);
    const tooMany = plan({ overlapAnnotators: 3, events: "apart" }, { annotators: 5 });
    expect(new Set(tooMany.shortfalls.map(({ reason }) => reason))).toEqual(
      new Set(["event_apart"]),
    );
  });

  it("puts training first and mixes gold in without a pattern", () => {
    const { assignments } = plan(
      { overlapAnnotators: 6, goldEvery: 10 },
      { documents: 60, trainingIds: ["d0", "d1"], goldIds: ["d2", "d3", "d4"] },
    );
    const own = assignments.filter(({ userId }) => userId === "u0");
    expect(own.slice(0, 2).map(({ documentId, purpose }) => [documentId, purpose])).toEqual([
      ["d0", "training"],
      ["d1", "training"],
    ]);
    const gold = own.filter(({ purpose }) => purpose === "gold_check");
    expect(gold).toHaveLength(3);
    expect(gold.every(({ position }, at) => Math.floor((position - 2) / 11) === at)).toBe(true);
    const others = assignments.filter(
      ({ userId, purpose }) => userId === "u1" && purpose === "gold_check",
    );
    expect(others.map(({ position }) => position)).not.toEqual(gold.map((each) => each.position));
  });

  it("brings a share back after days, with the same annotator", () => {
    const { assignments } = plan({ overlapAnnotators: 2, repeatShare: 0.1, repeatAfterDays: 21 });
    const repeats = assignments.filter(({ repetition }) => repetition === 1);
    expect(repeats).toHaveLength(12);
    for (const { documentId, userId, repeatAfterDays, position } of repeats) {
      expect(repeatAfterDays).toBe(21);
      const first = assignments.find(
        (each) => each.documentId === documentId && each.userId === userId && each.repetition === 0,
      );
      expect(first?.position).toBeLessThan(position);
    }
  });

  it("counts what is fixed and what was handed out before", () => {
    const annotators = makeAnnotators(4).map((each) =>
      each.userId === "u3" ? { ...each, has: ["d0"] } : each,
    );
    const { assignments } = planRound({
      documents: makeDocuments(4),
      annotators,
      settings: planSettingsSchema.parse({ overlapAnnotators: 2 }),
      fixed: [{ documentId: "d1", userId: "u0" }],
    });
    const of = (documentId: string) =>
      assignments.filter((each) => each.documentId === documentId).map(({ userId }) => userId);
    expect(of("d0")).toHaveLength(1);
    expect(of("d0")).not.toContain("u3");
    expect(of("d1")).toHaveLength(2);
    expect(of("d1")).toContain("u0");
  });

  it("queues every document once for a round in which annotators take their own", () => {
    const { queue, assignments } = plan({
      handOut: "pull",
      overlapShare: 0.5,
      overlapAnnotators: 4,
      batchSize: 20,
    });
    expect(assignments).toEqual([]);
    expect(new Set(queue.map(({ documentId }) => documentId)).size).toBe(60);
    expect(tally(queue, ({ wanted }) => String(wanted))).toEqual(
      new Map([
        ["4", 30],
        ["1", 30],
      ]),
    );
    expect(tally(queue, ({ batch }) => String(batch))).toEqual(
      new Map([
        ["1", 20],
        ["2", 20],
        ["3", 20],
      ]),
    );
  });
});
