import { stopRules } from "../../text/abbreviations";
import { indexText, utf16 } from "../../text/offsets";
import { tokenise } from "../../text/tokenise";
import type { TextRange } from "../span-input";
import {
  type AgreementData,
  createSpanCollector,
  FileProblem,
  type SourceFile,
} from "./agreement-file";

/**
 * Reads brat standoff files: `annotator/document.ann`, with the text in `annotator/document.txt` or `document.txt` anywhere. The
 * folder names the annotator. Text-bound annotations (T lines) count, also those in several parts; offsets are code
 * points. An empty .ann file says that the annotator found nothing.
 */
export function readBratFiles(files: readonly SourceFile[]): AgreementData {
  const collector = createSpanCollector();
  for (const file of files) {
    const { name } = placeOf(file.path);
    if (file.path.endsWith(".txt")) collector.addDocument(describeText(name, file.content));
  }
  for (const file of files) {
    if (!file.path.endsWith(".ann")) continue;
    const { folder, name } = placeOf(file.path);
    const spans = collector.spansOf(name, folder);
    file.content.split("\n").forEach((line, index) => {
      if (line.startsWith("T")) spans.push(readLine(file, line, index + 1));
    });
  }
  return collector.finish();
}

function placeOf(path: string): { folder: string; name: string } {
  const parts = path.split("/");
  const name = (parts.at(-1) ?? path).replace(/\.(ann|txt)$/, "");
  return { folder: parts.at(-2) ?? "", name };
}

function describeText(id: string, text: string) {
  const index = indexText(text);
  const tokens = tokenise(text, stopRules("en")).map((at) => index.toCodePoint(utf16(at)));
  return { id, length: index.length, tokens };
}

/** A line such as `T1<tab>Label 0 5;8 12<tab>quote`. */
function readLine(file: SourceFile, line: string, number: number) {
  const [, middle = ""] = line.split("\t");
  const [label = "", ...offsets] = middle.split(" ");
  const ranges = offsets
    .join(" ")
    .split(";")
    .map((part): TextRange => {
      const [start, end] = part.split(" ").map(Number);
      return { start: start ?? Number.NaN, end: end ?? Number.NaN };
    });
  if (label === "" || ranges.some(({ start, end }) => !(start >= 0 && end > start))) {
    throw new FileProblem(`${file.path}, line ${number} is no text-bound annotation of brat.`);
  }
  const [only] = ranges;
  return ranges.length === 1 && only ? { ...only, label } : { ranges, label };
}
