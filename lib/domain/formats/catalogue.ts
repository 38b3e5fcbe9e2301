import { readBrat } from "./brat/read";
import { BRAT_HOLDS, writeBrat } from "./brat/write";
import type { CorpusFormat } from "./corpus";
import { readDoccano } from "./doccano/read";
import { DOCCANO_HOLDS, writeDoccano } from "./doccano/write";
import { readFramemark } from "./framemark/read";
import { writeFramemark } from "./framemark/write";
import { readLabelStudio } from "./label-studio/read";
import { LABEL_STUDIO_HOLDS, writeLabelStudio } from "./label-studio/write";
import { HOLDS_ALL } from "./losses";
import { readProdigy } from "./prodigy/read";
import { PRODIGY_HOLDS, writeProdigy } from "./prodigy/write";
import { readSpacy } from "./spacy/read";
import { SPACY_HOLDS, writeSpacy } from "./spacy/write";
import { readCasJson, readXmi } from "./uima/read";
import { UIMA_HOLDS, writeCasJson, writeXmi } from "./uima/write";
import { readWebAnnotation } from "./web-annotation/read";
import { WEB_ANNOTATION_HOLDS, writeWebAnnotation } from "./web-annotation/write";

/** All formats, in the order in which they are offered. */
export const FORMATS: readonly CorpusFormat[] = [
  {
    name: "jsonl",
    title: "Framemark JSON Lines",
    about: "Everything, one record a line.",
    layout: "file",
    extension: ".jsonl",
    needsSurvey: false,
    holds: HOLDS_ALL,
    read: readFramemark,
    write: writeFramemark,
  },
  {
    name: "brat",
    title: "brat standoff",
    about: "A folder for each annotator with .txt and .ann files.",
    layout: "folder",
    extension: ".ann",
    needsSurvey: false,
    holds: BRAT_HOLDS,
    read: readBrat,
    write: writeBrat,
  },
  {
    name: "xmi",
    title: "UIMA CAS XMI",
    about:
      "A folder for each document with an .xmi for each annotator, and TypeSystem.xml. For INCEpTION and DKPro.",
    layout: "folder",
    extension: ".xmi",
    needsSurvey: false,
    holds: UIMA_HOLDS,
    read: readXmi,
    write: writeXmi,
  },
  {
    name: "casjson",
    title: "UIMA CAS JSON 0.4",
    about:
      "A folder for each document with a .json for each annotator. For INCEpTION and dkpro-cassis.",
    layout: "folder",
    extension: ".json",
    needsSurvey: false,
    holds: UIMA_HOLDS,
    read: readCasJson,
    write: writeCasJson,
  },
  {
    name: "label-studio",
    title: "Label Studio JSON",
    about: "A list of tasks with their annotations.",
    layout: "file",
    extension: ".json",
    needsSurvey: false,
    holds: LABEL_STUDIO_HOLDS,
    read: readLabelStudio,
    write: writeLabelStudio,
  },
  {
    name: "doccano",
    title: "doccano JSONL",
    about: "A line for each document and annotator.",
    layout: "file",
    extension: ".jsonl",
    needsSurvey: false,
    holds: DOCCANO_HOLDS,
    read: readDoccano,
    write: writeDoccano,
  },
  {
    name: "prodigy",
    title: "Prodigy JSONL",
    about: "A line for each document and annotator.",
    layout: "file",
    extension: ".jsonl",
    needsSurvey: false,
    holds: PRODIGY_HOLDS,
    read: readProdigy,
    write: writeProdigy,
  },
  {
    name: "spacy",
    title: "spaCy training data",
    about: "A JSON line for each document and annotator, ready for a DocBin.",
    layout: "file",
    extension: ".jsonl",
    needsSurvey: false,
    holds: SPACY_HOLDS,
    read: readSpacy,
    write: writeSpacy,
  },
  {
    name: "webannotation",
    title: "W3C Web Annotation",
    about: "For each document its .txt and a .jsonld with position and quotation.",
    layout: "folder",
    extension: ".jsonld",
    needsSurvey: false,
    holds: WEB_ANNOTATION_HOLDS,
    read: readWebAnnotation,
    write: writeWebAnnotation,
  },
];

/** The format of a name, or null. */
export function findFormat(name: string): CorpusFormat | null {
  return FORMATS.find((format) => format.name === name) ?? null;
}
