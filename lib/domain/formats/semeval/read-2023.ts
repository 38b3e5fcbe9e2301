import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { createDraft, type Draft } from "../draft";
import { fromFilePart, splitPath } from "../file-part";
import { problem, readLines, readRawText } from "../input";
import { PLAIN_LAYER } from "../losses";
import { idOfArticle } from "./articles";
import { FRAME, GENRE, paragraphsOf } from "./write-2023";

type Line = { cells: string[]; line: number; path: string };
/** What annotators say of an article, by the kind of file. */
type Said = Map<string, { genre: Line[]; frames: Line[]; paragraphs: Line[]; spans: Line[] }>;

/**
 * Reads label files of SemEval-2023 Task 3 with their articles: genre and frames as labels of the document,
 * techniques as spans, or as labels of paragraphs where there are no spans.
 */
export async function* readSemeval2023(
  files: readonly InputFile[],
  { annotator }: ReadOptions,
): AsyncGenerator<CorpusItem> {
  const articles = new Map<string, InputFile>();
  for (const file of files) {
    const id = idOfArticle(file.path);
    if (id !== null) articles.set(id, file);
  }
  const said = new Map<string, Said>();
  for (const file of files) {
    const name = annotator ?? annotatorOf(file.path);
    if (kindOf(file.path) !== null) yield* readFile(file, { name, articles, said });
  }
  for (const [id, file] of articles) yield* toDocument(id, file, said.get(id) ?? new Map());
}

type Into = { name: string; articles: Map<string, InputFile>; said: Map<string, Said> };

async function* readFile(file: InputFile, into: Into): AsyncGenerator<CorpusItem> {
  for await (const each of readLines(file)) {
    if ("problem" in each) yield problem(file.path, each.line, each.problem);
    else if (each.text.trim() !== "") {
      const wrong = readLine(each.text, { line: each.line, path: file.path }, into);
      if (wrong !== null) yield problem(file.path, each.line, wrong);
    }
  }
  // A file of one article without lines says that nothing was found.
  const named = /article(.+)-labels-subtask-3\.txt$/i.exec(splitPath(file.path).name)?.[1];
  if (named !== undefined && into.articles.has(named)) entryOf(into.said, named, into.name);
}

/** A sentence where the line is wrong, or null. */
function readLine(
  text: string,
  place: { line: number; path: string },
  { name, articles, said }: Into,
): string | null {
  const cells = text.split("\t");
  const id = cells[0] ?? "";
  const kind = kindOf(place.path);
  if (!articles.has(id)) return `There is no article “${id}”.`;
  if (kind !== null) entryOf(said, id, name)[kind].push({ cells, ...place });
  return null;
}

function kindOf(path: string): "genre" | "frames" | "paragraphs" | "spans" | null {
  const { folders, name } = splitPath(path);
  const number = /labels-subtask-([123])/i.exec(name)?.[1];
  if (number === "1") return "genre";
  if (number === "2") return "frames";
  if (number !== "3") return null;
  return /spans/i.test(`${folders.at(-1) ?? ""} ${name}`) ? "spans" : "paragraphs";
}

const PUBLISHED = /^(?:data|train|dev|test|en|fr|de|it|po|ru|es|gr|ka)(?:$|[-_])|labels-subtask/i;

function annotatorOf(path: string): string {
  const folder = splitPath(path).folders.findLast((each) => !PUBLISHED.test(each));
  return folder === undefined ? "imported" : fromFilePart(folder);
}

function entryOf(said: Map<string, Said>, id: string, name: string) {
  const own: Said = said.get(id) ?? new Map();
  said.set(id, own);
  const entry = own.get(name) ?? { genre: [], frames: [], paragraphs: [], spans: [] };
  own.set(name, entry);
  return entry;
}

async function* toDocument(id: string, file: InputFile, said: Said): AsyncGenerator<CorpusItem> {
  const text = await readRawText(file);
  if (!text.ok) {
    yield problem(file.path, null, text.failure.message);
    return;
  }
  const draft = createDraft({
    id: fromFilePart(id),
    text: text.value,
    path: file.path,
    line: null,
  });
  for (const [name, entry] of said) {
    draft.set(name, "annotator", entry.spans[0]?.path);
    readLabels(draft, name, { layer: GENRE, lines: entry.genre });
    readLabels(draft, name, { layer: FRAME, lines: entry.frames });
    if (entry.spans.length > 0) readSpans(draft, name, entry.spans);
    else readParagraphs(draft, name, entry.paragraphs);
  }
  yield* draft.finish();
}

function readLabels(
  draft: Draft,
  name: string,
  { layer, lines }: { layer: string; lines: readonly Line[] },
): void {
  for (const { cells, line } of lines) {
    for (const label of labelsOf(cells[1])) {
      draft.set(name, "annotator").unitLabel({ unit: "document", layer, label }, line);
    }
  }
}

function readSpans(draft: Draft, name: string, lines: readonly Line[]): void {
  for (const { cells, line } of lines) {
    const [, label = "", start, end] = cells;
    const ranges = [[Number(start), Number(end)]] as const;
    draft
      .set(name, "annotator")
      .span({ layer: PLAIN_LAYER, label: fromFilePart(label), ranges }, line);
  }
}

function readParagraphs(draft: Draft, name: string, lines: readonly Line[]): void {
  const paragraphs = paragraphsOf(draft.index);
  for (const { cells, line, path } of lines) {
    const labels = labelsOf(cells[2]);
    const place = paragraphs[Number(cells[1]) - 1];
    if (place === undefined) {
      draft.problem(line, `There is no paragraph ${cells[1]}.`, path);
      continue;
    }
    for (const label of labels) {
      const range = [place.start, place.end] as const;
      draft
        .set(name, "annotator")
        .unitLabel({ unit: "block", layer: "technique", label, range }, line);
    }
  }
}

function labelsOf(cell: string | undefined): string[] {
  return (cell ?? "")
    .split(",")
    .filter((each) => each !== "")
    .map(fromFilePart);
}
