/**
 * The name of the format that files most likely are, by their names and first characters, or null where
 * they are none that holds annotations. `head` gives the first few thousand characters of a file.
 */
export function detectFormat(
  paths: readonly string[],
  head: (path: string) => string,
): string | null {
  const has = (pattern: RegExp) => paths.find((path) => pattern.test(path));
  if (has(/\.ann$/i)) return "brat";
  if (has(/\.qdpx$/i)) return "qdpx";
  if (has(/\.parquet$/i)) return "parquet";
  if (has(/\.xmi$/i)) return "xmi";
  if (has(/task[^/]*\.labels$|article\d+[^/]*\.labels$/i)) return "ptc";
  if (has(/labels-subtask-[123]/i)) return "semeval2023";
  if (has(/_ann\.json$/i)) return "basil";
  for (const path of paths) {
    const format = ofContent(path.toLowerCase(), head(path));
    if (format !== null) return format;
  }
  return null;
}

function ofContent(path: string, head: string): string | null {
  if (head.startsWith("#FORMAT=WebAnno TSV 3")) return "webanno";
  if (/\.(?:conll\w*|iob2?|iobes|bio)$/.test(path)) return "conll";
  if (/<(?:\w+:)?XMI\b/.test(head)) return "xmi";
  if (/<(?:\w+:)?(?:TEI|teiCorpus)\b/.test(head)) return "tei";
  if (/\.(?:jsonl?|ndjson|jsonld)$/.test(path)) return ofJson(head);
  return null;
}

/** What only one format has, in the order in which it can be told. */
const JSON_SIGNS: readonly (readonly [string, RegExp])[] = [
  ["jsonl", /"record":\s*"(?:corpus|header)"/],
  ["casjson", /"%(?:TYPES|FEATURE_STRUCTURES)"/],
  ["webannotation", /w3\.org\/ns\/anno|"TextPositionSelector"/],
  ["basil", /"phrase-level-annotations"|"body-paragraphs"/],
  ["lewidi", /"annotation task"|"soft_label"/],
  ["label-studio", /"data":\s*\{[\s\S]*"(?:annotations|predictions|completions)":|"from_name"/],
  ["prodigy", /"_(?:input|task)_hash"|"_session_id"|"token_start"|"spans":\s*\[\s*\{\s*"start"/],
  ["spacy", /"entities":\s*\[\s*\[[\s\S]*"(?:spans|cats)":|"spans":\s*\{|"cats":\s*\{/],
  ["doccano", /"label":\s*\[|"entities":\s*\[|"labels":\s*\[/],
];

function ofJson(head: string): string | null {
  return JSON_SIGNS.find(([, sign]) => sign.test(head))?.[0] ?? null;
}
