import { spawn } from "node:child_process";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { db, pool } from "@/lib/server/db";
import { openDocument } from "@/lib/services/documents";
import { describeImportRow, previewImportRow } from "@/lib/services/import-preview";
import {
  addImportAddresses,
  addImportFile,
  addImportText,
  cancelImport,
  createImport,
  leaveOutImportRow,
  listImportRows,
  listImports,
  openImport,
  readImport,
  startImport,
} from "@/lib/services/imports";
import { archiveProject } from "@/lib/services/projects";
import { runWaitingJobs } from "@/lib/services/worker";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import { makeMember, makeProject, type TestUser } from "./support/factories";
import { type Packed, zip } from "./support/zip";

let projectId: string;
let lead: TestUser;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  lead = await makeMember(projectId, "lead");
});

type Sent = Record<string, string | Uint8Array>;

async function* pieces(content: string | Uint8Array, size = 7_000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content as never);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function open(files: Sent, settings: object = {}): Promise<string> {
  const { importId } = valueFrom(await createImport.as(lead.actor, { projectId, settings }));
  for (const [name, content] of Object.entries(files)) {
    const file = { projectId, importId, name, bytes: pieces(content) };
    valueFrom(await addImportFile.as(lead.actor, file));
  }
  return importId;
}

const read = async (importId: string, settings: object = {}) =>
  valueFrom(await readImport.as(lead.actor, { projectId, importId, settings, where: "here" }));
const start = async (importId: string) =>
  valueFrom(await startImport.as(lead.actor, { projectId, importId, where: "here" }));
const view = async (importId: string) =>
  valueFrom(await openImport.as(lead.actor, { projectId, importId }));
const rows = async (importId: string) =>
  valueFrom(await listImportRows.as(lead.actor, { projectId, importId })).rows;

async function load(files: Sent, settings: object = {}) {
  const importId = await open(files, settings);
  await read(importId);
  await start(importId);
  return { importId, rows: await rows(importId) };
}

const problems = async (files: Sent) => {
  const importId = await open(files);
  await read(importId);
  return (await rows(importId)).map(({ place, problem }) => [place, problem]);
};

/** Stores in a process of its own, which is killed once it has told of its first hundred. */
function storeAndKill(place: { projectId: string; importId: string }): Promise<string | null> {
  const program = `
    const { storeImportFiles } = await import("./lib/services/import-storing.ts");
    await storeImportFiles(${JSON.stringify(place)}, {
      progress: async (done) => { process.stdout.write(done + "\\n"); },
      signal: new AbortController().signal,
    });`;
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import=tsx", "--input-type=module", "-e", program],
    { cwd: path.resolve(import.meta.dirname, "../.."), env: process.env },
  );
  child.stdout.once("data", () => child.kill("SIGKILL"));
  return new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
}

