import { fork, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { FORMATS } from "@/lib/domain/formats/catalogue";
import { TABLES } from "@/lib/domain/releases/columns";
import { pool } from "@/lib/server/db";
import {
  finishAdjudication,
  openAdjudication,
  startAdjudication,
} from "@/lib/services/adjudications";
import { decide, mergeByRule } from "@/lib/services/decisions";
import { retryJob } from "@/lib/services/jobs";
import { buildRelease } from "@/lib/services/release-build";
import { findRelease } from "@/lib/services/release-store";
import {
  compareReleases,
  createRelease,
  downloadRelease,
  downloadReleaseFormat,
  listReleases,
  openRelease,
  previewRelease,
} from "@/lib/services/releases";
import { runWaitingJobs } from "@/lib/services/worker";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject, type TestUser } from "./support/factories";
import { makeWork } from "./support/submitted-work";

const folder = mkdtempSync(path.join(os.tmpdir(), "framemark-releases-"));
process.env.FRAMEMARK_DATA = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const EMOJI = `A dove 🕊️ over the town

Soldiers 👩‍👩‍👧 marched past the 𝔣𝔯𝔢𝔢𝔡 square. =SUM(A1) was on a banner.`;
const ARABIC = `تحرير المدينة القديمة

دخل الجيش المدينة المحررة صباح يوم السبت وسط ترحيب كبير من السكان.`;

const SETTINGS = { annotationLicence: "CC-BY-4.0", textLicence: "All rights reserved" } as const;

type Settings = Partial<Parameters<typeof createRelease>[0]["settings"]>;
type Row = Record<string, unknown>;

let projectId: string;
let lead: TestUser;
let ana: TestUser;
let ben: TestUser;
let emoji: Awaited<ReturnType<typeof makeDocument>>;
let arabic: Awaited<ReturnType<typeof makeDocument>>;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject({ name: "Truce in Ağdam" }));
  lead = await makeMember(projectId, "lead");
  ana = await makeMember(projectId, "annotator");
  ben = await makeMember(projectId, "annotator");
  emoji = await makeDocument(projectId, { text: EMOJI });
  arabic = await makeDocument(projectId, { text: ARABIC });
  await makeWork(projectId, emoji, ana, {
    spans: [
      ["loaded_language", "𝔣𝔯𝔢𝔢𝔡"],
      ["naming", "square"],
    ],
    frames: ["political"],
    overall: "1",
    comment: "Talk to ana@example.org about this.",
  });
  await makeWork(projectId, emoji, ben, { spans: [["naming", "square"]], overall: "0" });
  await makeWork(projectId, arabic, ben, { spans: [["loaded_language", "المحررة"]], overall: "2" });
});

async function ask(settings: Settings = {}, more: { acceptsFreeText?: boolean } = {}) {
  return createRelease.as(lead.actor, {
    projectId,
    name: "First",
    settings: { ...SETTINGS, ...settings },
    ...more,
  });
}

async function release(settings: Settings = {}, more: { acceptsFreeText?: boolean } = {}) {
  const { releaseId } = valueFrom(await ask(settings, more));
  await work();
  const opened = valueFrom(await openRelease.as(lead.actor, { projectId, releaseId }));
  expect(opened.state).toBe("ready");
  return opened;
}

function work(): Promise<void> {
  return runWaitingJobs((problem) => {
    throw new Error(problem);
  });
}

async function bytesOf(file: { open: () => AsyncIterable<Uint8Array> }): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of file.open()) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function archiveOf(releaseId: string): Promise<Buffer> {
  return bytesOf(valueFrom(await downloadRelease.as(lead.actor, { projectId, releaseId })));
}

async function filesOf(releaseId: string): Promise<Map<string, string>> {
  const files = unzipSync(await archiveOf(releaseId));
  return new Map(
    Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString("utf8")]),
  );
}

function rowsOf(files: ReadonlyMap<string, string>, name: string): Row[] {
  const lines = (files.get(name) ?? "").split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as Row);
}

function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

