import type { AttributeValues, Flag, Unit } from "../annotation/state";
import type { BlockRole } from "../text/roles";

/**
 * What every format is read to and written from: one document at a time, with all that people said of it.
 * All offsets are Unicode code points, 0-based; `end` is exclusive. Ids are any strings: those of the file
 * where it has them. The text is as the file had it; `normaliseDocument` brings it to the form we store.
 */
export type CorpusDocument = {
  id: string;
  title: string | null;
  text: string;
  source: SourceFacts;
  /** In order, without overlap; empty where the file does not say. */
  blocks: readonly CorpusBlock[];
  /** Flat [start, end, start, end, ...] lists where tokens and sentences are known. */
  tokens?: readonly number[];
  sentences?: readonly number[];
  sets: readonly CorpusSet[];
};

/** What is known of where a document comes from; `more` holds the fields that have no name here. */
export type SourceFacts = Partial<Record<SourceFact, string>> & { more?: Record<string, string> };
export type SourceFact = (typeof SOURCE_FACTS)[number];

/** In the order in which tables show them. */
export const SOURCE_FACTS = [
  "outlet",
  "author",
  "publishedOn",
  "url",
  "language",
  "country",
  "section",
  "licence",
  "event",
] as const;

export type CorpusRange = { start: number; end: number };
export type CorpusBlock = CorpusRange & { role: BlockRole };

/** All that one author said of one document. `name` is the pseudonym, or the name of a gold or model set. */
export type CorpusSet = {
  name: string;
  kind: SetKind;
  spans: readonly CorpusSpan[];
  relations: readonly CorpusRelation[];
  unitLabels: readonly CorpusUnitLabel[];
  comments: readonly CorpusComment[];
  /** Marks on the document as a whole. */
  flags: readonly Flag[];
};

export const SET_KINDS = ["annotator", "gold", "model", "imported"] as const;
export type SetKind = (typeof SET_KINDS)[number];

export type CorpusSpan = {
  id: string;
  layer: string;
  label: string;
  /** Sorted, not empty, not touching; more than one for a span in parts. */
  ranges: readonly CorpusRange[];
  attributes: AttributeValues;
  flags: readonly Flag[];
};

export type CorpusRelation = {
  id: string;
  layer: string;
  label: string;
  /** Ids of spans of the same set. */
  from: string;
  to: string;
  attributes: AttributeValues;
};

/** A label on a sentence, a block or the whole document. */
export type CorpusUnitLabel = CorpusRange & {
  unit: Unit;
  layer: string;
  label: string;
  /** The answer, where each label is a question. */
  value: string | null;
  /** Ids of spans that back the label. */
  evidence: readonly string[];
};

export type CorpusComment = { id: string; spanId: string | null; body: string };

/** Something in a file that could not be taken. Lines count from 1; null where the whole file is meant. */
export type FormatProblem = { path: string; line: number | null; message: string };

/**
 * What a reader yields, in order of the file. A document may come again with other sets where a file has
 * them apart; whoever stores them joins by id and text.
 */
export type CorpusItem =
  | { kind: "document"; document: CorpusDocument; path: string; line: number | null }
  | ({ kind: "problem" } & FormatProblem);

/** A file to read, with its path in the form `folder/name`. It may be opened more than once. */
export type InputFile = { readonly path: string; readonly open: () => AsyncIterable<Uint8Array> };

/** How a file counts characters where it does not say. `detect` compares with the words that it quotes. */
export type OffsetUnit = "detect" | "code_points" | "utf16" | "graphemes";

export type ReadOptions = {
  unit?: OffsetUnit;
  /** Name of the set where the file names nobody; "imported" if left out. */
  annotator?: string;
};

/** A piece of an output file. Pieces of one path come in order; those of several paths may be mixed. */
export type OutputPiece = { path: string; content: string | Uint8Array };

/** Writes one document after the other; `end` yields what must come last. Holds no document back. */
export type CorpusWriter = {
  write(document: CorpusDocument): Iterable<OutputPiece>;
  end(): Iterable<OutputPiece>;
};

export type WriteContext = {
  /** Where the writer notes what its format cannot hold. */
  report: FormatReport;
  /** What the documents will hold; asked for by formats with `needsSurvey`. */
  survey?: CorpusSurvey;
  /** For formats that name what they come from. */
  projectName?: string;
};

/** Names that occur in a corpus, gathered in a first pass by formats whose files begin with them. */
export type CorpusSurvey = {
  documents: number;
  /** Names of sets, sorted. */
  annotators: readonly string[];
  labels: readonly LabelName[];
};

export type LabelName = { layer: string; label: string };

/** One format: what it is called, what its files are, and how to read and write them. */
export type CorpusFormat = {
  name: string;
  title: string;
  about: string;
  /** `file`: one file, named by the writer; `folder`: several; `archive`: one file that is a zip. */
  layout: "file" | "folder" | "archive";
  /** Ending of the files that hold annotations, with the dot. */
  extension: string;
  needsSurvey: boolean;
  /** What the written files hold; the rest is counted in the report. */
  holds: Holds | null;
  /** Null where the format is only written. */
  read: ((files: readonly InputFile[], options: ReadOptions) => AsyncGenerator<CorpusItem>) | null;
  /** Null where the format is only read. */
  write: ((context: WriteContext) => CorpusWriter) | null;
};

