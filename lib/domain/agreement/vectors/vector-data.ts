import { z } from "zod";
import { agreementWeights, type WeightScheme } from "../agreement-weights";
import type { Weights } from "../chance-corrected";
import { type CrossTable, crossTableOf, ratingsOfTable } from "../cross-table";
import type { Level } from "../krippendorff-distances";
import type { Measured } from "../measured";
import { type Category, compileRatings, type RatingTable } from "../ratings";
import { compileDocument, nothingLeftOut, type SpanDocument } from "../span-document";
import type { Vector } from "./vector";

const categorySchema = z.union([z.string(), z.number(), z.boolean().transform(String)]);
const rowsSchema = z.array(z.array(categorySchema.nullable()));
const tableSchema = z.array(z.array(z.number()));
const offsetsSchema = z.tuple([z.number(), z.number(), z.string()]);
const tokensSchema = z.array(z.tuple([z.number(), z.number()]));
const documentSchema = z.looseObject({
  id: z.string().optional(),
  length: z.number().optional(),
  begin: z.number().default(0),
  annotators: z.record(z.string(), z.array(offsetsSchema)),
  tokens: tokensSchema.optional(),
});

/** One document of a vector. */
export type VectorDocument = z.infer<typeof documentSchema>;

/** A parameter of a vector as text; `missing` where it is not given. */
export function textParameter(vector: Vector, name: string, missing: string): string {
  const value = vector.params[name];
  return value === undefined || value === null ? missing : String(value);
}

/** A parameter of a vector as a number. A fraction such as "2/3" is read as one. */
export function numberParameter(vector: Vector, name: string, missing: number): number {
  const value = vector.params[name];
  if (typeof value === "number") return value;
  if (typeof value !== "string") return missing;
  const [top, bottom] = value.split("/").map(Number);
  const number = bottom === undefined ? top : (top ?? Number.NaN) / bottom;
  return number !== undefined && Number.isFinite(number) ? number : missing;
}

/** The level of measurement of a vector. */
export function levelOf(vector: Vector): Level {
  return z
    .enum(["nominal", "ordinal", "interval", "ratio", "circular", "bipolar"])
    .parse(vector.params.level ?? "nominal");
}

/** The rows of ratings of a vector. */
export function ratingRows(vector: Vector): (Category | null)[][] {
  return rowsSchema.parse(vector.data.items);
}

/** The ratings of a vector, also where they are given as a table of two annotators. */
export function ratingTableOf(vector: Vector): RatingTable {
  if (vector.data.kind === "table") return ratingsOfTable(crossTableOfVector(vector));
  const rows = ratingRows(vector);
  const declared = vector.params.categories;
  if (typeof declared !== "number") {
    return compileRatings(rows, z.array(categorySchema).parse(declared ?? []));
  }
  const table = compileRatings(rows);
  const unused = Array.from({ length: Math.max(0, declared - table.categories.length) });
  return { ...table, categories: [...table.categories, ...unused.map((_, at) => `unused ${at}`)] };
}

/** The table of two annotators of a vector, also where their ratings are given item by item. */
export function crossTableOfVector(vector: Vector): CrossTable {
  const rows =
    vector.data.kind === "table" ? tableSchema.parse(vector.data.table) : tableOfRows(vector);
  const size = Math.max(rows.length, numberParameter(vector, "categories", 0));
  const padded = Array.from({ length: size }, (_, k) =>
    Array.from({ length: size }, (_, l) => rows[k]?.[l] ?? 0),
  );
  return crossTableOf(padded);
}

function tableOfRows(vector: Vector): number[][] {
  const declared = vector.params.categories;
  const table = compileRatings(
    ratingRows(vector),
    Array.isArray(declared) ? z.array(categorySchema).parse(declared) : [],
  );
  const size = table.categories.length;
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  for (let item = 0; item < table.items; item++) {
    const row = rows[table.codes[item * table.annotators] ?? -1];
    const column = table.codes[item * table.annotators + 1] ?? -1;
    if (row && column >= 0) row[column] = (row[column] ?? 0) + 1;
  }
  return rows;
}

/** The weights of a vector; null for plain equality. */
export function weightsOf(vector: Vector, categories: readonly Category[]): Weights {
  const scheme = textParameter(vector, "weights", "identity");
  if (scheme === "identity" || scheme === "unweighted") return null;
  const known: WeightScheme = z
    .enum(["linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"])
    .parse(scheme);
  return agreementWeights(known, categories);
}

/** The span documents of a vector with the names behind the numbers. */
export type VectorSpans = {
  readonly documents: readonly SpanDocument[];
  readonly annotators: readonly string[];
  readonly labels: readonly string[];
};

/** The documents of a vector as they stand in its file. */
export function rawDocuments(vector: Vector): VectorDocument[] {
  return z.array(documentSchema).parse(vector.data.docs);
}

/** The documents of a vector in columns. */
export function spanDocuments(vector: Vector): VectorSpans {
  const raw = rawDocuments(vector);
  const shared =
    vector.data.tokens === undefined ? undefined : tokensSchema.parse(vector.data.tokens);
  const annotators = [
    ...new Set(raw.flatMap((document) => Object.keys(document.annotators))),
  ].sort();
  const spans = raw.flatMap((document) => Object.values(document.annotators).flat());
  const labels = [...new Set(spans.map((span) => span[2]))].sort();
  const context = {
    labels: new Map(labels.map((label, index) => [label, index])),
    leftOut: nothingLeftOut(),
  };
  const documents = raw.map((document, index) => {
    const submissions = Object.entries(document.annotators).map(([name, list]) => ({
      annotator: annotators.indexOf(name),
      spans: list.map(([start, end, label]) => ({ start, end, label })),
    }));
    return compileDocument(described(document, index, shared), submissions, context);
  });
  return { documents, annotators, labels };
}

function described(
  document: VectorDocument,
  index: number,
  shared: [number, number][] | undefined,
) {
  const ends = Object.values(document.annotators).flatMap((list) => list.map((span) => span[1]));
  const last = ends.reduce((most, end) => Math.max(most, end), 0);
  const end = document.length === undefined ? last : document.begin + document.length;
  const tokens = document.tokens ?? shared;
  return {
    id: document.id ?? String(index),
    length: end,
    annotable: [{ start: document.begin, end }],
    ...(tokens ? { tokens: tokens.flat() } : {}),
  };
}

/** A record from names to the bare values of measures. */
export function bareValues(
  entries: Iterable<readonly [string, Measured]>,
): Record<string, number | null> {
  return Object.fromEntries([...entries].map(([key, measure]) => [key, measure.value]));
}