describe("before anything is stored", () => {
  test("an import tells by file and line what is new, what is known and what is wrong", async () => {
    await load({ "old.txt": "Old news\n\nIt was read before." });
    const importId = await open({
      "a.txt": "Fresh news\n\nNobody has read it.",
      "b.txt": "Old news\n\nIt was read before.",
      "c.txt": "Fresh news\n\nNobody has read it.",
      "d.txt": "Broken \0 news",
      "e.jpg": "not text",
      "f.jsonl":
        '{"text": "One\\n\\nA text."}\n{"title": "no text"}\nnot json\n\n{"text": "Two\\n\\nA text."}\n',
    });
    const found = await read(importId);
    expect(found.state).toBe("ready");
    expect(found.rows).toEqual({ fresh: 3, known: 2, refused: 4, stored: 0 });
    expect((await rows(importId)).map((row) => [row.place, row.state, row.problem])).toEqual([
      ["a.txt", "fresh", null],
      ["b.txt", "known", null],
      ["c.txt", "known", null],
      ["d.txt", "refused", expect.stringContaining("line 1, column 8")],
      ["e.jpg", "refused", expect.stringContaining("are not read")],
      ["f.jsonl, line 1", "fresh", null],
      ["f.jsonl, line 2", "refused", "There is no text in this row."],
      ["f.jsonl, line 3", "refused", "This line is not JSON."],
      ["f.jsonl, line 5", "fresh", null],
    ]);
    expect(await db().document.count({ where: { projectId } })).toBe(1);
  });

  test("columns are proposed by name, chosen anew, and remembered for the next import", async () => {
    const csv = "Kopf;Fliesstext;Zeitung;Datum\nA head;Words of it.;The Post;3.2.2026\n";
    const importId = await open({ "articles.csv": csv });
    const found = await read(importId);
    expect(found.found.columns.map(({ name, use }) => [name, use])).toEqual([
      ["Kopf", "free"],
      ["Fliesstext", "free"],
      ["Zeitung", "free"],
      ["Datum", "free"],
    ]);
    const columns = { Kopf: "title", Fliesstext: "text", Zeitung: "outlet", Datum: "publishedOn" };
    await read(importId, { columns });
    await start(importId);
    const [row] = await rows(importId);
    const document = await db().document.findFirstOrThrow({ where: { projectId } });
    expect(row).toMatchObject({ state: "stored", documentId: document.id });
    expect(document).toMatchObject({ title: "A head", outlet: "The Post" });
    expect(document.publishedOn?.toISOString().slice(0, 10)).toBe("2026-02-03");
    const again = await open({
      "more.csv": csv.replace("A head", "Another").replace("Words", "Few"),
    });
    expect((await read(again)).found.columns.map(({ use }) => use)).toEqual(Object.values(columns));
  });

  test("a fact that cannot be kept is told and kept as a free field; its article is stored", async () => {
    const line = JSON.stringify({
      text: "A\n\nText.",
      date: "3/4/2026",
      url: "javascript:x",
      mood: "calm",
    });
    const { rows: listed } = await load({ "a.jsonl": line });
    expect(listed[0]?.state).toBe("stored");
    expect(listed[0]?.notes.join(" ")).toMatch(
      /The date “3\/4\/2026” was not taken.*The address “javascript:x” was not taken/,
    );
    const { facts, publishedOn } = await db().document.findFirstOrThrow({ where: { projectId } });
    expect(publishedOn).toBeNull();
    expect(facts).toEqual({ publishedOn: "3/4/2026", url: "javascript:x", mood: "calm" });
  });

  test("an article can be left out and taken in again", async () => {
    const importId = await open({ "a.txt": "A\n\nText.", "b.txt": "B\n\nText." });
    await read(importId);
    const change = (position: number, choice: string) =>
      leaveOutImportRow.as(lead.actor, { projectId, importId, position, choice });
    valueFrom(await change(0, "leave_out"));
    valueFrom(await change(1, "leave_out"));
    valueFrom(await change(1, "take_in"));
    await start(importId);
    expect((await rows(importId)).map(({ state }) => state)).toEqual(["refused", "stored"]);
    expect(failureFrom(await change(0, "take_in")).kind).toBe("conflict");
  });
});

