import { reportAgreement } from "../agreement/report";
import type { Codebook, Layer } from "../codebook/language";
import { reportUnitLayer } from "../comparison/unit-agreement";
import { codePoint, type Range } from "../text/offsets";
import { isAnnotatable } from "../text/roles";
import { countedSets, type ReleaseDocument } from "./content";

/** Beyond this the report is left to programs that read the release: it needs all spans at once. */
const MOST_ANNOTATIONS = 200_000;
const MOST_CHARACTERS = 20_000_000;

/**
 * Gathers what the agreement report of a release is computed from: work under one version of the
 * codebook, one set for each annotator and document.
 */
export function createReleaseAgreement(codebook: Codebook | null, version: number) {
  const kept: ReleaseDocument[] = [];
  let annotations = 0;
  let characters = 0;
  let isTooLarge = false;
  return {
    add(document: ReleaseDocument): void {
      const sets = countedSets(document.sets).filter((set) => set.codebookVersion === version);
      annotations += sets.reduce((sum, set) => sum + set.spans.length + set.unitLabels.length, 0);
      characters += document.length;
      isTooLarge ||= annotations > MOST_ANNOTATIONS || characters > MOST_CHARACTERS;
      if (isTooLarge) kept.length = 0;
      else if (sets.length > 0) kept.push({ ...document, text: "", sets, gold: null });
    },
    report(): object {
      if (codebook === null) return { left_out: "No annotations were submitted." };
      if (isTooLarge) {
        return {
          left_out: `More than ${MOST_ANNOTATIONS} annotations: measure them by the page or framemark agreement.`,
        };
      }
      return reportOf(codebook, version, kept);
    },
  };
}

function reportOf(
  codebook: Codebook,
  version: number,
  documents: readonly ReleaseDocument[],
): object {
  const names = new Set(documents.flatMap(({ sets }) => sets.map(({ annotator }) => annotator)));
  const annotators = [...names].sort().map((name) => ({ id: name, name }));
  const layers = codebook.layers.filter(({ archived }) => !archived);
  return {
    codebook: { key: codebook.key, name: codebook.name, version },
    documents: documents.length,
    annotators: annotators.map(({ name }) => name),
    span_layers: layers
      .filter(({ level }) => level === "span")
      .map((layer) => ({
        layer: layer.key,
        name: layer.name,
        ...spanReport(layer, documents, annotators),
      })),
    unit_layers: layers
      .filter(({ level }) => level === "document" || level === "block" || level === "sentence")
      .map((layer) =>
        reportUnitLayer(
          layer,
          documents.map((document) => ({
            units: unitsOf(layer, document),
            submissions: annotators.map(
              ({ id }) =>
                document.sets.find(({ annotator }) => annotator === id)?.unitLabels ?? null,
            ),
          })),
        ),
      ),
  };
}

function spanReport(
  layer: Layer,
  documents: readonly ReleaseDocument[],
  annotators: readonly { id: string; name: string }[],
) {
  return reportAgreement({
    documents: documents.map(({ id, length, tokens, blocks }) => ({
      id,
      length,
      tokens: [...tokens],
      annotable: blocks
        .filter(({ role }) => isAnnotatable(role))
        .map(({ start, end }) => ({ start, end })),
    })),
    annotators,
    labels: layer.labels
      .filter(({ selectable }) => selectable)
      .map(({ key, name }) => ({ id: key, name })),
    submissions: documents.flatMap(({ id, sets }) =>
      sets.map((set) => ({
        documentId: id,
        annotatorId: set.annotator,
        spans: set.spans
          .filter((span) => span.layer === layer.key)
          .map(({ label, ranges }) => ({ label, ranges })),
      })),
    ),
  });
}

function unitsOf({ level }: Layer, document: ReleaseDocument): Range[] {
  if (level === "document") return [{ start: codePoint(0), end: codePoint(document.length) }];
  const blocks = document.blocks.filter(({ role }) => isAnnotatable(role));
  if (level === "block") return blocks.map(({ start, end }) => ({ start, end }));
  const sentences: Range[] = [];
  for (let at = 0; at + 1 < document.sentences.length; at += 2) {
    const start = codePoint(document.sentences[at] ?? 0);
    const end = codePoint(document.sentences[at + 1] ?? 0);
    if (blocks.some((block) => block.start <= start && end <= block.end)) {
      sentences.push({ start, end });
    }
  }
  return sentences;
}
