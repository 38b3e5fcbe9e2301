import { USUAL_CHOICE } from "../agreement-report/choice";
import { writeReport } from "../agreement-report/export-files";
import type { ReportFile } from "../agreement-report/export-rows";
import { reportLayers } from "../agreement-report/layers";
import type { ReportSet } from "../agreement-report/report-work";
import type { Codebook } from "../codebook/language";
import { isAnnotatable } from "../text/roles";
import { countedSets, type ReleaseDocument } from "./content";
import type { ReleaseCounts } from "./tally";

/** The report as files, by name. */
export type AgreementFiles = Record<string, string>;

/** What a report says of where it comes from. */
type About = Pick<ReportFile, "project" | "software" | "computedAt" | "inputHash">;

/** Beyond this the report is left to programs that read the release: it needs all spans at once. */
const MOST_ANNOTATIONS = 100_000;
const MOST_CHARACTERS = 20_000_000;

/**
 * Gathers what the agreement report of a release is computed from: work under one version of the
 * codebook, one set for each annotator and document.
 */
export function createReleaseAgreement(
  codebook: Codebook | null,
  version: number,
  counts: Pick<ReleaseCounts, "spans" | "unitLabels" | "characters">,
) {
  const kept: ReleaseDocument[] = [];
  const isTooLarge =
    counts.spans + counts.unitLabels > MOST_ANNOTATIONS || counts.characters > MOST_CHARACTERS;
  return {
    add(document: ReleaseDocument): void {
      if (isTooLarge) return;
      const sets = countedSets(document.sets).filter((set) => set.codebookVersion === version);
      if (sets.length > 0) kept.push({ ...document, text: "", sets, gold: null });
    },
    report(about: About): AgreementFiles {
      if (codebook === null) return leftOut("No annotations were submitted.");
      if (isTooLarge) {
        return leftOut(
          `There are more than ${MOST_ANNOTATIONS} annotations: measure them on the page Agreement or with framemark agreement.`,
        );
      }
      const file = reportOf(codebook, version, kept, about);
      return {
        "agreement.json": writeReport(file, "json"),
        "agreement.html": writeReport(file, "html"),
      };
    },
  };
}

function leftOut(reason: string): AgreementFiles {
  return { "agreement.json": `${JSON.stringify({ left_out: reason })}\n` };
}

function reportOf(
  codebook: Codebook,
  version: number,
  documents: readonly ReleaseDocument[],
  about: About,
): ReportFile {
  const titles = new Map(documents.map(({ id, title }) => [id, title]));
  const sets = documents.flatMap((document) => document.sets.map((set) => toSet(document.id, set)));
  const annotators = [...new Set(sets.map(({ annotatorId }) => annotatorId))].sort();
  const layers = codebook.layers.filter(({ archived }) => !archived);
  return {
    ...about,
    choice: { ...USUAL_CHOICE, version },
    codebook: { name: codebook.name, version },
    resampled: [],
    documentCount: documents.length,
    annotator: (id) => id,
    document: (id) => titles.get(id) ?? id,
    layers: reportLayers(
      { layers },
      {
        documents: documents.map(({ id, length, tokens, sentences, blocks }) => ({
          documentId: id,
          versionId: id,
          length,
          tokens,
          sentences,
          annotatable: blocks
            .filter(({ role }) => isAnnotatable(role))
            .map(({ start, end }) => ({ start, end })),
        })),
        annotators,
        sets,
        unfiltered: null,
        all: sets,
      },
      USUAL_CHOICE,
    ),
  };
}

function toSet(versionId: string, set: ReleaseDocument["sets"][number]): ReportSet {
  return {
    versionId,
    annotatorId: set.annotator,
    round: { position: set.roundPosition, name: set.round },
    repetition: set.repetition,
    codebookVersion: set.codebookVersion,
    submittedOn: set.submittedOn,
    spans: set.spans.map(({ id, layer, label, ranges }) => ({ id, layer, label, ranges })),
    unitLabels: set.unitLabels,
  };
}
