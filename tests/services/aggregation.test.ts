import { beforeEach, describe, expect, it } from "vitest";
import { openAdjudication } from "@/lib/services/adjudications";
import { confirmProposals, listProposals, proposeGold } from "@/lib/services/aggregation";
import { decide } from "@/lib/services/decisions";
import { runWaitingJobs } from "@/lib/services/worker";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject, type TestUser } from "./support/factories";
import { makeWork } from "./support/submitted-work";

const TEXTS = ["first", "second", "third"].map(
  (word) => `Storm hits ${word} town

Ana saw the bold army free the old harbour today while rebels fled`,
);

let projectId: string;
let judge: TestUser;
const problems: string[] = [];

beforeEach(async () => {
  await emptyDatabase();
  problems.length = 0;
  ({ projectId } = await makeProject());
  judge = await makeMember(projectId, "adjudicator");
  const people = [];
  for (let at = 0; at < 3; at++) people.push(await makeMember(projectId, "annotator"));
  for (const text of TEXTS) {
    const document = await makeDocument(projectId, { text });
    for (const [at, person] of people.entries()) {
      const label = at === 2 ? "appeal" : "naming";
      const extra: [string, string][] = at === 0 ? [["loaded_language", "bold"]] : [];
      await makeWork(projectId, document, person, {
        spans: [[label, "rebels"], ...extra],
        overall: "1",
      });
    }
  }
});

async function run(rule: Parameters<typeof proposeGold>[0]["rule"]) {
  valueFrom(await proposeGold.as(judge.actor, { projectId, rule }));
  await runWaitingJobs((problem) => problems.push(problem));
  expect(problems).toEqual([]);
}

const list = async (user = judge) => valueFrom(await listProposals.as(user.actor, { projectId }));

describe("aggregation over documents", () => {
  it("proposes decisions, least sure first, with the soft label", async () => {
    await run({ kind: "majority" });
    const { proposals, total, job } = await list();
    expect(job).toMatchObject({ state: "done", problem: null });
    // In each document: the overall answer, “rebels”, and “bold”, which most did not mark.
    expect(total).toBe(9);
    expect(proposals.map(({ confidence }) => confidence)).toEqual(
      [...proposals.map(({ confidence }) => confidence)].sort((a, b) => a - b),
    );
    const rebels = proposals.find(({ quote }) => quote === "rebels");
    expect(rebels).toMatchObject({ kind: "accept", label: "naming", rule: "strict majority" });
    expect(rebels?.distribution).toEqual({ naming: 2 / 3, appeal: 1 / 3 });
    expect(proposals.filter(({ kind }) => kind === "reject")).toHaveLength(3);
  });

  it("makes room for the next run and leaves what people decided", async () => {
    await run({ kind: "majority" });
    const { proposals } = await list();
    const rebels = proposals.find(({ quote }) => quote === "rebels");
    const adjudicationId = rebels?.adjudicationId ?? "";
    const at = { projectId, adjudicationId };
    valueFrom(
      await decide.as(judge.actor, { ...at, itemKey: rebels?.itemKey ?? "", kind: "contested" }),
    );
    await run({ kind: "dawid_skene" });
    const after = await list();
    expect(after.total).toBe(8);
    expect(after.proposals.every(({ rule }) => rule === "Dawid and Skene")).toBe(true);
    const opened = valueFrom(await openAdjudication.as(judge.actor, at));
    expect(opened.decisions).toHaveLength(3);
    expect(opened.gold.spans).toEqual([]);
  });

  it("becomes a person's decision when confirmed, and keeps rule and confidence", async () => {
    await run({ kind: "mace", seed: 3 });
    const { proposals, total } = await list();
    const [first] = proposals;
    const decisionIds = [first?.decisionId ?? ""];
    const done = valueFrom(await confirmProposals.as(judge.actor, { projectId, decisionIds }));
    expect(done.confirmed).toBe(1);
    expect((await list()).total).toBe(total - 1);
    const adjudicationId = first?.adjudicationId ?? "";
    const opened = valueFrom(await openAdjudication.as(judge.actor, { projectId, adjudicationId }));
    const kept = opened.decisions.find(({ itemKey }) => itemKey === first?.itemKey);
    expect(kept).toMatchObject({ isProposal: false, confidence: first?.confidence });
    const again = await confirmProposals.as(judge.actor, { projectId, decisionIds });
    expect(valueFrom(again).confirmed).toBe(0);
  });

  it("is one at a time", async () => {
    const input = { projectId, rule: { kind: "majority" } };
    valueFrom(await proposeGold.as(judge.actor, input));
    expect(failureFrom(await proposeGold.as(judge.actor, input)).kind).toBe("conflict");
  });
});