describe("a release", () => {
  test("is frozen by a job, with hashes of its files and of itself", async () => {
    const { releaseId, sha256: told, manifest, version } = await release();
    expect(version).toBe(1);
    const archive = await archiveOf(releaseId);
    expect(sha256(archive)).toBe(told);
    expect(archive.length).toBe(manifest?.bytes);
    const files = await filesOf(releaseId);
    expect([...files.keys()].sort()).toEqual(manifest?.files.map(({ path: name }) => name));
    for (const file of manifest?.files ?? []) {
      expect(sha256(files.get(file.path) ?? "")).toBe(file.sha256);
    }
    for (const line of (files.get("checksums.sha256") ?? "").trim().split("\n")) {
      const [sum = "", name = ""] = line.split("  ");
      expect(sha256(files.get(name) ?? ""), name).toBe(sum);
    }
    for (const paper of [
      "README.md",
      "datasheet.md",
      "croissant.json",
      "CITATION.cff",
      "LICENSE-annotations",
      "LICENSE-text",
      "CHANGELOG.md",
      "agreement.json",
      "annotators.csv",
      "codebook/version-1.json",
    ]) {
      expect(files.has(paper), paper).toBe(true);
    }
  });

  test("has the same bytes when it is made twice from the same content", async () => {
    const { releaseId, sha256: first } = await release({
      split: { by: "document", seed: 5, validation: 0.2, test: 0.2 },
    });
    const stored = await findRelease(projectId, releaseId);
    if (stored === null) throw new Error("It was there.");
    const again = await buildRelease(stored, { runId: "again", progress: async () => {} });
    expect(again.sha256).toBe(first);
  });

  test("holds every submitted annotation, as many as the database counts", async () => {
    const { releaseId, manifest } = await release();
    const files = await filesOf(releaseId);
    const rows = rowsOf(files, "annotations.jsonl");
    expect(rows.filter(({ unit }) => unit === "span")).toHaveLength(4);
    expect(rows.filter(({ unit }) => unit === "document")).toHaveLength(4);
    expect(rowsOf(files, "document_answers.jsonl")).toHaveLength(4);
    expect(rowsOf(files, "documents.jsonl")).toHaveLength(2);
    expect(
      rowsOf(files, "submissions.jsonl")
        .map((row) => row.annotations)
        .sort(),
    ).toEqual([2, 2, 4]);
    expect(manifest?.counts).toMatchObject({
      documents: 2,
      submissions: 3,
      spans: 4,
      unitLabels: 4,
    });
  });

  test("has only the columns of the allow-list, each in every row", async () => {
    const { releaseId } = await release({ comments: "keep" }, { acceptsFreeText: true });
    const files = await filesOf(releaseId);
    for (const [name, columns] of Object.entries(TABLES)) {
      for (const row of rowsOf(files, name)) {
        expect(Object.keys(row)).toEqual(columns.map((column) => column.name));
      }
    }
  });

  test("has every quote at its offsets, counted in code points", async () => {
    const { releaseId } = await release();
    const files = await filesOf(releaseId);
    const texts = new Map(rowsOf(files, "documents.jsonl").map((row) => [row.id, `${row.text}`]));
    const spans = rowsOf(files, "annotations.jsonl").filter(({ unit }) => unit === "span");
    expect(spans.length).toBe(4);
    for (const { doc_id, ranges, quote } of spans) {
      const signs = [...(texts.get(doc_id) ?? "")];
      const parts = (ranges as number[][]).map(([from, to]) => signs.slice(from, to).join(""));
      expect(parts.join(" … ")).toBe(quote);
    }
    for (const row of rowsOf(files, "documents.jsonl")) {
      expect(sha256(`${row.text}`)).toBe(row.text_sha256);
    }
  });

  test("names nobody: no account, no annotator, no id of the database's annotations", async () => {
    const { releaseId } = await release();
    const all = [...(await filesOf(releaseId)).values()].join("\n");
    const { rows } = await pool().query<{ word: string }>(
      `SELECT unnest(ARRAY[id::text, email, name]) AS word FROM "user"
       UNION ALL SELECT unnest(ARRAY[id::text, pseudonym]) FROM annotator
       UNION ALL SELECT id::text FROM span UNION ALL SELECT id::text FROM annotation_set
       UNION ALL SELECT id::text FROM assignment`,
    );
    expect(rows.length).toBeGreaterThan(15);
    for (const { word } of rows) expect(all.includes(word), word).toBe(false);
    expect(all).not.toContain("Talk to ana@example.org");
  });

  test("has other pseudonyms and ids than the release before", async () => {
    const names = async (releaseId: string) => {
      const rows = rowsOf(await filesOf(releaseId), "annotations.jsonl");
      return rows.flatMap(({ annotator, id }) => [`${annotator}`, `${id}`]);
    };
    const first = await names((await release()).releaseId);
    const second = await names((await release()).releaseId);
    expect(new Set(first).size).toBe(2 + 8);
    expect(first.filter((name) => second.includes(name))).toEqual([]);
  });

  test("shows the salt of its names to nobody", async () => {
    const opened = await release();
    const stored = await findRelease(projectId, opened.releaseId);
    const listed = valueFrom(await listReleases.as(lead.actor, { projectId }));
    const salt = stored?.salt ?? "";
    expect(salt).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify([opened, listed])).not.toContain(salt);
    expect([...(await filesOf(opened.releaseId)).values()].join("")).not.toContain(salt);
  });

  test("does not change when the project does", async () => {
    const { releaseId, sha256: told } = await release();
    await pool().query("UPDATE span SET is_removed = true");
    await work();
    expect(sha256(await archiveOf(releaseId))).toBe(told);
  });

  test("is not made where stored words differ from the text, and then says so", async () => {
    await pool().query(`UPDATE span SET quotes = '{circle}' WHERE label_key = 'naming'`);
    const { releaseId } = valueFrom(await ask());
    const problems: string[] = [];
    await runWaitingJobs((problem) => problems.push(problem));
    expect(problems.join()).toContain("does not cover the words");
    const opened = valueFrom(await openRelease.as(lead.actor, { projectId, releaseId }));
    expect(opened.state).toBe("failed");
    const refused = await downloadRelease.as(lead.actor, { projectId, releaseId });
    expect(failureFrom(refused).kind).toBe("closed");
    expect(readdirSync(path.join(folder, "releases", projectId))).toEqual([]);
  });

  test("leaves nothing half made when it is killed, and is made whole by the next run", async () => {
    const { releaseId } = valueFrom(await ask());
    const child = fork(
      path.join(import.meta.dirname, "support", "release-child.ts"),
      [projectId, releaseId],
      { execArgv: ["--conditions=react-server", "--import", "tsx"], env: process.env },
    );
    await new Promise((resolve, reject) => {
      child.once("message", resolve);
      child.once("exit", () => reject(new Error("It ended by itself.")));
    });
    child.removeAllListeners("exit");
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    const place = path.join(folder, "releases", projectId);
    expect(readdirSync(place).filter((name) => !name.endsWith(".part"))).toEqual([]);
    expect(readdirSync(place).length).toBeGreaterThan(0);
    await work();
    const opened = valueFrom(await openRelease.as(lead.actor, { projectId, releaseId }));
    expect(opened.state).toBe("ready");
    expect(sha256(await archiveOf(releaseId))).toBe(opened.sha256);
    expect(readdirSync(place).sort()).toEqual([`${releaseId}.index.jsonl`, `${releaseId}.zip`]);
  }, 60_000);

  test("is not sent where its file was damaged", async () => {
    const { releaseId } = await release();
    const file = path.join(folder, "releases", projectId, `${releaseId}.zip`);
    writeFileSync(file, readFileSync(file).subarray(1));
    const refused = await downloadRelease.as(lead.actor, { projectId, releaseId });
    expect(failureFrom(refused).message).toContain("missing or damaged");
  });
});

