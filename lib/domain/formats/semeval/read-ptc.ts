import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { createDraft } from "../draft";
import { fromFilePart, splitPath } from "../file-part";
import { problem, readLines, readRawText } from "../input";
import { PLAIN_LAYER } from "../losses";
import { idOfArticle } from "./articles";

type Line = { label: string; start: number; end: number; line: number; path: string };
type Labels = Map<string, Line[]>;

/**
 * Reads label files of the Propaganda Techniques Corpus and SemEval-2020 Task 11, of one article or of all:
 * span identification, technique classification, or both. A folder names the annotator unless it has a
 * name of the published data.
 */
export async function* readPtc(
  files: readonly InputFile[],
  { annotator }: ReadOptions,
): AsyncGenerator<CorpusItem> {
  const articles = new Map<string, InputFile>();
  const byArticle = new Map<string, Labels>();
  for (const file of files) {
    const id = idOfArticle(file.path);
    if (id !== null) articles.set(id, file);
  }
  for (const file of files) {
    if (!/\.labels?$|labels?[^/]*\.(?:txt|tsv)$/i.test(file.path)) continue;
    yield* readLabels(file, { name: annotator ?? annotatorOf(file.path), articles, byArticle });
  }
  for (const [id, file] of articles) yield* toDocument(id, file, byArticle.get(id) ?? new Map());
}

const PUBLISHED = /labels?$|^(?:train|dev|test|datasets?|protechn.*|task-.*)(?:$|[-_])/i;

function annotatorOf(path: string): string {
  const folder = splitPath(path).folders.at(-1);
  return folder === undefined || PUBLISHED.test(folder) ? "imported" : fromFilePart(folder);
}

type Into = {
  name: string;
  articles: Map<string, InputFile>;
  byArticle: Map<string, Labels>;
};

async function* readLabels(file: InputFile, into: Into): AsyncGenerator<CorpusItem> {
  // A file without lines says that nothing was found in its article.
  const named = /article(.+?)\.(?:task|labels)/i.exec(splitPath(file.path).name)?.[1];
  if (named !== undefined) linesOf(named, into);
  for await (const each of readLines(file)) {
    if ("problem" in each) yield problem(file.path, each.line, each.problem);
    else if (each.text.trim() !== "") {
      const wrong = readLabel(each.text, { line: each.line, path: file.path }, into);
      if (wrong !== null) yield problem(file.path, each.line, wrong);
    }
  }
}

function linesOf(id: string, { byArticle, name }: Into): Line[] {
  const labels: Labels = byArticle.get(id) ?? new Map<string, Line[]>();
  const own = labels.get(name) ?? [];
  labels.set(name, own);
  byArticle.set(id, labels);
  return own;
}

/** A sentence where the line is wrong, or null. */
function readLabel(text: string, place: { line: number; path: string }, into: Into): string | null {
  const cells = text.split("\t");
  const [id = "", first = ""] = cells;
  const [start, end] = cells.slice(-2).map(Number);
  if (cells.length < 3 || start === undefined || end === undefined) {
    return "This line is not “article, technique, start, end”.";
  }
  if (!into.articles.has(id)) return `There is no article “${id}”.`;
  const label = cells.length === 3 ? "propaganda" : fromFilePart(first);
  linesOf(id, into).push({ label, start, end, ...place });
  return null;
}

async function* toDocument(
  id: string,
  file: InputFile,
  labels: Labels,
): AsyncGenerator<CorpusItem> {
  const text = await readRawText(file);
  if (!text.ok) {
    yield problem(file.path, null, text.failure.message);
    return;
  }
  const path = [...labels.values()][0]?.[0]?.path ?? file.path;
  const draft = createDraft({ id: fromFilePart(id), text: text.value, path, line: null });
  for (const [name, lines] of labels) {
    const set = draft.set(name, "annotator", lines[0]?.path ?? path);
    for (const { label, start, end, line } of lines) {
      set.span({ layer: PLAIN_LAYER, label, ranges: [[start, end]] }, line);
    }
  }
  yield* draft.finish();
}
