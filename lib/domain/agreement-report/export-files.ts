import { escaped, writeSvg } from "../charts/write-svg";
import {
  exportRows,
  headlineEnds,
  headlineSentence,
  labelTable,
  measuresIn,
  printed,
  type ReportFile,
  settingsOf,
} from "./export-rows";
import { CHARTS, drawChart } from "./layer-charts";
import type { LayerReport } from "./layer-report";
import { MEASURES, SOURCES, type SourceKey } from "./measures";
import { readHeadline } from "./reading";

/** The files that a report can be taken away as, with their content types. */
export const REPORT_FORMATS = {
  json: "application/json; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  tex: "application/x-tex; charset=utf-8",
  html: "text/html; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  bib: "application/x-bibtex; charset=utf-8",
} as const;
export type ReportFormat = keyof typeof REPORT_FORMATS;

/** Writes a report as a file. */
export function writeReport(file: ReportFile, format: ReportFormat): string {
  switch (format) {
    case "json":
      return writeJson(file);
    case "csv":
      return writeCsv(file);
    case "md":
      return writeMarkdown(file);
    case "tex":
      return writeLatex(file);
    case "html":
      return writeHtml(file);
    case "txt":
      return `${methodsParagraph(file)}\n`;
    case "bib":
      return `${bibliography(file)}\n`;
  }
}

function writeJson(file: ReportFile): string {
  const { project, codebook, software, computedAt, inputHash, choice, layers, resampled } = file;
  const { againstGold, groups } = file;
  const people = [
    ...new Set([
      ...layers.flatMap((each) => each.annotators.map((own) => own.annotator)),
      ...(againstGold ?? []).flatMap(({ rows }) => rows.map((own) => own.annotator)),
    ]),
  ];
  const measures = Object.fromEntries(measuresIn(file).map((id) => [id, MEASURES[id]]));
  return `${JSON.stringify(
    {
      format: "framemark-agreement",
      formatVersion: 1,
      project,
      codebook,
      software,
      computedAt,
      inputHash,
      settings: choice,
      settingsInWords: settingsOf(file),
      measures,
      annotators: people.map((id) => ({ id, name: file.annotator(id) })),
      layers,
      resampled,
      againstGold,
      groups,
    },
    null,
    1,
  )}\n`;
}

const COLUMNS = [
  "layer",
  "scope",
  "subject",
  "measure",
  "value",
  "low",
  "high",
  "interval",
  "documents",
  "count",
  "reason",
] as const;

function writeCsv(file: ReportFile): string {
  const settings = settingsOf(file);
  const head = [...COLUMNS, ...settings.map(({ name }) => name)];
  const tail = settings.map(({ value }) => value);
  const rows = exportRows(file).map((row) => [...COLUMNS.map((name) => row[name] ?? ""), ...tail]);
  return `${[head, ...rows].map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** A cell by RFC 4180; a text that a spreadsheet would run as a formula gets an apostrophe. */
export function csvCell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function writeMarkdown(file: ReportFile): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  const tables = file.layers.map((report) => {
    const { head, rows } = labelTable(report, resampledOf(report, file));
    return [
      `## ${report.name}`,
      "",
      headlineSentence(report, file),
      "",
      line(head),
      line(head.map((_, column) => (column === 0 ? "---" : "---:"))),
      ...rows.map(line),
      "",
    ].join("\n");
  });
  return [
    `# Agreement: ${file.project}`,
    "",
    ...tables,
    "## Methods",
    "",
    methodsParagraph(file),
    "",
    "## Settings",
    "",
    ...settingsOf(file).map(({ name, value }) => `- ${name}: ${value}`),
    "",
  ].join("\n");
}

function writeLatex(file: ReportFile): string {
  const tables = file.layers.map((report) => {
    const { head, rows } = labelTable(report, resampledOf(report, file));
    return [
      "\\begin{table}",
      "  \\centering",
      `  \\caption{${latex(headlineSentence(report, file))}}`,
      `  \\label{tab:agreement-${report.layer.replaceAll(/[^a-z0-9-]/gi, "-")}}`,
      `  \\begin{tabular}{l${"r".repeat(head.length - 1)}}`,
      "    \\hline",
      `    ${head.map(latex).join(" & ")} \\\\`,
      "    \\hline",
      ...rows.map((cells) => `    ${cells.map(latex).join(" & ")} \\\\`),
      "    \\hline",
      "  \\end{tabular}",
      "\\end{table}",
      "",
    ].join("\n");
  });
  return [
    `% ${file.software.name} ${file.software.version}, computed ${file.computedAt}, inputs ${file.inputHash}`,
    ...settingsOf(file).map(({ name, value }) => `% ${name}: ${value.replaceAll("\n", " ")}`),
    "",
    ...tables,
    latex(methodsParagraph(file)),
    "",
  ].join("\n");
}

const LATEX: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  _: "\\_",
  "%": "\\%",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "–": "--",
  "’": "'",
  "“": "``",
  "”": "''",
  α: "$\\alpha$",
  γ: "$\\gamma$",
  κ: "$\\kappa$",
  β: "$\\beta$",
  Δ: "$\\Delta$",
  "∅": "$\\emptyset$",
  "−": "$-$",
  "·": "$\\cdot$",
};

