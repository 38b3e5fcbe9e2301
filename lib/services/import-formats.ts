import "server-only";
import { detectFormat } from "@/lib/domain/formats/detect";
import { endingOf, type SourceFile } from "./import-sources";

/** Endings under which annotated files come; others are articles without a look. */
const LOOKED_AT = new Set(
  "ann conll conllu iob iob2 json jsonl labels ndjson qdpx qdc spacy tei tsv xmi xml".split(" "),
);
/** Tables of articles look like these, and hold no annotations that could be told from other columns. */
const NOT_TAKEN = new Set(["csv", "xlsx", "parquet", "ratings", "lewidi"]);
const HEAD = 4096;

/** The annotated format of some files, by their names and first characters; null for articles. */
export async function detectAnnotated(files: readonly SourceFile[]): Promise<string | null> {
  const candidates = files.filter(({ name }) => LOOKED_AT.has(endingOf(name)));
  if (candidates.length === 0) return null;
  const heads = new Map<string, string>();
  for (const file of candidates.slice(0, 20)) heads.set(file.name, await headOf(file));
  const found = detectFormat(
    files.map(({ name }) => name),
    (name) => heads.get(name) ?? "",
  );
  return found === null || NOT_TAKEN.has(found) ? null : found;
}

async function headOf(file: SourceFile): Promise<string> {
  for await (const chunk of file.chunks()) {
    return new TextDecoder().decode(chunk.subarray(0, HEAD));
  }
  return "";
}
