import type { CorpusItem, InputFile, LabelName, ReadOptions } from "../corpus";
import { createDraft, type Draft, toAttributes } from "../draft";
import { problem, readBytes } from "../input";
import { asFields } from "../json-records";
import { PLAIN_LAYER } from "../losses";
import { childElements, readXml, textOf, type XmlElement } from "../xml";
import { readZip } from "../zip";
import { PROJECT } from "./write";

type Codebook = { codes: Map<string, LabelName>; users: Map<string, string> };

/**
 * Reads the texts, codes and codings of a REFI-QDA project. A code below another is a label of the layer
 * that the top one names. Sources that are no plain text are named and passed over.
 */
export async function* readQdpx(
  files: readonly InputFile[],
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  for (const file of files) {
    const bytes = await readBytes(file);
    const entries = bytes.ok ? readZip(bytes.value, (name) => /\.(?:qde|txt)$/i.test(name)) : bytes;
    if (!entries.ok) {
      yield problem(file.path, null, entries.failure.message);
      continue;
    }
    const project = entries.value.get(PROJECT) ?? firstProject(entries.value);
    const text = project === undefined ? null : decode(project);
    const root = text === null ? null : readXml(text);
    if (root === null) yield problem(file.path, null, "There is no project in the archive.");
    else if (!root.ok) yield problem(file.path, null, root.failure.message);
    else yield* readProject(root.value, { path: file.path, entries: entries.value, options });
  }
}

function firstProject(entries: Map<string, Uint8Array>): Uint8Array | undefined {
  return [...entries].find(([name]) => name.toLowerCase().endsWith(".qde"))?.[1];
}

type Reading = { path: string; entries: Map<string, Uint8Array>; options: ReadOptions };

function* readProject(root: XmlElement, reading: Reading): Generator<CorpusItem> {
  const codebook: Codebook = { codes: new Map(), users: new Map() };
  for (const users of childElements(root, "Users")) {
    for (const { attributes } of childElements(users, "User")) {
      codebook.users.set(attributes.guid ?? "", attributes.name ?? "");
    }
  }
  for (const book of childElements(root, "CodeBook")) {
    for (const codes of childElements(book, "Codes")) addCodes(codes, null, codebook.codes);
  }
  for (const source of childElements(root, "Sources").flatMap((each) => childElements(each))) {
    const text = sourceText(source, reading.entries);
    if (text === null) {
      const name = source.attributes.name ?? "";
      yield problem(reading.path, source.line, `The source “${name}” has no plain text.`);
    } else yield* readSource(source, text, { ...reading, codebook });
  }
}

function addCodes(parent: XmlElement, layer: string | null, codes: Map<string, LabelName>): void {
  for (const code of childElements(parent, "Code")) {
    const { guid = "", name = "" } = code.attributes;
    codes.set(guid, { layer: layer ?? PLAIN_LAYER, label: name });
    addCodes(code, layer ?? name, codes);
  }
}

function sourceText(source: XmlElement, entries: Map<string, Uint8Array>): string | null {
  const [inline] = childElements(source, "PlainTextContent");
  if (inline !== undefined) return textOf(inline);
  const name = source.attributes.plainTextPath?.replace(/^internal:\/\//, "sources/");
  const bytes =
    entries.get(name ?? "") ?? entries.get((name ?? "").replace("sources/", "Sources/"));
  return bytes === undefined ? null : decode(bytes);
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function* readSource(
  source: XmlElement,
  text: string,
  { path, codebook, options }: Reading & { codebook: Codebook },
): Generator<CorpusItem> {
  const { name, guid } = source.attributes;
  const id = name ?? guid ?? path;
  const draft = createDraft({ id, text, path, line: source.line });
  for (const selection of childElements(source, "PlainTextSelection")) {
    readSelection(draft, selection, { codebook, options });
  }
  for (const coding of childElements(source, "Coding")) {
    const found = codeOf(draft, coding, codebook);
    const who = userOf(coding, source, { codebook, options });
    if (found === null) continue;
    draft.set(who, "annotator").unitLabel({ unit: "document", ...found }, coding.line);
  }
  yield* draft.finish();
}

type Naming = { codebook: Codebook; options: ReadOptions };

function readSelection(draft: Draft, selection: XmlElement, naming: Naming): void {
  const { startPosition, endPosition } = selection.attributes;
  const [description] = childElements(selection, "Description");
  const attributes = description === undefined ? {} : attributesOf(textOf(description));
  for (const coding of childElements(selection, "Coding")) {
    const found = codeOf(draft, coding, naming.codebook);
    if (found === null) continue;
    const ranges = [[Number(startPosition), Number(endPosition)]] as const;
    const set = draft.set(userOf(coding, selection, naming), "annotator");
    set.span({ ...found, ranges, attributes }, selection.line);
  }
}

function codeOf(draft: Draft, coding: XmlElement, { codes }: Codebook): LabelName | null {
  const [reference] = childElements(coding, "CodeRef");
  const code = codes.get(reference?.attributes.targetGUID ?? "");
  if (code !== undefined) return code;
  draft.problem(coding.line, "This coding names a code that is not in the code book.");
  return null;
}

function userOf(coding: XmlElement, above: XmlElement, { codebook, options }: Naming): string {
  const guid = coding.attributes.creatingUser ?? above.attributes.creatingUser ?? "";
  return options.annotator ?? codebook.users.get(guid) ?? "imported";
}

/** What we wrote as JSON; a description in words is one attribute. */
function attributesOf(text: string) {
  try {
    const fields = asFields(JSON.parse(text));
    if (fields !== null) return toAttributes(fields);
  } catch {
    // Not ours: a person's own words.
  }
  return text.trim() === "" ? {} : { description: text };
}
