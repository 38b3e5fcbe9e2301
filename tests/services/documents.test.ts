import { beforeEach, describe, expect, test } from "vitest";
import { db, pool } from "@/lib/server/db";
import { setBlockRoles } from "@/lib/services/block-roles";
import { listDocuments } from "@/lib/services/document-search";
import {
  archiveDocument,
  importDocuments,
  openDocument,
  previewDocument,
  restoreDocument,
} from "@/lib/services/documents";
import { listEvents } from "@/lib/services/events";
import { archiveProject } from "@/lib/services/projects";
import { setSourceFacts } from "@/lib/services/source-facts";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  makeUser,
  type TestUser,
} from "./support/factories";

const ARTICLE = [
  "Truce holds in the valley",
  "Guns fell silent on Friday 🕊️ after two weeks.",
  "The army liberated the town. Nobody was hurt.",
  "READ MORE: What the truce says",
].join("\n\n");

let projectId: string;
let lead: TestUser;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  lead = await makeMember(projectId, "lead");
});

const load = (...documents: unknown[]) => importDocuments.as(lead.actor, { projectId, documents });

async function loadOne(document: object = { text: ARTICLE }): Promise<string> {
  const { documents } = valueFrom(await load(document));
  const id = documents[0]?.documentId;
  if (id === undefined) throw new Error("Nothing was imported.");
  return id;
}

describe("an import", () => {
  test("stores text, blocks, words and sentences in code points, titled by its headline", async () => {
    const documentId = await loadOne();
    const opened = valueFrom(await openDocument.as(lead.actor, { projectId, documentId }));
    expect(opened.title).toBe("Truce holds in the valley");
    expect(opened.blocks.map(({ role }) => role)).toEqual([
      "headline",
      "standfirst",
      "body",
      "related_link",
    ]);
    expect(opened.blocks[2]?.text).toBe("The army liberated the town. Nobody was hurt.");
    expect(opened.length).toBe([...ARTICLE].length);
    const version = await db().documentVersion.findFirstOrThrow({ where: { projectId } });
    const [start = 0, end = 0] = version.tokens;
    expect([...version.text].slice(start, end).join("")).toBe("Truce");
    expect(version.tokens.every((at) => at <= version.length)).toBe(true);
  });

  test("keeps the bytes as they came, and normalises what is read", async () => {
    const bytes = new TextEncoder().encode("\uFEFFCafe\u0301 closes\r\n\r\nIt was old.\r\n");
    const documentId = await loadOne({ text: bytes });
    const version = await db().documentVersion.findFirstOrThrow({
      where: { projectId, documentId },
    });
    expect(Buffer.from(version.original)).toEqual(Buffer.from(bytes));
    expect(version.text).toBe("Café closes\n\nIt was old.\n");
  });

  test("judges each document by itself: a broken one is told with its place and stops nothing", async () => {
    const report = valueFrom(
      await load(
        { text: "First\n\nA text." },
        { text: "Second\n\nwith \0 in it" },
        { text: "Third\n\nwith \ud800 in it" },
        { text: "   " },
        { text: new Uint8Array([0x61, 0xff, 0x62]) },
        { text: "Sixth\n\nA text.", publishedOn: "2026-02-30" },
        { text: "Seventh\n\nA text.", url: "javascript:alert(1)" },
        { text: "Eighth\n\nA text.", outlet: "a\u202eb" },
        { text: "Ninth\n\nA text.", colour: "red" },
        null,
        { text: "Last\n\nA text." },
      ),
    );
    expect(report.documents.map(({ index, title }) => [index, title])).toEqual([
      [0, "First"],
      [10, "Last"],
    ]);
    expect(report.problems.map(({ index, place }) => [index, place])).toEqual([
      [1, "line 3, column 6"],
      [2, "line 3, column 6"],
      [3, ""],
      [4, "byte offset 1"],
      [5, "publishedOn"],
      [6, "url"],
      [7, "outlet"],
      [8, ""],
      [9, ""],
    ]);
    expect(await db().document.count({ where: { projectId } })).toBe(2);
    expect(await db().block.count({ where: { projectId } })).toBe(4);
  });

  test("does not store a text twice, also where line breaks or composition differ", async () => {
    const first = await loadOne({ text: "Café\n\nA text." });
    const { documents } = valueFrom(
      await load(
        { text: "Café\r\n\r\nA text." },
        { text: "Cafe\u0301\n\nA text.", title: "Other" },
      ),
    );
    expect(documents).toMatchObject([
      { documentId: first, isNew: false },
      { documentId: first, isNew: false, title: "Café" },
    ]);
    expect(await db().document.count({ where: { projectId } })).toBe(1);
  });

  test("of the same text at the same moment stores one document", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => load({ text: ARTICLE })));
    const stored = answers.flatMap((answer) => valueFrom(answer).documents);
    expect(stored.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(stored.map(({ documentId }) => documentId)).size).toBe(1);
  });

  test("puts documents of one event together, and makes the event once", async () => {
    const event = "The truce";
    const input = [1, 2, 3].map((number) => ({ text: `Title ${number}\n\nA text.`, event }));
    await Promise.all(input.map((each) => load(each)));
    expect(valueFrom(await listEvents.as(lead.actor, { projectId }))).toMatchObject([
      { name: event, documents: 3 },
    ]);
  });

  test("keeps every source fact", async () => {
    const facts = {
      title: "A title of mine",
      outlet: "The Post",
      author: "M. Voss",
      publishedOn: "2026-02-28",
      url: "https://example.org/a?b=ü",
      country: "Tarvenia",
      section: "World",
      licence: "CC BY 4.0",
      language: "de",
    };
    const documentId = await loadOne({ text: ARTICLE, ...facts, event: "E" });
    const opened = valueFrom(await openDocument.as(lead.actor, { projectId, documentId }));
    expect(opened).toMatchObject({ ...facts, event: "E" });
  });

  test("gives a right-to-left headline with marks a title that can be saved again", async () => {
    const documentId = await loadOne({
      text: "\u200fوقف إطلاق النار\u200f\n\nبدأت القوات الانسحاب.",
      language: "ar",
    });
    const opened = valueFrom(await openDocument.as(lead.actor, { projectId, documentId }));
    expect(opened.title).toBe("وقف إطلاق النار");
    const { title, language } = opened;
    valueFrom(await setSourceFacts.as(lead.actor, { projectId, documentId, title, language }));
  });

  test("is refused whole in an archived project, and over 200 documents", async () => {
    const many = Array.from({ length: 201 }, () => ({ text: "T" }));
    expect(failureFrom(await load(...many)).place).toBe("documents");
    await archiveProject.as(lead.actor, { projectId });
    expect(failureFrom(await load({ text: ARTICLE })).kind).toBe("closed");
  });

  test("stores the longest text that is allowed", async () => {
    const text = "word ".repeat(399_999).trimEnd();
    const { documents, problems } = valueFrom(await load({ text }));
    expect(problems).toEqual([]);
    expect(documents).toHaveLength(1);
    const [row] = await db().documentVersion.findMany({
      where: { projectId },
      select: { tokens: true },
    });
    expect(row?.tokens).toHaveLength(2 * 399_999);
  });
});

