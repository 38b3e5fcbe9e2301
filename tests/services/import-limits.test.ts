import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/server/ids";
import { takeFetches } from "@/lib/services/import-limits";
import { PARSE_HERE, parsers, parseWith } from "@/lib/services/import-parsing";
import { parseInThread } from "@/lib/services/import-thread";
import { addImportFile, createImport, listImportRows, readImport } from "@/lib/services/imports";
import type { Caller } from "@/lib/services/use-case";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import { makeMember, makeProject, type TestUser } from "./support/factories";

let projectId: string;
let lead: TestUser;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  lead = await makeMember(projectId, "lead");
});

/** As somebody who is signed in. */
const signedIn = (user: TestUser) => ({ ...user.actor, sessionId: newId() });

describe("one person", () => {
  test("begins forty imports at once and then ten an hour, and is told when the next may begin", async () => {
    const begin = () => createImport.as(signedIn(lead), { projectId });
    for (let at = 0; at < 40; at++) valueFrom(await begin());
    const refused = failureFrom(await begin());
    expect(refused).toMatchObject({ kind: "busy" });
    expect(refused.message).toMatch(/10 more are possible an hour.*Try again in \d+ minutes?\./);
    expect(refused.retryAfterSeconds).toBeGreaterThan(60);
    const other = await makeMember(projectId, "lead");
    valueFrom(await createImport.as(signedIn(other), { projectId }));
    valueFrom(await createImport.as(lead.actor, { projectId }));
  });

  test("has two pages fetched at once and sixty an hour; a refusal takes nothing", async () => {
    const caller = { ...signedIn(lead), projectRole: "lead", projectId } as Caller;
    const [first, second] = [
      valueFrom(await takeFetches(caller, 20)),
      valueFrom(await takeFetches(caller, 30)),
    ];
    expect(failureFrom(await takeFetches(caller, 1)).message).toContain("being fetched");
    first.release();
    const refused = failureFrom(await takeFetches(caller, 20));
    expect(refused.message).toContain("60 addresses");
    expect(refused.retryAfterSeconds).toBeGreaterThan(0);
    valueFrom(await takeFetches(caller, 10)).release();
    second.release();
    expect(failureFrom(await takeFetches(caller, 61)).kind).toBe("invalid");
  });
});

/** A page of a PDF whose content unfolds to many times its size. */
function pdf(content: string): Uint8Array {
  const stream = deflateSync(Buffer.from(content));
  const head = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
4 0 obj<</Length ${stream.length}/Filter/FlateDecode>>stream
`;
  const tail = "\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
  return new Uint8Array(Buffer.concat([Buffer.from(head), stream, Buffer.from(tail)]));
}

const line = "BT /F1 12 Tf 72 700 Td (The army came to the town on Monday, officials said.) Tj ET ";

/** A thread begins slowly where the machine is busy. */
const SLOW = 150_000;

describe("a file that a stranger made", { timeout: SLOW }, () => {
  beforeAll(() => parseInThread({ milliseconds: 60_000, megabytes: 64 }));
  afterAll(() => parseWith(PARSE_HERE));

  test("is read in a thread as it is read here", async () => {
    const html = new TextEncoder().encode("<h1>Head 🕊️</h1><p>The army came.</p>");
    const files = { html, pdf: pdf(line) };
    for (const [ending, bytes] of Object.entries(files)) {
      const here = await PARSE_HERE.article(ending, bytes, "auto");
      expect(await parsers().article(ending, bytes, "auto")).toEqual(here);
      expect(here.ok, ending).toBe(true);
    }
  });

  test("ends its thread and nothing else where it fills the memory; the others are read", async () => {
    const { importId } = valueFrom(await createImport.as(lead.actor, { projectId }));
    async function* once(bytes: Uint8Array) {
      yield bytes;
    }
    for (const [name, bytes] of [
      ["a.pdf", pdf(line)],
      ["bomb.pdf", pdf(line.repeat(200_000))],
      ["c.pdf", pdf(line)],
    ] as const) {
      valueFrom(
        await addImportFile.as(lead.actor, { projectId, importId, name, bytes: once(bytes) }),
      );
    }
    valueFrom(await readImport.as(lead.actor, { projectId, importId, where: "here" }));
    const { rows } = valueFrom(await listImportRows.as(lead.actor, { projectId, importId }));
    expect(rows.map(({ state }) => state)).toEqual(["fresh", "refused", "known"]);
    expect(rows[1]?.problem).toContain("was stopped");
  });

  test("of annotated formats is asked for piece by piece, and its problems come back", async () => {
    const good = "The army\tO\n";
    const pieces = async function* (content: string) {
      for (const letter of content) yield new TextEncoder().encode(letter);
    };
    const files = [
      { path: "a.xmi", open: () => pieces(`<?xml version="1.0"?><!DOCTYPE a><a/>`) },
      { path: "b.xmi", open: () => pieces(good) },
    ];
    const read = async (from: typeof PARSE_HERE) => {
      const found = [];
      for await (const item of from.annotated("xmi", files) ?? []) found.push(item);
      return found;
    };
    const inThread = await read(parsers());
    expect(inThread).toEqual(await read(PARSE_HERE));
    expect(JSON.stringify(inThread)).toContain("DOCTYPE");
    expect(parsers().annotated("nothing", files)).toBeNull();
  });
});

test("a file that keeps its thread busy is stopped after its time", async () => {
  parseInThread({ milliseconds: 1, megabytes: 96 });
  try {
    const stopped = await parsers().article("pdf", pdf(line), "auto");
    expect(failureFrom(stopped).message).toContain("longer than");
  } finally {
    parseWith(PARSE_HERE);
  }
});
