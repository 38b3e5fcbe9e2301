import type { CorpusWriter, FormatReport, OutputPiece, WriteContext } from "../corpus";
import { escapeText, xmlTag } from "../xml";
import { createZip } from "../zip";
import {
  ANNOTATION_COLUMNS,
  annotationRows,
  type Cell,
  DOCUMENT_COLUMNS,
  documentRow,
  noteTableLosses,
  type Row,
  type TableColumn,
} from "./rows";

const PATH = "corpus.xlsx";

/** Most rows of a sheet, and most UTF-16 code units of a cell, that spreadsheets take. */
const MAX_ROWS = 1_048_576;
const MAX_CELL = 32_767;

const SHEETS = [
  { name: "annotations", path: "xl/worksheets/sheet1.xml", columns: ANNOTATION_COLUMNS },
  { name: "documents", path: "xl/worksheets/sheet2.xml", columns: DOCUMENT_COLUMNS },
] as const;

/**
 * Writes one workbook with a sheet of annotations and a sheet of documents. Every cell is text or a number,
 * never a formula.
 */
export function writeXlsx({ report }: WriteContext): CorpusWriter {
  const zip = createZip();
  const [annotations, documents] = SHEETS.map((sheet) => createSheet(sheet.columns, report));
  if (annotations === undefined || documents === undefined) throw new Error("Two sheets.");
  for (const [name, content] of frameFiles()) {
    zip.add(name, content);
    zip.close(name);
  }
  const pieces = (): OutputPiece[] => zip.take().map((content) => ({ path: PATH, content }));
  return {
    *write(document): Generator<OutputPiece> {
      noteTableLosses(document, report);
      zip.add(SHEETS[0].path, annotations([...annotationRows(document)], document.id));
      zip.add(SHEETS[1].path, documents([documentRow(document)], document.id));
      yield* pieces();
    },
    *end(): Generator<OutputPiece> {
      zip.add(SHEETS[0].path, annotations([], ""));
      zip.add(SHEETS[1].path, documents([], ""));
      for (const { path } of SHEETS) {
        zip.add(path, "</sheetData></worksheet>");
        zip.close(path);
      }
      zip.end();
      yield* pieces();
    },
  };
}

/** Rows as XML; the first call begins the sheet and its header. */
function createSheet(columns: readonly TableColumn[], report: FormatReport) {
  let count = 0;
  const toRow = (cells: readonly Cell[], place: string): string => {
    const parts = cells.map((cell, at) => toCell(cell, `${columnName(at)}${count + 1}`));
    const isCut = cells.some((cell) => typeof cell === "string" && cell.length > MAX_CELL);
    if (isCut) report.lose("text", place);
    count++;
    return xmlTag("row", { r: count }, parts.join(""));
  };
  return (rows: readonly Row[], place: string): string => {
    const parts: string[] = [];
    if (count === 0) {
      parts.push(`${XML}<worksheet xmlns="${MAIN}"><sheetData>`);
      parts.push(
        toRow(
          columns.map(({ name }) => name),
          place,
        ),
      );
    }
    for (const row of rows) {
      if (count < MAX_ROWS)
        parts.push(
          toRow(
            columns.map(({ name }) => row[name] ?? null),
            place,
          ),
        );
      else report.lose("spans", place);
    }
    return parts.join("");
  };
}

function toCell(cell: Cell, reference: string): string {
  if (cell === null) return "";
  if (typeof cell === "number") return xmlTag("c", { r: reference }, xmlTag("v", {}, String(cell)));
  const text = escapeCell(cutCell(cell));
  const content = xmlTag("is", {}, xmlTag("t", { "xml:space": "preserve" }, text));
  return xmlTag("c", { r: reference, t: "inlineStr" }, content);
}

/** Never in the middle of a surrogate pair. */
function cutCell(text: string): string {
  return text.length <= MAX_CELL ? text : text.slice(0, MAX_CELL).replace(/[\uD800-\uDBFF]$/, "");
}

/** Spreadsheets keep controls as `_x0007_`, and so an underscore that could be read as one. */
function escapeCell(text: string): string {
  return escapeText(
    text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_").replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (sign) => {
      const isPlain = sign === "\n" || sign === "\t" || sign > "\u001F";
      return isPlain
        ? sign
        : `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
    }),
  );
}

/** A to Z, AA and on. */
function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : `${columnName(Math.floor(at / 26) - 1)}${letter}`;
}

const XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;
const OFFICE = "http://schemas.openxmlformats.org";
const MAIN = `${OFFICE}/spreadsheetml/2006/main`;
const RELATIONS = `${OFFICE}/officeDocument/2006/relationships`;
const PACKAGE = `${OFFICE}/package/2006`;
const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** What a workbook has beside its sheets. */
function frameFiles(): [string, string][] {
  const overrides = [
    xmlTag("Override", { PartName: "/xl/workbook.xml", ContentType: `${TYPES}.sheet.main+xml` }),
    ...SHEETS.map(({ path }) =>
      xmlTag("Override", { PartName: `/${path}`, ContentType: `${TYPES}.worksheet+xml` }),
    ),
  ].join("");
  const defaults =
    xmlTag("Default", {
      Extension: "rels",
      ContentType: "application/vnd.openxmlformats-package.relationships+xml",
    }) + xmlTag("Default", { Extension: "xml", ContentType: "application/xml" });
  const sheets = SHEETS.map(({ name }, at) =>
    xmlTag("sheet", { name, sheetId: at + 1, "r:id": `rId${at + 1}` }),
  ).join("");
  const links = SHEETS.map(({ path }, at) =>
    xmlTag("Relationship", {
      Id: `rId${at + 1}`,
      Type: `${RELATIONS}/worksheet`,
      Target: path.replace("xl/", ""),
    }),
  ).join("");
  const root = xmlTag("Relationship", {
    Id: "rId1",
    Type: `${RELATIONS}/officeDocument`,
    Target: "xl/workbook.xml",
  });
  const relations = (content: string) =>
    XML + xmlTag("Relationships", { xmlns: `${PACKAGE}/relationships` }, content);
  return [
    [
      "[Content_Types].xml",
      XML + xmlTag("Types", { xmlns: `${PACKAGE}/content-types` }, defaults + overrides),
    ],
    ["_rels/.rels", relations(root)],
    [
      "xl/workbook.xml",
      XML + xmlTag("workbook", { xmlns: MAIN, "xmlns:r": RELATIONS }, xmlTag("sheets", {}, sheets)),
    ],
    ["xl/_rels/workbook.xml.rels", relations(links)],
  ];
}
