/**
 * What a column holds. A `day` is a text like 2026-03-01, which loaders take for a date even where they are
 * told that it is a text. `attributes` and `shares` are lists of small records, so that
 * each row has one shape.
 */
export type ColumnType =
  | "string"
  | "day"
  | "int"
  | "float"
  | "bool"
  | "strings"
  | "ranges"
  | "blocks"
  | "entities"
  | "attributes"
  | "shares"
  | "votes";

export type Column = { name: string; type: ColumnType; about: string };
export type TableName = keyof typeof TABLES;

const column = (name: string, type: ColumnType, about: string): Column => ({ name, type, about });

const WHERE = [
  column("doc_id", "string", "Document, as in documents.jsonl."),
  column("split", "string", "Part of the dataset; null where it is not divided."),
] as const;

const PLACE = [
  column("layer", "string", "Layer of the codebook."),
  column("label", "string", "Label of the layer, by its key."),
  column("unit", "string", "span, relation, sentence, block or document."),
  column("start", "int", "First code point, from 0."),
  column("end", "int", "Code point after the last."),
  column("ranges", "ranges", "All parts as [start, end], in code points."),
  column("quote", "string", "The words; parts are joined by “ … ”."),
  column(
    "quote_is_cut",
    "bool",
    "Whether the quote is only the beginning, in a release without texts.",
  ),
  column("value", "string", "The answer, where each label is a question."),
  column("entity", "string", "Key of the entity that it is about, where the layer asks of each."),
  column("attributes", "attributes", "Answers to the layer's questions; lists are JSON."),
] as const;

const WORK = [
  column("annotator", "string", "Pseudonym, another one in each release."),
  column("round", "string", "Round of the project."),
  column("codebook_version", "int", "Version of the codebook it was made under."),
  column("purpose", "string", "work, training or gold_check."),
  column("repetition", "int", "Above 0 where the annotator met the document again on purpose."),
  column("batch", "int", "Batch of the round."),
  column("submitted_on", "day", "Day of submission."),
  column("active_seconds", "int", "Time worked on the whole document, idle time cut."),
] as const;

const ANNOTATION = [
  column("id", "string", "Of this release; other releases have other ids."),
  ...WHERE,
  ...PLACE,
  column("from", "string", "Id of the span that a relation starts at."),
  column("to", "string", "Id of the span that a relation ends at."),
  column("evidence", "strings", "Ids of spans that back the label."),
  column("flags", "strings", "Marks that ask for talk."),
  column("origin", "string", "manual, propagated, suggested, imported or adjudicated."),
  column("is_assisted", "bool", "Whether a suggestion or a search for the same words made it."),
  ...WORK,
  column("status", "string", "active: nothing that was removed is in the release."),
] as const;

/**
 * The columns of every table of a release: an allow-list, in the order of the files. What is not here
 * is in no file.
 */
