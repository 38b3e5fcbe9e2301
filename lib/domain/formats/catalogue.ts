import { readBasil } from "./basil/read";
import { BASIL_HOLDS, writeBasil } from "./basil/write";
import { readBrat } from "./brat/read";
import { BRAT_HOLDS, writeBrat } from "./brat/write";
import { readConll } from "./conll/read";
import { CONLL_HOLDS, writeIob2, writeIobes } from "./conll/write";
import type { CorpusFormat } from "./corpus";
import { readDoccano } from "./doccano/read";
import { DOCCANO_HOLDS, writeDoccano } from "./doccano/write";
import { readFramemark } from "./framemark/read";
import { writeFramemark } from "./framemark/write";
import { readLabelStudio } from "./label-studio/read";
import { LABEL_STUDIO_HOLDS, writeLabelStudio } from "./label-studio/write";
import { readLewidi } from "./lewidi/read";
import { LEWIDI_HOLDS, writeLewidi } from "./lewidi/write";
import { HOLDS_ALL } from "./losses";
import { readProdigy } from "./prodigy/read";
import { PRODIGY_HOLDS, writeProdigy } from "./prodigy/write";
import { readQdpx } from "./qdpx/read";
import { QDPX_HOLDS, writeQdpx } from "./qdpx/write";
import { readSemeval2023 } from "./semeval/read-2023";
import { readPtc } from "./semeval/read-ptc";
import { SEMEVAL_2023_HOLDS, writeSemeval2023 } from "./semeval/write-2023";
import { PTC_HOLDS, writePtc } from "./semeval/write-ptc";
import { readSpacy } from "./spacy/read";
import { SPACY_HOLDS, writeSpacy } from "./spacy/write";
import { TABLE_HOLDS } from "./tables/rows";
import { writeCsvTables, writeSafeCsvTables, writeTsvTables } from "./tables/write-csv";
import { writeParquet } from "./tables/write-parquet";
import { RATINGS_HOLDS, writeRatings } from "./tables/write-ratings";
import { writeXlsx } from "./tables/write-xlsx";
import { readTei } from "./tei/read";
import { TEI_HOLDS, writeTei } from "./tei/write";
import { readCasJson, readXmi } from "./uima/read";
import { UIMA_HOLDS, writeCasJson, writeXmi } from "./uima/write";
import { readWebAnnotation } from "./web-annotation/read";
import { WEB_ANNOTATION_HOLDS, writeWebAnnotation } from "./web-annotation/write";
import { readWebanno } from "./webanno/read";
import { WEBANNO_HOLDS, writeWebanno } from "./webanno/write";

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
  {
    name: "webanno",
    title: "WebAnno TSV 3.3",
    about: "A folder for each document with a .tsv for each annotator. For INCEpTION and WebAnno.",
    layout: "folder",
    extension: ".tsv",
    needsSurvey: false,
    holds: WEBANNO_HOLDS,
    read: readWebanno,
    write: writeWebanno,
  },
  {
    name: "conll",
    title: "CoNLL, IOB2",
    about: "A folder for each annotator with a token a line. For taggers.",
    layout: "folder",
    extension: ".conll",
    needsSurvey: false,
    holds: CONLL_HOLDS,
    read: readConll,
    write: writeIob2,
  },
  {
    name: "iobes",
    title: "CoNLL, IOBES",
    about: "As CoNLL, with the last and only token of a span marked.",
    layout: "folder",
    extension: ".conll",
    needsSurvey: false,
    holds: CONLL_HOLDS,
    read: readConll,
    write: writeIobes,
  },
  {
    name: "ptc",
    title: "PTC and SemEval-2020 Task 11",
    about: "Articles, and a folder for each annotator with .labels files.",
    layout: "folder",
    extension: ".labels",
    needsSurvey: false,
    holds: PTC_HOLDS,
    read: readPtc,
    write: writePtc,
  },
  {
    name: "csv",
    title: "CSV",
    about: "documents.csv and annotations.csv, every cell as it is.",
    layout: "folder",
    extension: ".csv",
    needsSurvey: false,
    holds: TABLE_HOLDS,
    read: null,
    write: writeCsvTables,
  },
  {
    name: "csv-safe",
    title: "CSV for spreadsheets",
    about: "As CSV, with an apostrophe before cells that a spreadsheet would compute.",
    layout: "folder",
    extension: ".csv",
    needsSurvey: false,
    holds: TABLE_HOLDS,
    read: null,
    write: writeSafeCsvTables,
  },
  {
    name: "tsv",
    title: "TSV",
    about: "documents.tsv and annotations.tsv, every cell as it is.",
    layout: "folder",
    extension: ".tsv",
    needsSurvey: false,
    holds: TABLE_HOLDS,
    read: null,
    write: writeTsvTables,
  },
  {
    name: "xlsx",
    title: "Excel workbook",
    about: "One workbook with a sheet of annotations and a sheet of documents.",
    layout: "archive",
    extension: ".xlsx",
    needsSurvey: false,
    holds: TABLE_HOLDS,
    read: null,
    write: writeXlsx,
  },
  {
    name: "parquet",
    title: "Parquet",
    about: "documents.parquet and annotations.parquet. For pandas, DuckDB and Arrow.",
    layout: "folder",
    extension: ".parquet",
    needsSurvey: false,
    holds: TABLE_HOLDS,
    read: null,
    write: writeParquet,
  },
  {
    name: "ratings",
    title: "Rater by unit",
    about: "For each layer a CSV with a row for each unit and a column for each annotator. For R.",
    layout: "folder",
    extension: ".csv",
    needsSurvey: true,
    holds: RATINGS_HOLDS,
    read: null,
    write: writeRatings,
  },
  {
    name: "tei",
    title: "TEI standoff",
    about: "For each document an .xml with the text and annotations that point into it.",
    layout: "folder",
    extension: ".xml",
    needsSurvey: false,
    holds: TEI_HOLDS,
    read: readTei,
    write: writeTei,
  },
  {
    name: "qdpx",
    title: "REFI-QDA project",
    about: "One .qdpx with texts, codes and codings. For MAXQDA, ATLAS.ti and NVivo.",
    layout: "archive",
    extension: ".qdpx",
    needsSurvey: true,
    holds: QDPX_HOLDS,
    read: readQdpx,
    write: writeQdpx,
  },
  {
    name: "semeval2023",
    title: "SemEval-2023 Task 3",
    about: "Articles, and a folder for each annotator with genre, frames and techniques.",
    layout: "folder",
    extension: ".txt",
    needsSurvey: false,
    holds: SEMEVAL_2023_HOLDS,
    read: readSemeval2023,
    write: writeSemeval2023,
  },
  {
    name: "basil",
    title: "BASIL JSON",
    about: "Articles in sentences, and for each annotator a file of phrases.",
    layout: "folder",
    extension: "_ann.json",
    needsSurvey: false,
    holds: BASIL_HOLDS,
    read: readBasil,
    write: writeBasil,
  },
  {
    name: "lewidi",
    title: "Le-Wi-Di JSON",
    about:
      "For each layer of labels on units, what each annotator said. For learning with disagreement.",
    layout: "folder",
    extension: ".json",
    needsSurvey: false,
    holds: LEWIDI_HOLDS,
    read: readLewidi,
    write: writeLewidi,
  },
];

/** The format of a name, or null. */
export function findFormat(name: string): CorpusFormat | null {
  return FORMATS.find((format) => format.name === name) ?? null;
}
