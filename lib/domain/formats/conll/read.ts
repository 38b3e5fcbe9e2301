import { codePointLength } from "../../text/offsets";
import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { createDraft } from "../draft";
import { fromFilePart, splitPath } from "../file-part";
import { problem, readLines } from "../input";
import { PLAIN_LAYER } from "../losses";

type TokenLine = { words: string; tags: string[]; line: number };
type Article = { sentences: TokenLine[][]; line: number };

/**
 * Reads CoNLL-2003 and its kin: a token a line, tags in the last columns, in IOB1, IOB2, IOBES or BILUO. The
 * text is made of the tokens, with a space between them and a line for each sentence, since the files
 * have no other. A folder names the annotator.
 */
export async function* readConll(
  files: readonly InputFile[],
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  // Files of one name are one document by several annotators, and come together.
  const nameOf = ({ path }: InputFile) => splitPath(path).name;
  const byName = [...files].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  for (const file of byName) {
    const { folders, name } = splitPath(file.path);
    const stem = fromFilePart(name.replace(/\.[^.]+$/, ""));
    const folder = folders.at(-1);
    const annotator =
      options.annotator ?? (folder === undefined ? "imported" : fromFilePart(folder));
    const articles: Article[] = [];
    for await (const each of readLines(file)) {
      if ("problem" in each) yield problem(file.path, each.line, each.problem);
      else takeLine(articles, each.text, each.line);
    }
    for (const [at, article] of articles.entries()) {
      const id = articles.length === 1 ? stem : `${stem}-${at + 1}`;
      const isKnown = folder !== undefined;
      yield* toDocument(article, { id, path: file.path, annotator, isKnown });
    }
  }
}

function takeLine(articles: Article[], text: string, line: number): void {
  const [words = "", ...rest] = text.trim().split(/[ \t]+/);
  if (words === "-DOCSTART-") {
    articles.push({ sentences: [[]], line });
    return;
  }
  if (words.startsWith("#") && !rest.some((cell) => TAG.test(cell))) return;
  let article = articles.at(-1);
  if (article === undefined) {
    article = { sentences: [[]], line };
    articles.push(article);
  }
  if (words === "") article.sentences.push([]);
  else article.sentences.at(-1)?.push({ words, tags: tagsOf(rest), line });
}

const TAG = /^(?:O|[BIESLU]-.+)$/;

/** The columns at the end of a line that are tags; of all those of CoNLL-2003 only the last. */
function tagsOf(cells: readonly string[]): string[] {
  if (cells.length === 3 && TAG.test(cells[1] ?? "") && cells[1] !== "O") return cells.slice(-1);
  const tags: string[] = [];
  for (let at = cells.length - 1; at >= 0 && TAG.test(cells[at] ?? ""); at--) {
    tags.unshift(cells[at] ?? "O");
  }
  return tags;
}

type Naming = { id: string; path: string; annotator: string; isKnown: boolean };

function* toDocument(
  { sentences, line }: Article,
  { id, path, annotator, isKnown }: Naming,
): Generator<CorpusItem> {
  const full = sentences.filter((sentence) => sentence.length > 0);
  const text = full.map((sentence) => sentence.map(({ words }) => words).join(" ")).join("\n");
  const draft = createDraft({ id, text, path, line });
  const tokens: number[] = [];
  const outlines: number[] = [];
  let at = 0;
  for (const sentence of full) {
    outlines.push(at);
    for (const { words } of sentence) {
      tokens.push(at, at + codePointLength(words));
      at += codePointLength(words) + 1;
    }
    outlines.push(at - 1);
  }
  if (tokens.length > 0) draft.segments(tokens, outlines);
  const lines = full.flat();
  const columns = Math.max(0, ...lines.map(({ tags }) => tags.length));
  const isTagged = isKnown || lines.some(({ tags }) => tags.some((tag) => tag !== "O"));
  if (isTagged) {
    const set = draft.set(annotator, "annotator");
    for (let column = 0; column < columns; column++) {
      for (const { first, last, label } of chunksOf(full, column)) {
        const range = [tokens[first * 2], tokens[last * 2 + 1]] as const;
        set.span({ layer: PLAIN_LAYER, label, ranges: [range] }, lines[first]?.line ?? null);
      }
    }
  }
  yield* draft.finish();
}

type Chunk = { first: number; last: number; label: string };

/**
 * Runs of tokens with one label: a new one begins at B, S and U, at another label and, as in IOB1, at any I
 * after none. A span may go on over the end of a sentence.
 */
function chunksOf(sentences: readonly TokenLine[][], column: number): Chunk[] {
  const chunks: Chunk[] = [];
  let open: Chunk | null = null;
  let number = 0;
  for (const { tags } of sentences.flat()) {
    const tag = tags[column] ?? "O";
    const label = tag === "O" ? null : fromFilePart(tag.slice(2));
    if (label === null) open = null;
    else if (open !== null && open.label === label && /^[IEL]/.test(tag)) open.last = number;
    else {
      open = { first: number, last: number, label };
      chunks.push(open);
    }
    if (/^[ESLU]-/.test(tag)) open = null;
    number++;
  }
  return chunks;
}
