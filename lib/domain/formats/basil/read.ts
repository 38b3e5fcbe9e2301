import { codePointLength } from "../../text/offsets";
import type { CorpusItem, CorpusRange, InputFile, ReadOptions } from "../corpus";
import { factsFrom } from "../document-fields";
import { createDraft, type Draft, toAttributes } from "../draft";
import { fromFilePart, splitPath } from "../file-part";
import { problem, readText } from "../input";
import { asFields, asList, asText, type JsonFields } from "../json-records";
import { PLAIN_LAYER, PLAIN_UNIT_LAYER } from "../losses";
import { BASIL_NAMES } from "./write";

/**
 * Reads BASIL's JSON: articles, and annotations in files that end with `_ann.json`. The text is the title,
 * then a line for each paragraph; a phrase is compared with the words that the file repeats.
 */
export async function* readBasil(
  files: readonly InputFile[],
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  const annotations = new Map<string, InputFile[]>();
  const articles: InputFile[] = [];
  for (const file of files) {
    const stem = /^(.+)_ann\.json$/i.exec(splitPath(file.path).name)?.[1];
    if (stem === undefined) articles.push(file);
    else annotations.set(stem, [...(annotations.get(stem) ?? []), file]);
  }
  for (const file of articles) {
    const article = await readFields(file);
    const stem = splitPath(file.path).name.replace(/\.[^.]+$/, "");
    if (article === null || !Array.isArray(article["body-paragraphs"])) {
      yield problem(file.path, 1, "This is no article of BASIL.");
      continue;
    }
    yield* readArticle(article, { file, stem, options, own: annotations.get(stem) ?? [] });
    annotations.delete(stem);
  }
  for (const file of [...annotations.values()].flat()) {
    yield problem(file.path, null, "There is no article for these annotations.");
  }
}

async function readFields(file: InputFile): Promise<JsonFields | null> {
  const text = await readText(file);
  if (!text.ok) return null;
  try {
    return asFields(JSON.parse(text.value));
  } catch {
    return null;
  }
}

type Reading = { file: InputFile; stem: string; options: ReadOptions; own: readonly InputFile[] };

async function* readArticle(
  article: JsonFields,
  { file, stem, options, own }: Reading,
): AsyncGenerator<CorpusItem> {
  const { text, units } = layOut(article);
  const { title, uuid, "body-paragraphs": _, "document-title": full, ...facts } = article;
  const {
    "title-in-text": isInText,
    "main-event": event,
    "triplet-uuid": triplet,
    ...rest
  } = facts;
  const draft = createDraft({
    id: asText(uuid) ?? fromFilePart(stem),
    title: asText(full) ?? (isInText === true ? null : asText(title)),
    text,
    source: factsFrom({
      ...rest,
      ...(event === undefined ? {} : { event }),
      ...(triplet === undefined ? {} : { triplet }),
    }),
    path: file.path,
    line: 1,
  });
  for (const each of own) {
    const fields = await readFields(each);
    if (fields === null) draft.problem(1, "This is no JSON object.", each.path);
    else {
      const folder = splitPath(each.path).folders.at(-1);
      const isNamed = folder !== undefined && !/^annotations?$|^\d{4}$/i.test(folder);
      const name = options.annotator ?? (isNamed ? fromFilePart(folder) : "imported");
      readAnnotations(draft, fields, { name, units, path: each.path });
    }
  }
  yield* draft.finish();
}

/** The text with the place of each sentence, by the id that phrases name. */
function layOut(article: JsonFields): { text: string; units: Map<string, CorpusRange> } {
  const units = new Map<string, CorpusRange>();
  const lines: string[] = [];
  let at = 0;
  let number = 0;
  if (article["title-in-text"] !== false) {
    const title = asText(article.title) ?? "";
    units.set("title", { start: 0, end: codePointLength(title) });
    lines.push(title);
    at = codePointLength(title) + 1;
  }
  for (const paragraph of asList(article["body-paragraphs"])) {
    const sentences = asList(paragraph).map((each) => asText(each) ?? "");
    for (const sentence of sentences) {
      const end = at + codePointLength(sentence);
      units.set(`p${number++}`, { start: at, end });
      at = end + 1;
    }
    lines.push(sentences.join(" "));
  }
  return { text: lines.join("\n"), units };
}

type Annotating = { name: string; units: Map<string, CorpusRange>; path: string };

function readAnnotations(draft: Draft, fields: JsonFields, annotating: Annotating): void {
  const set = draft.set(annotating.name, "annotator", annotating.path);
  for (const each of asList(fields["phrase-level-annotations"])) {
    readPhrase(draft, asFields(each) ?? {}, annotating);
  }
  for (const [label, value] of Object.entries(
    asFields(fields["article-level-annotations"]) ?? {},
  )) {
    if (value === null || value === "") continue;
    const answer = value === true ? null : (asText(value) ?? JSON.stringify(value));
    set.unitLabel({ unit: "document", layer: PLAIN_UNIT_LAYER, label, value: answer }, null);
  }
}

function readPhrase(draft: Draft, phrase: JsonFields, { name, units, path }: Annotating): void {
  const { id, txt, start, end, bias, ...rest } = phrase;
  const unit = units.get(asText(id) ?? "");
  if (unit === undefined || typeof start !== "number" || typeof end !== "number") {
    draft.problem(null, `The phrase “${asText(txt) ?? ""}” has no place in the article.`, path);
    return;
  }
  const names = new Map(BASIL_NAMES.map(([ours, theirs]) => [theirs, ours]));
  const named = Object.entries(rest).map(([key, value]) => [names.get(key) ?? key, value] as const);
  draft.set(name, "annotator").span(
    {
      layer: PLAIN_LAYER,
      label: asText(bias) ?? "",
      ranges: [[unit.start + start, unit.start + end]],
      attributes: toAttributes(Object.fromEntries(named)),
      quote: asText(txt),
    },
    null,
  );
}
