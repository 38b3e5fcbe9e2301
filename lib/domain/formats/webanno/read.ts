import { utf16 } from "../../text/offsets";
import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { createDraft, type Draft, type SetDraft } from "../draft";
import { fromFilePart, splitPath } from "../file-part";
import { problem, readLines } from "../input";
import { fromIdentifier, typeLayer } from "../uima/cas";
import { INITIAL } from "../uima/from-cas";
import { splitEscaped, unescapeText, unescapeValue } from "./escapes";

/** A layer of the header with the columns that it takes, counted from the first after the token. */
type LayerHeader = {
  kind: string;
  type: string;
  first: number;
  features: string[];
};

type TokenRow = {
  line: number;
  id: string;
  start: number;
  end: number;
  words: string;
  cells: string[];
};

type Table = { minorVersion: number; layers: LayerHeader[]; text: string; rows: TokenRow[] };

/**
 * Reads WebAnno TSV 3: `document/annotator.tsv` as INCEpTION exports, or a file for each document. Offsets
 * are UTF-16 code units and are compared with the words of tokens. Slots are read as relations.
 */
export async function* readWebanno(
  files: readonly InputFile[],
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  for (const file of files) {
    const problems: CorpusItem[] = [];
    const table = await readTable(file, (line, message) => {
      problems.push(problem(file.path, line, message));
    });
    yield* problems;
    if (table !== null) yield* toDocument(table, file.path, options);
  }
}

function* toDocument(table: Table, path: string, options: ReadOptions): Generator<CorpusItem> {
  const { folders, name } = splitPath(path);
  const stem = fromFilePart(name.replace(/\.[^.]+$/, ""));
  const folder = folders.at(-1);
  const id = folder === undefined ? stem : fromFilePart(folder);
  const draft = createDraft({ id, text: table.text, path, line: null, unit: "utf16" });
  checkTokens(draft, table);
  const isAnnotated = stem !== INITIAL || folder === undefined;
  if (isAnnotated) {
    const own = folder === undefined ? "imported" : stem;
    readLayers(draft.set(options.annotator ?? own, "annotator"), table);
  }
  yield* draft.finish();
}

type Say = (line: number | null, message: string) => void;

async function readTable(file: InputFile, say: Say): Promise<Table | null> {
  const table: Table = { minorVersion: 3, layers: [], text: "", rows: [] };
  const reading: Reading = { table, sentence: [], isHeader: true };
  for await (const each of readLines(file)) {
    if ("problem" in each) say(each.line, each.problem);
    else if (each.line === 1) {
      const version = /^#FORMAT=WebAnno TSV 3\.(\d+)/.exec(each.text)?.[1];
      if (version === undefined) {
        say(1, "This is no WebAnno TSV 3 file.");
        return null;
      }
      table.minorVersion = Number(version);
    } else {
      const wrong = readLine(reading, each.text, each.line);
      if (wrong !== null) say(each.line, wrong);
    }
  }
  // A reader adds a line break after each sentence, also after the last.
  table.text = table.text.replace(/\n$/, "");
  return table;
}

type Reading = { table: Table; sentence: string[]; isHeader: boolean };

/** A sentence where the line is wrong, or null. */
function readLine(reading: Reading, text: string, line: number): string | null {
  const { table, sentence } = reading;
  if (reading.isHeader && text.startsWith("#T_")) addLayer(table, text);
  else if (text.startsWith("#Text=")) {
    reading.isHeader = false;
    sentence.push(unescapeText(text.slice(6), table.minorVersion));
  } else if (text !== "" && !text.startsWith("#")) {
    reading.sentence = [];
    return addRow(table, text, { line, sentence });
  }
  return null;
}

function addLayer(table: Table, header: string): void {
  const [, kind = "", rest = ""] = /^#T_(\w+)=(.*)$/.exec(header) ?? [];
  const [type = "", ...features] = rest.split("|");
  const last = table.layers.at(-1);
  const first = last === undefined ? 0 : last.first + Math.max(1, last.features.length);
  table.layers.push({ kind, type, first, features: features.filter((each) => each !== "") });
}

function addRow(
  table: Table,
  line: string,
  at: { line: number; sentence: readonly string[] },
): string | null {
  const [id = "", place = "", words = "", ...cells] = line.split("\t");
  const [start = Number.NaN, end = Number.NaN] = place.split("-").map(Number);
  if (!(Number.isInteger(start) && Number.isInteger(end) && end > start && end < 1e8)) {
    return "This row covers no text, or has no offsets.";
  }
  if (at.sentence.length > 0) {
    const before = table.text.slice(0, start);
    table.text = `${before.padEnd(start, " ")}${at.sentence.join("\n")}\n`;
  }
  table.rows.push({ line: at.line, id, start, end, words, cells });
  return null;
}

function checkTokens(draft: Draft, table: Table): void {
  for (const { start, end, words, line } of table.rows) {
    const there = table.text.slice(utf16(start), utf16(end));
    if (there === words) continue;
    draft.problem(line, `The row says “${words}”, but the text has “${there}” there.`);
  }
}

type Found = {
  id: string;
  start: number;
  end: number;
  line: number;
  values: Map<string, string>;
};

/** Annotations by row and number, so that relations find their ends. */
type Places = Map<string, string>;

function readLayers(set: SetDraft, table: Table): void {
  const places: Places = new Map();
  const spanLayers = table.layers.filter(({ kind }) => kind === "SP" || kind === "CH");
  spanLayers.forEach((layer, at) => {
    for (const found of collectSpans(table, layer, { at, places })) {
      const { label, attributes } = describe(layer, found.values);
      const { id, start, end, line } = found;
      set.span(
        { id, layer: typeLayer(layer.type), label, ranges: [[start, end]], attributes },
        line,
      );
    }
  });
  for (const layer of spanLayers) readSlots(set, table, { layer, places });
  for (const layer of table.layers.filter(({ kind }) => kind === "RL")) {
    readRelations(set, table, { layer, places });
  }
}

