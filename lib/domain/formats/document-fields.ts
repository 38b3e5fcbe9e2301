import type { CorpusDocument, CorpusItem, CorpusSet, InputFile, SourceFacts } from "./corpus";
import { createDraft, type Draft, fromFacts, toFacts } from "./draft";
import { problem } from "./input";
import { asFields, asList, asText, type JsonFields, readJsonRecords } from "./json-records";
import type { Unit16 } from "./offset-unit";
import { pairs } from "./segments";

/** What JSON formats with room for extra fields say of a document beside its text. */
export function documentFields({ id, title, source }: CorpusDocument): Record<string, unknown> {
  const { more, ...facts } = source;
  return {
    document: id,
    ...(title === null ? {} : { title }),
    ...fromFacts(facts),
    ...(more === undefined ? {} : { more }),
  };
}

/** Source facts from such fields, and from those of other programs. */
export function factsFrom(fields: JsonFields): SourceFacts {
  const { document: _, title: _title, more, ...rest } = fields;
  const found = toFacts(rest);
  const own = asFields(more);
  if (own === null) return found;
  const texts = Object.entries(own).filter((each): each is [string, string] => {
    return typeof each[1] === "string";
  });
  return { ...found, more: Object.fromEntries(texts) };
}

/** Blocks, tokens and sentences as lists. */
export function frameFields({ blocks, tokens, sentences }: CorpusDocument) {
  const toPairs = (flat: readonly number[]) => pairs(flat).map(({ start, end }) => [start, end]);
  return {
    ...(blocks.length === 0
      ? {}
      : { blocks: blocks.map(({ role, start, end }) => ({ role, start, end })) }),
    ...(tokens && sentences ? { tokens: toPairs(tokens), sentences: toPairs(sentences) } : {}),
  };
}

/** Reads what `frameFields` wrote, in code points. */
export function readFrameFields(draft: Draft, fields: JsonFields, line: number | null): void {
  for (const block of asList(fields.blocks)) {
    const each = asFields(block) ?? {};
    draft.block(asText(each.role) ?? "", [each.start, each.end], line);
  }
  if (Array.isArray(fields.tokens) && Array.isArray(fields.sentences)) {
    draft.segments(flat(fields.tokens, draft), flat(fields.sentences, draft));
  }
}

function flat(list: readonly unknown[], draft: Draft): number[] {
  return list.flatMap((each) => {
    const [start, end] = asList(each);
    const isRange = Number.isInteger(start) && Number.isInteger(end);
    if (!isRange || Number(end) > draft.index.length) return [];
    return [Number(start), Number(end)];
  });
}

/** One document by one annotator, as formats with a line for each have it; a document alone has none. */
export function eachSet(document: CorpusDocument): (CorpusSet | null)[] {
  return document.sets.length === 0 ? [null] : [...document.sets];
}

type Head = {
  id: string;
  title: string | null;
  text: string;
  source: SourceFacts;
  unit: Unit16;
};

/** What is wrong with a record without a text. */
export const NO_TEXT = "There is no field “text”.";

type LineReader = {
  /** The document that a line speaks of; a sentence where it has none. */
  headOf(fields: JsonFields, line: number): Head | string;
  /** Adds what the line says to its document. */
  readLine(draft: Draft, fields: JsonFields, line: number): void;
};

/** Reads a file with a document and annotator in each record; records that follow each other are joined. */
export async function* readDocumentLines(
  file: InputFile,
  { headOf, readLine }: LineReader,
): AsyncGenerator<CorpusItem> {
  const documents = createLineDocuments(file.path);
  for await (const record of readJsonRecords(file)) {
    const { line } = record;
    const head = "problem" in record ? record.problem : headOf(record.fields, line);
    if (typeof head === "string" || "problem" in record) {
      yield problem(file.path, line, typeof head === "string" ? head : "");
      continue;
    }
    const { done, draft } = documents.begin({ ...head, line });
    yield* done;
    readLine(draft, record.fields, line);
  }
  yield* documents.finish();
}

/** Joins lines that follow each other and speak of the same text. */
function createLineDocuments(path: string) {
  let current: { head: Head; draft: Draft } | null = null;
  function* finish(): Generator<CorpusItem> {
    if (current !== null) yield* current.draft.finish();
    current = null;
  }
  return {
    /** What is done before this line, and the draft that it adds to. */
    begin(head: Head & { line: number }): { done: CorpusItem[]; draft: Draft } {
      const known = current?.head;
      if (current !== null && known?.id === head.id && known.text === head.text) {
        return { done: [], draft: current.draft };
      }
      const done = [...finish()];
      const draft = createDraft({ ...head, path });
      current = { head, draft };
      return { done, draft };
    },
    finish,
  };
}