describe("a preview", () => {
  test("shows what an import would find, and stores nothing", async () => {
    const preview = valueFrom(await previewDocument.as(lead.actor, { projectId, text: ARTICLE }));
    expect(preview).toMatchObject({ title: "Truce holds in the valley", annotatable: 3 });
    expect(preview.blocks).toHaveLength(4);
    expect(preview.problems).toEqual([]);
    expect(await db().document.count()).toBe(0);
  });

  test("says that the project has the text already", async () => {
    await loadOne();
    const { problems } = valueFrom(
      await previewDocument.as(lead.actor, { projectId, text: `${ARTICLE}` }),
    );
    expect(problems[0]).toContain("has this text already");
  });

  test("refuses what an import would refuse, in the same words", async () => {
    const text = "a\0b";
    const refused = failureFrom(await previewDocument.as(lead.actor, { projectId, text }));
    const { problems } = valueFrom(await load({ text }));
    expect(problems[0]?.message).toBe(refused.message);
  });
});

describe("the list of documents", () => {
  test("goes on from page to page without leaving out or doubling any", async () => {
    for (let count = 0; count < 120; count++) await makeDocument(projectId);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = valueFrom(
        await listDocuments.as(lead.actor, {
          projectId,
          ...(after === undefined ? {} : { after }),
        }),
      );
      seen.push(...page.documents.map(({ documentId }) => documentId));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });

  test.each([
    ["title", "TRUCE"],
    ["outlet", "post"],
    ["event", "valley e"],
    ["a percent sign, as itself", "100%"],
  ])("finds by %s", async (_, search) => {
    await loadOne({
      text: ARTICLE,
      title: "Truce 100% sure",
      outlet: "The Post",
      event: "Valley E",
    });
    await loadOne({ text: "Another\n\nA text." });
    const { documents } = valueFrom(await listDocuments.as(lead.actor, { projectId, search }));
    expect(documents).toHaveLength(1);
  });

  test("answers a search that nothing can fit with nothing", async () => {
    await loadOne();
    for (const search of ["\0", "\ud800", "_______________________________"]) {
      const { documents } = valueFrom(await listDocuments.as(lead.actor, { projectId, search }));
      expect(documents).toEqual([]);
    }
  });

  test("leaves archived documents out until they are asked for or restored", async () => {
    const documentId = await loadOne();
    const key = { projectId, documentId };
    valueFrom(await archiveDocument.as(lead.actor, key));
    const list = async (state: "live" | "archived") =>
      valueFrom(await listDocuments.as(lead.actor, { projectId, state })).documents.length;
    expect([await list("live"), await list("archived")]).toEqual([0, 1]);
    valueFrom(await restoreDocument.as(lead.actor, key));
    expect([await list("live"), await list("archived")]).toEqual([1, 0]);
  });
});

