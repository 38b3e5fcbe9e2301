import type {
  CorpusDocument,
  CorpusSet,
  CorpusWriter,
  FormatReport,
  Holds,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { toFilePart } from "../file-part";
import { HOLDS_ALL, noteLosses } from "../losses";
import { countForbidden, escapeText, xmlTag } from "../xml";
import {
  type AttributeKinds,
  type Cas,
  type CasValue,
  type FeatureStructure,
  SOFA_ID,
  toCas,
} from "./cas";
import { INITIAL } from "./from-cas";
import { declareTypes, type TypeSystem, writeTypeSystem } from "./type-system";

export const UIMA_HOLDS: Holds = HOLDS_ALL;

const VIEW = "_InitialView";

/**
 * Writes UIMA CAS XMI: a folder for each document with a file for each annotator, and one TypeSystem.xml
 * that describes all. Offsets are UTF-16 code units, as Java counts.
 */
export function writeXmi({ report }: WriteContext): CorpusWriter {
  const types: TypeSystem = new Map();
  const kinds: AttributeKinds = new Map();
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, UIMA_HOLDS, report);
      noteSigns(document, report);
      for (const { path, cas } of casesOf(document, kinds)) {
        declareTypes(types, cas.structures);
        yield { path: `${path}.xmi`, content: toXmi(cas) };
      }
    },
    *end(): Generator<OutputPiece> {
      yield { path: "TypeSystem.xml", content: writeTypeSystem(types) };
    },
  };
}

/** Writes UIMA CAS JSON 0.4, whose files each describe their own types. Offsets are UTF-16 code units. */
export function writeCasJson({ report }: WriteContext): CorpusWriter {
  const kinds: AttributeKinds = new Map();
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, UIMA_HOLDS, report);
      for (const { path, cas } of casesOf(document, kinds)) {
        yield { path: `${path}.json`, content: `${JSON.stringify(toCasJson(cas), null, 1)}\n` };
      }
    },
    *end() {},
  };
}

function* casesOf(
  document: CorpusDocument,
  kinds: AttributeKinds,
): Generator<{ path: string; cas: Cas }> {
  const folder = toFilePart(document.id);
  const sets: (CorpusSet | null)[] = document.sets.length === 0 ? [null] : [...document.sets];
  for (const set of sets) {
    const name = set === null ? INITIAL : toFilePart(set.name);
    yield { path: `${folder}/${name}`, cas: toCas(document, set, kinds) };
  }
}

function noteSigns(document: CorpusDocument, report: FormatReport): void {
  report.lose("signs", document.id, countForbidden(document.text));
}

function toXmi({ text, structures }: Cas): string {
  const prefixes = new Map<string, string>();
  const lines = structures.map((each) => toElement(each, prefixes));
  const spaces = [...prefixes].map(([uri, prefix]) => [`xmlns:${prefix}`, uri] as const);
  const members = structures.map(({ id }) => id).join(" ");
  const content = [
    "",
    xmlTag("cas:NULL", { "xmi:id": 0 }),
    ...lines,
    xmlTag("cas:Sofa", {
      "xmi:id": SOFA_ID,
      sofaNum: 1,
      sofaID: VIEW,
      mimeType: "text",
      sofaString: text,
    }),
    xmlTag("cas:View", { sofa: SOFA_ID, members }),
    "",
  ].join("\n");
  const root = xmlTag(
    "xmi:XMI",
    {
      "xmlns:xmi": "http://www.omg.org/XMI",
      "xmlns:cas": "http:///uima/cas.ecore",
      ...Object.fromEntries(spaces),
      "xmi:version": "2.0",
    },
    content,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function toElement({ id, type, features }: FeatureStructure, prefixes: Map<string, string>) {
  const attributes: Record<string, string | number> = { "xmi:id": id };
  if (features.some(([name]) => name === "begin")) attributes.sofa = SOFA_ID;
  const lists: string[] = [];
  for (const [name, value] of features) {
    if (isList(value)) lists.push(...value.map((each) => `<${name}>${escapeText(each)}</${name}>`));
    else attributes[name] = typeof value === "object" ? value.ref : String(value);
  }
  return xmlTag(
    elementName(type, prefixes),
    attributes,
    lists.length === 0 ? null : lists.join(""),
  );
}

/** The packages of a type are the namespace of its element. */
function elementName(type: string, prefixes: Map<string, string>): string {
  const cut = type.lastIndexOf(".");
  const path = cut < 0 ? "uima/noNamespace" : type.slice(0, cut).replaceAll(".", "/");
  const uri = `http:///${path}.ecore`;
  const prefix = prefixes.get(uri) ?? `n${prefixes.size + 1}`;
  prefixes.set(uri, prefix);
  return `${prefix}:${type.slice(cut + 1)}`;
}

function toCasJson({ text, structures }: Cas): object {
  const types: TypeSystem = new Map();
  declareTypes(types, structures);
  const arrays: object[] = [];
  const own = structures.map((each) => toJsonStructure(each, arrays, structures.length));
  const sofa = { "%ID": SOFA_ID, "%TYPE": "uima.cas.Sofa", sofaNum: 1, sofaID: VIEW };
  const members = structures.map(({ id }) => id);
  return {
    "%TYPES": Object.fromEntries([...types.values()].map(toJsonType)),
    "%FEATURE_STRUCTURES": [{ ...sofa, mimeType: "text", sofaString: text }, ...own, ...arrays],
    "%VIEWS": { [VIEW]: { "%SOFA": SOFA_ID, "%MEMBERS": members } },
  };
}

function toJsonType({
  name,
  supertype,
  features,
}: {
  name: string;
  supertype: string;
  features: Map<string, string>;
}) {
  const own = [...features].map(([feature, range]) => {
    const isArray = range === "uima.cas.StringArray";
    const description = { "%NAME": feature, "%RANGE": isArray ? "uima.cas.String[]" : range };
    return [feature, description] as const;
  });
  return [name, { "%NAME": name, "%SUPER_TYPE": supertype, ...Object.fromEntries(own) }] as const;
}

/** Lists are structures of their own, to which features refer. */
function toJsonStructure(
  { id, type, features }: FeatureStructure,
  arrays: object[],
  count: number,
): object {
  const fields: [string, unknown][] = [];
  if (features.some(([name]) => name === "begin")) fields.push(["@sofa", SOFA_ID]);
  for (const [name, value] of features) {
    if (isList(value)) {
      const arrayId = SOFA_ID + count + arrays.length + 1;
      arrays.push({ "%ID": arrayId, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": value });
      fields.push([`@${name}`, arrayId]);
    } else if (typeof value === "object") fields.push([`@${name}`, value.ref]);
    else fields.push([name, value]);
  }
  return { "%ID": id, "%TYPE": type, ...Object.fromEntries(fields) };
}

function isList(value: CasValue): value is readonly string[] {
  return Array.isArray(value);
}