export const TABLES = {
  "documents.jsonl": [
    column("id", "string", "Document; a later version of its text has an id of its own."),
    column("version", "int", "Version of the text."),
    column("split", "string", "Part of the dataset; null where it is not divided."),
    column("title", "string", "Headline."),
    column("outlet", "string", "Who published it."),
    column("author", "string", "Byline."),
    column("published_on", "day", "Day."),
    column("url", "string", "Address at the time of import."),
    column("language", "string", "Language tag."),
    column("country", "string", "Country of the outlet."),
    column("section", "string", "Section of the outlet."),
    column("licence", "string", "Licence of the text, as noted on import."),
    column("event", "string", "What it reports on."),
    column(
      "cluster",
      "string",
      "Id of the document that it reprints or shares a text with, or its own.",
    ),
    column("text_sha256", "string", "SHA-256 of the UTF-8 text that offsets count in."),
    column("length", "int", "Code points of the text."),
    column("text", "string", "The text; null in a release without texts."),
    column("blocks", "blocks", "Headline, paragraphs and so on, with offsets."),
    column("entities", "entities", "Closed list that attributes choose from, by key."),
    column("submissions", "int", "Submitted annotation sets in the release."),
  ],
  "submissions.jsonl": [
    column("id", "string", "One annotator's finished work on one document."),
    ...WHERE,
    ...WORK,
    column("flags", "strings", "Marks on the document as a whole."),
    column("annotations", "int", "Rows in annotations.jsonl; 0 means that nothing was found."),
  ],
  "annotations.jsonl": ANNOTATION,
  "document_answers.jsonl": [
    column("id", "string", "As in annotations.jsonl."),
    ...WHERE,
    column("layer", "string", "Layer of the codebook."),
    column("label", "string", "Label or question."),
    column("value", "string", "The answer, where each label is a question."),
    column("entity", "string", "Key of the entity that it is about, where the layer asks of each."),
    column("attributes", "attributes", "Answers to the layer's questions."),
    column("evidence", "strings", "Ids of spans that back the label."),
    ...WORK,
  ],
  "event_answers.jsonl": [
    column("id", "string", "Of this release."),
    column("event", "string", "Name of the event, as in documents.jsonl."),
    column("layer", "string", "Layer of the codebook."),
    column("label", "string", "Label or question."),
    column("value", "string", "The answer, where each label is a question."),
    column("entity", "string", "Key of the entity that it is about, where the layer asks of each."),
    column("annotator", "string", "Pseudonym, as in annotations.jsonl."),
    column("round", "string", "Round of the project."),
    column("codebook_version", "int", "Version of the codebook it was made under."),
    column("answered_on", "string", "Day of the last change of this annotator's answers."),
  ],
  "comments.jsonl": [
    column("id", "string", "Of this release."),
    ...WHERE,
    column("annotation", "string", "Id of the span it is on; null for the document."),
    column("annotator", "string", "Pseudonym."),
    column("body", "string", "The remark."),
  ],
  "consolidated.jsonl": [
    column("id", "string", "Of this release."),
    ...WHERE,
    ...PLACE,
    column("status", "string", "decided, or contested where adjudication left it open."),
    column("decision", "string", "accept, merge, edit, relabel or contested."),
    column("rule", "string", "Rule that decided, where no person looked."),
    column("reason", "string", "Why annotators differed, as the adjudicator saw it."),
    column("curator", "string", "Pseudonym of who decided."),
    column("votes", "int", "Annotators for what was chosen."),
    column("annotators", "int", "Annotators whose work was compared."),
    column("options", "votes", "What annotators said, with how many said it."),
    column("sources", "strings", "Ids of the annotations that it rests on."),
    column("codebook_version", "int", "Version of the codebook."),
  ],
  "soft_labels.jsonl": [
    ...WHERE,
    column("layer", "string", "Layer of the codebook: the annotation task."),
    column(
      "question",
      "string",
      "Label that is asked about where a unit takes several; else null.",
    ),
    column("unit", "string", "document, block or sentence."),
    column(
      "entity",
      "string",
      "Key of the entity that is asked about, where the layer asks of each.",
    ),
    column("start", "int", "First code point of the unit."),
    column("end", "int", "Code point after its last."),
    column("annotators", "strings", "Who submitted the document."),
    column("annotations", "strings", "What each said, in the same order; __none__ for no label."),
    column("number_of_annotations", "int", "How many said something."),
    column("hard_label", "string", "The most frequent answer; null where several are."),
    column("soft_label", "shares", "Share of the annotators for each answer."),
    column("lang", "string", "Language of the document."),
  ],
  "character_votes.jsonl": [
    ...WHERE,
    column("layer", "string", "Span layer."),
    column("label", "string", "Label."),
    column("start", "int", "First code point of a stretch with equal votes."),
    column("end", "int", "Code point after it."),
    column("votes", "int", "Annotators who marked it so."),
    column("annotators", "int", "Annotators who submitted the document."),
    column("share", "float", "Votes among annotators."),
  ],
} as const satisfies Record<string, readonly Column[]>;

/** A row of a table: all of its columns and nothing else. */
export type Row<Name extends TableName> = Record<(typeof TABLES)[Name][number]["name"], unknown>;

/**
 * A row with its columns in the order of the table; what else it carries is left out. Columns that `row`
 * has not are taken from `base`, which many rows may share.
 */
export function toRow<Name extends TableName>(
  table: Name,
  row: Partial<Row<Name>>,
  base: Partial<Row<Name>> = {},
): object {
  const columns: readonly Column[] = TABLES[table];
  const values = row as Record<string, unknown>;
  const others = base as Record<string, unknown>;
  const ordered: Record<string, unknown> = {};
  for (const { name } of columns) ordered[name] = values[name] ?? others[name] ?? null;
  return ordered;
}