/** The entries of the cells that a layer takes in a row, one for each annotation there. */
function entriesOf(row: TokenRow, layer: LayerHeader): string[][] {
  const width = Math.max(1, layer.features.length);
  const columns = Array.from({ length: width }, (_, at) => {
    const cell = row.cells[layer.first + at] ?? "_";
    return cell === "_" || cell === "" ? [] : splitEscaped(cell, "|");
  });
  const count = Math.max(...columns.map((column) => column.length));
  return Array.from({ length: count }, (_, entry) => columns.map((column) => column[entry] ?? "*"));
}

/** The number in brackets at the end, which ties rows together. */
function numberOf(entry: string): string | null {
  return /(?<!\\)\[(\d+)\]$/.exec(entry)?.[1] ?? null;
}

/** What a slot names that may be filled by annotations of any layer. */
const ANY = "uima.tcas.Annotation";

function isFiller(feature: string | undefined): boolean {
  return feature?.includes(".") === true && !/^(?:ROLE_|BT_)/.test(feature);
}

function collectSpans(
  table: Table,
  layer: LayerHeader,
  { at, places }: { at: number; places: Places },
): Found[] {
  const found = new Map<string, Found>();
  for (const row of table.rows) {
    entriesOf(row, layer).forEach((entry, position) => {
      // The cell of a slot's fillers has their numbers, not its own.
      const own = entry.filter((_, column) => !isFiller(layer.features[column]));
      const number = own.map(numberOf).find((each) => each !== null) ?? null;
      const key = number === null ? `${at}:${row.id}:${position}` : `${at}:[${number}]`;
      const known = found.get(key) ?? {
        id: `s${at + 1}.${found.size + 1}`,
        start: row.start,
        end: row.end,
        line: row.line,
        values: new Map<string, string>(),
      };
      known.start = Math.min(known.start, row.start);
      known.end = Math.max(known.end, row.end);
      layer.features.forEach((feature, column) => {
        const value = entry[column]?.replace(/(?<!\\)\[\d+\]$/, "") ?? "*";
        if (value !== "*") known.values.set(feature, value);
      });
      found.set(key, known);
      places.set(`${layer.type} ${row.id} ${number ?? 0}`, known.id);
      places.set(`${ANY} ${row.id} ${number ?? 0}`, known.id);
    });
  }
  return [...found.values()];
}

const LABELS = ["label", "value", "referenceType"];

function describe({ type, features }: LayerHeader, values: Map<string, string>) {
  const plain = features.filter((each) => !/^(?:ROLE_|BT_)/.test(each) && !each.includes("."));
  const named = LABELS.find((each) => plain.includes(each)) ?? plain[0];
  const label = named === undefined ? undefined : values.get(named);
  const rest = plain
    .filter((each) => each !== named)
    .flatMap((each) => {
      const value = values.get(each);
      return value === undefined ? [] : [[fromIdentifier(each), unescapeValue(value)] as const];
    });
  return {
    label: label === undefined ? typeLayer(type) : unescapeValue(label),
    attributes: Object.fromEntries(rest),
  };
}

type Ends = { layer: LayerHeader; places: Places };

/** `1-4[2_3]`: from annotation 2 at row 1-4 to annotation 3 at this row; 0 where there is only one. */
function readRelations(set: SetDraft, table: Table, { layer, places }: Ends): void {
  const column = layer.features.findIndex((each) => each.startsWith("BT_"));
  const base = layer.features[column]?.slice(3) ?? "";
  for (const row of table.rows) {
    for (const entry of entriesOf(row, layer)) {
      const reference = /^([^[]+)(?:\[(\d+)_(\d+)\])?$/.exec(entry[column] ?? "");
      if (reference === null) continue;
      const [, source = "", from = "0", to = "0"] = reference;
      const values = new Map(
        layer.features.flatMap((feature, at) =>
          entry[at] === "*" ? [] : [[feature, entry[at] ?? ""] as const],
        ),
      );
      const { label, attributes } = describe(layer, values);
      set.relation(
        {
          layer: typeLayer(layer.type),
          label,
          from: places.get(`${base} ${source} ${from}`) ?? "",
          to: places.get(`${base} ${row.id} ${to}`) ?? "",
          attributes,
        },
        row.line,
      );
    }
  }
}

/** A column of roles and one of the rows that fill them. */
function readSlots(set: SetDraft, table: Table, { layer, places }: Ends): void {
  const column = layer.features.findIndex((each) => each.startsWith("ROLE_"));
  if (column < 0) return;
  const base = layer.features[column + 1] ?? "";
  const done = new Set<string>();
  for (const row of table.rows) {
    for (const entry of entriesOf(row, layer)) {
      const number = numberOf(entry[column] ?? "") ?? "0";
      const from = places.get(`${layer.type} ${row.id} ${number}`) ?? "";
      if (done.has(from)) continue;
      done.add(from);
      const roles = splitEscaped((entry[column] ?? "").replace(/\[\d+\]$/, ""), ";");
      splitEscaped(entry[column + 1] ?? "*", ";").forEach((filler, at) => {
        const [, target = "", to = "0"] = /^([\d.-]+)(?:\[(\d+)\])?$/.exec(filler) ?? [];
        if (target === "") return;
        const role = roles[at] ?? "*";
        const label = role === "*" ? "slot" : unescapeValue(role);
        const end = places.get(`${base} ${target} ${to}`) ?? "";
        set.relation({ layer: typeLayer(layer.type), label, from, to: end }, row.line);
      });
    }
  }
}
