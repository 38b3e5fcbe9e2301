import "server-only";
import { z } from "zod";
import type { Flag, UnitLabel } from "@/lib/domain/annotation/state";
import type { Codebook, Layer } from "@/lib/domain/codebook/language";
import { type Cluster, clusterSpans, type OwnedSpan } from "@/lib/domain/comparison/clusters";
import { failure, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import {
  IS_VISIBLE_WORK,
  latestSets,
  readSubmittedWork,
  type SubmittedDocument,
  type SubmittedSet,
  shownName,
} from "./submitted-sets";
import { defineUseCase } from "./use-case";

export type ComparedAnnotator = {
  id: string;
  name: string;
  /** Whether the filter lets their marks through. */
  isShown: boolean;
  spans: number;
  submittedOn: string;
  activeSeconds: number;
  flags: Flag[];
};

/** The answers on the document as a whole: per layer, per label, who gave it. */
export type ComparedLayer = {
  layer: Layer;
  rows: {
    key: string;
    name: string;
    /** By annotator id: the answer, or empty where the label takes none. */
    answers: Record<string, string>;
  }[];
};

export type Comparison = {
  document: SubmittedDocument;
  codebook: Codebook;
  annotators: ComparedAnnotator[];
  clusters: Cluster[];
  /** Spans of the clusters. */
  spans: OwnedSpan[];
  layers: ComparedLayer[];
  /** Of the shown annotators; `spanId` is null for a comment on the document. */
  comments: { id: string; annotatorId: string; spanId: string | null; body: string }[];
  previous: Neighbour | null;
  next: Neighbour | null;
};

type Neighbour = { documentId: string; title: string };

/** One document with the submitted work of all its annotators, or of those chosen. */
export const compareDocument = defineUseCase({
  name: "compareDocument",
  permission: "annotations.read_submitted",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    documentId: z.uuid(),
    /** Only these annotators; all where none is named. */
    annotatorIds: z.array(z.string()).max(100).default([]),
    /** Only clusters in which somebody gave this label. */
    label: z.string().max(80).nullable().default(null),
  }),
  async run({ projectId, documentId, annotatorIds, label }, caller) {
    const work = await readSubmittedWork(caller, { documentId });
    if (work.leftOut.length > 0) {
      return failure(
        "closed",
        "You have yet to submit your own annotations of this document. Until then the others’ work stays hidden, so that yours is your own.",
      );
    }
    const document = work.documents.at(-1);
    const codebook = work.codebooks[0]?.codebook;
    if (document === undefined || codebook === undefined) {
      return failure("not_found", "Nobody has submitted this document.");
    }
    const sets = latestSets(
      work.sets.filter((set) => set.documentVersionId === document.versionId),
    );
    const known = new Set(sets.map(({ annotator }) => annotator.id));
    const chosen = new Set(annotatorIds.filter((id) => known.has(id)));
    const shown =
      chosen.size === 0 ? sets : sets.filter(({ annotator }) => chosen.has(annotator.id));
    const clusters = clustersOf(shown).filter(
      (cluster) => label === null || cluster.labels.includes(label),
    );
    return success<Comparison>({
      document,
      codebook,
      annotators: sets
        .map((set) => comparedAnnotator(set, shown.includes(set), shownName(set.annotator, caller)))
        .sort((a, b) => a.name.localeCompare(b.name, "en")),
      clusters,
      spans: clusters.flatMap((cluster) => cluster.spans),
      layers: codebook.layers
        .filter(({ level }) => level === "document")
        .map((layer) => compareLayer(layer, shown)),
      comments: shown.flatMap(({ annotator, comments }) =>
        comments.map((comment) => ({ ...comment, annotatorId: annotator.id })),
      ),
      ...(await neighbours(projectId, documentId, caller.userId)),
    });
  },
});

function comparedAnnotator(set: SubmittedSet, isShown: boolean, name: string): ComparedAnnotator {
  const { annotator, spans, submittedOn, activeSeconds, flags } = set;
  return {
    id: annotator.id,
    name,
    isShown,
    spans: spans.length,
    submittedOn,
    activeSeconds,
    flags,
  };
}

function clustersOf(sets: readonly SubmittedSet[]): Cluster[] {
  return clusterSpans(
    sets.flatMap(({ annotator, spans }) =>
      spans.map((span): OwnedSpan => ({ annotatorId: annotator.id, span })),
    ),
    sets.map(({ annotator }) => annotator.id),
  );
}

/** Labels that somebody gave; on a scale and in a questionnaire every label. */
function compareLayer(layer: Layer, sets: readonly SubmittedSet[]): ComparedLayer {
  const rows = layer.labels
    .filter(({ selectable }) => selectable)
    .map(({ key, name }) => ({
      key,
      name,
      answers: Object.fromEntries(
        sets.flatMap(({ annotator, unitLabels }) => {
          const given = unitLabels.find((each) => each.layer === layer.key && each.label === key);
          return given === undefined ? [] : [[annotator.id, answerOf(layer, given)]];
        }),
      ),
    }));
  const keepsAll = layer.choice === "scale" || layer.choice === "each";
  return {
    layer,
    rows: keepsAll ? rows : rows.filter(({ answers }) => Object.keys(answers).length > 0),
  };
}

function answerOf(layer: Layer, { value }: UnitLabel): string {
  if (value === null) return "";
  return layer.answers?.find(({ key }) => key === value)?.name ?? value;
}

/** The documents before and after this one that the caller may compare too. */
async function neighbours(
  projectId: string,
  documentId: string,
  userId: string,
): Promise<{ previous: Neighbour | null; next: Neighbour | null }> {
  const { rows } = await pool().query<Neighbour>(COMPARABLE, [projectId, userId]);
  const at = rows.findIndex((row) => row.documentId === documentId);
  return { previous: rows[at - 1] ?? null, next: rows[at + 1] ?? null };
}

const COMPARABLE = `
SELECT d.id AS "documentId", d.title FROM document d
 WHERE d.project_id = $1 AND EXISTS (
   SELECT 1 FROM annotation_set s
     JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
    WHERE a.document_id = d.id AND ${IS_VISIBLE_WORK})
 ORDER BY d.seq`;