describe("the background of annotators in a release", () => {
  async function answered(leanings: readonly number[], consents: boolean): Promise<void> {
    await pool().query(
      `INSERT INTO onboarding (project_id, settings) VALUES ($1, '{"questions": ["leaning_10"]}')
       ON CONFLICT DO NOTHING`,
      [projectId],
    );
    await pool().query(
      `INSERT INTO consent_text (project_id, version, body) VALUES ($1, 1, 'We ask you this.')
       ON CONFLICT DO NOTHING`,
      [projectId],
    );
    for (const leaning of leanings) {
      const person = await makeMember(projectId, "annotator");
      await makeWork(projectId, arabic, person, { overall: "1" });
      await pool().query(
        `WITH own AS (SELECT id FROM annotator WHERE project_id = $1 AND user_id = $2),
              told AS (INSERT INTO background_answer (project_id, annotator_id, question, value)
                       SELECT $1, id, 'leaning_10', $3::jsonb FROM own)
         INSERT INTO consent (project_id, id, annotator_id, version, withdrawn_at)
         SELECT $1, id, id, 1, CASE WHEN $4::boolean THEN NULL ELSE now() END FROM own`,
        [projectId, person.userId, leaning, consents],
      );
    }
  }

  const bandsOf = async (releaseId: string) =>
    ((await filesOf(releaseId)).get("annotators.csv") ?? "")
      .trim()
      .split("\r\n")
      .map((line) => line.split(",").slice(4).join(","))
      .filter((band) => band !== "" && band !== "background_leaning_10");

  test("is in bands that five share, only of those whose consent stands, and only where asked for", async () => {
    await answered([-9, -9, -8, -7, -10, 9, 9, 8, 7, 10], true);
    await answered([0, 9, 9, 9, 9], false);
    const { releaseId } = await release({ background: "bands" });
    expect((await bandsOf(releaseId)).sort()).toEqual([
      ...Array.from({ length: 5 }, () => "Left"),
      ...Array.from({ length: 5 }, () => "Right"),
    ]);
    expect((await filesOf(releaseId)).get("croissant.json")).toContain("10 of 10 annotators");
    const without = await release();
    expect((await filesOf(without.releaseId)).get("annotators.csv")).not.toContain("background");
  });

  test("is left out, with a warning, where fewer share it", async () => {
    await answered([-9, -9, -8, -7, 9], true);
    const settings = { ...SETTINGS, background: "bands" } as const;
    const preview = valueFrom(await previewRelease.as(lead.actor, { projectId, settings }));
    expect(preview.background).toMatchObject({ answered: 5, told: 0, questions: [] });
    const { releaseId } = await release({ background: "bands" });
    expect(await bandsOf(releaseId)).toEqual([]);
    expect((await filesOf(releaseId)).get("datasheet.md")).toContain("too few");
  });
});

