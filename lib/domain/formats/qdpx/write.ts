import type { AttributeValues } from "../../annotation/state";
import { codePoint, indexText, type TextIndex } from "../../text/offsets";
import type {
  CorpusDocument,
  CorpusRange,
  CorpusSet,
  CorpusWriter,
  Holds,
  LabelName,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { spanHull } from "../corpus";
import { toJson } from "../json-records";
import { HOLDS_LABELS, noteLosses } from "../losses";
import { countForbidden, escapeText, xmlTag } from "../xml";
import { createZip } from "../zip";
import { guidOf } from "./guid";

export const QDPX_HOLDS: Holds = {
  ...HOLDS_LABELS,
  parts: false,
  attributes: "text",
  sentenceLabels: false,
  blockLabels: false,
  values: false,
  facts: false,
  titles: false,
  emptySets: false,
};

/** The project file inside the archive. */
export const PROJECT = "project.qde";
const PATH = "project.qdpx";

/**
 * Writes a project of REFI-QDA 1.5 for programs of qualitative analysis: layers and labels as codes,
 * annotators as users, spans as selections with codings, attributes as their descriptions. Offsets are
 * code points. The code book stands first, so it must be known before: see `needsSurvey`.
 */
export function writeQdpx({
  report,
  survey,
  projectName = "Framemark",
}: WriteContext): CorpusWriter {
  if (survey === undefined) throw new Error("A project needs a survey.");
  const zip = createZip();
  zip.add(PROJECT, openProject(projectName, survey.annotators, survey.labels));
  const pieces = (): OutputPiece[] => zip.take().map((content) => ({ path: PATH, content }));
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, QDPX_HOLDS, report);
      report.lose("signs", document.id, countForbidden(document.text));
      const guid = guidOf("source", document.id);
      zip.add(`sources/${guid}.txt`, document.text);
      zip.close(`sources/${guid}.txt`);
      zip.add(PROJECT, toSource(document, guid));
      yield* pieces();
    },
    *end(): Generator<OutputPiece> {
      zip.add(PROJECT, "</Sources>\n</Project>\n");
      zip.close(PROJECT);
      zip.end();
      yield* pieces();
    },
  };
}

function openProject(
  name: string,
  annotators: readonly string[],
  labels: readonly LabelName[],
): string {
  const users = annotators.map((each) => xmlTag("User", { guid: userGuid(each), name: each }));
  const layers = [...new Set(labels.map(({ layer }) => layer))];
  const codes = layers.map((layer) => {
    const own = labels.filter((each) => each.layer === layer);
    const below = own.map((each) =>
      xmlTag("Code", { guid: codeGuid(each), name: each.label, isCodable: "true" }),
    );
    const guid = guidOf("layer", layer);
    return xmlTag("Code", { guid, name: layer, isCodable: "false" }, below.join(""));
  });
  const root = xmlTag(
    "Project",
    {
      xmlns: "urn:QDA-XML:project:1.0",
      name,
      origin: "Framemark",
      creationDateTime: "2000-01-01T00:00:00Z",
    },
    "",
  ).replace("</Project>", "");
  return [
    `<?xml version="1.0" encoding="utf-8"?>`,
    root,
    users.length === 0 ? "" : xmlTag("Users", {}, users.join("\n")),
    codes.length === 0 ? "" : xmlTag("CodeBook", {}, xmlTag("Codes", {}, codes.join("\n"))),
    "<Sources>\n",
  ].join("\n");
}

function toSource(document: CorpusDocument, guid: string): string {
  const index = indexText(document.text);
  const selections = document.sets.flatMap((set) => toSelections(document, { set, index }));
  const codings = document.sets.flatMap((set) => {
    const labels = set.unitLabels.filter(({ unit }) => unit === "document");
    return labels.map((label, at) => toCoding(set, label, [document.id, "label", String(at)]));
  });
  const path = `internal://${guid}.txt`;
  const content = [...selections, ...codings].join("\n");
  const attributes = { guid, name: document.id, plainTextPath: path };
  return `${xmlTag("TextSource", attributes, content === "" ? null : `\n${content}\n`)}\n`;
}

type Selecting = { set: CorpusSet; index: TextIndex };

function toSelections(document: CorpusDocument, { set, index }: Selecting): string[] {
  return set.spans.map((span, at) => {
    const place = [document.id, "span", String(at)];
    const hull = spanHull(span);
    const description = describe(span.attributes);
    const guid = guidOf("selection", set.name, ...place);
    return xmlTag(
      "PlainTextSelection",
      {
        guid,
        name: shorten(hull, index),
        startPosition: hull.start,
        endPosition: hull.end,
        creatingUser: userGuid(set.name),
      },
      description + toCoding(set, span, place),
    );
  });
}

function toCoding(set: CorpusSet, label: LabelName, place: readonly string[]): string {
  return xmlTag(
    "Coding",
    { guid: guidOf("coding", set.name, ...place), creatingUser: userGuid(set.name) },
    xmlTag("CodeRef", { targetGUID: codeGuid(label) }),
  );
}

/** Attributes as JSON, so that they can be read back. */
function describe(attributes: AttributeValues): string {
  const texts = Object.entries(attributes).map(([key, value]) => {
    return [key, typeof value === "string" ? value : toJson(value)];
  });
  if (texts.length === 0) return "";
  return xmlTag("Description", {}, escapeText(toJson(Object.fromEntries(texts))));
}

function shorten({ start, end }: CorpusRange, index: TextIndex): string {
  return index.slice(codePoint(start), codePoint(Math.min(end, start + 60)));
}

function userGuid(name: string): string {
  return guidOf("user", name);
}

function codeGuid({ layer, label }: LabelName): string {
  return guidOf("code", layer, label);
}
