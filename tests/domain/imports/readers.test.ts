import { readFileSync } from "node:fs";
import { Document, Packer, Paragraph, TextRun } from "docx";
import { describe, expect, test } from "vitest";
import { decodeFile } from "@/lib/domain/imports/decode";
import { readDelimited } from "@/lib/domain/imports/delimited";
import { proposeColumns } from "@/lib/domain/imports/fact-names";
import { type FoundArticle, plainArticle } from "@/lib/domain/imports/found-article";
import { readHtml } from "@/lib/domain/imports/html";
import { readJsonLines, readJsonRows } from "@/lib/domain/imports/json-rows";
import { readMarkdown } from "@/lib/domain/imports/markdown";
import { settleRoles } from "@/lib/domain/imports/marked-roles";
import { readPdf } from "@/lib/domain/imports/pdf";
import { readSpreadsheet } from "@/lib/domain/imports/spreadsheet";
import { articleOfRow, type TableItem } from "@/lib/domain/imports/table";
import { readWord } from "@/lib/domain/imports/word";
import type { Result } from "@/lib/domain/result";
import { findBlocks } from "@/lib/domain/text/structure";
import { readArticle, seedArticles } from "../text/articles";

const bytes = (text: string) => new TextEncoder().encode(text);

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const refusal = (result: Result<unknown>) => (result.ok ? "read" : result.failure.message);

/** Text and roles as they would be stored. */
function stored({ text, roles }: FoundArticle) {
  const blocks = findBlocks(text, settleRoles(text, roles));
  return { text, blocks: blocks.map(({ start, end, role }) => [start, end, role]) };
}

const escaped = (text: string) =>
  text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/\u00A0/g, "&nbsp;");

/** A page as an outlet would serve the text: its lines in marked-up paragraphs, menus around them. */
function pageOf(text: string): string {
  const paragraphs = text.split("\n\n").map((paragraph, at) => {
    const lines = paragraph.split("\n").map(escaped).join("<br>\n");
    if (at === 0) return `<h1>${lines}</h1>`;
    return `<p>${lines}</p>`;
  });
  return `<!doctype html><html lang="en"><head><title>${escaped(text.split("\n")[0] ?? "")} | The Post</title>
    <meta property="og:site_name" content="The Post"><script>track("<p>no</p>")</script></head>
    <body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
    <article>${paragraphs.join("\n    ")}</article><footer>All rights reserved</footer></body></html>`;
}

async function wordOf(text: string): Promise<Uint8Array> {
  const children = text.split("\n\n").map((paragraph, at) => {
    const runs = paragraph
      .split("\n")
      .map((line, number) => new TextRun({ text: line, ...(number > 0 ? { break: 1 } : {}) }));
    return new Paragraph({ children: runs, ...(at === 0 ? { style: "Title" } : {}) });
  });
  const document = new Document({ sections: [{ children }] });
  return new Uint8Array(await Packer.toBuffer(document));
}

const articles = [
  { name: "harbour", text: readArticle("harbour").text.trim() },
  ...seedArticles().map(({ text }) => ({ name: "the seed article", text })),
];

describe.each(articles)("$name", ({ text }) => {
  const pasted = stored(plainArticle(text));

  test("is the same text and blocks as .txt, page and Word document", async () => {
    expect(stored(plainArticle(value(decodeFile(bytes(text))).text))).toEqual(pasted);
    expect(stored(value(readHtml(pageOf(text))))).toEqual(pasted);
    expect(stored(value(await readWord(await wordOf(text))))).toEqual(pasted);
  });

  test("is the same in every encoding that is known", () => {
    const marked = (mark: number[], rest: Uint8Array) => Uint8Array.from([...mark, ...rest]);
    const wide = Buffer.from(text, "utf16le");
    const files: [Uint8Array, RegExp | null][] = [
      [marked([0xef, 0xbb, 0xbf], bytes(text)), null],
      [marked([0xff, 0xfe], wide), null],
      [marked([0xfe, 0xff], Buffer.from(wide).swap16()), null],
      [wide, /UTF-16 without a byte order mark/],
    ];
    for (const [file, note] of files) {
      const { text: read, notes } = value(decodeFile(file));
      expect(read.replace(/^\uFEFF/, "")).toBe(text);
      if (note === null) expect(notes).toEqual([]);
      else expect(notes.join(" ")).toMatch(note);
    }
  });
});

