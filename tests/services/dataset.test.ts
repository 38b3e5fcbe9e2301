import { beforeEach, describe, expect, test } from "vitest";
import { readJsonl } from "@/lib/domain/formats/jsonl";
import type { Dataset } from "@/lib/domain/formats/records";
import { pool } from "@/lib/server/db";
import { describeDataset, exportDataset } from "@/lib/services/dataset";
import { emptyDatabase } from "@/tests/support/database";
import { valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject, type TestUser } from "./support/factories";
import { makeWork } from "./support/submitted-work";

const EMOJI = `A dove 🕊️ over the town

Soldiers 👩‍👩‍👧 marched past the 𝔣𝔯𝔢𝔢𝔡 square. =SUM(A1) was on a banner.`;
const ARABIC = `تحرير المدينة القديمة

دخل الجيش المدينة المحررة صباح يوم السبت وسط ترحيب كبير من السكان.`;

let projectId: string;
let lead: TestUser;
let ana: TestUser;
let ben: TestUser;
let emoji: Awaited<ReturnType<typeof makeDocument>>;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject({ name: "Truce in Ağdam" }));
  lead = await makeMember(projectId, "lead");
  ana = await makeMember(projectId, "annotator");
  ben = await makeMember(projectId, "annotator");
  emoji = await makeDocument(projectId, { text: EMOJI });
  const arabic = await makeDocument(projectId, { text: ARABIC });
  await makeWork(projectId, emoji, ana, {
    spans: [
      ["loaded_language", "𝔣𝔯𝔢𝔢𝔡"],
      ["naming", "square"],
    ],
    frames: ["political"],
    overall: "1",
    comment: "A remark that nobody exports.",
  });
  await makeWork(projectId, emoji, ben, { overall: "0" });
  await makeWork(projectId, arabic, ben, { spans: [["loaded_language", "المحررة"]], overall: "2" });
});

async function fileFor(
  user: TestUser,
  options: { format: "jsonl" | "csv"; cells?: "safe" | "raw" },
): Promise<string> {
  const file = valueFrom(await exportDataset.as(user.actor, { projectId, ...options }));
  return [...file.pieces].join("");
}

async function datasetFor(user: TestUser): Promise<Dataset> {
  return valueFrom(readJsonl(await fileFor(user, { format: "jsonl" })));
}