describe("the facts of one article", () => {
  const facts = (importId: string, position: number, more: object) =>
    describeImportRow.as(lead.actor, { projectId, importId, position, facts: more });
  const preview = async (importId: string, position: number) =>
    valueFrom(await previewImportRow.as(lead.actor, { projectId, importId, position }));
  const words = Array.from({ length: 60 }, (_, at) => `word${at}`).join(" ");

  test("said before it is stored stand before its source, hold when read again, and are stored", async () => {
    const line = (title: string, outlet: string) =>
      `${JSON.stringify({ text: `${title}\n\n${title} text.`, outlet })}\n`;
    const importId = await open({ "a.jsonl": line("One", "Wrong") + line("Two", "Herald") });
    await read(importId);
    valueFrom(await facts(importId, 0, { title: "The one", outlet: "Post", event: "Truce" }));
    valueFrom(await facts(importId, 0, { publishedOn: "2026-02-03" }));
    valueFrom(await facts(importId, 1, { outlet: "" }));
    expect(failureFrom(await facts(importId, 1, { publishedOn: "soon" }))).toMatchObject({
      kind: "invalid",
      place: "publishedOn",
    });
    await read(importId, { language: "de" });
    expect((await rows(importId)).map(({ title }) => title)).toEqual(["The one", "Two"]);
    expect((await preview(importId, 0)).facts).toMatchObject({
      title: "The one",
      outlet: "Post",
      publishedOn: "2026-02-03",
      language: "de",
      event: "Truce",
    });
    await start(importId);
    const { rows: stored } = await pool().query(
      `SELECT d.title, d.outlet, d.published_on::text AS day, e.name AS event FROM document d
         LEFT JOIN event e ON e.id = d.event_id ORDER BY d.seq`,
    );
    expect(stored).toEqual([
      { title: "The one", outlet: "Post", day: "2026-02-03", event: "Truce" },
      { title: "Two", outlet: null, day: null, event: null },
    ]);
    expect(failureFrom(await facts(importId, 0, { outlet: "Late" })).kind).toBe("conflict");
  });

  test("make a text that is known one of its own where they name another outlet", async () => {
    await load({ "a.jsonl": JSON.stringify({ text: "One\n\nText.", outlet: "Post" }) });
    const importId = await open({ "b.txt": "One\n\nText." });
    expect((await read(importId)).rows).toMatchObject({ known: 1 });
    valueFrom(await facts(importId, 0, { outlet: "Herald" }));
    await start(importId);
    expect(await rows(importId)).toMatchObject([{ state: "stored" }]);
    expect(await db().document.count({ where: { projectId } })).toBe(2);
  });

  test("come with what it reprints, of the project or of the same import", async () => {
    const { rows: stored } = await load({ "old.txt": `Old head\n\n${words}` });
    const importId = await open({
      "a.txt": `New head\n\n${words}`,
      "b.txt": `Strange\n\n${words.replaceAll("word", "term")}`,
      "c.txt": `Stranger\n\n${words.replaceAll("word", "term")} end`,
    });
    await read(importId);
    expect((await preview(importId, 0)).reprintOf).toMatchObject({
      documentId: stored[0]?.documentId,
      title: "Old head",
    });
    expect((await preview(importId, 1)).reprintOf).toBeNull();
    expect((await preview(importId, 2)).reprintOf).toMatchObject({
      documentId: null,
      title: "Strange",
    });
  });
});

