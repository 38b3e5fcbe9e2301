/** The figures of the bench in words: one table per article, and the bars they are held to. */
import { type EditorName, type Measured, OUT_OF_TIME } from "./runs";

export type CaseResult = {
  words: number;
  spans: number;
  deepest: number;
  share: number;
  /** Seconds that a run was given. */
  limit: number;
  loads: string[];
  measured: ReadonlyMap<EditorName, readonly Measured[]>;
};

type Row = {
  name: string;
  unit: "ms" | "s" | "MB" | "";
  of: (runs: readonly Measured[]) => number | null;
};

const NAMES: Record<EditorName, string> = {
  "framemark-text": "Framemark text",
  "framemark-workspace": "Framemark page",
  recogito: "Recogito 4.1.1",
  "label-studio": "Label Studio 1.0.1",
};

const ROWS: Row[] = [
  { name: "first highlights", unit: "ms", of: (runs) => median(defined(runs.map((r) => r.first))) },
  { name: "all highlights", unit: "ms", of: (runs) => median(defined(runs.map((r) => r.all))) },
  {
    name: "mouse-up to painted span",
    unit: "ms",
    of: (runs) => median(runs.flatMap((r) => r.create)),
  },
  { name: "  slowest", unit: "ms", of: (runs) => highest(runs.flatMap((r) => r.create)) },
  { name: "delete", unit: "ms", of: (runs) => median(runs.flatMap((r) => r.remove)) },
  { name: "change label", unit: "ms", of: (runs) => median(runs.flatMap((r) => r.relabel)) },
  {
    name: "scroll frame p50",
    unit: "ms",
    of: (runs) =>
      quantile(
        runs.flatMap((r) => r.scroll),
        0.5,
      ),
  },
  {
    name: "scroll frame p95",
    unit: "ms",
    of: (runs) =>
      quantile(
        runs.flatMap((r) => r.scroll),
        0.95,
      ),
  },
  {
    // The median of the runs' worst frames: one stall of the machine is not the editor's.
    name: "scroll frame max",
    unit: "ms",
    of: (runs) => median(defined(runs.map((r) => highest(r.scroll) ?? undefined))),
  },
  { name: "script memory", unit: "MB", of: (runs) => median(defined(runs.map((r) => r.heap))) },
  { name: "nodes of the page", unit: "", of: (runs) => median(defined(runs.map((r) => r.nodes))) },
  {
    name: "longest task while typing",
    unit: "ms",
    of: (runs) => median(defined(runs.map((r) => r.longestTask))),
  },
  {
    name: "longest script while typing",
    unit: "ms",
    of: (runs) => median(defined(runs.map((r) => r.longestScript))),
  },
];

export function printCase(result: CaseResult): void {
  const editors = [...result.measured.keys()];
  console.log(
    `\n${count(result.words)} words, ${count(result.spans)} spans (up to ${result.deepest} on a word, ${Math.round(result.share * 100)} % of marked text overlapped)`,
  );
  const rows = ROWS.map((row) => [
    row.unit === "" ? row.name : `${row.name}, ${row.unit}`,
    ...editors.map((editor) => cell(row, editor, result)),
  ]);
  printTable(["", ...editors.map((editor) => NAMES[editor])], rows);
  console.log(`load during the runs: ${result.loads.join(", ")}`);
}

/** A figure, and for the peers how many times ours (of the text view) it is. */
function cell(row: Row, editor: EditorName, result: CaseResult): string {
  const runs = result.measured.get(editor) ?? [];
  const value = row.of(runs);
  if (value === null) {
    const isLate = runs.some((run) => run.problem !== undefined);
    const isPeer = !editor.startsWith("framemark");
    return isLate && row.name === "first highlights"
      ? `> ${count(result.limit * 1000)}${ratioTo(result.limit * 1000, row, result, ">")}${verdictOn(row.name, editor, result)}`
      : isLate && isPeer
        ? "not reached"
        : "-";
  }
  const shown = value === 0 && row.unit === "ms" ? "< 50" : round(value);
  const ratio = editor === "framemark-text" ? "" : ratioTo(value, row, result, "");
  return `${shown}${ratio}${verdictOn(row.name, editor, result)}`;
}

/** What stands beside a figure that a bar is set for: ours by itself, a peer's against ours. */
function verdictOn(row: string, editor: EditorName, result: CaseResult): string {
  const bars =
    editor === "recogito" || editor === "label-studio"
      ? peerBars(editor, result)
      : ownBars(editor, result);
  const judged = bars.find((bar) => bar.row === row)?.isMet ?? null;
  return judged === null ? "" : judged ? "  met" : "  NOT MET";
}

function ratioTo(value: number, row: Row, result: CaseResult, sign: string): string {
  const ours = row.of(result.measured.get("framemark-text") ?? []);
  if (ours === null || ours === 0 || value === 0) return "";
  const ratio = value / ours;
  return `  ${sign}x${ratio >= 20 ? Math.round(ratio) : ratio.toFixed(1)}`;
}