describe("a finished release", () => {
  test("is never changed or deleted, whoever asks the database", async () => {
    await release();
    await expect(pool().query("UPDATE release SET name = 'x'")).rejects.toThrow("never changed");
    await expect(pool().query("DELETE FROM release")).rejects.toThrow("never changed");
  });

  test("is not made where the disk has no room, which people are told; with room it is made", async () => {
    const { releaseId, jobId } = valueFrom(await ask());
    const child = path.join(import.meta.dirname, "support", "release-full-child.ts");
    const node = `"${process.execPath}" --conditions=react-server --import tsx "${child}"`;
    // No file of the process may pass 4 KiB: writing ends as on a full disk.
    const ran = spawn("bash", ["-c", `ulimit -f 4; exec ${node}`], { env: process.env });
    const code = await new Promise((resolve) => ran.once("close", resolve));
    expect(code).toBe(0);
    const failed = await pool().query("SELECT state, problem FROM job WHERE id = $1", [jobId]);
    expect(failed.rows[0]).toMatchObject({ state: "failed" });
    expect(failed.rows[0].problem).toContain("no room");
    const opened = valueFrom(await openRelease.as(lead.actor, { projectId, releaseId }));
    expect(opened.state).toBe("failed");
    expect(readdirSync(path.join(folder, "releases", projectId))).toEqual([]);
    valueFrom(await retryJob.as(lead.actor, { projectId, jobId }));
    await work();
    const again = valueFrom(await openRelease.as(lead.actor, { projectId, releaseId }));
    expect(again.state).toBe("ready");
    expect(sha256(await archiveOf(releaseId))).toBe(again.sha256);
  }, 60_000);
});