describe("storing", () => {
  test("keeps the bytes of a file as they came, and lets go of the second copy", async () => {
    const bytes = new TextEncoder().encode("\uFEFFCafe\u0301\r\n\r\nIt was old.\r\n");
    const { importId } = await load({ "a.txt": bytes, "b.jsonl": '{"text": "B\\n\\nText."}' });
    const version = await db().documentVersion.findFirstOrThrow({
      where: { projectId, text: { startsWith: "Caf" } },
    });
    expect(Buffer.from(version.original)).toEqual(Buffer.from(bytes));
    expect(version.text).toBe("Café\n\nIt was old.\n");
    const kept = await pool().query(
      `SELECT f.name FROM import_chunk c JOIN import_file f ON f.id = c.file_id WHERE f.import_id = $1`,
      [importId],
    );
    expect(kept.rows).toEqual([{ name: "b.jsonl" }]);
  });

  test("marks headings and captions of a page, and takes its facts", async () => {
    const page = `<html lang="de"><head><title>Kopf | Die Post</title>
      <meta property="og:site_name" content="Die Post">
      <script type="application/ld+json">{"@type": "NewsArticle", "author": [{"name": "Ada Roe"}],
        "datePublished": "2026-03-01T23:30:00+02:00"}</script></head>
      <body><nav><a href="/">Start</a></nav><article><h1>Kopf</h1><p>${"Ein Satz steht hier. ".repeat(20)}</p>
      <figure><figcaption>Das Bild zeigt den Hafen.</figcaption></figure>
      <h2>Zwischen</h2><p>${"Noch ein Satz. ".repeat(20)}</p></article></body></html>`;
    const { rows: listed } = await load({ "seite.html": page });
    const documentId = listed[0]?.documentId ?? "";
    const opened = valueFrom(await openDocument.as(lead.actor, { projectId, documentId }));
    expect(opened).toMatchObject({
      title: "Kopf",
      outlet: "Die Post",
      author: "Ada Roe",
      publishedOn: "2026-03-01",
      language: "de",
    });
    expect(opened.blocks.map(({ role }) => role)).toEqual([
      "headline",
      "body",
      "caption",
      "subheading",
      "body",
    ]);
  });

  test("a second run of the same files stores nothing more", async () => {
    const files = { "a.txt": "A\n\nText.", "b.csv": "title,text\nB,Words of B.\nC,Words of C.\n" };
    await load(files);
    const again = await load(files);
    expect(again.rows.map(({ state }) => state)).toEqual(["known", "known", "known"]);
    expect(await db().document.count({ where: { projectId } })).toBe(3);
  });

  test("what a run stored before it was killed is recognised, and the rest follows", async () => {
    const lines = Array.from({ length: 250 }, (_, at) =>
      JSON.stringify({ text: `Head ${at}\n\nText ${at}.` }),
    );
    const importId = await open({ "a.jsonl": lines.join("\n") });
    await read(importId);
    // A run that died after documents were stored, before its rows said so.
    await pool().query(
      `UPDATE import SET state = 'storing', started_at = now(), lease_until = now() - interval '1 second'
        WHERE id = $1`,
      [importId],
    );
    const { storeDocuments } = await import("@/lib/services/document-store");
    const none = {
      outlet: null,
      author: null,
      publishedOn: null,
      url: null,
      country: null,
      section: null,
      licence: null,
    };
    await storeDocuments(
      projectId,
      [0, 1, 2].map((at) => ({
        ...none,
        title: null,
        language: "en",
        event: null,
        source: `Head ${at}\n\nText ${at}.`,
      })),
    );
    const done = await start(importId);
    expect(done).toMatchObject({ state: "done", done: 250, total: 250 });
    expect(done.rows).toEqual({ fresh: 0, known: 0, refused: 0, stored: 250 });
    expect(await db().document.count({ where: { projectId } })).toBe(250);
  });

  test("goes on after kill -9 where it was: every article is there once", async () => {
    const many = 700;
    const lines = Array.from({ length: many }, (_, at) =>
      JSON.stringify({ text: `Head ${at}\n\n${"The quay was closed. ".repeat(40)}${at}.` }),
    );
    const importId = await open({ "a.jsonl": lines.join("\n") });
    await read(importId);
    const killed = await storeAndKill({ projectId, importId });
    expect(killed).toBe("SIGKILL");
    const before = await db().document.count({ where: { projectId } });
    expect(before).toBeGreaterThanOrEqual(100);
    expect(before).toBeLessThan(many);
    // Its lease would run out in half a minute.
    await pool().query("UPDATE import SET lease_until = now() WHERE id = $1", [importId]);
    expect(await start(importId)).toMatchObject({
      state: "done",
      rows: { stored: many, known: 0 },
    });
    expect(await db().document.count({ where: { projectId } })).toBe(many);
    const { rows: twice } = await pool().query(
      "SELECT sha256 FROM document_version GROUP BY sha256 HAVING count(*) > 1",
    );
    expect(twice).toEqual([]);
  }, 90_000);

  test("runs in the background, once, and can be cancelled before", async () => {
    const lines = Array.from({ length: 120 }, (_, at) =>
      JSON.stringify({ text: `Head ${at}\n\nText ${at}.` }),
    );
    const background = async (name: string) => {
      const importId = await open({
        [name]: lines.map((line) => line.replace("Head", name)).join("\n"),
      });
      const place = { projectId, importId, where: "background" };
      expect(valueFrom(await readImport.as(lead.actor, place)).state).toBe("reading");
      const said: string[] = [];
      await runWaitingJobs((problem) => said.push(problem));
      expect(said).toEqual([]);
      expect((await view(importId)).state).toBe("ready");
      expect(valueFrom(await startImport.as(lead.actor, place)).state).toBe("storing");
      expect(failureFrom(await readImport.as(lead.actor, place)).kind).toBe("closed");
      return importId;
    };
    const kept = await background("kept.jsonl");
    const dropped = await background("dropped.jsonl");
    valueFrom(await cancelImport.as(lead.actor, { projectId, importId: dropped }));
    await runWaitingJobs(() => {});
    expect(await view(kept)).toMatchObject({ state: "done", rows: { stored: 120 } });
    expect(await view(dropped)).toMatchObject({
      state: "cancelled",
      rows: { stored: 0, fresh: 120 },
    });
    const { rows: left } = await pool().query(
      `SELECT 1 FROM import_chunk c JOIN import_file f ON f.id = c.file_id WHERE f.import_id = $1`,
      [dropped],
    );
    expect(left).toEqual([]);
    expect(
      valueFrom(await listImports.as(lead.actor, { projectId })).map(({ stored }) => stored),
    ).toEqual([0, 120]);
  });

  test("is refused in an archived project", async () => {
    const importId = await open({ "a.txt": "A\n\nText." });
    await read(importId);
    valueFrom(await archiveProject.as(lead.actor, { projectId }));
    const started = await startImport.as(lead.actor, { projectId, importId, where: "here" });
    expect(failureFrom(started).kind).toBe("closed");
    expect(await db().document.count({ where: { projectId } })).toBe(0);
  });
});

