import { beforeEach, describe, expect, test } from "vitest";
import { pool } from "@/lib/server/db";
import { followAgreement, openAgreement } from "@/lib/services/agreement";
import { exportAgreement, exportAgreementChart } from "@/lib/services/agreement-export";
import { listAgreementSpans } from "@/lib/services/agreement-spans";
import { runWaitingJobs } from "@/lib/services/worker";
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

async function spansAs(user: TestUser) {
  return (await openAs(user)).layers?.find(({ kind }) => kind === "spans");
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
    const label = (await spansAs(lead))?.labels.find(({ key }) => key === "loaded_language");
    // 13 tokens: both mark 1, each alone 1 more, so 11 alike.
    expect(label?.percent.value).toBeCloseTo(11 / 13, 12);
    // 60 characters: Ana marks 8, Ben 9, they differ on 9; 17 ratings of 120 are the label.
    expect(label?.alpha.value).toBeCloseTo(1 - (119 * 9) / (17 * 103), 12);
    expect(label?.prevalence.value).toBeCloseTo(4 / 26, 12);
    expect(label?.exact?.value).toBe(0);
    expect(label?.specific.value).toBeCloseTo((2 * 1) / (2 + 1), 12);
    expect(label?.given).toBe(3);
    // Characters: they agree on 51 of 60, and 17 of 120 are the label.
    const chance = 2 * (17 / 120) * (103 / 120);
    expect(label?.ac1.value).toBeCloseTo((51 / 60 - chance) / (1 - chance), 12);
  });

  test("agree over all labels and as a pair as computed by hand", async () => {
    const report = await spansAs(lead);
    const beside = (measure: string) =>
      report?.beside.find((each) => each.measure === measure)?.figure.value;
    expect(beside("f1.exact")).toBe(0);
    expect(beside("f1.overlap")).toBeCloseTo((2 * 1) / (2 + 2), 12);
    expect(report?.pairs).toHaveLength(1);
    expect(report?.pairs[0]?.specific?.value).toBeCloseTo(0.5, 12);
    // With two annotators the pair is the layer.
    expect(report?.pairs[0]?.alpha.value).toBeCloseTo(report?.headline.figure.value ?? 2, 12);
    expect(report?.documents[0]?.specific.value).toBeCloseTo(0.5, 12);
  });

  test("met each other or nothing, and their boundaries are a token apart", async () => {
    const report = await spansAs(lead);
    expect(report?.confusion).toEqual(
      expect.arrayContaining([
        { a: "loaded_language", b: "loaded_language", count: 1 },
        { a: "loaded_language", b: null, count: 1 },
        { a: "naming", b: null, count: 1 },
      ]),
    );
    expect(report?.boundaries.find(({ from }) => from === 0)).toMatchObject({ starts: 1, ends: 0 });
    expect(report?.boundaries.find(({ from }) => from === 1)).toMatchObject({ starts: 0, ends: 1 });
    const passages = valueFrom(
      await listAgreementSpans.as(lead.actor, {
        projectId,
        layer: report?.layer ?? "",
        label: "loaded_language",
        against: "none",
      }),
    );
    expect(passages.found.map(({ words }) => words)).toEqual(["free"]);
  });

  test("have no interval from one document, and the report says why", async () => {
    const report = await spansAs(lead);
    expect(report?.headline.figure.interval).toMatchObject({
      low: null,
      reason: "too_few_documents",
    });
  });

  test("have a label that nobody used without a figure, and the report says why", async () => {
    const unused = (await spansAs(lead))?.labels.find(({ key }) => key === "agency");
    expect(unused?.alpha).toMatchObject({
      value: null,
      because: "All ratings are the same category, so there is no variation to test.",
    });
    expect(unused?.exact?.value).toBeNull();
  });

  test("agree on document labels as computed by hand", async () => {
    const { layers } = await openAs(lead);
    const frames = layers?.find(({ layer }) => layer === "frames");
    // One pair of sets half alike: observed and expected disagreement are the same 1/2.
    expect(frames?.headline.figure.value).toBeCloseTo(0, 12);
    expect(frames?.labels.find(({ key }) => key === "political")).toMatchObject({
      given: 2,
      alpha: { value: null, reason: "no_variation" },
    });
    const overall = layers?.find(({ layer }) => layer === "overall");
    expect(overall?.headline.figure).toMatchObject({ value: null, reason: "no_variation" });
    expect(overall?.beside.find(({ measure }) => measure === "percent")?.figure.value).toBe(1);
  });

  test("stay as they are when a third has only a draft", async () => {
    const before = await openAs(lead);
    const cem = await makeMember(projectId, "annotator");
    await makeWork(projectId, document, cem, {
      spans: [["naming", "Ana"]],
      state: "in_progress",
    });
    const after = await openAs(lead);
    expect(after.layers).toEqual(before.layers);
    expect(after.inputHash).toBe(before.inputHash);
  });

  test("stay as they are when a third found the document not annotatable, and that is said", async () => {
    const before = await openAs(lead);
    const cem = await makeMember(projectId, "annotator");
    await makeWork(projectId, document, cem, { flags: ["not_annotatable"] });
    const after = await openAs(lead);
    expect(after.notCounted).toEqual({ notAnnotatable: 1, takenOut: 0, repeated: 0 });
    expect(after.layers).toEqual(before.layers);
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
  const { annotators, leftOut } = await openAs(lead);
  expect(leftOut).toEqual([]);
  expect(annotators).toHaveLength(2);
  expect((await spansAs(lead))?.headline.figure.value).toBe(1);
});

