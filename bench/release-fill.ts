import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { type CodePoint, codePoint, indexText } from "@/lib/domain/text/offsets";
import { segmentText } from "@/lib/domain/text/segment";
import { findBlocks } from "@/lib/domain/text/structure";
import { newId } from "@/lib/server/ids";
import { closeDatabase } from "@/lib/services/program";
import { makeMember, makeProject } from "@/tests/services/support/factories";

/** Fills an empty database with submitted work for the bench of releases, by COPY. */

const [documents = 0, annotators = 0, spansEach = 0] = process.argv.slice(2, 5).map(Number);
const mark = process.argv[5] ?? "";
const WORDS =
  "the city council rammed through a reckless scheme on Monday as critics slammed 🕊️ peace talks über Nacht المدينة المحررة officials said residents fled while markets fell sharply after naïve promises".split(
    " ",
  );
const LABELS = ["loaded_language", "naming", "presupposition", "agency", "appeal"];
const OUTLETS = ["The Harbour Post", "Straits Wire", "Corvane Herald"];

const ESCAPES: Record<string, string> = { "\n": "n", "\r": "r", "\t": "t" };

const since = performance.now();
const { projectId, codebookVersionId } = await makeProject({ name: "Bench" });
for (let count = 0; count < annotators; count++) await makeMember(projectId, "annotator");
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
// The rows are right by construction, and checking millions of references takes longer than all the rest.
await client.query("SET session_replication_role = replica");
const people = await ids("SELECT id FROM annotator WHERE project_id = $1 ORDER BY id");
const [roundId = ""] = await ids("SELECT id FROM round WHERE project_id = $1");

type Text = {
  documentId: string;
  versionId: string;
  text: string;
  length: number;
  words: number[];
};
const texts: Text[] = [];
let random = 1;
const next = (below: number) => {
  random = (Math.imul(random, 48271) >>> 0) % 2147483647;
  return random % below;
};

await copy("document (project_id, id, title, outlet, published_on, language)", documentRows());
await copy(
  "document_version (project_id, id, document_id, version, text, sha256, length, original, segmenter, tokens, sentences)",
  versionRows(),
);
await copy('block (project_id, document_version_id, position, role, start, "end")', blockRows());
const sets = texts.flatMap((text, at) =>
  people.map((annotatorId) => ({ text, at, annotatorId, setId: newId(), assignmentId: newId() })),
);
await copy(
  "assignment (project_id, id, round_id, document_id, document_version_id, annotator_id, state, submitted_at, active_seconds)",
  assignmentRows(),
);
await copy(
  "annotation_set (project_id, id, kind, document_version_id, text_length, codebook_version_id, annotator_id, assignment_id, revision, submitted_revision, flags)",
  setRows(),
);
await copy(
  'span (project_id, id, annotation_set_id, text_length, codebook_version_id, layer_key, label_key, start, "end", ranges, quotes, attributes, flags)',
  spanRows(),
);
await copy(
  "unit_label (project_id, annotation_set_id, text_length, codebook_version_id, layer_key, label_key, unit, unit_start, unit_end, evidence)",
  labelRows(),
);
await client.query("ANALYZE");
await client.end();
await closeDatabase();
writeFileSync(mark, "");
const seconds = (performance.now() - since) / 1000;
console.log(
  `${documents * annotators * spansEach} spans in ${documents} documents by ${annotators} annotators, filled in ${seconds.toFixed(0)} s`,
);

function* documentRows(): Generator<unknown[]> {
  for (let at = 0; at < documents; at++) {
    const text = textOf(at);
    const index = indexText(text);
    const blocks = findBlocks(text);
    const { tokens } = segmentText(text, blocks, "en");
    texts.push({
      documentId: newId(),
      versionId: newId(),
      text,
      length: index.length,
      words: [...tokens],
    });
    const { documentId } = texts[at] ?? { documentId: "" };
    yield [projectId, documentId, `Article ${at}`, OUTLETS[at % 3], "2026-03-01", "en"];
  }
}