describe("letters of text files", () => {
  test("Windows-1252 is read with a note, and never where its codes are unused", () => {
    const western = value(decodeFile(Uint8Array.from([0x43, 0x61, 0x66, 0xe9, 0x20, 0x93, 0x94])));
    expect(western).toEqual({ text: "Café “”", notes: [expect.stringMatching(/Windows-1252/)] });
    expect(refusal(decodeFile(Uint8Array.from([0x41, 0x81, 0x42])))).toMatch(/byte offset 1/);
    expect(refusal(decodeFile(Uint8Array.from([0x41, 0x00, 0xff])))).toMatch(/byte offset 2/);
  });

  test("a chosen encoding is taken at its word", () => {
    expect(refusal(decodeFile(Uint8Array.from([0x43, 0xe9]), "utf-8"))).toMatch(/not UTF-8/);
    expect(value(decodeFile(Uint8Array.from([0xc3, 0xa9]), "windows-1252")).text).toBe("Ã©");
  });
});

describe("a page", () => {
  test("is read in its own words: white space collapses, breaks end lines, scripts and hidden parts are no text", () => {
    const page = `<body><article><h1>A  head</h1><p>One
      two&nbsp;<b>three</b> <i>four</i>.<br>Five<script>six()</script></p>
      <p hidden>seven</p><div>Eight<br><br>nine</div><pre>ten
  eleven</pre><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></article></body>`;
    expect(value(readHtml(page)).text).toBe(
      "A head\n\nOne two\u00A0three four.\nFive\n\nEight\n\nnine\n\nten\neleven\n\na | b\n\nc | d",
    );
  });

  test("that is nested without end, or holds no words, does not take the program with it", () => {
    const deep = `${"<div>".repeat(20_000)}text${"</div>".repeat(20_000)}`;
    expect(refusal(readHtml(deep))).toMatch(/nested too deeply/);
    expect(value(readHtml("<html><body></body></html>")).text).toBe("");
  });
});

test("Markdown loses its marks and gives the fields at its top", () => {
  const read = value(
    readMarkdown(
      '---\ntitle: "A head"\nsource: The Post\nmood: calm\n---\n# A head\n\nOne *two* [three](http://x).\nFour\n\n> five\n\n## Six\n\nSeven.',
    ),
  );
  expect(read).toMatchObject({
    text: "A head\n\nOne two three.\nFour\n\nfive\n\nSix\n\nSeven.",
    facts: { title: "A head", outlet: "The Post" },
    free: { mood: "calm" },
  });
  expect([...read.roles.values()]).toEqual(["headline", "quote", "subheading"]);
});

