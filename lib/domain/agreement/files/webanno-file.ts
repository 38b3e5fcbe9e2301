import {
  type AgreementData,
  createSpanCollector,
  FileProblem,
  type SourceFile,
} from "./agreement-file";

/**
 * Reads WebAnno TSV 3, as INCEpTION and WebAnno export it: `document/annotator.tsv`. The folder names the document, the file the
 * annotator. The spans of every span layer count, with the layer's first feature as label; `layer` limits that to one
 * layer. Offsets are UTF-16 code units, as in those programs; only their order and lengths matter here.
 */
export function readWebannoFiles(files: readonly SourceFile[], layer?: string): AgreementData {
  const collector = createSpanCollector();
  for (const file of files) {
    const parts = file.path.split("/");
    const annotator = (parts.at(-1) ?? "").replace(/\.tsv$/, "");
    const document = parts.at(-2) ?? "";
    const { tokens, units } = readTsv(file, layer);
    collector.addDocument({ id: document, length: tokens.at(-1) ?? 0, tokens });
    collector.spansOf(document, annotator).push(...units);
  }
  return collector.finish();
}

type Unit = { start: number; end: number; label: string };
type Sheet = { tokens: number[]; units: Unit[] };
type ColumnLayer = { readonly layer: string; readonly first: number; readonly width: number };

function readTsv(file: SourceFile, wanted: string | undefined): Sheet {
  const lines = file.content.split("\n");
  if (!lines[0]?.startsWith("#FORMAT=WebAnno TSV 3")) {
    throw new FileProblem(`${file.path} is not WebAnno TSV 3.`);
  }
  const layers = layersOf(lines).filter(
    ({ layer }) => wanted === undefined || layer.endsWith(wanted),
  );
  const sheet: Sheet = { tokens: [], units: [] };
  const open = new Map<string, Unit>();
  lines.forEach((line, index) => {
    if (!/^\d+-\d+/.test(line)) return;
    const cells = line.split("\t");
    const [start, end] = (cells[1] ?? "").split("-").map(Number);
    if (start === undefined || end === undefined || !(end >= start)) {
      throw new FileProblem(`${file.path}, line ${index + 1} has no offsets.`);
    }
    if (!cells[0]?.includes(".")) sheet.tokens.push(start, end);
    for (const own of layers) addCells(sheet, open, { own, cells, start, end });
  });
  return sheet;
}

/** The span layers of the header and the columns they take; columns begin after token number, offsets and text. */
function layersOf(lines: readonly string[]): ColumnLayer[] {
  const layers: ColumnLayer[] = [];
  let column = 3;
  for (const line of lines) {
    const match = /^#T_(SP|CH|RL)=([^|]*)(.*)$/.exec(line);
    if (!match) continue;
    const features = (match[3] ?? "").split("|").filter((feature) => feature !== "").length;
    const width = Math.max(1, features);
    if (match[1] === "SP") layers.push({ layer: match[2] ?? "", first: column, width });
    column += width;
  }
  return layers;
}

/** Cells hold `label`, `label[3]` or several of them with `|`; the number ties the tokens of one unit together. */
function addCells(
  sheet: Sheet,
  open: Map<string, Unit>,
  place: {
    readonly own: ColumnLayer;
    readonly cells: readonly string[];
    readonly start: number;
    readonly end: number;
  },
): void {
  const { own, start, end } = place;
  const cell = place.cells[own.first] ?? "_";
  if (cell === "_" || cell === "") return;
  for (const entry of cell.split("|")) {
    const number = /\[\d+\]$/.exec(entry)?.[0];
    const key = number === undefined ? null : own.layer + number;
    const known = key === null ? undefined : open.get(key);
    if (known) {
      known.end = Math.max(known.end, end);
      continue;
    }
    const unit = { start, end, label: labelOf(entry, own) };
    sheet.units.push(unit);
    if (key !== null) open.set(key, unit);
  }
}

/** The label of an entry; a layer without features marks its units with a star. */
function labelOf(entry: string, own: ColumnLayer): string {
  const label = entry.replace(/\[\d+\]$/, "").replaceAll("\\", "");
  return label === "*" || label === "" ? own.layer : label;
}