/** What files of a format can hold. */
export type Holds = {
  /** Spans in several parts. */
  parts: boolean;
  attributes: "typed" | "text" | "none";
  /** Ids of spans, relations and comments. */
  ids: boolean;
  layers: boolean;
  /** Layers of labels on sentences, blocks and documents. */
  unitLayers: boolean;
  relations: boolean;
  /** Relations between spans of two layers. */
  crossLayerRelations: boolean;
  /** Offsets as they are, less white space at both ends, or widened to whole tokens. */
  spans: "exact" | "trimmed" | "tokens";
  sentenceLabels: boolean;
  blockLabels: boolean;
  documentLabels: boolean;
  /** Answers of unit labels. */
  values: boolean;
  evidence: boolean;
  spanFlags: boolean;
  setFlags: boolean;
  spanComments: boolean;
  setComments: boolean;
  blocks: boolean;
  segments: boolean;
  facts: boolean;
  titles: boolean;
  setKinds: boolean;
  /** Sets in which nothing is marked. */
  emptySets: boolean;
};

/** A kind of thing that a format cannot hold, with how many were left out or changed. */
export type Loss = { what: LossKind; message: string; count: number; examples: string[] };

/** Sentences for people; the count stands before them. */
const LOSSES = {
  parts: "spans in several parts were written as one from first to last part",
  overlaps: "spans overlap others and were left out",
  alignment: "spans were moved to where tokens begin and end",
  attributes: "attribute values were left out",
  attribute_types: "numbers, lists and truths in attributes became text",
  ids: "ids of spans, relations and comments were replaced",
  layers: "labels lost the name of their layer",
  labels: "labels were spelt otherwise",
  relations: "relations were left out",
  sentence_labels: "sentence labels were left out",
  block_labels: "block labels were left out",
  document_labels: "document labels were left out",
  values: "answers to labels were left out",
  evidence: "labels lost the spans that back them",
  flags: "flags were left out",
  comments: "comments were left out",
  blocks: "documents lost their blocks",
  segments: "documents lost their tokens and sentences",
  facts: "source facts were left out",
  titles: "documents lost their title",
  text: "documents are without their text",
  white_space: "documents lost white space outside their tokens",
  signs: "signs that the format forbids were replaced",
  set_kinds: "annotation sets are not marked as gold, model or imported",
  sets: "annotation sets were left out",
  empty_sets: "annotation sets without annotations left no trace",
  spans: "spans were left out",
  documents: "documents were left out",
} as const;

export type LossKind = keyof typeof LOSSES;

/** Counts what a format could not hold, with a few examples of each kind. */
export type FormatReport = {
  /** `place` names the thing, such as a document and span. */
  lose(what: LossKind, place: string, count?: number): void;
  losses(): Loss[];
};

const EXAMPLES = 5;

/** An empty report. */
export function createFormatReport(): FormatReport {
  const found = new Map<LossKind, Loss>();
  return {
    lose(what, place, count = 1) {
      if (count === 0) return;
      const loss = found.get(what) ?? { what, message: LOSSES[what], count: 0, examples: [] };
      loss.count += count;
      if (loss.examples.length < EXAMPLES) loss.examples.push(place);
      found.set(what, loss);
    },
    losses: () => [...found.values()].sort((a, b) => (a.what < b.what ? -1 : 1)),
  };
}

/** Gathers the names in a corpus; `survey` gives what was met so far. */
export function createSurvey(): { add(document: CorpusDocument): void; survey(): CorpusSurvey } {
  let documents = 0;
  const annotators = new Set<string>();
  const labels = new Map<string, LabelName>();
  const note = ({ layer, label }: LabelName) => {
    const key = JSON.stringify([layer, label]);
    if (!labels.has(key)) labels.set(key, { layer, label });
  };
  return {
    add(document) {
      documents++;
      for (const set of document.sets) {
        annotators.add(set.name);
        for (const each of [...set.spans, ...set.relations, ...set.unitLabels]) note(each);
      }
    },
    survey: () => ({
      documents,
      annotators: [...annotators].sort(),
      labels: [...labels.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each),
    }),
  };
}

/** A set without anything in it. */
export function emptySet(name: string, kind: SetKind): CorpusSet {
  return { name, kind, spans: [], relations: [], unitLabels: [], comments: [], flags: [] };
}

/** First and last offset of a span. */
export function spanHull(span: Pick<CorpusSpan, "ranges">): CorpusRange {
  const first = span.ranges[0];
  const last = span.ranges.at(-1);
  if (first === undefined || last === undefined) throw new Error("A span has a range.");
  return { start: first.start, end: last.end };
}