describe("the dataset of a project", () => {
  test("holds everyone's own annotations, also that somebody found nothing", async () => {
    const { header, submissions, annotations } = await datasetFor(lead);
    expect(header.counts).toEqual({
      codebooks: 1,
      documents: 2,
      submissions: 3,
      annotations: 7,
      event_answers: 0,
    });
    expect(submissions.map((each) => each.annotations).sort()).toEqual([1, 2, 4]);
    const spans = annotations.filter(({ unit }) => unit === "span");
    expect(spans.map(({ quote, label }) => [quote, label])).toEqual([
      ["𝔣𝔯𝔢𝔢𝔡", "loaded_language"],
      ["square", "naming"],
      ["المحررة", "loaded_language"],
    ]);
    expect(spans[0]).toMatchObject({
      label_name: "Loaded language",
      attributes: { voice: "narrator" },
      origin: "manual",
      round: "Main round",
      codebook: { key: "news-bias-starter", version: 1 },
      active_seconds: 60,
    });
  });

  test("has every quote at its offsets, counted in code points", async () => {
    const { documents, annotations } = await datasetFor(lead);
    const texts = new Map(documents.map(({ id, text }) => [id, text]));
    for (const { document, ranges, quote, unit } of annotations) {
      if (unit === "document") continue;
      const signs = [...(texts.get(document) ?? "")];
      expect(ranges.map(([start, end]) => signs.slice(start, end).join(""))).toEqual([quote]);
    }
  });

  test("has annotators under one pseudonym each and no trace of who they are", async () => {
    const files = await Promise.all([
      fileFor(lead, { format: "jsonl" }),
      fileFor(lead, { format: "csv" }),
      fileFor(lead, { format: "csv", cells: "raw" }),
    ]);
    const { rows } = await pool().query<{ id: string; email: string; name: string }>(
      `SELECT id, email, name FROM "user"`,
    );
    const { rows: annotators } = await pool().query<{ id: string }>(`SELECT id FROM annotator`);
    for (const file of files) {
      expect(file).not.toMatch(/[\w.+-]+@[\w-]+\.\w/);
      expect(file).not.toContain("A remark that nobody exports.");
      for (const person of rows) {
        for (const word of Object.values(person)) expect(file).not.toContain(word);
      }
      for (const { id } of annotators) expect(file).not.toContain(id);
    }
    const { submissions } = await datasetFor(lead);
    expect(new Set(submissions.map(({ pseudonym }) => pseudonym)).size).toBe(2);
  });

  test("has no draft, no removed span and nothing that was withdrawn", async () => {
    const before = await datasetFor(lead);
    const cem = await makeMember(projectId, "annotator");
    await makeWork(projectId, emoji, cem, { spans: [["naming", "dove"]], state: "in_progress" });
    expect(await datasetFor(lead)).toEqual(before);
    await pool().query(`UPDATE span SET is_removed = true WHERE label_key = 'naming'`);
    expect((await datasetFor(lead)).annotations).toHaveLength(before.annotations.length - 1);
    await pool().query(`UPDATE assignment SET withdrawn_at = now() WHERE document_id = $1`, [
      emoji.documentId,
    ]);
    expect((await datasetFor(lead)).submissions).toHaveLength(1);
  });

  test("leaves out a document that the lead has yet to annotate", async () => {
    await makeWork(projectId, emoji, lead, { state: "in_progress" });
    const { documents, annotations } = await datasetFor(lead);
    expect(documents).toHaveLength(1);
    expect(annotations.some(({ document }) => document === emoji.documentId)).toBe(false);
    const summary = valueFrom(await describeDataset.as(lead.actor, { projectId }));
    expect(summary).toMatchObject({ documents: 1, submissions: 1, spans: 1, unitLabels: 1 });
    expect(summary.leftOut).toEqual([expect.objectContaining({ documentId: emoji.documentId })]);
  });

  test("is announced with the numbers that it then has", async () => {
    const summary = valueFrom(await describeDataset.as(lead.actor, { projectId }));
    const { header, annotations } = await datasetFor(lead);
    expect(summary).toMatchObject({
      documents: header.counts.documents,
      submissions: header.counts.submissions,
      spans: annotations.filter(({ unit }) => unit === "span").length,
      unitLabels: annotations.filter(({ unit }) => unit === "document").length,
    });
    expect(summary.pseudonyms).toHaveLength(2);
  });

  test("is not sent where stored words differ from the text", async () => {
    await pool().query(`UPDATE span SET quotes = '{circle}' WHERE label_key = 'naming'`);
    await expect(exportDataset.as(lead.actor, { projectId, format: "jsonl" })).rejects.toThrow(
      "does not cover the words",
    );
  });

  test("has the title made safe in CSV and as it is in raw CSV", async () => {
    await pool().query(`UPDATE document SET title = '=1+1' WHERE id = $1`, [emoji.documentId]);
    expect(await fileFor(lead, { format: "csv" })).toContain(`"'=1+1"`);
    expect(await fileFor(lead, { format: "csv", cells: "raw" })).toContain(`"=1+1"`);
  });

  test("comes with a name for its file and leaves a line in the log", async () => {
    const file = valueFrom(
      await exportDataset.as(lead.actor, { projectId, format: "csv", cells: "raw" }),
    );
    expect(file.name).toBe("truce-in-ağdam-annotations-raw.csv");
    const { rows } = await pool().query(
      `SELECT actor_id, detail FROM audit_event WHERE action = 'dataset.exported'`,
    );
    expect(rows).toEqual([
      {
        actor_id: lead.userId,
        detail: { format: "csv", cells: "raw", exclusions: "left_out", annotations: 7 },
      },
    ]);
  });
});