describe("votes and decisions in a release", () => {
  test("soft labels count everyone who submitted the document", async () => {
    const { releaseId } = await release();
    const rows = rowsOf(await filesOf(releaseId), "soft_labels.jsonl");
    const overall = rows.find(
      ({ layer, doc_id }) => layer === "overall" && doc_id === emoji.documentId,
    );
    expect(overall).toMatchObject({
      number_of_annotations: 2,
      hard_label: null,
      soft_label: [
        { label: "0", share: 0.5 },
        { label: "1", share: 0.5 },
      ],
    });
    const frame = rows.find(({ question }) => question === "political");
    expect(frame?.soft_label).toEqual([
      { label: "__none__", share: 0.5 },
      { label: "political", share: 0.5 },
    ]);
  });

  test("character votes say how many marked each stretch", async () => {
    const { releaseId } = await release();
    const rows = rowsOf(await filesOf(releaseId), "character_votes.jsonl");
    const square = rows.find(
      ({ label, doc_id }) => label === "naming" && doc_id === emoji.documentId,
    );
    expect(square).toMatchObject({ votes: 2, annotators: 2, share: 1 });
    expect(rows.find(({ doc_id }) => doc_id === arabic.documentId)).toMatchObject({ share: 1 });
  });

  test("consolidated annotations name what they rest on, and contested ones stay visible", async () => {
    const judge = await makeMember(projectId, "adjudicator");
    const { adjudicationId } = valueFrom(
      await startAdjudication.as(judge.actor, { projectId, documentId: emoji.documentId }),
    );
    const at = { projectId, adjudicationId };
    valueFrom(await mergeByRule.as(judge.actor, { ...at, rule: "unanimous" }));
    const { items, decisions } = valueFrom(await openAdjudication.as(judge.actor, at));
    const done = new Set(decisions.map(({ itemKey }) => itemKey));
    for (const { key } of items.filter((item) => !done.has(item.key))) {
      valueFrom(await decide.as(judge.actor, { ...at, itemKey: key, kind: "contested" }));
    }
    valueFrom(await finishAdjudication.as(judge.actor, at));
    const { releaseId } = await release();
    const files = await filesOf(releaseId);
    const rows = rowsOf(files, "consolidated.jsonl");
    const square = rows.find(({ quote }) => quote === "square");
    expect(square).toMatchObject({ status: "decided", decision: "accept", rule: "unanimous" });
    const ids = rowsOf(files, "annotations.jsonl")
      .filter(({ quote }) => quote === "square")
      .map(({ id }) => id);
    expect([square?.sources].flat().sort()).toEqual(ids.sort());
    const contested = rows.filter(({ status }) => status === "contested");
    expect(contested.length).toBe(items.length - done.size);
    expect(contested.find(({ layer }) => layer === "overall")?.options).toEqual([
      expect.objectContaining({ votes: 1 }),
      expect.objectContaining({ votes: 1 }),
    ]);
    const without = await release({ hasContested: false });
    const less = rowsOf(await filesOf(without.releaseId), "consolidated.jsonl");
    expect(less.some(({ status }) => status === "contested")).toBe(false);
  });
});