describe("what is sent", () => {
  test("a file that is not what its sender said, or too large, leaves nothing behind", async () => {
    const importId = await open({});
    const send = (more: object) =>
      addImportFile.as(lead.actor, {
        projectId,
        importId,
        name: "a.txt",
        bytes: pieces("A text"),
        ...more,
      });
    expect(failureFrom(await send({ size: 7 })).message).toMatch(/did not arrive whole/);
    expect(failureFrom(await send({ sha256: "0".repeat(64) })).message).toMatch(
      /did not arrive whole/,
    );
    async function* endless() {
      const megabyte = new Uint8Array(1_000_000).fill(97);
      for (;;) yield megabyte;
    }
    expect(failureFrom(await send({ bytes: endless() })).message).toMatch(/larger than 50 MB/);
    expect((await pool().query("SELECT 1 FROM import_file")).rows).toEqual([]);
    expect((await pool().query("SELECT 1 FROM import_chunk")).rows).toEqual([]);
  });

  test("names are for people: paths, signs that turn the reading direction and controls are taken out", async () => {
    const importId = await open({
      "../../etc/passwd\u202Etxt.exe\0": "x",
      "C:\\temp\\a.txt": "A\n\nText.",
    });
    const { files } = await view(importId);
    expect(files.map(({ name }) => name)).toEqual(["etc/passwdtxt.exe", "C:/temp/a.txt"]);
  });

  test("pasted half characters are refused, and not silently changed", async () => {
    const importId = await open({});
    const pasted = await addImportText.as(lead.actor, {
      projectId,
      importId,
      text: "A \ud800 text",
    });
    expect(failureFrom(pasted).message).toMatch(/half a character/);
  });

  test("addresses are refused unless the site allows them", async () => {
    const importId = await open({});
    const asked = { projectId, importId, addresses: ["https://example.org/"] };
    expect(failureFrom(await addImportAddresses.as(lead.actor, asked)).kind).toBe("closed");
  });
});