test("a submission without a span counts as finding nothing", async () => {
  await makeWork(projectId, document, ana, { overall: "0", spans: [["naming", "old town"]] });
  await makeWork(projectId, document, ben, { overall: "0" });
  const { coverage } = await openAs(lead);
  expect(Object.values(coverage[0]?.spans ?? {}).sort()).toEqual([0, 1]);
  expect((await spansAs(lead))?.documents[0]?.specific.value).toBe(0);
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
  expect((await spansAs(lead))?.headline.figure).toMatchObject({
    value: null,
    because: "No two annotators have submitted the same document yet.",
  });
});

test("a version under which nobody worked is not found", async () => {
  const answer = await openAgreement.as(lead.actor, { projectId, version: 7 });
  expect(failureFrom(answer).kind).toBe("not_found");
});

describe("figures", () => {
  beforeEach(async () => {
    await makeWork(projectId, document, ana, { spans: [["naming", "old town"]], overall: "1" });
    await makeWork(projectId, document, ben, { spans: [["naming", "town today"]], overall: "2" });
  });

  test("are kept, and what takes long is computed by the worker once", async () => {
    const first = await openAs(lead);
    expect(first.running).toMatchObject({ state: "waiting" });
    expect(first.resampled).toBeNull();
    await openAs(lead);
    const jobs = await pool().query("SELECT 1 FROM job WHERE kind = 'agreement'");
    expect(jobs.rowCount).toBe(1);
    const problems: string[] = [];
    await runWaitingJobs((problem) => problems.push(problem));
    expect(problems).toEqual([]);
    const second = await openAs(lead);
    expect(second.running).toBeNull();
    expect(second.layers).toEqual(first.layers);
    const spans = second.resampled?.find(({ gamma }) => gamma !== null);
    // One document: nothing to draw from, but gamma has a value.
    expect(spans?.intervals).toEqual([]);
    expect(spans?.gamma).toMatchObject({ documents: 1, samples: 30 });
    expect(spans?.gamma?.mean.value).not.toBeNull();
  });

  test("that the worker computes after more work, with what it kept, are those that it computes from nothing", async () => {
    const problems: string[] = [];
    const compute = async (user: TestUser) => {
      await openAs(user);
      await runWaitingJobs((problem) => problems.push(problem));
      return (await openAs(user)).resampled;
    };
    for (let number = 0; number < 10; number++) {
      const other = await makeDocument(projectId, { text: `${TEXT} ${number}` });
      await makeWork(projectId, other, ana, { spans: [["naming", "old town"]] });
      const words = number % 3 === 0 ? "bold army" : "old town";
      await makeWork(projectId, other, ben, { spans: [["naming", words]] });
    }
    const before = await compute(lead);
    const cem = await makeMember(projectId, "annotator");
    await makeWork(projectId, document, cem, { spans: [["naming", "Ana"]], overall: "1" });
    const after = await compute(lead);
    const another = await makeMember(projectId, "lead");
    // For another person nothing is kept.
    const anew = await compute(another);
    expect(problems).toEqual([]);
    expect(after).toEqual(anew);
    expect(after).not.toEqual(before);
    expect(after?.flatMap(({ intervals }) => intervals).length).toBeGreaterThan(5);
  }, 120_000);

  test("are told to be old once somebody submits, and are new when opened", async () => {
    const before = await openAs(lead);
    const follow = async () => valueFrom(await followAgreement.as(lead.actor, { projectId }));
    expect(await follow()).toMatchObject({ inputHash: before.inputHash, parts: 1 });
    const cem = await makeMember(projectId, "annotator");
    await makeWork(projectId, document, cem, { spans: [["naming", "old town"]], overall: "1" });
    const told = await follow();
    expect(told.inputHash).not.toBe(before.inputHash);
    expect(told.parts).toBe(0);
    const after = await openAs(lead);
    expect(after.inputHash).toBe(told.inputHash);
    expect(after.layers?.[0]?.headline.annotators).toBe(3);
  });

  test("follow the settings, and what is taken out is told apart from what was there", async () => {
    const cem = await makeMember(projectId, "annotator");
    await makeWork(projectId, document, cem, { spans: [["naming", "Ana"]], overall: "1" });
    const all = await spansAs(lead);
    const cemId = (await openAs(lead)).annotators.find(({ name }) => name === cem.name)?.id ?? "";
    const without = valueFrom(
      await openAgreement.as(lead.actor, { projectId, without: cemId, unit: "tokens" }),
    );
    const spans = without.layers?.find(({ kind }) => kind === "spans");
    expect(without.notCounted.takenOut).toBe(1);
    expect(spans?.headline.annotators).toBe(2);
    expect(spans?.headline.unfiltered?.value).not.toBeNull();
    expect(spans?.headline.unfiltered?.value).not.toBe(spans?.headline.figure.value);
    expect(all?.headline.unfiltered).toBeNull();
    expect(without.annotators).toHaveLength(3);
  });

  test("leave as files with pseudonyms, settings and formula ids", async () => {
    const file = async (format: string) =>
      valueFrom(await exportAgreement.as(lead.actor, { projectId, format, unit: "tokens" })).text;
    const json = JSON.parse(await file("json"));
    expect(json).toMatchObject({
      format: "framemark-agreement",
      software: { name: "Framemark" },
      settings: { unit: "tokens" },
      measures: { "alpha.sets.jaccard": { sources: expect.arrayContaining(["krippendorff2004"]) } },
    });
    const csv = await file("csv");
    expect(csv).toMatch(/^layer,scope,subject,measure,value,/);
    expect(csv).toContain("alpha.sets.jaccard");
    expect(await file("tex")).toContain("\\begin{tabular}");
    expect(await file("md")).toMatch(/^\| Label \|/m);
    expect(await file("txt")).toContain("(Krippendorff 2004)");
    expect(await file("bib")).toContain("@book{krippendorff2004");
    const page = await file("html");
    expect(page).toContain("<svg");
    expect(page).not.toMatch(/<script|(src|href)=/);
    for (const text of [JSON.stringify(json), csv, page]) {
      expect(text).not.toContain(ana.name);
      expect(text).not.toContain(ben.name);
    }
    const svg = valueFrom(
      await exportAgreementChart.as(lead.actor, {
        projectId,
        layer: json.layers[0].layer,
        chart: "labels",
        format: "svg",
      }),
    );
    expect(svg.text).toMatch(/^<svg xmlns=/);
    expect(svg.text).not.toContain("style=");
  });
});