function latex(text: string): string {
  return [...text].map((sign) => LATEX[sign] ?? sign).join("");
}

/** What was measured and how, as a paragraph for a paper; sources stand as words and as keys of the bibliography. */
function methodsParagraph(file: ReportFile): string {
  const { layers, codebook, choice, software, documentCount } = file;
  const cite = (key: SourceKey) => `(${SOURCES[key].words})`;
  const headlines = layers.map((report) => headlineSentence(report, file)).join(" ");
  const methods = new Set(layers.map((report) => headlineEnds(report, file).interval));
  const intervals = [
    methods.has("BCa") || methods.has("percentile")
      ? `Intervals are bias-corrected and accelerated bootstrap intervals over documents with 1,000 resamples (seed 42) ${cite("efron1987")}, percentiles where these cannot be computed.`
      : "",
    methods.has("jackknife")
      ? `Intervals leave out one document at a time (jackknife) and use Student's t ${cite("efron1993")}.`
      : "",
  ].filter((sentence) => sentence !== "");
  const spans = layers.some(({ kind }) => kind === "spans")
    ? `For spans it was computed on ${choice.unit} of the text open to annotation, with unmarked text as a category of its own; where an annotator gave several labels to one place, sets of labels were compared by ${choice.distance === "masi" ? "MASI" : "Jaccard"} distance ${cite("passonneau2006")}. Mean pairwise F1 of spans with at least one character in common, matched one to one, is given beside it ${cite("hripcsak2005")}. `
    : "";
  return `Agreement was computed from submitted annotations under version ${codebook.version} of the codebook “${codebook.name}” in a project of ${documentCount} documents, as Krippendorff's alpha ${cite("krippendorff2004")}, which takes out chance and allows missing annotations. ${spans}An annotator who submitted a document without an annotation counts as having found nothing; documents that an annotator did not submit are missing for that annotator. ${headlines} ${intervals.join(" ")} For labels and questions of uneven prevalence Gwet's AC1 ${cite("gwet2008")} and specific agreement ${cite("cicchetti1990")} are reported too. Figures were computed with ${software.name} ${software.version}; formulas are named by ids in the data file (inputs ${file.inputHash.slice(0, 12)}).`.replaceAll(
    /\s+/g,
    " ",
  );
}

/** BibTeX of what the methods paragraph and the measures cite. */
function bibliography(file: ReportFile): string {
  const keys = new Set<SourceKey>([
    "krippendorff2004",
    "passonneau2006",
    "hripcsak2005",
    "gwet2008",
    "cicchetti1990",
    "feinstein1990",
    "efron1987",
    "efron1993",
  ]);
  for (const id of measuresIn(file)) for (const key of MEASURES[id].sources) keys.add(key);
  return [...keys]
    .sort()
    .map((key) => SOURCES[key].bibtex)
    .join("\n\n");
}

function resampledOf(report: LayerReport, { resampled }: ReportFile) {
  return resampled.find(({ layer }) => layer === report.layer) ?? null;
}

const STYLE = `body{font:15px/1.5 system-ui,Helvetica,Arial,sans-serif;color:#1d1c1a;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{border-bottom:1px solid #dcd9d1;padding:.25rem .6rem;text-align:right}
th:first-child,td:first-child{text-align:left}figure{margin:0 0 1rem;overflow-x:auto}h2{margin-top:2rem}
@media print{figure,tr{break-inside:avoid}body{margin:0}}`;

/** A page that needs nothing but itself: no scripts, no other files. */
function writeHtml(file: ReportFile): string {
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
    `<table><thead><tr>${head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join("")}</tr></thead><tbody>${rows
      .map((cells) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`)
      .join("")}</tbody></table>`;
  const sections = file.layers.map((report) => {
    const resampled = resampledOf(report, file);
    const words = { annotator: file.annotator, document: file.document, look: () => undefined };
    const charts = CHARTS.flatMap((name) => {
      const drawing = drawChart(name, { report, resampled }, { words, room: "wide" });
      return drawing === null
        ? []
        : [
            `<figure><figcaption>${escaped(drawing.title)}</figcaption>${writeSvg(drawing)}</figure>`,
          ];
    });
    const labels = labelTable(report, resampled);
    return [
      `<h2>${escaped(report.name)}</h2>`,
      `<p><strong>${escaped(headlineSentence(report, file))}</strong> ${escaped(report.headline.why)}</p>`,
      `<ul>${readHeadline(report.headline)
        .map((sentence) => `<li>${escaped(sentence)}</li>`)
        .join("")}</ul>`,
      table(
        ["Beside it", "Value"],
        report.beside.map(({ name, figure }) => [name, printed(figure)]),
      ),
      table(labels.head, labels.rows),
      ...charts,
      `<h3>Rules</h3><ul>${report.notes.map((note) => `<li>${escaped(note)}</li>`).join("")}</ul>`,
    ].join("\n");
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`Agreement: ${file.project}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(`Agreement: ${file.project}`)}</h1>
${sections.join("\n")}
<h2>Methods</h2>
<p>${escaped(methodsParagraph(file))}</p>
<h2>Settings</h2>
${table(
  ["Setting", "Value"],
  settingsOf(file).map(({ name, value }) => [name, value]),
)}
<h2>Sources</h2>
<pre>${escaped(bibliography(file))}</pre>
</body>
</html>
`;
}
