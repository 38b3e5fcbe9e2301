import { backgroundSentence } from "./background";
import type { ReleaseDifference } from "./compare";
import { markdownTable, proseOr, type ReleaseFacts, titleOf, toMarkdown, toYaml } from "./facts";

/** How to cite a release, as one line. */
export function citationText(facts: ReleaseFacts): string {
  const authors = facts.settings.authors.join("; ");
  const year = facts.day.slice(0, 4);
  return toMarkdown(
    `${authors === "" ? facts.projectName : authors} (${year}). ${titleOf(facts)} [data set].`,
  );
}

/** CITATION.cff, version 1.2.0 of the Citation File Format. */
export function citationFile(facts: ReleaseFacts): string {
  const { settings, day, version } = facts;
  const authors =
    settings.authors.length === 0 ? [`Team of ${facts.projectName}`] : settings.authors;
  return [
    "cff-version: 1.2.0",
    "message: If you use this dataset, please cite it as below.",
    "type: dataset",
    `title: ${toYaml(titleOf(facts))}`,
    "authors:",
    ...authors.map((name) => `- name: ${toYaml(name)}`),
    `date-released: ${day}`,
    `version: "${version}.0.0"`,
    `license: ${settings.annotationLicence === "ODC-By-1.0" ? "ODC-By-1.0" : settings.annotationLicence}`,
    "",
  ].join("\n");
}

const LICENCE_ADDRESSES: Record<string, string> = {
  "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
  "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
  "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
  "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
  "CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
  "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
};

/** Where the words of a licence are. */
export function licenceAddress(licence: string): string {
  return LICENCE_ADDRESSES[licence] ?? "";
}

/** LICENSE-annotations. */
export function annotationLicence({ settings }: ReleaseFacts): string {
  const { annotationLicence: licence } = settings;
  return `The annotations, their documentation and the codebook of this release are under ${licence}.
${licenceAddress(licence)}

This says nothing about the texts that were annotated: see LICENSE-text.
`;
}

/** LICENSE-text: what the lead said, and what was noted on each document. */
export function textLicence({ settings, tally }: ReleaseFacts): string {
  const rows = Object.entries(tally.licences).map(
    ([licence, documents]) => `${documents}\t${licence === "" ? "no licence noted" : licence}`,
  );
  const text =
    settings.text === "full"
      ? "The texts are in this release."
      : "The texts are not in this release; quotes are short.";
  return `The texts belong to their authors and publishers.
${settings.textLicence}
${text}

Documents by the licence noted on import (field "licence" of documents.jsonl):
${rows.join("\n")}
`;
}

/** CHANGELOG.md: what is different from the release before. */
export function changelog(
  facts: ReleaseFacts,
  before: { version: number; difference: ReleaseDifference } | null,
): string {
  const head = `# Changes\n\n## Release ${facts.version}, ${facts.day}\n\n`;
  if (before === null) return `${head}The first release.\n`;
  const { documents, annotations, labels } = before.difference;
  const table = markdownTable(
    [`compared with release ${before.version}`, "added", "removed", "changed", "the same"],
    [
      ["documents", ...four(documents)],
      ["annotations", ...four(annotations)],
    ],
  );
  const byLabel =
    labels.length === 0
      ? ""
      : `\n\n${markdownTable(
          ["label", "added", "removed", "changed"],
          labels.map(({ layer, label, added, removed, changed }) => [
            toMarkdown(`${layer}/${label}`),
            String(added),
            String(removed),
            String(changed),
          ]),
        )}`;
  return `${head}${table}${byLabel}\n\nIds of annotations and pseudonyms are new in each release, so that releases cannot be joined by them.\n`;
}

function four(counts: { added: number; removed: number; changed: number; same: number }): string[] {
  return [counts.added, counts.removed, counts.changed, counts.same].map(String);
}

/** datasheet.md, by the questions of Gebru et al. 2021, Datasheets for Datasets. */
export function datasheet(facts: ReleaseFacts): string {
  const { settings, tally, codebooks, rounds } = facts;
  const { counts } = tally;
  const open = "Not answered by the lead of the project.";
  return `# Datasheet: ${toMarkdown(titleOf(facts))}

Questions after Gebru et al. (2021), Datasheets for Datasets.

## Motivation

${proseOr(settings.about, proseOr(facts.projectDescription, open))}

Created by: ${toMarkdown(settings.authors.join("; ")) || open}

## Composition

- Instances: ${counts.documents} news documents with ${counts.submissions} submitted annotation sets.
- Annotations: ${counts.spans} spans, ${counts.relations} relations, ${counts.unitLabels} labels of units.
- Texts: ${settings.text === "full" ? "included" : "left out; offsets, hashes and short quotes stand for them"}.
- Is anything missing: only submitted work is included${settings.roundIds.length > 0 ? `, of the rounds ${toMarkdown(rounds.join(", "))}` : ""}; the manifest counts what was left out.
- Splits: ${settings.split.by === "none" ? "none" : `by ${settings.split.by}, near-duplicates together, seed ${settings.split.seed}`}.
- Errors and redundancy: near-duplicates are marked by \`cluster\`.
- Confidential or sensitive content: ${proseOr(settings.personalInformation, open)}

## Collection and annotation

- Time frame of annotation: ${tally.firstDay ?? "none"} to ${tally.lastDay ?? "none"}.
- Who annotated: ${tally.annotators.length} people under pseudonyms. ${backgroundSentence(facts.background)}
- How: ${codebooks.map(({ name, version }) => `${toMarkdown(name)} version ${version}`).join("; ") || "no codebook"}; the codebook with its guidelines is in codebook/.
- Each document was read independently; nobody saw others' work before submitting their own.
- Assistance: \`origin\` and \`is_assisted\` say which annotations began as suggestions.

## Preprocessing

Texts are in Unicode normalisation form C with line feeds as line ends. Offsets count code points of that text.

## Uses

${proseOr(settings.intendedUse, open)}

Limitations: ${proseOr(settings.limitations, open)}

## Distribution

Annotations under ${settings.annotationLicence}; texts: ${toMarkdown(settings.textLicence)}.

## Maintenance

${settings.contact === "" ? open : `Contact: ${toMarkdown(settings.contact)}`}
Releases are immutable and numbered; a corrected release has the next number, and CHANGELOG.md says what differs.
`;
}