describe("the role of a line", () => {
  test("is corrected before the document is assigned, and noted", async () => {
    const documentId = await loadOne();
    const input = { projectId, documentId, changes: [{ position: 1, role: "body" }] };
    const done = valueFrom(await setBlockRoles.as(lead.actor, input));
    expect(done.before).toEqual([{ position: 1, role: "standfirst" }]);
    const opened = valueFrom(await openDocument.as(lead.actor, { projectId, documentId }));
    expect(opened).toMatchObject({ areRolesLocked: false });
    expect(opened.blocks[1]?.role).toBe("body");
    const event = await db().auditEvent.findFirstOrThrow({
      where: { projectId, action: "document.roles_changed" },
    });
    expect(event.detail).toEqual({ lines: 1 });
  });

  test("stays once somebody was given the document, even when it was withdrawn again", async () => {
    const { documentId } = await makeDocument(projectId);
    const ana = await makeMember(projectId, "annotator");
    await makeAssignment(projectId, documentId, ana.userId);
    await pool().query(`UPDATE assignment SET withdrawn_at = now()`);
    const input = { projectId, documentId, changes: [{ position: 0, role: "body" }] };
    expect(failureFrom(await setBlockRoles.as(lead.actor, input)).kind).toBe("closed");
  });

  test("is not changed while somebody is being given the document", async () => {
    const { documentId } = await makeDocument(projectId);
    const ana = await makeMember(projectId, "annotator");
    const client = await pool().connect();
    await client.query("BEGIN");
    await client.query(
      `INSERT INTO assignment (project_id, id, round_id, document_id, document_version_id, annotator_id)
       SELECT $1, gen_random_uuid(), r.id, $2, v.id, n.id
         FROM round r, document_version v, annotator n
        WHERE r.project_id = $1 AND v.document_id = $2 AND n.user_id = $3`,
      [projectId, documentId, ana.userId],
    );
    const input = { projectId, documentId, changes: [{ position: 0, role: "body" }] };
    const changing = setBlockRoles.as(lead.actor, input);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await client.query("COMMIT");
    client.release();
    expect(failureFrom(await changing).kind).toBe("closed");
  });

  test("of a line that is not there is refused", async () => {
    const documentId = await loadOne();
    const input = { projectId, documentId, changes: [{ position: 99, role: "body" }] };
    expect(failureFrom(await setBlockRoles.as(lead.actor, input)).kind).toBe("not_found");
  });
});

test("an admin who is no member leaves a note when they open a document", async () => {
  const documentId = await loadOne();
  const admin = await makeUser({ role: "admin" });
  const noted = () => db().auditEvent.count({ where: { action: "document.opened_by_admin" } });
  valueFrom(await openDocument.as(lead.actor, { projectId, documentId }));
  expect(await noted()).toBe(0);
  valueFrom(await openDocument.as(admin.actor, { projectId, documentId }));
  expect(await noted()).toBe(1);
});

test("a document of another project is not found", async () => {
  const other = await makeProject();
  const { documentId } = await makeDocument(other.projectId);
  const key = { projectId, documentId };
  expect(failureFrom(await openDocument.as(lead.actor, key)).kind).toBe("not_found");
  expect(failureFrom(await archiveDocument.as(lead.actor, key)).kind).toBe("not_found");
  const facts = { ...key, title: "Mine", language: "en" };
  expect(failureFrom(await setSourceFacts.as(lead.actor, facts)).kind).toBe("not_found");
});
