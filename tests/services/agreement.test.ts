import { beforeEach, describe, expect, test } from "vitest";
import { pool } from "@/lib/server/db";
import { openAgreement } from "@/lib/services/agreement";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject, type TestUser } from "./support/factories";
import { makeWork } from "./support/submitted-work";

/** 15 and 45 characters and 3 and 10 tokens, all all open to marking. */
const TEXT = `Storm hits town

Ana saw the bold army free the old town today`;

let projectId: string;
let document: Awaited<ReturnType<typeof makeDocument>>;
let lead: TestUser;
let ana: TestUser;
let ben: TestUser;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  document = await makeDocument(projectId, { text: TEXT });
  lead = await makeMember(projectId, "lead");
  ana = await makeMember(projectId, "annotator");
  ben = await makeMember(projectId, "annotator");
});

async function openAs(user: TestUser) {
  return valueFrom(await openAgreement.as(user.actor, { projectId }));
}

describe("two annotators on one document", () => {
  beforeEach(async () => {
    await makeWork(projectId, document, ana, {
      spans: [
        ["loaded_language", "bold"],
        ["loaded_language", "free"],
      ],
      frames: ["political"],
      overall: "1",
    });
    await makeWork(projectId, document, ben, {
      spans: [
        ["loaded_language", "bold army"],
        ["naming", "old town"],
      ],
      frames: ["political", "economic"],
      overall: "1",
    });
  });

  test("agree on a label as computed by hand", async () => {
    const { spanLayers } = await openAs(lead);
    const label = spanLayers[0]?.report.labels.find((each) => each.labelId === "loaded_language");
    // 13 tokens: both mark 1, each alone 1 more, so 11 alike; expected (2·2 + 11·11) / 13².
    expect(label?.percentTokens.value).toBeCloseTo(11 / 13, 12);
    expect(label?.kappaTokens.value).toBeCloseTo((143 - 125) / (169 - 125), 12);
    // 60 characters: Ana marks 8, Ben 9, they differ on 9; 17 ratings of 120 are the label.
    expect(label?.alphaCharacters.value).toBeCloseTo(1 - (119 * 9) / (17 * 103), 12);
    expect(label?.prevalence.value).toBeCloseTo(4 / 26, 12);
    expect(label?.f1Exact.value).toBe(0);
    expect(label?.f1Overlap.value).toBeCloseTo((2 * 1) / (2 + 1), 12);
    expect(label?.spans).toBe(3);
  });

  test("agree over all labels and as a pair as computed by hand", async () => {
    const report = (await openAs(lead)).spanLayers[0]?.report;
    expect(report?.overall.f1.exact.value).toBe(0);
    expect(report?.overall.f1.overlap.value).toBeCloseTo((2 * 1) / (2 + 2), 12);
    expect(report?.pairs).toHaveLength(1);
    expect(report?.pairs[0]?.f1.overlap.value).toBeCloseTo(0.5, 12);
    expect(report?.pairs[0]?.tokens.count).toBe(13);
  });

  test("have no interval from one document, and the report says why", async () => {
    const report = (await openAs(lead)).spanLayers[0]?.report;
    expect(report?.overall.f1.overlap.interval).toMatchObject({
      low: null,
      reason: "too_few_documents",
    });
  });

  test("have a label that nobody used without a figure, and the report says why", async () => {
    const report = (await openAs(lead)).spanLayers[0]?.report;
    const unused = report?.labels.find((each) => each.labelId === "agency");
    expect(unused?.alphaCharacters).toMatchObject({
      value: null,
      because: "All ratings are the same category, so there is no variation to test.",
    });
    expect(unused?.f1Exact.value).toBeNull();
  });

  test("agree on document labels as computed by hand", async () => {
    const { unitLayers } = await openAs(lead);
    const frames = unitLayers.find(({ layer }) => layer === "frames");
    // One pair of sets half alike: observed and expected disagreement are the same 1/2.
    expect(frames?.alpha?.value).toBeCloseTo(0, 12);
    expect(frames?.labels.find(({ key }) => key === "political")).toMatchObject({
      given: 2,
      of: 2,
      alpha: { value: null, reason: "no_variation" },
    });
    const overall = unitLayers.find(({ layer }) => layer === "overall");
    expect(overall?.alpha).toMatchObject({ value: null, reason: "no_variation" });
    expect(overall?.percent.value).toBe(1);
  });

  test("stay as they are when a third has only a draft", async () => {
    const before = await openAs(lead);
    const cem = await makeMember(projectId, "annotator");
    await makeWork(projectId, document, cem, {
      spans: [["naming", "Ana"]],
      state: "in_progress",
    });
    expect(await openAs(lead)).toEqual(before);
  });

  test("stay as they are when a third found the document not annotatable, and that is said", async () => {
    const before = await openAs(lead);
    const cem = await makeMember(projectId, "annotator");
    await makeWork(projectId, document, cem, { flags: ["not_annotatable"] });
    const after = await openAs(lead);
    expect(after.notCounted).toEqual({ notAnnotatable: 1, repeated: 0 });
    expect(after.spanLayers).toEqual(before.spanLayers);
  });

  test("leave out work that was withdrawn or is no work", async () => {
    for (const change of ["withdrawn_at = now()", "withdrawn_at = NULL, purpose = 'training'"]) {
      await pool().query(
        `UPDATE assignment SET ${change} WHERE annotator_id =
           (SELECT id FROM annotator WHERE user_id = $1)`,
        [ben.userId],
      );
      expect((await openAs(lead)).annotators).toEqual([
        expect.objectContaining({ name: ana.name }),
      ]);
    }
  });

  test("are named for a lead and have pseudonyms for an adjudicator", async () => {
    const adjudicator = await makeMember(projectId, "adjudicator");
    const names = (await openAs(lead)).annotators.map(({ name }) => name);
    expect(names.sort()).toEqual([ana.name, ben.name].sort());
    const seen = JSON.stringify(await openAs(adjudicator));
    for (const { name, email } of [ana, ben]) {
      expect(seen).not.toContain(name);
      expect(seen).not.toContain(email);
    }
    for (const { name } of (await openAs(adjudicator)).annotators) expect(name).toMatch(/^A-/);
  });

  test("are hidden from a lead who has yet to annotate the document, and that is said", async () => {
    const own = await makeWork(projectId, document, lead, { state: "in_progress" });
    const hidden = await openAs(lead);
    expect(hidden.leftOut).toEqual([expect.objectContaining({ documentId: document.documentId })]);
    expect(hidden).toMatchObject({
      annotators: [],
      coverage: [],
      spanLayers: [],
      documentCount: 0,
    });
    await pool().query(`UPDATE assignment SET withdrawn_at = now() WHERE id = $1`, [
      own.assignmentId,
    ]);
    expect((await openAs(lead)).annotators).toHaveLength(2);
  });
});

