import type { AttributeValue } from "../../annotation/state";
import { codePoint, indexText, type TextIndex } from "../../text/offsets";
import type {
  CorpusDocument,
  CorpusRange,
  CorpusRelation,
  CorpusSet,
  CorpusSpan,
  CorpusUnitLabel,
  CorpusWriter,
  Holds,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { spanHull } from "../corpus";
import { documentFields, frameFields } from "../document-fields";
import { toJson } from "../json-records";
import { HOLDS_ALL, noteLosses, PLAIN_RELATION } from "../losses";

export const LABEL_STUDIO_HOLDS: Holds = HOLDS_ALL;

const PATH = "tasks.json";

/** The name of the Text tag in the labelling configuration. */
const TEXT_TAG = "text";

/**
 * Writes a list of Label Studio tasks, one for each document, with an annotation for each annotator.
 * Offsets are code points, as since Label Studio 1.4. What Label Studio has no field for stands in `meta`,
 * which it keeps.
 */
export function writeLabelStudio({ report }: WriteContext): CorpusWriter {
  let count = 0;
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, LABEL_STUDIO_HOLDS, report);
      const task = toTask(document, ++count);
      yield { path: PATH, content: `${count === 1 ? "[\n" : ",\n"}${toJson(task)}` };
    },
    *end(): Generator<OutputPiece> {
      yield { path: PATH, content: count === 0 ? "[]\n" : "\n]\n" };
    },
  };
}

function toTask(document: CorpusDocument, number: number): object {
  const index = indexText(document.text);
  return {
    id: number,
    data: { text: document.text, ...documentFields(document) },
    meta: frameFields(document),
    annotations: document.sets.map((set, at) => ({
      id: number * 1000 + at,
      ground_truth: set.kind === "gold",
      was_cancelled: false,
      result: resultsOf(set, index),
      framemark: describe(set),
    })),
  };
}

function describe({ name, kind, flags, comments }: CorpusSet): object {
  return {
    name,
    kind,
    ...(flags.length === 0 ? {} : { flags }),
    ...(comments.length === 0 ? {} : { comments }),
  };
}

function resultsOf(set: CorpusSet, index: TextIndex): object[] {
  return [
    ...set.spans.flatMap((span) => spanResults(span, index)),
    ...set.relations.map(relationResult),
    ...set.unitLabels
      .filter(({ unit }) => unit !== "document")
      .map((each, at) => {
        return unitResult(each, `u${at + 1}`, index);
      }),
    ...documentResults(set.unitLabels),
  ];
}

/** The region, then a result for each attribute, tied to it by the same id. */
function spanResults(span: CorpusSpan, index: TextIndex): object[] {
  const hull = spanHull(span);
  const place = placeOf(hull, index);
  const meta = {
    ...(span.ranges.length === 1 ? {} : { ranges: span.ranges.map((one) => [one.start, one.end]) }),
    ...(span.flags.length === 0 ? {} : { flags: span.flags }),
  };
  const region = {
    id: span.id,
    from_name: span.layer,
    to_name: TEXT_TAG,
    type: "labels",
    value: { ...place, labels: [span.label] },
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
  };
  const answers = Object.entries(span.attributes).map(([key, value]) => {
    const { name, type, field } = toAnswer(key, value);
    return { id: span.id, from_name: name, to_name: TEXT_TAG, type, value: { ...place, ...field } };
  });
  return [region, ...answers];
}

/** A control of Label Studio for each kind of value; truths are a choice of yes and no with a "?". */
function toAnswer(key: string, value: AttributeValue) {
  if (typeof value === "boolean") {
    return { name: `${key}?`, type: "choices", field: { choices: [value ? "yes" : "no"] } };
  }
  if (typeof value === "number") return { name: key, type: "number", field: { number: value } };
  if (typeof value === "string") return { name: key, type: "choices", field: { choices: [value] } };
  return { name: key, type: "taxonomy", field: { taxonomy: value.map((each) => [each]) } };
}

function relationResult({ id, layer, label, from, to, attributes }: CorpusRelation): object {
  const meta = {
    id,
    ...(layer === PLAIN_RELATION ? {} : { layer }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
  return { type: "relation", from_id: from, to_id: to, direction: "right", labels: [label], meta };
}

function unitResult(each: CorpusUnitLabel, id: string, index: TextIndex): object {
  const { unit, layer, label, value, evidence } = each;
  return {
    id,
    from_name: layer,
    to_name: TEXT_TAG,
    type: "labels",
    value: { ...placeOf(each, index), labels: [label] },
    meta: { unit, answers: [{ label, value, evidence }] },
  };
}

/** One result for each layer: a choice of Label Studio holds all that were chosen. */
function documentResults(unitLabels: readonly CorpusUnitLabel[]): object[] {
  const ofDocument = unitLabels.filter(({ unit }) => unit === "document");
  const layers = [...new Set(ofDocument.map(({ layer }) => layer))];
  return layers.map((layer, at) => {
    const own = ofDocument.filter((each) => each.layer === layer);
    const answers = own.map(({ label, value, evidence }) => ({ label, value, evidence }));
    return {
      id: `d${at + 1}`,
      from_name: layer,
      to_name: TEXT_TAG,
      type: "choices",
      value: { choices: own.map(({ label }) => label) },
      meta: { answers },
    };
  });
}

function placeOf({ start, end }: CorpusRange, index: TextIndex) {
  return { start, end, text: index.slice(codePoint(start), codePoint(end)) };
}
