import "server-only";
import { z } from "zod";
import { reportAgreement } from "@/lib/domain/agreement/report";
import type { AgreementReport } from "@/lib/domain/agreement/report-types";
import type { Layer } from "@/lib/domain/codebook/language";
import { type LabelLook, labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import {
  type RatedDocument,
  reportUnitLayer,
  type UnitLayerReport,
} from "@/lib/domain/comparison/unit-agreement";
import { failure, success } from "@/lib/domain/result";
import { codePoint, type Range } from "@/lib/domain/text/offsets";
import { pool } from "@/lib/server/db";
import {
  latestSets,
  readSubmittedWork,
  type SubmittedCodebook,
  type SubmittedDocument,
  type SubmittedSet,
  type SubmittedWork,
  shownName,
} from "./submitted-sets";
import { defineUseCase } from "./use-case";

/** The agreement on one span layer. `looks` is by label key. */
export type SpanLayerAgreement = {
  layer: string;
  name: string;
  report: AgreementReport;
  looks: Record<string, LabelLook>;
};

/** A document with the number of spans of each annotator who submitted it. */
export type CoverageRow = {
  documentId: string;
  title: string;
  outlet: string | null;
  /** Spans by annotator id; an annotator who is not named did not submit. */
  spans: Record<string, number>;
};

export type AgreementOverview = {
  codebook: { name: string; version: number } | null;
  /** Versions of the codebook under which work was submitted, newest first. */
  versions: number[];
  annotators: { id: string; name: string }[];
  /** All documents of the project that the caller may compare. */
  documentCount: number;
  coverage: CoverageRow[];
  spanLayers: SpanLayerAgreement[];
  unitLayers: UnitLayerReport[];
  /** Documents that the caller has yet to annotate; not in any number. */
  leftOut: { documentId: string; title: string }[];
  /** Submissions that no number counts, by reason. */
  notCounted: { notAnnotatable: number; repeated: number };
};

/**
 * How the annotators of a project agree: submitted work of one codebook version, by default of the
 * newest. Nothing of a document counts for a caller who has yet to annotate it.
 */
export const openAgreement = defineUseCase({
  name: "openAgreement",
  permission: "agreement.see",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    version: z.coerce.number().int().min(1).optional(),
  }),
  async run({ projectId, version }, caller) {
    const work = await readSubmittedWork(caller);
    const { rows } = await pool().query<{ count: number }>(
      `SELECT count(*)::int AS count FROM document WHERE project_id = $1 AND archived_at IS NULL`,
      [projectId],
    );
    const documentCount = (rows[0]?.count ?? 0) - work.leftOut.length;
    const codebook =
      version === undefined
        ? work.codebooks[0]
        : work.codebooks.find((each) => each.version === version);
    if (version !== undefined && codebook === undefined) {
      return failure("not_found", "Nobody has submitted work under this version.");
    }
    const { counted, notCounted } = countedSets(work, codebook);
    const annotators = annotatorsOf(counted, (each) => shownName(each, caller));
    return success<AgreementOverview>({
      codebook: codebook ? { name: codebook.codebook.name, version: codebook.version } : null,
      versions: work.codebooks.map((each) => each.version),
      annotators,
      documentCount,
      coverage: coverageOf(work.documents, counted),
      ...layersOf(codebook, { documents: work.documents, sets: counted, annotators }),
      leftOut: work.leftOut,
      notCounted,
    });
  },
});

/** What agreement is computed from: at most one set per document version and annotator. */
type ComparedWork = {
  documents: readonly SubmittedDocument[];
  sets: readonly SubmittedSet[];
  annotators: readonly { id: string; name: string }[];
};

/** The sets of one codebook version that count, and how many do not. */
function countedSets({ sets }: SubmittedWork, codebook: SubmittedCodebook | undefined) {
  const ofVersion = sets.filter((set) => set.codebookVersionId === codebook?.id);
  const chosen = latestSets(ofVersion);
  const counted = chosen.filter((set) => !set.flags.includes("not_annotatable"));
  return {
    counted,
    notCounted: {
      notAnnotatable: chosen.length - counted.length,
      repeated: ofVersion.length - chosen.length,
    },
  };
}

