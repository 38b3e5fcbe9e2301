/** How to read the JSONL file in Python, with a check that every quote stands where its ranges say. */
export function pythonCode(file: string): string {
  return `import json
import pandas as pd

file = "${file}"
with open(file, encoding="utf-8") as lines:
    records = [json.loads(line) for line in lines]

def kind(name):
    return [r for r in records if r["record"] == name]

texts = {(r["id"], r["version"]): r["text"] for r in kind("document")}
annotations = pd.DataFrame(kind("annotation"))

for r in annotations[annotations.quote.notna()].itertuples():
    text = texts[r.document, r.document_version]
    parts = [text[start:end] for start, end in r.ranges]
    assert " … ".join(parts) == r.quote, r.id
print("offsets are right")`;
}

/** The same in R. */
export function rCode(file: string): string {
  return `library(jsonlite)

file <- "${file}"
lines <- readLines(file, encoding = "UTF-8")
records <- lapply(lines, fromJSON, simplifyVector = FALSE)
kind <- vapply(records, \\(r) r$record, "")
texts <- list()
for (r in records[kind == "document"])
  texts[[paste(r$id, r$version)]] <- r$text

for (r in records[kind == "annotation"]) {
  if (is.null(r$quote)) next
  text <- texts[[paste(r$document, r$document_version)]]
  part <- \\(x) substr(text, x[[1]] + 1, x[[2]])
  parts <- vapply(r$ranges, part, "")
  stopifnot(paste(parts, collapse = " … ") == r$quote)
}
cat("offsets are right\\n")`;
}

/** How to read the CSV file in both. */
export function csvCode(file: string): string {
  return `file = "${file}"

# Python
pd.read_csv(file, encoding="utf-8-sig", dtype={"label": str})

# R
readr::read_csv(file, col_types = readr::cols(label = "c"))`;
}
