/** How to read a release in Python, with a check that every quote stands where its ranges say. */
export function pythonCode(archive: string): string {
  return `import json, zipfile

def rows(name):
    with zipfile.ZipFile("${archive}") as release, release.open(name) as lines:
        return [json.loads(line) for line in lines]

texts = {d["id"]: d["text"] for d in rows("documents.jsonl")}
annotations = rows("annotations.jsonl")
for a in annotations:
    if a["quote"] is None or a["quote_is_cut"] or texts[a["doc_id"]] is None:
        continue
    parts = [texts[a["doc_id"]][start:end] for start, end in a["ranges"]]
    assert " … ".join(parts) == a["quote"], a["id"]
print(len(annotations), "annotations, offsets are right")`;
}

/** The same in R. */
export function rCode(archive: string): string {
  return `library(jsonlite)

rows <- function(name) stream_in(unz("${archive}", name), verbose = FALSE)
documents <- rows("documents.jsonl")
annotations <- rows("annotations.jsonl")
spans <- annotations[annotations$unit == "span" & !annotations$quote_is_cut, ]
text <- documents$text[match(spans$doc_id, documents$id)]
whole <- lengths(spans$ranges) == 2
stopifnot(all(substr(text, spans$start + 1, spans$end)[whole] == spans$quote[whole], na.rm = TRUE))
table(annotations$layer, annotations$label)`;
}

/** The unpacked release with the Hugging Face library, by its configurations. */
export function datasetsCode(): string {
  return `from datasets import load_dataset

# In the folder that the release was unpacked to
raw = load_dataset(".", "raw", split="full")
soft = load_dataset(".", "soft", split="full")
gold = load_dataset(".", "consolidated", split="full")
train = raw.filter(lambda row: row["split"] == "train")`;
}
