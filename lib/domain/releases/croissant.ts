import { backgroundSentence } from "./background";
import { type Column, type ColumnType, TABLES } from "./columns";
import { proseOr, type ReleaseFacts, type ReleaseFile, titleOf } from "./facts";
import { citationText, licenceAddress } from "./papers";

const DATA_TYPES: Partial<Record<ColumnType, string>> = {
  string: "sc:Text",
  day: "sc:Text",
  int: "sc:Integer",
  float: "sc:Float",
  bool: "sc:Boolean",
};

/** croissant.json: Croissant 1.0 with the responsible-AI vocabulary 1.0 (names as in its property table). */
export function croissant(facts: ReleaseFacts, files: readonly ReleaseFile[]): object {
  const { settings, tally, codebooks } = facts;
  const tables = Object.entries(TABLES).filter(([path]) =>
    files.some((file) => file.path === path),
  );
  const isIncluded = (path: string) => tables.some(([name]) => name === path);
  return {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    conformsTo: ["http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"],
    name: slug(facts.projectName),
    alternateName: titleOf(facts),
    description: proseOr(settings.about, proseOr(facts.projectDescription, titleOf(facts))),
    version: `${facts.version}.0.0`,
    datePublished: facts.day,
    license: licenceAddress(settings.annotationLicence),
    citeAs: citationText(facts),
    inLanguage: tally.languages,
    creator: settings.authors.map((name) => ({ "@type": "sc:Person", name })),
    ...responsible(facts),
    distribution: files
      .filter(({ path }) => isIncluded(path))
      .map(({ path, bytes, sha256 }) => ({
        "@type": "cr:FileObject",
        "@id": path,
        name: path,
        contentUrl: path,
        contentSize: `${bytes} B`,
        encodingFormat: "application/jsonlines",
        sha256,
      })),
    recordSet: tables.map(([path, columns]) => recordSet(path, columns)),
    isLiveDataset: false,
    keywords: ["media bias", "framing", "news", ...codebooks.map(({ name }) => name)],
  };
}

function recordSet(path: string, columns: readonly Column[]): object {
  const id = path.replace(".jsonl", "");
  return {
    "@type": "cr:RecordSet",
    "@id": id,
    name: id,
    field: columns
      // Lists and records inside a line have no column of a table.
      .filter(({ type }) => DATA_TYPES[type] !== undefined)
      .map(({ name, type, about }) => ({
        "@type": "cr:Field",
        "@id": `${id}/${name}`,
        name,
        description: about,
        dataType: DATA_TYPES[type],
        source: { fileObject: { "@id": path }, extract: { column: name } },
      })),
  };
}

function responsible(facts: ReleaseFacts): Record<string, unknown> {
  const { settings, tally, codebooks, rounds } = facts;
  const { counts } = tally;
  const perItem = counts.documents === 0 ? 0 : counts.submissions / counts.documents;
  return {
    "rai:dataCollection": `News articles of ${tally.outlets} outlets on ${tally.events} events, imported by the project's leads.`,
    "rai:dataCollectionType": ["Manual Human Curator"],
    ...(tally.firstDay === null
      ? {}
      : { "rai:dataCollectionTimeframe": [tally.firstDay, tally.lastDay] }),
    "rai:dataCollectionRawData":
      settings.text === "full"
        ? "The texts as annotated are in documents.jsonl."
        : "Texts are not in the release; documents.jsonl has their SHA-256 hashes.",
    "rai:dataCollectionMissingData": "Work that was not submitted is not in the release.",
    "rai:dataPreprocessingProtocol": [
      "Texts are in normalisation form C with line feeds as line ends; offsets count code points.",
    ],
    "rai:dataManipulationProtocol": "Near-duplicates are marked by cluster and kept in one split.",
    "rai:dataAnnotationProtocol": codebooks
      .map(({ name, version }) => `Codebook ${name}, version ${version}, in codebook/.`)
      .join(" "),
    "rai:dataAnnotationPlatform": [facts.software],
    "rai:dataAnnotationAnalysis":
      "Each annotator's own annotations are released (annotations.jsonl) beside adjudicated ones with their provenance (consolidated.jsonl) and the share of annotators for each answer (soft_labels.jsonl, character_votes.jsonl). Agreement is in agreement.json. Disagreement is kept as signal, and contested items are marked.",
    "rai:annotationsPerItem": perItem.toFixed(2),
    "rai:annotatorDemographics": backgroundSentence(facts.background),
    "rai:machineAnnotationTools": [
      "Suggestions, where used, are marked by origin and is_assisted.",
    ],
    "rai:dataBiases": proseOr(settings.limitations, "Not described by the lead of the project."),
    "rai:dataLimitations": proseOr(
      settings.limitations,
      "Not described by the lead of the project.",
    ),
    "rai:dataUseCases": proseOr(settings.intendedUse, "Not described by the lead of the project."),
    "rai:dataSocialImpact": "Labels are readings of texts and no verdict on outlets or authors.",
    "rai:personalSensitiveInformation": proseOr(
      settings.personalInformation,
      "Articles name people in the news. Annotators are pseudonymous, with other pseudonyms in each release.",
    ),
    "rai:dataReleaseMaintenancePlan": `Releases are immutable and numbered; rounds in this one: ${rounds.join(", ") || "all"}.`,
  };
}

function slug(name: string): string {
  const words =
    name
      .normalize("NFKD")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.length === 0 ? "dataset" : words.join("-");
}

/** The context of Croissant 1.0, which consumers compare by its terms. */
const CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  cr: "http://mlcommons.org/croissant/",
  rai: "http://mlcommons.org/croissant/RAI/",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  dct: "http://purl.org/dc/terms/",
  examples: { "@id": "cr:examples", "@type": "@json" },
  extract: "cr:extract",
  field: "cr:field",
  fileProperty: "cr:fileProperty",
  fileObject: "cr:fileObject",
  fileSet: "cr:fileSet",
  format: "cr:format",
  includes: "cr:includes",
  isLiveDataset: "cr:isLiveDataset",
  jsonPath: "cr:jsonPath",
  key: "cr:key",
  md5: "cr:md5",
  parentField: "cr:parentField",
  path: "cr:path",
  recordSet: "cr:recordSet",
  references: "cr:references",
  regex: "cr:regex",
  repeated: "cr:repeated",
  replace: "cr:replace",
  sc: "https://schema.org/",
  separator: "cr:separator",
  source: "cr:source",
  subField: "cr:subField",
  transform: "cr:transform",
};