describe("before a release", () => {
  test("its preview counts what will be in it and what is missing", async () => {
    await makeWork(projectId, arabic, ana, { state: "in_progress" });
    const preview = valueFrom(
      await previewRelease.as(lead.actor, { projectId, settings: SETTINGS }),
    );
    const { manifest } = await release();
    expect(preview.counts).toMatchObject(manifest?.counts ?? {});
    expect(preview.missing).toMatchObject({ notSubmitted: 1, notAdjudicated: 1, undecided: [] });
    expect(preview.missing.withoutLicence).toHaveLength(2);
    expect(preview.splits).toEqual([]);
  });

  test("names and addresses in free text must be seen first", async () => {
    const preview = valueFrom(
      await previewRelease.as(lead.actor, {
        projectId,
        settings: { ...SETTINGS, comments: "keep" },
      }),
    );
    expect(preview.freeText.findings).toEqual([
      expect.objectContaining({ place: "comment", found: ["email"] }),
    ]);
    expect(failureFrom(await ask({ comments: "keep" }))).toMatchObject({
      kind: "conflict",
      place: "freeText",
    });
    const { releaseId } = await release({ comments: "keep" }, { acceptsFreeText: true });
    expect(rowsOf(await filesOf(releaseId), "comments.jsonl")).toHaveLength(1);
  });

  test("an empty one is refused, and so is one without either kind of work", async () => {
    expect(failureFrom(await ask({ documentIds: [] })).message).toContain("hold nothing");
    expect(failureFrom(await ask({ hasAnnotators: false, hasGold: false })).kind).toBe("invalid");
    expect(valueFrom(await listReleases.as(lead.actor, { projectId }))).toEqual([]);
  });

  test("a lead who has yet to annotate a document does not release others' work on it", async () => {
    await makeWork(projectId, emoji, lead, { state: "in_progress" });
    const { releaseId, manifest } = await release();
    expect(manifest?.counts).toMatchObject({ documents: 1, submissions: 1 });
    const rows = rowsOf(await filesOf(releaseId), "documents.jsonl");
    expect(rows.map(({ id }) => id)).toEqual([arabic.documentId]);
  });
});

describe("releases side by side", () => {
  test("are compared by documents and annotations, and the changelog says the same", async () => {
    const first = await release();
    await pool().query(
      `UPDATE span SET is_removed = true WHERE label_key = 'loaded_language' AND start > 20`,
    );
    await pool().query(`UPDATE span SET attributes = '{"a":"b"}' WHERE label_key = 'naming'`);
    const cem = await makeMember(projectId, "annotator");
    await makeWork(projectId, arabic, cem, { overall: "1" });
    const removed = 2;
    const second = await release();
    const { older, newer, difference } = valueFrom(
      await compareReleases.as(lead.actor, {
        projectId,
        releaseId: second.releaseId,
        withId: first.releaseId,
      }),
    );
    expect([older, newer]).toEqual([1, 2]);
    expect(difference.annotations).toEqual({
      added: 1,
      removed,
      changed: 2,
      same: 8 - removed - 2,
    });
    expect(difference.documents).toEqual({ added: 0, removed: 0, changed: 2, same: 0 });
    expect(difference.labels).toContainEqual({
      layer: "span",
      label: "naming",
      added: 0,
      removed: 0,
      changed: 2,
    });
    const log = (await filesOf(second.releaseId)).get("CHANGELOG.md") ?? "";
    expect(log).toContain("| annotations | 1 | 2 | 2 | 4 |");
  });
});

