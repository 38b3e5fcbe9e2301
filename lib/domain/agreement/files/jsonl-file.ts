import { z } from "zod";
import { type DatasetRecord, type DocumentRecord, recordSchema } from "../../formats/records";
import { codePoint } from "../../text/offsets";
import { segmentText } from "../../text/segment";
import {
  type AgreementData,
  collectRatings,
  createSpanCollector,
  FileProblem,
  type RatingRow,
  type SourceFile,
} from "./agreement-file";

const range = z.tuple([z.number().int(), z.number().int()]);
const spanSchema = z.union([
  z.object({ start: z.number().int(), end: z.number().int(), label: z.string() }),
  z.object({ ranges: z.array(range).min(1), label: z.string() }),
  z
    .tuple([z.number().int(), z.number().int(), z.string()])
    .transform(([start, end, label]) => ({ start, end, label })),
]);
const spanLine = z.looseObject({
  document: z.string(),
  annotator: z.string(),
  spans: z.array(spanSchema),
  length: z.number().int().optional(),
  tokens: z.array(range).optional(),
});
const ratingLine = z.looseObject({
  item: z.union([z.string(), z.number()]).transform(String),
  annotator: z.string(),
  value: z.union([
    z.string(),
    z.number(),
    z.boolean().transform(String),
    z.null(),
    z.array(z.string()),
  ]),
  document: z.string().optional(),
});

/**
 * Reads JSON Lines: `{document, annotator, spans: [{start, end, label}], length}` or `{item, annotator, value}` (a list of
 * labels for multi-label ratings), or a dataset that Framemark exported. Offsets count Unicode code points.
 */
export function readJsonlFile(file: SourceFile): AgreementData {
  const lines = file.content.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    return [{ value: parseLine(file, line, index + 1), number: index + 1 }];
  });
  const first = lines[0]?.value;
  if (first === undefined) throw new FileProblem(`${file.path} is empty.`);
  if (recordSchema.safeParse(first).success) return readDataset(file, lines);
  if (spanLine.safeParse(first).success) return readSpanLines(file, lines);
  return readRatingLines(file, lines);
}

type Line = { readonly value: unknown; readonly number: number };

function parseLine(file: SourceFile, line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new FileProblem(`${file.path}, line ${number} is not JSON.`);
  }
}

function parsed<T>(schema: z.ZodType<T>, file: SourceFile, line: Line): T {
  const result = schema.safeParse(line.value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new FileProblem(
    `${file.path}, line ${line.number}: ${issue?.path.join(".")} ${issue?.message ?? ""}`,
  );
}

function readSpanLines(file: SourceFile, lines: readonly Line[]): AgreementData {
  const collector = createSpanCollector();
  for (const line of lines) {
    const entry = parsed(spanLine, file, line);
    collector.addDocument({
      id: entry.document,
      length: entry.length ?? 0,
      ...(entry.tokens ? { tokens: entry.tokens.flat() } : {}),
    });
    const spans = collector.spansOf(entry.document, entry.annotator);
    for (const span of entry.spans) {
      if ("start" in span) spans.push({ start: span.start, end: span.end, label: span.label });
      else
        spans.push({
          ranges: span.ranges.map(([start, end]) => ({ start, end })),
          label: span.label,
        });
    }
  }
  return collector.finish();
}

function readRatingLines(file: SourceFile, lines: readonly Line[]): AgreementData {
  const entries = lines.map((line) => parsed(ratingLine, file, line));
  if (!entries.some((entry) => Array.isArray(entry.value))) {
    return collectRatings(
      entries.map((entry): RatingRow => {
        const value = Array.isArray(entry.value) ? null : entry.value;
        const document = entry.document === undefined ? {} : { document: entry.document };
        return { item: entry.item, annotator: entry.annotator, value, ...document };
      }),
    );
  }
  const sets = entries.map((entry) => ({ ...entry, set: asSet(entry.value) }));
  const grid = collectRatings(
    sets.map((entry, index) => ({ item: entry.item, annotator: entry.annotator, value: index })),
  );
  const rows = grid.rows.map((row) =>
    row.map((place) => (place === null ? null : (sets[Number(place)]?.set ?? null))),
  );
  return { kind: "sets", rows };
}

function asSet(value: string | number | null | string[]): string[] | null {
  if (value === null || Array.isArray(value)) return value;
  return [String(value)];
}

function readDataset(file: SourceFile, lines: readonly Line[]): AgreementData {
  const collector = createSpanCollector();
  const records = lines.map((line): DatasetRecord => parsed(recordSchema, file, line));
  for (const record of records) {
    if (record.record === "document") {
      collector.addDocument({ id: record.id, length: record.length, tokens: tokensOf(record) });
    }
    if (record.record === "submission") collector.spansOf(record.document, record.pseudonym);
    if (record.record === "annotation" && record.unit === "span") {
      const ranges = record.ranges.map(([start, end]) => ({ start, end }));
      collector
        .spansOf(record.document, record.pseudonym)
        .push({ ranges, label: `${record.layer}:${record.label}` });
    }
  }
  return collector.finish();
}

/** The tokens that the program itself uses for the document, as start, end, start, end ... */
function tokensOf(record: DocumentRecord): number[] {
  const blocks = record.blocks.map(({ role, start, end }) => ({
    role,
    start: codePoint(start),
    end: codePoint(end),
  }));
  return segmentText(record.text, blocks, record.language).tokens;
}
