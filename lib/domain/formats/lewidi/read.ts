import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { factsFrom } from "../document-fields";
import { createDraft } from "../draft";
import { fromFilePart, splitPath } from "../file-part";
import { problem, readText } from "../input";
import { asFields, asText, type JsonFields } from "../json-records";

/**
 * Reads JSON of Learning With Disagreements, of 2023 (lists with commas) and of 2025 (answers by annotator):
 * each item is a document with a label by each annotator. Items of ours that are parts of a document come
 * as documents of their own.
 */
export async function* readLewidi(
  files: readonly InputFile[],
  _options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  for (const file of files) {
    const text = await readText(file);
    const items = text.ok ? parse(text.value) : null;
    if (items === null) yield problem(file.path, 1, "This is no JSON object of items.");
    const stem = splitPath(file.path).name.replace(/\.[^.]+$/, "");
    for (const [id, value] of Object.entries(items ?? {})) {
      const item = asFields(value);
      if (item === null) yield problem(file.path, null, `The item “${id}” is no object.`);
      else yield* readItem(item, { id, path: file.path, stem });
    }
  }
}

function parse(text: string): JsonFields | null {
  try {
    return asFields(JSON.parse(text));
  } catch {
    return null;
  }
}

function* readItem(
  item: JsonFields,
  { id, path, stem }: { id: string; path: string; stem: string },
): Generator<CorpusItem> {
  const text = textOf(item.text);
  if (text === null) {
    yield problem(path, null, `The item “${id}” has no text.`);
    return;
  }
  const { unit: _, start: _start, end: _end, ...info } = asFields(item.other_info) ?? {};
  const language = asText(item.lang);
  const source = factsFrom(info);
  const layer = asText(item["annotation task"]) ?? stem;
  const draft = createDraft({
    id,
    title: asText(info.title),
    text,
    source: language === null || language === "" ? source : { language, ...source },
    path,
    line: null,
  });
  for (const [annotator, answer] of answersOf(item)) {
    const set = draft.set(annotator, "annotator");
    for (const each of answer.split("+")) {
      const [label = "", value] = each.split("=");
      set.unitLabel({ unit: "document", layer, label, value: value ?? null }, null);
    }
  }
  yield* draft.finish();
}

/** A conversation has its turns as an object. */
function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  const turns = asFields(value);
  if (turns === null) return null;
  return Object.values(turns)
    .filter((each) => typeof each === "string")
    .join("\n");
}

function answersOf(item: JsonFields): [string, string][] {
  const byAnnotator = asFields(item.annotations);
  if (byAnnotator !== null) {
    return Object.entries(byAnnotator).map(([name, answer]) => {
      return [name, Array.isArray(answer) ? answer.map(String).join("+") : String(answer)];
    });
  }
  const names = (asText(item.annotators) ?? "").split(",").map(fromFilePart);
  const answers = (asText(item.annotations) ?? "").split(",").map(fromFilePart);
  return answers.flatMap((answer, at): [string, string][] => {
    return answer === "" ? [] : [[names[at] ?? `annotator ${at + 1}`, answer]];
  });
}
