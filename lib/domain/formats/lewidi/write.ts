import { codePoint, indexText } from "../../text/offsets";
import type {
  CorpusDocument,
  CorpusUnitLabel,
  CorpusWriter,
  Holds,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { documentFields } from "../document-fields";
import { toFilePart } from "../file-part";
import { toJson } from "../json-records";
import { HOLDS_LABELS, noteLosses } from "../losses";

export const LEWIDI_HOLDS: Holds = {
  ...HOLDS_LABELS,
  parts: false,
  attributes: "none",
  titles: false,
  emptySets: false,
};

/**
 * Writes the JSON of Learning With Disagreements: a file for each layer of labels on documents, blocks and
 * sentences, with an item for each unit and in it what each annotator said. Several labels of one
 * annotator are joined with a plus sign. Spans are not labels of units, and are left out.
 */
export function writeLewidi({ report }: WriteContext): CorpusWriter {
  const counts = new Map<string, number>();
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, LEWIDI_HOLDS, report);
      for (const { name, spans } of document.sets) {
        report.lose("spans", `${document.id}, ${name}`, spans.length);
      }
      for (const { layer, key, item } of itemsOf(document)) {
        const path = `${toFilePart(layer)}.json`;
        const count = counts.get(path) ?? 0;
        counts.set(path, count + 1);
        yield { path, content: `${count === 0 ? "{\n" : ",\n"}${toJson(key)}: ${toJson(item)}` };
      }
    },
    *end(): Generator<OutputPiece> {
      for (const path of counts.keys()) yield { path, content: "\n}\n" };
    },
  };
}

type Item = { layer: string; key: string; item: object };

function* itemsOf(document: CorpusDocument): Generator<Item> {
  const index = indexText(document.text);
  const units = new Map<string, { first: CorpusUnitLabel; said: Map<string, string[]> }>();
  for (const { name, unitLabels } of document.sets) {
    for (const each of unitLabels) {
      const key = JSON.stringify([each.layer, each.unit, each.start, each.end]);
      const unit = units.get(key) ?? { first: each, said: new Map<string, string[]>() };
      units.set(key, unit);
      unit.said.set(name, [...(unit.said.get(name) ?? []), answerOf(each)]);
    }
  }
  for (const { first, said } of units.values()) {
    const { layer, unit, start, end } = first;
    const isWhole = unit === "document";
    const answers = [...said].map(([name, labels]) => [name, labels.sort().join("+")] as const);
    const item = {
      text: isWhole ? document.text : index.slice(codePoint(start), codePoint(end)),
      "annotation task": layer,
      "number of annotations": answers.length,
      annotations: answers.map(([, answer]) => encode(answer)).join(","),
      annotators: answers.map(([name]) => encode(name)).join(","),
      lang: document.source.language ?? "",
      ...votesOf(answers.map(([, answer]) => answer)),
      split: "",
      other_info: { ...documentFields(document), unit, start, end },
    };
    const key = isWhole ? document.id : `${document.id}#${unit}-${start}-${end}`;
    yield { layer, key, item };
  }
}

function answerOf({ label, value }: CorpusUnitLabel): string {
  return value === null ? label : `${label}=${value}`;
}

/** The share of each answer, and the most frequent one, empty where several are. */
function votesOf(answers: readonly string[]) {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const most = Math.max(...counts.values());
  const winners = sorted.filter(([, count]) => count === most);
  const shares = sorted.map(([answer, count]) => [answer, count / answers.length] as const);
  return {
    hard_label: winners.length === 1 ? (winners[0]?.[0] ?? "") : "",
    soft_label: Object.fromEntries(shares),
  };
}

/** Commas separate annotators there. */
function encode(text: string): string {
  return text.replace(/[,%]/g, encodeURIComponent);
}