test("work of the lead counts with the rest once it is submitted", async () => {
  await makeWork(projectId, document, ana, { overall: "1", spans: [["naming", "old town"]] });
  await makeWork(projectId, document, lead, { overall: "1", spans: [["naming", "old town"]] });
  const { annotators, spanLayers, leftOut } = await openAs(lead);
  expect(leftOut).toEqual([]);
  expect(annotators).toHaveLength(2);
  expect(spanLayers[0]?.report.overall.f1.exact.value).toBe(1);
});

test("a submission without a span counts as finding nothing", async () => {
  await makeWork(projectId, document, ana, { overall: "0", spans: [["naming", "old town"]] });
  await makeWork(projectId, document, ben, { overall: "0" });
  const { coverage, spanLayers } = await openAs(lead);
  expect(Object.values(coverage[0]?.spans ?? {}).sort()).toEqual([0, 1]);
  expect(spanLayers[0]?.report.overall.f1.exact.value).toBe(0);
});

test("an empty project has nothing to compare and no figure", async () => {
  const overview = await openAs(lead);
  expect(overview).toMatchObject({
    codebook: null,
    annotators: [],
    coverage: [],
    documentCount: 1,
  });
});

test("one submission has no figure, and the report says why", async () => {
  await makeWork(projectId, document, ana, { overall: "0", spans: [["naming", "old town"]] });
  const { spanLayers } = await openAs(lead);
  expect(spanLayers[0]?.report.overall.alphaCharacters).toMatchObject({
    value: null,
    because: "No two annotators have submitted the same document yet.",
  });
});

test("a version under which nobody worked is not found", async () => {
  const answer = await openAgreement.as(lead.actor, { projectId, version: 7 });
  expect(failureFrom(answer).kind).toBe("not_found");
});
