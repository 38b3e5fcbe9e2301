import { codePoint, indexText, type TextIndex } from "../../text/offsets";
import type {
  CorpusDocument,
  CorpusRange,
  CorpusSet,
  CorpusSpan,
  CorpusWriter,
  Holds,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { spanHull } from "../corpus";
import { documentFields, eachSet } from "../document-fields";
import { toJsonLine } from "../json-records";
import { HOLDS_ALL, noteLosses } from "../losses";
import { tokensAt, tokensOf } from "../segments";

export const PRODIGY_HOLDS: Holds = { ...HOLDS_ALL, blocks: false, segments: false };

const PATH = "prodigy.jsonl";

/**
 * Writes Prodigy's JSONL, a line for each document and annotator. Offsets are code points; `token_end` is
 * the last token itself. Keys that Prodigy does not know are kept by it.
 */
export function writeProdigy({ report, projectName = "framemark" }: WriteContext): CorpusWriter {
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, PRODIGY_HOLDS, report);
      const index = indexText(document.text);
      const tokens = tokensOf(document, index);
      const lines = eachSet(document).map((set) =>
        toJsonLine(toTask({ document, set, index, tokens, dataset: projectName })),
      );
      yield { path: PATH, content: lines.join("") };
    },
    *end() {},
  };
}

type Task = {
  document: CorpusDocument;
  set: CorpusSet | null;
  index: TextIndex;
  tokens: readonly CorpusRange[];
  dataset: string;
};

function toTask({ document, set, index, tokens, dataset }: Task): object {
  const task = {
    text: document.text,
    meta: documentFields(document),
    tokens: tokens.map((token, id) => toToken(token, id, index)),
  };
  if (set === null) return { ...task, spans: [], _session_id: null };
  const places = new Map(set.spans.map((span) => [span.id, span]));
  return {
    ...task,
    spans: set.spans.map((span) => toSpan(span, tokens)),
    relations: set.relations.map((relation) => ({
      ...relation,
      ...endOf("head", places.get(relation.from), tokens),
      ...endOf("child", places.get(relation.to), tokens),
    })),
    accept: set.unitLabels.filter(({ unit }) => unit === "document").map(({ label }) => label),
    unit_labels: set.unitLabels,
    comments: set.comments,
    flags: set.flags,
    kind: set.kind,
    answer: "accept",
    _session_id: `${dataset}-${set.name}`,
    _annotator_id: set.name,
  };
}

function toToken({ start, end }: CorpusRange, id: number, index: TextIndex): object {
  const text = index.slice(codePoint(start), codePoint(end));
  const after = end < index.length ? index.slice(codePoint(end), codePoint(end + 1)) : "";
  return { text, start, end, id, ws: after === " " };
}

function toSpan(span: CorpusSpan, tokens: readonly CorpusRange[]): object {
  const { id, layer, label, ranges, attributes, flags } = span;
  const hull = spanHull(span);
  return {
    ...hull,
    ...tokenFields(hull, tokens),
    label,
    id,
    layer,
    ...(ranges.length === 1 ? {} : { ranges: ranges.map(({ start, end }) => [start, end]) }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(flags.length === 0 ? {} : { flags }),
  };
}

/** Only where the span begins and ends with a token: Prodigy takes numbers of tokens at their word. */
function tokenFields(range: CorpusRange, tokens: readonly CorpusRange[]) {
  const at = tokensAt(tokens, range);
  if (at === null) return {};
  const isWhole = tokens[at.first]?.start === range.start && tokens[at.last]?.end === range.end;
  return isWhole ? { token_start: at.first, token_end: at.last } : {};
}

function endOf(
  name: "head" | "child",
  span: CorpusSpan | undefined,
  tokens: readonly CorpusRange[],
): object {
  if (span === undefined) return {};
  const hull = spanHull(span);
  const at = tokensAt(tokens, hull);
  const place = { ...hull, ...tokenFields(hull, tokens), label: span.label };
  return { [`${name}_span`]: place, ...(at === null ? {} : { [name]: at.last }) };
}