function textOf(at: number): string {
  const words = (count: number) =>
    Array.from({ length: count }, () => WORDS[next(WORDS.length)]).join(" ");
  const sentence = () => `${words(16)}.`;
  const paragraphs = Array.from(
    { length: 6 },
    () => `${sentence()} ${sentence()} ${sentence()} ${sentence()}`,
  );
  return [`Article ${at} ${words(6)}`, ...paragraphs].join("\n\n");
}

function* versionRows(): Generator<unknown[]> {
  for (const { documentId, versionId, text, length } of texts) {
    const { tokens, sentences } = segmentText(text, findBlocks(text), "en");
    yield [
      ...[projectId, versionId, documentId, 1, text, sha(text), length],
      ...["\\x", "bench", list(tokens), list(sentences)],
    ];
  }
}

function* blockRows(): Generator<unknown[]> {
  for (const { versionId, text } of texts) {
    for (const [position, { role, start, end }] of findBlocks(text).entries()) {
      yield [projectId, versionId, position, role, start, end];
    }
  }
}

function* assignmentRows(): Generator<unknown[]> {
  for (const { text, annotatorId, assignmentId } of sets) {
    yield [
      ...[projectId, assignmentId, roundId, text.documentId, text.versionId, annotatorId],
      ...["submitted", "2026-04-01T10:00:00Z", 300],
    ];
  }
}

function* setRows(): Generator<unknown[]> {
  for (const { text, annotatorId, assignmentId, setId } of sets) {
    yield [
      ...[projectId, setId, "annotator", text.versionId, text.length, codebookVersionId],
      ...[annotatorId, assignmentId, 1, 1, "{}"],
    ];
  }
}

/** One to five words each, at any place: some meet, some overlap. */
function* spanRows(): Generator<unknown[]> {
  for (const { text, setId } of sets) {
    const index = indexText(text.text);
    for (let count = 0; count < spansEach; count++) {
      const many = text.words.length / 2;
      const first = next(many - 5);
      const start = text.words[2 * first] ?? 0;
      const end = text.words[2 * (first + next(5)) + 1] ?? 0;
      const quote = index.slice(at(start), at(end));
      yield [
        ...[projectId, newId(), setId, text.length, codebookVersionId, "span"],
        ...[LABELS[next(LABELS.length)], start, end, `{${start},${end}}`, list([quote])],
        ...[JSON.stringify({ voice: "narrator", confidence: 2 }), "{}"],
      ];
    }
  }
}

function* labelRows(): Generator<unknown[]> {
  for (const { text, setId } of sets) {
    yield [
      ...[projectId, setId, text.length, codebookVersionId, "overall", String(next(4))],
      ...["document", 0, text.length, "{}"],
    ];
  }
}

async function copy(target: string, rows: Iterable<unknown[]>): Promise<void> {
  await pipeline(Readable.from(lines(rows)), client.query(copyFrom(`COPY ${target} FROM STDIN`)));
}

function* lines(rows: Iterable<unknown[]>): Generator<string> {
  let held = "";
  for (const row of rows) {
    held += `${row.map(cell).join("\t")}\n`;
    if (held.length < 65_536) continue;
    yield held;
    held = "";
  }
  yield held;
}

function cell(value: unknown): string {
  return value === null
    ? "\\N"
    : String(value).replace(/[\\\n\r\t]/g, (sign) => `\\${ESCAPES[sign] ?? sign}`);
}

/** An array of PostgreSQL. */
function list(values: readonly (number | string)[]): string {
  const each = (value: number | string) =>
    typeof value === "number" ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
  return `{${values.map(each).join(",")}}`;
}

async function ids(sql: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(sql, [projectId]);
  return rows.map(({ id }) => id);
}

function sha(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function at(offset: number): CodePoint {
  return codePoint(offset);
}