function annotatorsOf(
  sets: readonly SubmittedSet[],
  nameOf: (annotator: SubmittedSet["annotator"]) => string,
): { id: string; name: string }[] {
  const names = new Map(sets.map(({ annotator }) => [annotator.id, nameOf(annotator)]));
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

function coverageOf(
  documents: readonly SubmittedDocument[],
  sets: readonly SubmittedSet[],
): CoverageRow[] {
  return documents.flatMap(({ documentId, versionId, title, outlet }) => {
    const own = sets.filter((set) => set.documentVersionId === versionId);
    if (own.length === 0) return [];
    const spans = Object.fromEntries(own.map((set) => [set.annotator.id, set.spans.length]));
    return [{ documentId, title, outlet, spans }];
  });
}

function layersOf(
  version: SubmittedCodebook | undefined,
  work: ComparedWork,
): Pick<AgreementOverview, "spanLayers" | "unitLayers"> {
  if (version === undefined) return { spanLayers: [], unitLayers: [] };
  const { layers } = version.codebook;
  const looks = labelLooks(version.codebook);
  return {
    spanLayers: layers
      .filter(({ level }) => level === "span")
      .map((layer) => ({
        layer: layer.key,
        name: layer.name,
        report: reportSpanLayer(layer, work),
        looks: looksOf(layer, looks),
      })),
    unitLayers: layers
      .filter(({ level }) => level === "document" || level === "block" || level === "sentence")
      .map((layer) => reportUnitLayer(layer, ratedDocuments(layer, work))),
  };
}

function reportSpanLayer(layer: Layer, { documents, sets, annotators }: ComparedWork) {
  const withWork = new Set(sets.map((set) => set.documentVersionId));
  return reportAgreement({
    documents: documents
      .filter(({ versionId }) => withWork.has(versionId))
      .map(({ versionId, length, tokens, annotatable }) => ({
        id: versionId,
        length,
        tokens,
        annotable: annotatable,
      })),
    annotators,
    labels: layer.labels
      .filter(({ selectable }) => selectable)
      .map(({ key, name }) => ({ id: key, name })),
    submissions: sets.map((set) => ({
      documentId: set.documentVersionId,
      annotatorId: set.annotator.id,
      spans: set.spans
        .filter((span) => span.layer === layer.key)
        .map(({ label, ranges }) => ({ label, ranges })),
    })),
  });
}

function ratedDocuments(
  layer: Layer,
  { documents, sets, annotators }: ComparedWork,
): RatedDocument[] {
  return documents.map((document) => ({
    units: unitsOf(layer, document),
    submissions: annotators.map(({ id }) => {
      const own = sets.find(
        (set) => set.documentVersionId === document.versionId && set.annotator.id === id,
      );
      return own?.unitLabels ?? null;
    }),
  }));
}

function unitsOf({ level }: Layer, document: SubmittedDocument): Range[] {
  if (level === "document") return [{ start: codePoint(0), end: codePoint(document.length) }];
  if (level === "block") return document.annotatable;
  const sentences: Range[] = [];
  for (let at = 0; at + 1 < document.sentences.length; at += 2) {
    const start = codePoint(document.sentences[at] ?? 0);
    const end = codePoint(document.sentences[at + 1] ?? 0);
    if (document.annotatable.some((block) => block.start <= start && end <= block.end)) {
      sentences.push({ start, end });
    }
  }
  return sentences;
}

function looksOf(layer: Layer, looks: Map<string, LabelLook>): Record<string, LabelLook> {
  const own = layer.labels.flatMap(({ key }) => {
    const look = looks.get(lookKey(layer.key, key));
    return look === undefined ? [] : [[key, look] as const];
  });
  return Object.fromEntries(own);
}