const data = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../data/imports/${name}`, import.meta.url)));

describe("a PDF", () => {
  test("that a browser printed is read by paragraphs, divided words put together, headings marked", async () => {
    const read = value(await readPdf(data("article.pdf")));
    expect(read.text.split("\n\n").map((line) => line.slice(0, 40))).toEqual([
      "Harbour council slashed the night ferry",
      "The harbour council slashed the night fe",
      "The operator insisted that the timetable",
      "What the crew was told",
      "Two smaller lines will sail on. Their cr",
    ]);
    expect(read.text).toContain(
      "a reckless gamble with the future of the island, and the pier stayed",
    );
    expect([...read.roles]).toEqual([
      [0, "headline"],
      [6, "subheading"],
    ]);
    expect(read.notes).toHaveLength(1);
  });

  test("that is a scan, or none, is refused with what to do", async () => {
    expect(refusal(await readPdf(data("scan.pdf")))).toMatch(/text recognition/);
    expect(refusal(await readPdf(bytes("%PDF-1.7 nonsense")))).toMatch(/copy its text/);
  });
});

test("a workbook is read sheet by sheet, empty rows passed over, dates as days", async () => {
  const items = await all(readSpreadsheet(data("articles.xlsx")));
  expect(items.map(({ place }) => place)).toEqual([
    "Articles, row 2",
    "Articles, row 4",
    "More, row 2",
  ]);
  expect(cells(items)[1]).toEqual({
    Headline: "Ferry sails 🕊️",
    Body: "The ferry sails again, to the relief of many.",
    Outlet: "Straits Wire",
    Date: "2026-03-04",
    Reads: "7.5",
  });
});

async function all<T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const cells = (items: readonly TableItem[]) =>
  items.map((item) => ("cells" in item ? Object.fromEntries(item.cells) : item.problem));

describe("tables", () => {
  test("rows are named by their line, also where a cell has several; broken ones are told", async () => {
    const csv = 'title,text\r\nOne,"a\r\nb ""c"""\r\nTwo,d\r\nThree,e,f\r\nFour,g 🕊️\r\n';
    const items = await all(readDelimited(csv));
    expect(items.map(({ place }) => place)).toEqual(["line 2", "line 4", "line 5", "line 6"]);
    expect(cells(items)).toEqual([
      { title: "One", text: 'a\nb "c"' },
      { title: "Two", text: "d" },
      "This row has 3 cells, but there are 2 columns.",
      { title: "Four", text: "g 🕊️" },
    ]);
  });

  test("semicolons and tabs are found, and columns get names of their own", async () => {
    const items = await all(readDelimited("a;;a\n1;2;3\n"));
    expect(cells(items)).toEqual([{ a: "1", "column 2": "2", "a (2)": "3" }]);
    expect(cells(await all(readDelimited("a\tb, c\n1\t2\n")))).toEqual([{ a: "1", "b, c": "2" }]);
  });

  test("columns are proposed by name, each use once", () => {
    const columns = [
      "Headline",
      "body",
      "Source Name",
      "pub_date",
      "meta.url",
      "title",
      "mood",
      "__proto__",
    ];
    expect(Object.entries(proposeColumns(columns))).toEqual([
      ["Headline", "title"],
      ["body", "text"],
      ["Source Name", "outlet"],
      ["pub_date", "publishedOn"],
      ["meta.url", "url"],
      ["title", "free"],
      ["mood", "free"],
      ["__proto__", "free"],
    ]);
  });

  test("objects of JSON are found in a list, in one field, or line by line; what has fields within is read by path", async () => {
    const task = { id: 7, data: { text: "A\n\nB", meta: { source: "Post" } }, tags: ["x", "y"] };
    const expected = { id: "7", "data.text": "A\n\nB", "data.meta.source": "Post", tags: "x, y" };
    expect(cells([...readJsonRows(JSON.stringify([task]))])).toEqual([expected]);
    expect(cells([...readJsonRows(JSON.stringify({ tasks: [task], version: 1 }))])).toEqual([
      expected,
    ]);
    expect(cells([...readJsonRows("{")])).toEqual([expect.stringMatching(/not JSON/)]);
    async function* pieces() {
      const lines = Buffer.from(`\uFEFF${JSON.stringify(task)}\n\n[1]\n`);
      // One byte at a time: characters and lines come in pieces.
      for (const byte of lines) yield Uint8Array.of(byte);
      yield Uint8Array.of(0xff, 0x0a);
      yield Buffer.from('{"text": "last, without an end"}');
    }
    expect(cells(await all(readJsonLines(pieces())))).toEqual([
      expected,
      "This is not a JSON object.",
      "This line is not UTF-8 text.",
      { text: "last, without an end" },
    ]);
  });

  test("a line without end is told and not kept", async () => {
    async function* endless() {
      for (let megabyte = 0; megabyte < 25; megabyte++) yield new Uint8Array(1_000_000).fill(97);
      yield bytes('\n{"text": "next"}\n');
    }
    expect(cells(await all(readJsonLines(endless())))).toEqual([
      "This line is longer than 20 MB.",
      { text: "next" },
    ]);
  });

  test("a row is its chosen columns: several texts are paragraphs, the rest is kept or left out", () => {
    const row = {
      place: "line 2",
      line: 2,
      cells: new Map([
        ["head", "H"],
        ["lead", "One."],
        ["body", "Two."],
        ["mood", "calm"],
        ["secret", "x"],
        ["empty", " "],
      ]),
    };
    const columns = { head: "title", lead: "text", body: "text", secret: "skip" } as const;
    expect(articleOfRow(row, columns)).toMatchObject({
      article: { text: "One.\n\nTwo.", facts: { title: "H" }, free: { mood: "calm" } },
    });
    expect(articleOfRow(row, {})).toMatchObject({ problem: expect.stringMatching(/No column/) });
  });
});