describe("an archive", () => {
  const text = (name: string): Packed => ({ name, content: `${name}\n\nA text in it.` });

  test("gives its files, and passes over what computers put beside them", async () => {
    const files = [
      text("a.txt"),
      text("folder/b.txt"),
      text("__MACOSX/._a.txt"),
      text(".DS_Store"),
    ];
    const { rows: listed } = await load({ "all.zip": zip(files) });
    expect(listed.map(({ place, state }) => [place, state])).toEqual([
      ["all.zip/a.txt", "stored"],
      ["all.zip/folder/b.txt", "stored"],
    ]);
  });

  const zeros = "0".repeat(2_000_000);
  test.each<[string, readonly Packed[], RegExp]>([
    ["leads out by dots", [text("../a.txt")], /leads out/],
    ["leads out by dots in the middle", [text("a/../../b.txt")], /leads out/],
    ["is absolute", [text("/etc/a.txt")], /leads out/],
    ["has a drive", [text("C:/a.txt")], /leads out/],
    ["has a backslash", [text("..\\a.txt")], /leads out/],
    ["is a link", [{ ...text("a.txt"), mode: 0o120777 }], /is a link/],
    ["clashes but for case", [text("A.txt"), text("a.TXT")], /twice/],
    ["clashes but for composition", [text("caf\u00e9.txt"), text("cafe\u0301.txt")], /twice/],
    ["has a password", [{ ...text("a.txt"), flags: 1 }], /password/],
    ["is a bomb", [{ name: "a.txt", content: zeros }], /far larger/],
    ["lies about its size", [{ name: "a.txt", content: zeros, toldSize: 10 }], /damaged/],
    ["lies over another", [text("a.txt"), { ...text("b.txt"), toldOffset: 0 }], /over each other/],
    [
      "would inflate to too much",
      Array.from({ length: 30 }, (_, at) => ({ ...text(`${at}.txt`), toldSize: 40_000_000 })),
      /far larger/,
    ],
  ])("whose entry %s is refused", async (_, files, why) => {
    const listed = await problems({ "bad.zip": zip(files) });
    expect(listed).toHaveLength(1);
    expect(listed[0]?.[1]).toMatch(why);
  });

  test("with too many entries is refused, one within another is told and the rest goes on", async () => {
    const many = zip(Array.from({ length: 10_001 }, (_, at) => ({ name: `${at}`, content: "" })));
    expect((await problems({ "many.zip": many }))[0]?.[1]).toMatch(/more than 10,000/);
    const nested = zip([{ name: "in.zip", content: zip([text("a.txt")]) }, text("b.txt")]);
    expect(await problems({ "nested.zip": nested })).toEqual([
      ["nested.zip/in.zip", expect.stringMatching(/within an archive/)],
      ["nested.zip/b.txt", null],
    ]);
  });

  test("that is none, or broken off, is told", async () => {
    const whole = zip([text("a.txt")]);
    const listed = await problems({ "none.zip": "no zip", "cut.zip": whole.subarray(0, 60) });
    expect(listed.map(([, problem]) => problem)).toEqual([
      expect.stringMatching(/damaged/),
      expect.stringMatching(/damaged/),
    ]);
  });
});

