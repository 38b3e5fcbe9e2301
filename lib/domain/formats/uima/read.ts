import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { problem, readText } from "../input";
import { asFields, asText, type JsonFields } from "../json-records";
import { readXml, type XmlElement } from "../xml";
import type { CasValue, FeatureStructure } from "./cas";
import { fromCas, type ReadCas } from "./from-cas";
import { readTypeSystem, type TypeSystem } from "./type-system";
import { parseXmi } from "./xmi";

/**
 * Reads UIMA CAS XMI: `document/annotator.xmi`, or a file for each document. A TypeSystem.xml beside them
 * says which features are numbers, truths or references. Offsets are UTF-16 code units.
 */
export async function* readXmi(
  files: readonly InputFile[],
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  const types: TypeSystem = new Map();
  const isTypes = ({ path }: InputFile) => /typesystem[^/]*\.xml$/i.test(path);
  for (const file of files.filter(isTypes)) {
    const root = await readRoot(file);
    if ("kind" in root) yield root;
    else for (const [name, type] of readTypeSystem(root)) types.set(name, type);
  }
  const own = files.filter((file) => !isTypes(file) && /\.(?:xmi|xml)$/i.test(file.path));
  for (const file of own) yield* readXmiFile(file, types, options);
}

async function* readXmiFile(
  file: InputFile,
  types: TypeSystem,
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  const text = await readText(file);
  const cas = text.ok ? parseXmi(text.value, types) : text;
  if (cas.ok) yield* fromCas(cas.value, file.path, options);
  else yield problem(file.path, lineOf(cas.failure.place), cas.failure.message);
}

/** Reads UIMA CAS JSON 0.4, with the same names of files as XMI. */
export async function* readCasJson(
  files: readonly InputFile[],
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  for (const file of files) {
    const text = await readText(file);
    if (!text.ok) yield problem(file.path, null, text.failure.message);
    else {
      const fields = parse(text.value);
      const cas = fields === null ? null : toReadCas(fields);
      if (cas === null) yield problem(file.path, null, "This is no UIMA CAS in JSON.");
      else yield* fromCas(cas, file.path, options);
    }
  }
}

async function readRoot(file: InputFile): Promise<XmlElement | (CorpusItem & { kind: "problem" })> {
  const text = await readText(file);
  const root = text.ok ? readXml(text.value) : text;
  if (root.ok) return root.value;
  const { message, place } = root.failure;
  return { kind: "problem", path: file.path, line: lineOf(place), message };
}

/** The line of a refusal, from the words that name its place. */
function lineOf(place: string | undefined): number | null {
  const number = place === undefined ? Number.NaN : Number(place.replace("line ", ""));
  return Number.isInteger(number) ? number : null;
}

function parse(text: string): JsonFields | null {
  try {
    return asFields(JSON.parse(text));
  } catch {
    return null;
  }
}

function toReadCas(fields: JsonFields): ReadCas | null {
  const listed = fields["%FEATURE_STRUCTURES"];
  const structures = structuresOf(listed);
  if (structures === null) return null;
  const sofa = structures.find((each) => each["%TYPE"] === "uima.cas.Sofa");
  const arrays = new Map<unknown, CasValue>();
  for (const each of structures) {
    const elements = each["%ELEMENTS"];
    if (!Array.isArray(elements)) continue;
    const texts = elements.filter((one): one is string => typeof one === "string");
    if (texts.length === elements.length) arrays.set(each["%ID"], texts);
  }
  return {
    text: asText(sofa?.sofaString),
    structures: structures.flatMap((each) => toStructure(each, arrays)),
  };
}

/** A list, or an object by id as earlier drafts of the format had it. */
function structuresOf(listed: unknown): JsonFields[] | null {
  if (Array.isArray(listed)) return listed.map(asFields).filter((each) => each !== null);
  const byId = asFields(listed);
  if (byId === null) return null;
  return Object.entries(byId).flatMap(([id, each]) => {
    const found = asFields(each);
    return found === null ? [] : [{ ...found, "%ID": Number(id) }];
  });
}

function toStructure(
  fields: JsonFields,
  arrays: Map<unknown, CasValue>,
): (FeatureStructure & { line: null })[] {
  const { "%ID": id, "%TYPE": type } = fields;
  if (typeof id !== "number" || typeof type !== "string") return [];
  const features = Object.entries(fields).flatMap(([name, value]) => {
    const feature = toFeatureValue(name, value, arrays);
    return feature === null ? [] : [feature];
  });
  return [{ id, type, features, line: null }];
}

function toFeatureValue(
  name: string,
  value: unknown,
  arrays: Map<unknown, CasValue>,
): [string, CasValue] | null {
  if (name.startsWith("%") || name === "@sofa") return null;
  if (name.startsWith("@")) {
    const list = arrays.get(value);
    if (list !== undefined) return [name.slice(1), list];
    return typeof value === "number" ? [name.slice(1), { ref: value }] : null;
  }
  const isPlain = ["string", "number", "boolean"].includes(typeof value);
  return isPlain ? [name, value as string | number | boolean] : null;
}