describe("a release in other formats", () => {
  test("is written in every format from its archive, the same bytes each time", async () => {
    const { releaseId } = await release();
    for (const { name, write } of FORMATS) {
      if (write === null) continue;
      const answer = valueFrom(
        await downloadReleaseFormat.as(lead.actor, { projectId, releaseId, format: name }),
      );
      if (answer.kind !== "file") throw new Error("It is small.");
      const first = await bytesOf(answer.file);
      expect(first.length, name).toBeGreaterThan(0);
      const place = path.join(folder, "releases", projectId, `${releaseId}.${name}.out`);
      rmSync(place);
      const again = valueFrom(
        await downloadReleaseFormat.as(lead.actor, { projectId, releaseId, format: name }),
      );
      if (again.kind !== "file") throw new Error("It is small.");
      expect(sha256(await bytesOf(again.file)), name).toBe(sha256(first));
    }
    const opened = valueFrom(await openRelease.as(lead.actor, { projectId, releaseId }));
    expect(opened.formats.every(({ isReady }) => isReady)).toBe(true);
    expect(opened.formats.find(({ format }) => format === "ptc")?.losses.length).toBeGreaterThan(0);
  }, 60_000);

  test("without texts has short quotes and hashes only, and no other formats", async () => {
    const { releaseId } = await release({ text: "none" });
    const files = await filesOf(releaseId);
    const all = [...files.values()].join("\n");
    expect(all).not.toContain("marched past");
    expect(all).not.toContain("وسط ترحيب كبير");
    expect(rowsOf(files, "documents.jsonl").map(({ text }) => text)).toEqual([null, null]);
    const refused = await downloadReleaseFormat.as(lead.actor, {
      projectId,
      releaseId,
      format: "brat",
    });
    expect(failureFrom(refused).message).toContain("rehydrate");
  });

  test("gets its texts back by the command, from copies known by their hash", async () => {
    const whole = await release();
    const without = await release({ text: "none" });
    const place = mkdtempSync(path.join(folder, "copies-"));
    const archive = path.join(place, "release.zip");
    writeFileSync(archive, await archiveOf(without.releaseId));
    const texts = path.join(place, "texts");
    mkdirSync(texts);
    // As an editor on Windows saves it, under another name.
    writeFileSync(path.join(texts, "one.txt"), `\uFEFF${EMOJI.replaceAll("\n", "\r\n")}`);
    const output = path.join(place, "out");
    const short = await command("rehydrate", archive, texts, "--output", output);
    expect(short).toMatchObject({ code: 1 });
    expect(short.stderr).toContain("1 of 2 texts are missing");
    expect(existsSync(output)).toBe(false);
    writeFileSync(path.join(texts, "more.jsonl"), `${JSON.stringify({ text: ARABIC })}\n`);
    expect(await command("verify", archive)).toMatchObject({ code: 0 });
    expect(await command("rehydrate", archive, texts, "--output", output)).toMatchObject({
      code: 0,
    });
    const files = await filesOf(whole.releaseId);
    const back = new Map(
      ["documents.jsonl", "annotations.jsonl", "corpus.jsonl"].map((name) => [
        name,
        readFileSync(path.join(output, name), "utf8"),
      ]),
    );
    // Names differ from release to release; texts, quotes and offsets are the same.
    expect(rowsOf(back, "documents.jsonl")).toEqual(rowsOf(files, "documents.jsonl"));
    const quotes = (rows: Row[]) => rows.map(({ doc_id, quote }) => `${doc_id} ${quote}`).sort();
    expect(quotes(rowsOf(back, "annotations.jsonl"))).toEqual(
      quotes(rowsOf(files, "annotations.jsonl")),
    );
    const corpus = rowsOf(back, "corpus.jsonl").filter(({ record }) => record === "document");
    expect(corpus.map(({ text }) => text)).toEqual([EMOJI, ARABIC]);
  }, 60_000);
});

describe("releases on the command line", () => {
  test("are frozen, listed and checked", async () => {
    const output = path.join(folder, "by-command.zip");
    const project = ["--project", "Truce in Ağdam"];
    const refused = await command("create", ...project);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain("--annotation-licence");
    const licences = ["--annotation-licence", "CC-BY-4.0", "--text-licence", "None"];
    const made = await command("create", ...project, ...licences, "--output", output, "--json");
    expect(made.stderr).toBe("");
    expect(made).toMatchObject({ code: 0 });
    const release = JSON.parse(made.stdout) as Row;
    expect(release).toMatchObject({ version: 1, state: "ready", counts: { spans: 4 } });
    expect(sha256(readFileSync(output))).toBe(release.sha256);
    const listed = await command("list", ...project);
    expect(listed.stdout.split("\t").slice(0, 4)).toEqual([
      "1",
      expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      "ready",
      release.sha256,
    ]);
  }, 120_000);
});

/** `framemark release` as a person at a terminal meets it. */
function command(
  ...args: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const root = path.resolve(import.meta.dirname, "..", "..");
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "bin/main.ts", "release", ...args],
    { cwd: root },
  );
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text) => {
      said[stream] += text;
    });
  }
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...said })));
}
