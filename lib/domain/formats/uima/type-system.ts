import { childElements, escapeText, textOf, type XmlElement } from "../xml";
import type { CasValue, FeatureStructure } from "./cas";
import { BLOCK_TYPE, COMMENT_TYPE, META_DATA, SENTENCE, SET_TYPE, TOKEN } from "./cas";

/** A type with its own features; `range` is the name of a type. */
export type CasType = { name: string; supertype: string; features: Map<string, string> };

/** The types met so far; those of a corpus grow with its documents. */
export type TypeSystem = Map<string, CasType>;

const ANNOTATION = "uima.tcas.Annotation";
const DOCUMENT_ANNOTATION = "uima.tcas.DocumentAnnotation";
const TOP = "uima.cas.TOP";

const SUPERTYPES = new Map<string, string>([
  [META_DATA, DOCUMENT_ANNOTATION],
  [SET_TYPE, TOP],
  [COMMENT_TYPE, TOP],
  [BLOCK_TYPE, ANNOTATION],
  [SENTENCE, ANNOTATION],
  [TOKEN, ANNOTATION],
]);

/** Features that a type has from above, which are not declared again. */
const INHERITED: ReadonlySet<string> = new Set(["begin", "end", "sofa"]);

/** Declares the types and features that structures use. */
export function declareTypes(types: TypeSystem, structures: readonly FeatureStructure[]): void {
  for (const { type, features } of structures) {
    const known = types.get(type) ?? {
      name: type,
      supertype: SUPERTYPES.get(type) ?? ANNOTATION,
      features: new Map<string, string>(),
    };
    types.set(type, known);
    for (const [name, value] of features) {
      const isOfDocument = type === META_DATA && name === "language";
      if (INHERITED.has(name) || isOfDocument || known.features.has(name)) continue;
      known.features.set(name, rangeOf(value));
    }
  }
}

function rangeOf(value: CasValue): string {
  if (typeof value === "string") return "uima.cas.String";
  if (typeof value === "number") return "uima.cas.Double";
  if (typeof value === "boolean") return "uima.cas.Boolean";
  return "ref" in value ? ANNOTATION : "uima.cas.StringArray";
}

/** The type system descriptor of UIMA. */
export function writeTypeSystem(types: TypeSystem): string {
  const described = [...types.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(describe);
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n<types>\n` +
    `${described.join("")}</types>\n</typeSystemDescription>\n`
  );
}

function describe({ name, supertype, features }: CasType): string {
  const own = [...features]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([feature, range]) =>
        `<featureDescription>${element("name", feature)}<description/>` +
        `${element("rangeTypeName", range)}</featureDescription>\n`,
    );
  return (
    `<typeDescription>${element("name", name)}<description/>` +
    `${element("supertypeName", supertype)}\n<features>\n${own.join("")}</features></typeDescription>\n`
  );
}

function element(name: string, content: string): string {
  return `<${name}>${escapeText(content)}</${name}>`;
}

/** Ranges of features by type, from a type system descriptor. */
export function readTypeSystem(root: XmlElement): TypeSystem {
  const types: TypeSystem = new Map();
  const listed = childElements(root, "types").flatMap((list) => childElements(list));
  for (const description of listed) {
    const name = childText(description, "name");
    const features = new Map<string, string>();
    for (const list of childElements(description, "features")) {
      for (const feature of childElements(list)) {
        features.set(childText(feature, "name"), childText(feature, "rangeTypeName"));
      }
    }
    types.set(name, { name, supertype: childText(description, "supertypeName"), features });
  }
  return types;
}

function childText(parent: XmlElement, name: string): string {
  const [first] = childElements(parent, name);
  return first === undefined ? "" : textOf(first).trim();
}

/** The range of a feature, also where a type above declares it; null where nothing says. */
export function featureRange(types: TypeSystem, type: string, feature: string): string | null {
  let name: string | undefined = type;
  for (let steps = 0; name !== undefined && steps < 50; steps++) {
    const found: CasType | undefined = types.get(name);
    const range = found?.features.get(feature);
    if (range !== undefined) return range;
    name = found?.supertype;
  }
  return null;
}
