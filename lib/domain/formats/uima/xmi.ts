import { failure, type Result, success } from "../../result";
import { parseXml } from "../xml";
import type { CasValue } from "./cas";
import type { ReadCas } from "./from-cas";
import { featureRange, type TypeSystem } from "./type-system";

type Open = {
  name: string;
  attributes: Readonly<Record<string, string>>;
  line: number;
  /** Elements below, which are values of list features. */
  lists: Map<string, string[]>;
};

/** The feature structures of an XMI file; offsets and references become numbers. */
export function parseXmi(source: string, types: TypeSystem): Result<ReadCas> {
  const found: Open[] = [];
  const spaces = new Map<string, string>();
  let depth = 0;
  let words = "";
  let isXmi = false;
  const parsed = parseXml(source, {
    open({ name, attributes, line }) {
      depth++;
      words = "";
      if (depth === 1) {
        isXmi = name.endsWith(":XMI") || name === "XMI";
        noteSpaces(attributes, spaces);
      } else if (depth === 2) found.push({ name, attributes, line, lists: new Map() });
    },
    text(more) {
      words += more;
    },
    close(name) {
      if (depth === 3) {
        const { lists } = found.at(-1) ?? { lists: new Map<string, string[]>() };
        lists.set(name, [...(lists.get(name) ?? []), words]);
      }
      depth--;
    },
  });
  if (!parsed.ok) return parsed;
  if (!isXmi) return failure("invalid", "This is no XMI file.");
  const sofa = found.find((each) => each.attributes.sofaString !== undefined);
  return success({
    text: sofa?.attributes.sofaString ?? null,
    structures: found.flatMap((each) => toStructure(each, spaces, types)),
  });
}

function noteSpaces(attributes: Readonly<Record<string, string>>, spaces: Map<string, string>) {
  for (const [name, uri] of Object.entries(attributes)) {
    if (name.startsWith("xmlns:")) spaces.set(name.slice(6), uri);
  }
}

function toStructure(
  { name, attributes, line, lists }: Open,
  spaces: Map<string, string>,
  types: TypeSystem,
) {
  const id = Number(attributes["xmi:id"]);
  const type = typeOf(name, spaces);
  if (!Number.isInteger(id) || type.startsWith("uima.cas.")) return [];
  const features: [string, CasValue][] = [];
  for (const [feature, text] of Object.entries(attributes)) {
    if (feature.startsWith("xmi:") || feature.startsWith("xmlns") || feature === "sofa") continue;
    features.push([feature, toValue(text, feature, featureRange(types, type, feature))]);
  }
  for (const [feature, list] of lists) features.push([feature, list]);
  return [{ id, type, features, line }];
}

/** `http:///webanno/custom.ecore` and `Bias` are the type `webanno.custom.Bias`. */
function typeOf(name: string, spaces: Map<string, string>): string {
  const [prefix = "", local = ""] = name.split(":");
  const path = /^http:\/\/\/(.*)\.ecore$/.exec(spaces.get(prefix) ?? "")?.[1] ?? "";
  return path === "" || path === "uima/noNamespace"
    ? local
    : `${path.replaceAll("/", ".")}.${local}`;
}

/** Features that are references where no type system says so. */
const REFERENCES: ReadonlySet<string> = new Set(["Governor", "Dependent"]);
const PRIMITIVE = /^uima\.cas\.(?:String|Integer|Long|Short|Byte|Float|Double|Boolean)$/;

function toValue(text: string, feature: string, range: string | null): CasValue {
  if (feature === "begin" || feature === "end") return Number(text);
  if (range === "uima.cas.Boolean") return text === "true";
  if (range === null) return REFERENCES.has(feature) ? { ref: Number(text) } : text;
  if (range === "uima.cas.String") return text;
  if (PRIMITIVE.test(range)) return Number(text);
  // A list of texts may stand in one attribute where none of them holds a space.
  if (range === "uima.cas.StringArray" || range === "uima.cas.StringList") return text.split(" ");
  return { ref: Number(text) };
}
