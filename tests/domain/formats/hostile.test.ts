import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { FORMATS, findFormat } from "@/lib/domain/formats/catalogue";
import type { OutputPiece } from "@/lib/domain/formats/corpus";
import { detectFormat } from "@/lib/domain/formats/detect";
import { readXml } from "@/lib/domain/formats/xml";
import { readZip } from "@/lib/domain/formats/zip";
import { collect, toFiles } from "./expected-corpus";

async function readFiles(name: string, pieces: OutputPiece[]) {
  const read = findFormat(name)?.read;
  if (!read) throw new Error(`${name} is not read.`);
  return collect(read(toFiles(pieces), {}));
}

const doccano = (entities: unknown[]) => JSON.stringify({ text: "🕊 City", entities });
const entity = (start: unknown, end: unknown) => ({
  id: 1,
  label: "Loaded",
  start_offset: start,
  end_offset: end,
});

describe("a broken part of a file", () => {
  test("is named by line, and the rest is read", async () => {
    const content = [
      doccano([entity(3, 7)]),
      "{ not json",
      '{"label": []}',
      "[]",
      doccano([entity(3, 99), entity(3, 7)]),
    ].join("\n");
    const { documents, problems } = await readFiles("doccano", [{ path: "a.jsonl", content }]);
    expect(documents.map(({ sets }) => sets[0]?.spans.length)).toEqual([1, 1]);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  });

  test("may be bytes that are no text", async () => {
    const good = new TextEncoder().encode(`${doccano([entity(3, 7)])}\n`);
    for (const bad of [[0x61, 0xff, 0x62], [0xed, 0xa0, 0x80], [0xc3]]) {
      const content = new Uint8Array([...bad, 10, ...good]);
      const { documents, problems } = await readFiles("doccano", [{ path: "a.jsonl", content }]);
      expect(documents).toHaveLength(1);
      expect(problems).toMatchObject([{ line: 1 }]);
    }
  });

  test("may be an element of an array", async () => {
    const task = (text: string) => JSON.stringify({ data: { text }, annotations: [] });
    const content = `[\n${task("one")},\n{"data": 3 4},\n${task('two, "]"')}\n]`;
    const { documents, problems } = await readFiles("label-studio", [{ path: "a.json", content }]);
    expect(documents.map(({ text }) => text)).toEqual(["one", 'two, "]"']);
    expect(problems).toMatchObject([{ line: 3 }]);
  });

  test("may be a line of standoff", async () => {
    const ann = [
      "T1\tLoaded 2 6\tCity",
      "T2\tLoaded 2 6\tTown",
      "T3\tLoaded 2 60\tCity",
      "T4\tLoaded x y\tCity",
      "what",
      "R1\tSupports Arg1:T1 Arg2:T9",
      "A1\tTone T9 neg",
    ].join("\n");
    const { documents, problems } = await readFiles("brat", [
      { path: "ana/a.txt", content: "🕊 City" },
      { path: "ana/a.ann", content: ann },
    ]);
    expect(documents[0]?.sets[0]?.spans.map(({ id }) => id)).toEqual(["T1"]);
    expect(problems.map(({ line }) => line).sort()).toEqual([2, 3, 4, 5, 6, 7]);
    expect(problems[0]?.path).toBe("ana/a.ann");
  });
});