describe("annotations of other tools", () => {
  const text = "Ferry 🕊️ halted\r\n\r\nThe reckless council slashed the cafe\u0301 ferry.\r\n";
  const at = (words: string): [number, number] => {
    const start = [...text.slice(0, text.indexOf(words))].length;
    return [start, start + [...words].length];
  };
  const line = (labels: [string, string][]) =>
    JSON.stringify({
      id: 1,
      text,
      entities: labels.map(([words, label], id) => {
        const [start, end] = at(words);
        return { id, label, start_offset: start, end_offset: end };
      }),
      relations: [],
      Comments: [],
      offsets: "code_points",
    });
  const spansOf = async () => {
    const { rows: spans } = await pool().query<{
      label: string;
      quotes: string[];
      origin: string;
      kind: string;
    }>(
      `SELECT x.label_key AS label, x.quotes, x.origin, s.kind FROM span x
         JOIN annotation_set s ON s.id = x.annotation_set_id ORDER BY x.start`,
    );
    return spans.map(
      ({ label, quotes, origin, kind }) => `${kind} ${origin} ${label}: ${quotes.join("|")}`,
    );
  };

  test("go where a label has the same name, on the very words, though the text was normalised", async () => {
    const file = {
      "tool.jsonl": line([
        ["reckless", "Loaded language"],
        ["caf\u0065\u0301", "naming"],
        ["slashed", "Odd"],
      ]),
    };
    const importId = await open(file, { readAs: "doccano" });
    const { found } = await read(importId);
    expect(found.labels.map(({ label, count, to }) => [label, count, to?.label ?? null])).toEqual([
      ["Loaded language", 1, "loaded_language"],
      ["naming", 1, "naming"],
      ["Odd", 1, null],
    ]);
    await start(importId);
    expect(await spansOf()).toEqual([
      "imported imported loaded_language: reckless",
      "imported imported naming: café",
    ]);
    // The log is the truth: it holds what the projection shows.
    const { rows: log } = await pool().query(
      "SELECT kind, outcome FROM operation ORDER BY revision",
    );
    expect(log).toEqual([
      { kind: "add_span", outcome: "applied" },
      { kind: "add_span", outcome: "applied" },
    ]);
  });

  test("go where a person says, or nowhere; and again they are not stored twice", async () => {
    const file = {
      "tool.jsonl": line([
        ["reckless", "A"],
        ["slashed", "B"],
      ]),
    };
    const to = { layer: "span", label: "agency" };
    const labels = [
      { kind: "span", layer: "", label: "A", to },
      { kind: "span", layer: "", label: "B", to: null },
    ];
    await load(file, { readAs: "doccano", labels });
    await load({ "renamed.jsonl": file["tool.jsonl"] }, { readAs: "doccano", labels });
    expect(await spansOf()).toEqual(["imported imported agency: reckless"]);
    expect((await pool().query("SELECT 1 FROM annotation_set")).rows).toHaveLength(1);
  });

  test("that the codebook or the article does not allow are told and never dropped silently", async () => {
    const linked = text.replace("\r\n\r\nThe", "\r\n\r\nREAD MORE: The quay\r\n\r\nThe");
    const [start, end] = [
      [...linked.slice(0, linked.indexOf("quay"))].length,
      [...linked.slice(0, linked.indexOf("quay"))].length + 4,
    ];
    const content = JSON.stringify({
      text: linked,
      entities: [{ id: 1, label: "naming", start_offset: start, end_offset: end }],
      relations: [],
      offsets: "code_points",
    });
    const { rows: listed } = await load({ "tool.jsonl": content }, { readAs: "doccano" });
    expect(listed[0]?.state).toBe("stored");
    expect(listed[0]?.notes.join(" ")).toMatch(
      /“naming” at \d+–\d+ was left out. This part of the article is not annotated/,
    );
    expect(await spansOf()).toEqual([]);
  });

  test("are found in a pile of other files, each of which is read as what it is", async () => {
    const doccano = (words: string) => JSON.stringify({ text: words, label: [[0, 3, "naming"]] });
    const importId = await open({
      "plain.md": "# Head\n\nA text.",
      "tool.jsonl": `${doccano("The one.")}\n`,
      "rows.jsonl": '{"text": "Rows\\n\\nA text.", "outlet": "Post"}\n',
      "a.txt": "The army liberated the town.",
      "a.ann": "T1\tnaming 4 8\tarmy\n",
      "b.txt": "B\n\nA text without marks.",
    });
    const found = await read(importId);
    expect(found.found.formats.sort()).toEqual(["brat", "doccano"]);
    expect(found.rows).toMatchObject({ fresh: 5, refused: 0 });
    await start(importId);
    expect((await spansOf()).sort()).toEqual([
      "imported imported naming: The",
      "imported imported naming: army",
    ]);
  });

  test("become the work of a member, who keeps what was there before", async () => {
    const annotator = await makeMember(projectId, "annotator");
    const file = { "tool.jsonl": line([["reckless", "naming"]]) };
    const importId = await open(file, { readAs: "doccano" });
    const { found } = await read(importId);
    const authors = found.authors.map(({ name }) => ({ name, as: annotator.userId }));
    await read(importId, { authors });
    await start(importId);
    expect(await spansOf()).toEqual(["annotator imported naming: reckless"]);
    const assignment = await db().assignment.findFirstOrThrow({ where: { projectId } });
    expect(["in_progress", "submitted"]).toContain(assignment.state);
    const other = { "tool.jsonl": line([["slashed", "naming"]]) };
    const { rows: again } = await load(other, { readAs: "doccano", authors });
    expect(again[0]?.notes.join(" ")).toMatch(/has work on the document already/);
    expect(await spansOf()).toEqual(["annotator imported naming: reckless"]);
  });
});
