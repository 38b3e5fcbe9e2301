import type { AttributeValue } from "../../annotation/state";
import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { SET_KINDS } from "../corpus";
import { factsFrom, readFrameFields } from "../document-fields";
import { createDraft, type Draft, isFlag, type SetDraft, toAttributes } from "../draft";
import { problem } from "../input";
import { asFields, asList, asText, type JsonFields, readJsonRecords } from "../json-records";
import { PLAIN_RELATION } from "../losses";
import type { RawRange } from "../offset-unit";
import { findUnit } from "../offset-unit";

/**
 * Reads tasks and exports of Label Studio. Whether offsets count code points or, as before 2021, UTF-16 is
 * found by the words that results quote. Predictions are sets of kind model; skipped annotations are left
 * out.
 */
export async function* readLabelStudio(
  files: readonly InputFile[],
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  for (const file of files) {
    for await (const record of readJsonRecords(file)) {
      if ("problem" in record) yield problem(file.path, record.line, record.problem);
      else yield* readTask(record.fields, { path: file.path, line: record.line, options });
    }
  }
}

type Where = { path: string; line: number; options: ReadOptions };

function* readTask(task: JsonFields, { path, line, options }: Where): Generator<CorpusItem> {
  const data = asFields(task.data) ?? task;
  const field = textField(data);
  if (field === null) {
    yield problem(path, line, "This task has no text.");
    return;
  }
  const { [field]: _, ...facts } = data;
  const text = asText(data[field]) ?? "";
  const sets = [...asList(task.annotations ?? task.completions), ...asList(task.predictions)]
    .map(asFields)
    .filter((each) => each !== null);
  const results = sets.flatMap((each) => resultsOf(each));
  const places = results.map((each) => {
    const value = asFields(each.value) ?? {};
    return { range: rangeOf(value), quote: asText(value.text) };
  });
  const draft = createDraft({
    id: asText(data.document) ?? asText(data.id) ?? asText(task.id) ?? `${path}:${line}`,
    title: asText(data.title),
    text,
    source: asFields(task.data) === null ? {} : factsFrom(facts),
    path,
    line,
    unit: findUnit(text, places, { wish: options.unit, fallback: "code_points" }),
  });
  readFrameFields(draft, asFields(task.meta) ?? {}, line);
  const predictions = new Set(asList(task.predictions));
  sets.forEach((each, at) => {
    if (each.was_cancelled === true) return;
    const set = openSet(each, draft, {
      isPrediction: predictions.has(each),
      fallback: options.annotator ?? `imported${at === 0 ? "" : ` ${at + 1}`}`,
    });
    readResults(resultsOf(each), set, line);
  });
  yield* draft.finish();
}

/** The field of the text: `text`, else the longest. */
function textField(data: JsonFields): string | null {
  if (typeof data.text === "string") return "text";
  const texts = Object.entries(data).filter((each): each is [string, string] => {
    return typeof each[1] === "string";
  });
  return texts.sort((a, b) => b[1].length - a[1].length)[0]?.[0] ?? null;
}

function resultsOf(annotation: JsonFields): JsonFields[] {
  return asList(annotation.result)
    .map(asFields)
    .filter((each) => each !== null);
}

function openSet(
  annotation: JsonFields,
  draft: Draft,
  { isPrediction, fallback }: { isPrediction: boolean; fallback: string },
): SetDraft {
  const own = asFields(annotation.framemark) ?? {};
  const by = asFields(annotation.completed_by);
  const completedBy = by === null ? asText(annotation.completed_by) : asText(by.email ?? by.id);
  const model = isPrediction ? (asText(annotation.model_version) ?? "model") : null;
  const name = asText(own.name) ?? model ?? completedBy ?? fallback;
  const foreign = isPrediction ? "model" : annotation.ground_truth === true ? "gold" : "annotator";
  const set = draft.set(name, SET_KINDS.find((each) => each === own.kind) ?? foreign);
  for (const flag of asList(own.flags)) set.flag(flag);
  for (const each of asList(own.comments).map(asFields)) {
    if (each === null) continue;
    set.comment({
      id: asText(each.id),
      spanId: asText(each.spanId),
      body: asText(each.body) ?? "",
    });
  }
  return set;
}

function readResults(results: readonly JsonFields[], set: SetDraft, line: number): void {
  const answers = new Map<string, JsonFields[]>();
  for (const each of results) {
    const id = asText(each.id) ?? "";
    answers.set(id, [...(answers.get(id) ?? []), each]);
  }
  for (const each of results) {
    const value = asFields(each.value) ?? {};
    if (each.type === "relation") readRelation(each, set, line);
    else if (labelsOf(each, value).length > 0) readRegion(each, { value, answers, set, line });
    else if (rangeOf(value)[0] === undefined) readChoices(each, value, { set, line });
  }
}