describe("offsets", () => {
  const wrong: [unknown, unknown][] = [
    [-1, 3],
    [3, 3],
    [4, 3],
    [0, 1e308],
    [0, 2 ** 53],
    [0, 7.5],
    ["0", "3"],
    [null, 3],
    // Between the halves of the dove.
    [1, 4],
  ];
  test.each(wrong)("%s to %s are refused", async (start, end) => {
    const content = doccano([entity(start, end)]);
    const { documents, problems } = await readFiles("doccano", [{ path: "a.jsonl", content }]);
    expect(documents[0]?.sets[0]?.spans).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  test("of the whole text are taken", async () => {
    const content = doccano([entity(0, 7)]);
    const { documents } = await readFiles("doccano", [{ path: "a.jsonl", content }]);
    expect(documents[0]?.sets[0]?.spans[0]?.ranges).toEqual([{ start: 0, end: 6 }]);
  });

  test("count UTF-16 where the words that a Label Studio export quotes stand there", async () => {
    const text = "🕊 City “liberated” as victory nears";
    const region = (start: number, end: number) => ({
      id: "r",
      from_name: "label",
      type: "labels",
      value: { start, end, text: "liberated", labels: ["Loaded"] },
    });
    for (const [start, end] of [
      [8, 17],
      [9, 18],
    ] as const) {
      const task = { data: { text }, annotations: [{ result: [region(start, end)] }] };
      const { documents, problems } = await readFiles("label-studio", [
        { path: "a.json", content: JSON.stringify([task]) },
      ]);
      expect(problems).toEqual([]);
      expect(documents[0]?.sets[0]?.spans[0]?.ranges).toEqual([{ start: 8, end: 17 }]);
    }
  });

  test("count characters as people see them where doccano was told so", async () => {
    const text = "👳🏻‍♀️ This is";
    const content = JSON.stringify({ text, label: [[2, 6, "Word"]] });
    const { documents } = await readFiles("doccano", [{ path: "a.jsonl", content }]);
    expect(documents[0]?.sets[0]?.spans[0]?.ranges).toEqual([{ start: 6, end: 10 }]);
  });
});

describe("text", () => {
  test("with a null character or half a character is refused", async () => {
    for (const text of ["a\u0000b", "a\ud800b"]) {
      const content = JSON.stringify({ text, label: [] });
      const { documents, problems } = await readFiles("doccano", [{ path: "a.jsonl", content }]);
      expect(documents).toEqual([]);
      expect(problems).toMatchObject([{ line: 1 }]);
    }
  });

  test("of fields named like parts of objects changes no object", async () => {
    const content = '{"text":"a","__proto__":{"polluted":1},"constructor":"x","label":[]}';
    const { documents } = await readFiles("doccano", [{ path: "a.jsonl", content }]);
    expect(documents).toHaveLength(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("XML", () => {
  test("with a DOCTYPE is refused, whatever the DOCTYPE says", async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>`;
    expect(readXml(bomb)).toMatchObject({ ok: false });
    for (const [name, path] of [
      ["xmi", "a.xmi"],
      ["tei", "a.xml"],
    ] as const) {
      const { documents, problems } = await readFiles(name, [{ path, content: bomb }]);
      expect(documents).toEqual([]);
      expect(problems[0]?.message).toContain("DOCTYPE");
    }
  });

  test("that is deep, wide or broken is refused, soon", () => {
    const begun = performance.now();
    expect(readXml("<a>".repeat(50_000))).toMatchObject({ ok: false });
    const attributes = Array.from({ length: 5000 }, (_, at) => `a${at}="1"`).join(" ");
    expect(readXml(`<a ${attributes}/>`)).toMatchObject({ ok: false });
    expect(readXml("<a><b></a>")).toMatchObject({ ok: false });
    expect(readXml("<a>&nbsp;</a>")).toMatchObject({ ok: false });
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  test("with an element named like part of an object is read", () => {
    expect(readXml(`<__proto__ constructor="1"/>`)).toMatchObject({ ok: true });
  });
});

describe("an archive", { timeout: 30_000 }, () => {
  test("that unpacks to far more than its size is refused", () => {
    const bomb = zipSync({ "project.qde": new Uint8Array(5_000_000) });
    expect(bomb.length).toBeLessThan(10_000);
    expect(readZip(bomb, () => true)).toMatchObject({ ok: false });
  });

  test("that is damaged or no archive gives no document and says so", async () => {
    const good = zipSync({ "project.qde": strToU8("<Project/>") });
    for (const content of [good.slice(0, 40), strToU8("no archive"), new Uint8Array()]) {
      const { documents, problems } = await readFiles("qdpx", [{ path: "a.qdpx", content }]);
      expect(documents).toEqual([]);
      expect(problems).toHaveLength(1);
    }
  });
});

describe("rubbish", () => {
  const contents = [
    "",
    "\n",
    "{}",
    "[]",
    "null",
    "<a/>",
    "\u0000",
    "T1\tx",
    "#Text=a",
    "-DOCSTART-",
    "[[[[",
    '{"a":',
  ];
  const readable = FORMATS.filter(({ read }) => read !== null);
  test.each(readable)("makes $name throw nothing", async ({ name, extension }) => {
    for (const content of contents) {
      await readFiles(name, [
        { path: `a${extension}`, content },
        { path: "a.txt", content: "text" },
        { path: "articlea.txt", content: "text" },
      ]);
    }
  });
});

describe("files", () => {
  test.each([
    ["brat", "ana/a.ann", ""],
    ["webanno", "a/ana.tsv", "#FORMAT=WebAnno TSV 3.3\n"],
    ["xmi", "a.xmi", "<xmi:XMI/>"],
    ["casjson", "a.json", '{"%TYPES":{}}'],
    ["label-studio", "a.json", '[{"id":1,"data":{"text":"a"},"annotations":[]}]'],
    ["doccano", "a.jsonl", '{"id":1,"text":"a","label":[[0,1,"X"]]}'],
    ["prodigy", "a.jsonl", '{"text":"a","_input_hash":1,"spans":[]}'],
    ["spacy", "a.jsonl", '{"text":"a","entities":[[0,1,"X"]],"spans":{"sc":[]}}'],
    ["webannotation", "a.jsonld", '{"@context":"http://www.w3.org/ns/anno.jsonld"}'],
    ["ptc", "labels/article1.task-flc-tc.labels", "1\tDoubt\t0\t1\n"],
    ["jsonl", "a.jsonl", '{"record":"header","format":"framemark/1"}'],
    [null, "a.jsonl", '{"text":"only an article"}'],
    [null, "a.txt", "only an article"],
  ])("are told to be %s", (name, path, head) => {
    expect(detectFormat([path], () => head)).toBe(name);
  });
});
