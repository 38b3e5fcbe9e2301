import { describe, expect, it } from "vitest";
import { clusterResponses, NOT_MARKED } from "@/lib/domain/aggregation/cluster-responses";
import { dawidSkene } from "@/lib/domain/aggregation/dawid-skene";
import { glad } from "@/lib/domain/aggregation/glad";
import { mace } from "@/lib/domain/aggregation/mace";
import {
  accuracyAgainstMajority,
  atLeastVotes,
  majorityVote,
  voteEntropy,
} from "@/lib/domain/aggregation/majority-vote";
import { compileResponses, likeliestLabels } from "@/lib/domain/aggregation/responses";
import { clusterSpans, USUAL_CLUSTERS } from "@/lib/domain/aggregation/span-clusters";
import { characterMajority } from "@/lib/domain/aggregation/span-majority";
import { createRandom } from "@/lib/domain/agreement/random";
import { documentFrom } from "../agreement/support";

const row = (worker: string, task: string, label: string) => ({ worker, task, label });

/** Three workers know; one always says yes. */
const CROWD = compileResponses(
  Array.from({ length: 12 }, (_, task) => (task % 3 === 0 ? "yes" : "no")).flatMap(
    (truth, task) => [
      row("a", `t${task}`, truth),
      row("b", `t${task}`, truth),
      row("c", `t${task}`, task === 5 ? "yes" : truth),
      row("spam", `t${task}`, "yes"),
    ],
  ),
);

describe("majority", () => {
  const table = compileResponses([
    row("a", "t1", "x"),
    row("b", "t1", "y"),
    row("a", "t2", "x"),
    row("b", "t2", "x"),
  ]);

  it("reports a tie as a tie, with shares", () => {
    expect(majorityVote(table)).toEqual([
      {
        task: "t1",
        winners: ["x", "y"],
        votes: 2,
        shares: [
          { label: "x", share: 0.5 },
          { label: "y", share: 0.5 },
        ],
      },
      { task: "t2", winners: ["x"], votes: 2, shares: [{ label: "x", share: 1 }] },
    ]);
    expect(accuracyAgainstMajority(table).get("a")).toBe(0.75);
    expect(accuracyAgainstMajority(table, "first").get("a")).toBe(1);
  });

  it("keeps labels with k votes, and measures how split the votes are", () => {
    expect(atLeastVotes(table, 2).get("t1")).toEqual([]);
    expect(atLeastVotes(table, 1).get("t1")).toEqual(["x", "y"]);
    expect(voteEntropy(table).get("t1")).toBeCloseTo(Math.log(2), 12);
  });
});

describe("models of workers", () => {
  const truth = Object.fromEntries(
    CROWD.tasks.map((task) => [task, Number(task.slice(1)) % 3 === 0 ? "yes" : "no"]),
  );

  it("Dawid and Skene, MACE and GLAD see through a worker who always says yes", () => {
    const model = dawidSkene(CROWD);
    expect(model.converged).toBe(true);
    expect(likeliestLabels(CROWD, model.posteriors)).toEqual(truth);
    const run = mace(CROWD, { random: createRandom(4) });
    expect(likeliestLabels(CROWD, run.posteriors)).toEqual(truth);
    const spam = CROWD.workers.indexOf("spam");
    expect(run.spamming[2 * spam]).toBeGreaterThan(0.7);
    expect(likeliestLabels(CROWD, glad(CROWD).posteriors)).toEqual(truth);
  });

  it("the likelihood of Dawid and Skene never falls", () => {
    let before = Number.NEGATIVE_INFINITY;
    for (let iterations = 1; iterations < 8; iterations++) {
      const { logLikelihood } = dawidSkene(CROWD, { maximumIterations: iterations, tolerance: 0 });
      expect(logLikelihood).toBeGreaterThanOrEqual(before - 1e-9);
      before = logLikelihood;
    }
  });
});

describe("spans of several annotators", () => {
  const document = documentFrom(100, {
    A: [
      [0, 10, "x"],
      [20, 30, "y"],
      [60, 70, "x"],
    ],
    B: [
      [2, 10, "x"],
      [21, 33, "x"],
    ],
    C: [
      [0, 12, "x"],
      [22, 30, "y"],
    ],
  });

  it("characters marked by more than half become spans", () => {
    expect(characterMajority(document)).toEqual([
      { start: 0, end: 10, label: 0, share: 2 / 3 },
      { start: 22, end: 30, label: 1, share: 2 / 3 },
    ]);
  });

  it("clusters keep every vote and take median ends", () => {
    const clusters = clusterSpans(document);
    expect(clusters.map(({ start, end, support }) => [start, end, support])).toEqual([
      [0, 10, 1],
      [21, 30, 1],
      [60, 70, 1 / 3],
    ]);
    expect(clusters[1]?.labels).toEqual([
      { label: 1, share: 2 / 3 },
      { label: 0, share: 1 / 3 },
    ]);
    expect(clusters.flatMap((cluster) => cluster.votes)).toHaveLength(document.units.label.length);
  });

  it("labels can be kept apart, and chains do not grow without end", () => {
    expect(clusterSpans(document, { ...USUAL_CLUSTERS, labels: "compared" })).toHaveLength(4);
    const chain = documentFrom(60, {
      A: [[0, 20, "x"]],
      B: [[12, 32, "x"]],
      C: [[24, 44, "x"]],
      D: [[36, 56, "x"]],
    });
    const loose = { atLeast: 0, labels: "ignored", maximumStretch: 2 } as const;
    expect(clusterSpans(chain, loose).length).toBeGreaterThan(1);
  });

  it("become answers of all who submitted the document", () => {
    const table = clusterResponses([{ document, clusters: clusterSpans(document) }]);
    expect(table.tasks).toEqual(["d#0", "d#1", "d#2"]);
    expect(table.task).toHaveLength(9);
    const third = majorityVote(table)[2];
    expect(third?.winners).toEqual([NOT_MARKED]);
  });
});
