import { backgroundSentence } from "./background";
import { type Column, type ColumnType, TABLES } from "./columns";
import { markdownTable, proseOr, type ReleaseFacts, titleOf, toMarkdown, toYaml } from "./facts";
import { citationText } from "./papers";

const CONFIGS = [
  { name: "raw", file: "annotations.jsonl" },
  { name: "consolidated", file: "consolidated.jsonl" },
  { name: "soft", file: "soft_labels.jsonl" },
  { name: "documents", file: "documents.jsonl" },
] as const;

/** Licences as the Hub names them. */
const HUB_LICENCES: Record<string, string> = {
  "CC-BY-4.0": "cc-by-4.0",
  "CC-BY-SA-4.0": "cc-by-sa-4.0",
  "CC0-1.0": "cc0-1.0",
  "CC-BY-NC-4.0": "cc-by-nc-4.0",
  "CC-BY-NC-SA-4.0": "cc-by-nc-sa-4.0",
  "ODC-By-1.0": "odc-by",
};

/** README.md: a dataset card in the form of the Hugging Face Hub, readable by itself. */
export function datasetCard(facts: ReleaseFacts): string {
  return `---\n${cardHeader(facts)}---\n\n${cardBody(facts)}`;
}

function cardHeader({ projectName, settings, tally, version }: ReleaseFacts): string {
  const { counts, languages } = tally;
  const lines = [
    "annotations_creators:",
    "- expert-generated",
    "language_creators:",
    "- found",
    "language:",
    ...languages.map((language) => `- ${toYaml(language.split("-")[0] ?? language)}`),
    `license: ${HUB_LICENCES[settings.annotationLicence] ?? "other"}`,
    `multilinguality: ${languages.length > 1 ? "multilingual" : "monolingual"}`,
    `pretty_name: ${toYaml(projectName)}`,
    "size_categories:",
    `- ${sizeCategory(counts.spans + counts.relations + counts.unitLabels)}`,
    "source_datasets:",
    "- original",
    "task_categories:",
    "- token-classification",
    "- text-classification",
    "tags:",
    "- media-bias",
    "- framing",
    "- news",
    "- disaggregated-annotations",
    `version: ${version}.0.0`,
    "configs:",
    ...CONFIGS.flatMap(({ name, file }, index) => [
      `- config_name: ${name}`,
      ...(index === 0 ? ["  default: true"] : []),
      "  data_files:",
      "  - split: full",
      `    path: ${file}`,
    ]),
    "dataset_info:",
    ...CONFIGS.flatMap(({ name, file }) => [
      `- config_name: ${name}`,
      "  features:",
      ...TABLES[file].flatMap((column) => featureLines(column)),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

const SCALARS: Partial<Record<ColumnType, string>> = {
  string: "string",
  day: "date32",
  int: "int64",
  float: "float64",
  bool: "bool",
};

const RECORDS: Partial<Record<ColumnType, [name: string, type: string][]>> = {
  blocks: [
    ["role", "string"],
    ["start", "int64"],
    ["end", "int64"],
  ],
  entities: [
    ["key", "string"],
    ["name", "string"],
  ],
  attributes: [
    ["name", "string"],
    ["value", "string"],
  ],
  shares: [
    ["label", "string"],
    ["share", "float64"],
  ],
  votes: [
    ["label", "string"],
    ["start", "int64"],
    ["end", "int64"],
    ["votes", "int64"],
  ],
};

function featureLines({ name, type }: Column): string[] {
  const scalar = SCALARS[type];
  if (scalar !== undefined) return [`  - name: ${name}`, `    dtype: ${scalar}`];
  if (type === "strings") return [`  - name: ${name}`, "    sequence: string"];
  if (type === "ranges") return [`  - name: ${name}`, "    sequence:", "      sequence: int64"];
  return [
    `  - name: ${name}`,
    "    list:",
    ...(RECORDS[type] ?? []).flatMap(([field, kind]) => [
      `    - name: ${field}`,
      `      dtype: ${kind}`,
    ]),
  ];
}

function sizeCategory(rows: number): string {
  if (rows < 1_000) return "n<1K";
  if (rows < 10_000) return "1K<n<10K";
  if (rows < 100_000) return "10K<n<100K";
  return rows < 1_000_000 ? "100K<n<1M" : "1M<n<10M";
}

function cardBody(facts: ReleaseFacts): string {
  const { settings, tally } = facts;
  const { counts } = tally;
  return `# ${toMarkdown(titleOf(facts))}

${proseOr(settings.about, proseOr(facts.projectDescription, "The lead of the project wrote no description."))}

## Dataset structure

${markdownTable(
  ["holds", "number"],
  [
    ["documents", String(counts.documents)],
    ["submitted annotation sets", String(counts.submissions)],
    ["spans", String(counts.spans)],
    ["relations", String(counts.relations)],
    ["labels of documents, blocks and sentences", String(counts.unitLabels)],
    ["documents with gold annotations", String(counts.goldDocuments)],
    ["gold annotations", String(counts.goldAnnotations)],
  ],
)}

Offsets count Unicode code points from 0, as Python does; the end is not part of the span. ${textSentence(facts)}

### Configurations

- \`raw\`: one row for each annotation of each annotator, nothing aggregated. Disagreement is data: prefer it.
- \`consolidated\`: what adjudication decided, with where it comes from; contested items stay visible.
- \`soft\`: for each unit the share of annotators behind each answer (Learning With Disagreements).
- \`documents\`: texts or their hashes, source facts, blocks, cluster of near-duplicates.

\`character_votes.jsonl\` says for every stretch of text how many annotators marked it; \`submissions.jsonl\` has a row
also where an annotator found nothing; \`corpus.jsonl\` is what \`framemark convert\` reads.

### Data splits

${splitText(facts)}

### Fields

${Object.entries(TABLES)
  .map(
    ([file, columns]) =>
      `**${file}**\n\n${markdownTable(
        ["field", "meaning"],
        columns.map(({ name, about }) => [`\`${name}\``, toMarkdown(about)]),
      )}`,
  )
  .join("\n\n")}

## Dataset creation

### Source data

News articles of ${tally.outlets} outlets on ${tally.events} events, in ${tally.languages.join(", ") || "no language"}. Near-duplicates
(reprints) share a \`cluster\`.

### Annotations

${annotationText(facts)}

### Personal and sensitive information

${proseOr(
  settings.personalInformation,
  "Articles name people who are in the news. Annotators appear under pseudonyms that differ in each release; names, e-mail addresses and account ids are in no file.",
)}

## Considerations

### Intended use

${proseOr(settings.intendedUse, "The lead of the project wrote nothing on intended use.")}

### Biases and limitations

${proseOr(
  settings.limitations,
  "The lead of the project wrote nothing on limitations. Labels are the annotators’ readings of the texts under the codebook and no verdict on outlets or authors.",
)}

## Licensing

Annotations: ${settings.annotationLicence}, see LICENSE-annotations. Texts: ${toMarkdown(settings.textLicence)}, see LICENSE-text.
The two are apart: a licence for annotations gives no right to the texts.

## Citation

${citationText(facts)}

${settings.contact === "" ? "" : `Contact: ${toMarkdown(settings.contact)}\n`}`;
}

function textSentence({ settings }: ReleaseFacts): string {
  return settings.text === "full"
    ? "The texts are in documents.jsonl."
    : "The texts are not in this release. `framemark release rehydrate` puts them back from your own copies and checks their hashes.";
}

function splitText({ settings, tally }: ReleaseFacts): string {
  const { by, seed } = settings.split;
  if (by === "none") {
    return "The dataset is not divided. Divide it by event, outlet or document, never by sentences of one article.";
  }
  const table = markdownTable(
    ["split", "documents", "annotations", "annotators", "annotators not in train"],
    tally.splits.map(({ split, documents, annotations, annotators, unseenAnnotators }) => [
      split,
      String(documents),
      String(annotations),
      String(annotators),
      String(unseenAnnotators),
    ]),
  );
  return `Divided by ${by}, seed ${seed}; near-duplicates stay together. The column \`split\` of each file says where a row belongs.\n\n${table}`;
}

function annotationText({ codebooks, rounds, tally, background }: ReleaseFacts): string {
  const newest = codebooks[0];
  const days = tally.firstDay === null ? "" : ` between ${tally.firstDay} and ${tally.lastDay}`;
  const layers = (newest?.layers ?? []).map(
    ({ name, level, labels }) => `- ${toMarkdown(name)}: on each ${level}, ${labels} labels`,
  );
  return [
    `${tally.annotators.length} annotators worked${days}, in the rounds ${rounds.map(toMarkdown).join(", ") || "of the project"}.`,
    newest === undefined
      ? ""
      : `Codebook: ${toMarkdown(newest.name)}, version ${codebooks.map(({ version }) => version).join(", ")}. ${toMarkdown(newest.citation)}`,
    layers.join("\n"),
    toMarkdown(backgroundSentence(background)),
    "agreement.json has the inter-annotator agreement with the rules that decided the numbers.",
  ]
    .filter((part) => part.trim() !== "")
    .join("\n\n");
}