type Bar = { row: string; name: string; isMet: boolean | null; found: string };

export function printBars(results: readonly CaseResult[]): void {
  console.log("\nBars (of the text view; of the whole page where it says so)");
  for (const { name, isMet, found } of results.flatMap(barsOf)) {
    const sign = isMet === null ? "not measured" : isMet ? "met" : "NOT MET";
    console.log(`${sign.padEnd(13)} ${name}: ${found}`);
  }
}

const EDITS = ["mouse-up to painted span", "delete", "change label"];

function barsOf(result: CaseResult): Bar[] {
  return [
    ...(["framemark-text", "framemark-workspace"] as const)
      .filter((editor) => result.measured.has(editor))
      .flatMap((editor) => ownBars(editor, result)),
    ...(["recogito", "label-studio"] as const)
      .filter((peer) => result.measured.has(peer))
      .flatMap((peer) => peerBars(peer, result)),
  ];
}

/** What is asked of Framemark by itself, in milliseconds. */
function ownBars(editor: EditorName, result: CaseResult): Bar[] {
  const below = (row: string, most: number): Bar => {
    const found = value(row, editor, result);
    return {
      row,
      name: `${sizeOf(result)} ${row}${editor === "framemark-workspace" ? " (page)" : ""} <= ${most} ms`,
      isMet: found === null ? null : found <= most,
      found: found === null ? "-" : found === 0 ? "< 50" : round(found),
    };
  };
  if (result.words <= 10_000) {
    return result.spans <= 1000 ? EDITS.map((row) => below(row, 16.7)) : [];
  }
  if (result.spans < 5000) return [];
  return [
    below("first highlights", 600),
    below("mouse-up to painted span", 35),
    below("delete", 35),
    below("scroll frame max", 50),
    below("longest script while typing", 100),
    below("longest task while typing", 100),
  ];
}

/** What is asked of the text view beside a peer: never slower, and much faster where it counts. */
function peerBars(peer: EditorName, result: CaseResult): Bar[] {
  const isDecisive = result.words >= 100_000 && result.spans === 1000;
  return [...EDITS, "first highlights", ...SCROLL, "script memory"].map((row) =>
    compare(
      row,
      result,
      value(row, "framemark-text", result),
      valueOrLimit(row, peer, result),
      isDecisive ? wantedFactor(row, peer === "recogito") : 1,
      peer,
    ),
  );
}

const SCROLL = ["scroll frame p50", "scroll frame p95", "scroll frame max"];

function sizeOf({ words, spans }: CaseResult): string {
  return `${count(words)}/${count(spans)}`;
}

function wantedFactor(row: string, isRecogito: boolean): number {
  if (row === "first highlights") return isRecogito ? 10 : 40;
  if (row === "mouse-up to painted span") return isRecogito ? 1.5 : 20;
  return 1;
}

/** Whether the peer takes so many times as long; frames are counted in steps of a screen's 16.7 ms. */
function compare(
  row: string,
  result: CaseResult,
  ours: number | null,
  its: number | null,
  factor: number,
  peer: EditorName,
): Bar {
  const words =
    row === "script memory"
      ? "not above"
      : factor === 1
        ? "not slower than"
        : `${factor} times as fast as`;
  const name = `${sizeOf(result)} ${row} ${words} ${NAMES[peer]}`;
  if (ours === null || its === null) return { row, name, isMet: null, found: "-" };
  const slack = row.startsWith("scroll") ? 0.5 : 0;
  return {
    row,
    name,
    isMet: its + slack >= factor * ours,
    found: `${round(ours)} against ${round(its)}, x${(its / ours).toFixed(1)}`,
  };
}

function valueOrLimit(row: string, editor: EditorName, result: CaseResult): number | null {
  const found = value(row, editor, result);
  if (found !== null || row !== "first highlights") return found;
  const isLate = (result.measured.get(editor) ?? []).some((run) => run.problem === OUT_OF_TIME);
  return isLate ? result.limit * 1000 : null;
}

function value(name: string, editor: EditorName, result: CaseResult): number | null {
  const row = ROWS.find((each) => each.name === name);
  return row?.of(result.measured.get(editor) ?? []) ?? null;
}

function printTable(head: string[], rows: string[][]): void {
  const widths = head.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => (row[at] ?? "").length)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join(" | ")} |`;
  console.log(line(head));
  console.log(`|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`);
  for (const row of rows) console.log(line(row));
}

function defined(values: (number | undefined)[]): number[] {
  return values.filter((each) => each !== undefined);
}

function median(values: readonly number[]): number | null {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
}

function highest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}

function round(value: number): string {
  return value >= 100 ? count(Math.round(value)) : value.toFixed(1);
}

function count(value: number): string {
  return value.toLocaleString("en-GB");
}