/** Labels stand under a name that is the type of their control. */
function labelsOf(result: JsonFields, value: JsonFields): string[] {
  const type = asText(result.type) ?? "";
  const list = /labels$/i.test(type) ? (value[type] ?? value.labels) : undefined;
  return asList(list).filter((each): each is string => typeof each === "string");
}

type Region = {
  value: JsonFields;
  answers: Map<string, JsonFields[]>;
  set: SetDraft;
  line: number;
};

function readRegion(result: JsonFields, { value, answers, set, line }: Region): void {
  const id = asText(result.id) ?? "";
  const layer = asText(result.from_name) ?? "span";
  const meta = asFields(result.meta) ?? {};
  const quote = asText(value.text);
  if (meta.unit === "sentence" || meta.unit === "block") {
    readUnits(result, { value, set, line, unit: meta.unit });
    return;
  }
  const own = (answers.get(id) ?? []).flatMap(toAttribute);
  labelsOf(result, value).forEach((label, at) => {
    const flags = asList(meta.flags).filter(isFlag);
    const ranges = partsOf(meta, value);
    const attributes = Object.fromEntries(own);
    const spanId = at === 0 ? id : `${id}#${at + 1}`;
    const isWhole = ranges.length === 1;
    set.span(
      { id: spanId, layer, label, ranges, attributes, flags, quote: isWhole ? quote : null },
      line,
    );
  });
  for (const note of asList(meta.text)) {
    if (typeof note === "string") set.comment({ spanId: id, body: note });
  }
}

/** The parts that we noted, where the region still spans them; else the region. */
function partsOf(meta: JsonFields, value: JsonFields): RawRange[] {
  const whole = rangeOf(value);
  const parts = asList(meta.ranges).map((each): RawRange => [asList(each)[0], asList(each)[1]]);
  const isSame = parts[0]?.[0] === whole[0] && parts.at(-1)?.[1] === whole[1];
  return isSame && parts.length > 1 ? parts : [whole];
}

/** HyperText has offsets in elements, and beside them those in the visible text. */
function rangeOf(value: JsonFields): RawRange {
  const global = asFields(value.globalOffsets);
  return global === null ? [value.start, value.end] : [global.start, global.end];
}

function toAttribute(result: JsonFields): [string, AttributeValue][] {
  const name = asText(result.from_name) ?? "";
  const value = asFields(result.value) ?? {};
  const texts = (list: unknown) => asList(list).filter((each) => typeof each === "string");
  switch (result.type) {
    case "choices": {
      const chosen = texts(value.choices);
      const [first] = chosen;
      if (name.endsWith("?") && (first === "yes" || first === "no")) {
        return [[name.slice(0, -1), first === "yes"]];
      }
      return first === undefined ? [] : [[name, chosen.length === 1 ? first : chosen]];
    }
    case "number":
    case "rating": {
      const number = value[result.type];
      return typeof number === "number" ? [[name, number]] : [];
    }
    case "taxonomy":
      return [[name, asList(value.taxonomy).map((path) => texts(path).join(" / "))]];
    case "textarea":
      return [[name, texts(value.text).join("\n")]];
    default:
      return [];
  }
}

function readRelation(result: JsonFields, set: SetDraft, line: number): void {
  const meta = asFields(result.meta) ?? {};
  const ends = [asText(result.from_id) ?? "", asText(result.to_id) ?? ""];
  const [from = "", to = ""] = result.direction === "left" ? ends.reverse() : ends;
  set.relation(
    {
      id: asText(meta.id),
      layer: asText(meta.layer) ?? PLAIN_RELATION,
      label: asText(asList(result.labels)[0]) ?? PLAIN_RELATION,
      from,
      to,
      attributes: toAttributes(asFields(meta.attributes) ?? {}),
    },
    line,
  );
}

function readChoices(
  result: JsonFields,
  value: JsonFields,
  { set, line }: { set: SetDraft; line: number },
): void {
  readUnits(result, { value, set, line, unit: "document" });
}

/** A label for each choice, with the answers that we noted for it. */
function readUnits(
  result: JsonFields,
  at: { value: JsonFields; set: SetDraft; line: number; unit: "document" | "sentence" | "block" },
): void {
  const { value, set, line, unit } = at;
  const layer = asText(result.from_name) ?? "label";
  const answers = asList(asFields(result.meta)?.answers).map(asFields);
  const chosen = unit === "document" ? asList(value.choices) : labelsOf(result, value);
  chosen.forEach((label, position) => {
    if (typeof label !== "string") return;
    const noted = answers[position];
    const own = noted?.label === label ? noted : answers.find((each) => each?.label === label);
    const evidence = asList(own?.evidence).filter((each) => typeof each === "string");
    const place = unit === "document" ? {} : { range: rangeOf(value) };
    set.unitLabel({ unit, layer, label, value: asText(own?.value), evidence, ...place }, line);
  });
}
