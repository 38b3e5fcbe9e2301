import "server-only";
import { z } from "zod";
import type { Item } from "@/lib/domain/adjudication/items";
import { quoteOf } from "@/lib/domain/annotation/state";
import { fileName } from "@/lib/domain/formats/file-name";
import { success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { recordAudit } from "./audit";
import { type Decision, readDecisions } from "./decision-store";
import { type Frozen, readFrozenItems } from "./frozen-items";
import { loadSet } from "./stored-sets";
import { defineUseCase } from "./use-case";

/** A file of lines, to be sent one after the other. */
export type GoldFile = { name: string; contentType: string; pieces: Iterable<string> };

type Row = {
  adjudicationId: string;
  goldSetId: string;
  snapshot: Frozen[];
  documentId: string;
  title: string;
  language: string;
  sha256: string;
  text: string;
  codebookVersion: number;
  codebookVersionId: string;
  finishedOn: string;
};

/**
 * The gold layer of all finished documents as JSONL, one document a line, in code points: what was
 * decided, why and by which rule, and of what is contested every view with who holds it. Documents that
 * the caller has yet to annotate are left out.
 */
export const exportGold = defineUseCase({
  name: "exportGold",
  permission: "dataset.export",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, caller) {
    const { rows } = await pool().query<Row>(FINISHED, [projectId, caller.userId]);
    const pseudonyms = await readPseudonyms(projectId);
    const pieces: string[] = [];
    for (const row of rows)
      pieces.push(`${JSON.stringify(await goldOf(projectId, row, pseudonyms))}\n`);
    await recordAudit(caller, {
      action: "gold.exported",
      targetType: "project",
      targetId: projectId,
      detail: { documents: rows.length },
    });
    const project = await pool().query<{ name: string }>("SELECT name FROM project WHERE id = $1", [
      projectId,
    ]);
    return success<GoldFile>({
      name: `${fileName(project.rows[0]?.name ?? "", "gold")}.jsonl`,
      contentType: "application/x-ndjson; charset=utf-8",
      pieces,
    });
  },
});

const FINISHED = `
SELECT j.id AS "adjudicationId", j.gold_set_id AS "goldSetId", j.snapshot,
       d.id AS "documentId", d.title, d.language, v.sha256, v.text,
       c.version AS "codebookVersion", c.id AS "codebookVersionId",
       to_char(j.finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "finishedOn"
  FROM adjudication j
  JOIN annotation_set s ON s.project_id = j.project_id AND s.id = j.gold_set_id
  JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
  JOIN document_version v ON v.project_id = j.project_id AND v.id = j.document_version_id
  JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
 WHERE j.project_id = $1 AND j.state = 'finished' AND d.archived_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM assignment own
                     JOIN annotator me ON me.project_id = own.project_id AND me.id = own.annotator_id
                    WHERE own.project_id = $1 AND own.document_id = d.id AND me.user_id = $2
                      AND own.state <> 'submitted' AND own.withdrawn_at IS NULL)
 ORDER BY d.seq, v.version`;

async function readPseudonyms(projectId: string): Promise<Map<string, string>> {
  const { rows } = await pool().query<{ id: string; pseudonym: string }>(
    "SELECT id, pseudonym FROM annotator WHERE project_id = $1",
    [projectId],
  );
  return new Map(rows.map(({ id, pseudonym }) => [id, pseudonym]));
}

async function goldOf(projectId: string, row: Row, pseudonyms: ReadonlyMap<string, string>) {
  const [gold, decisions, items] = await Promise.all([
    loadSet(projectId, row.goldSetId),
    readDecisions(pool(), projectId, row.adjudicationId),
    readFrozenItems(pool(), { projectId, ...row }),
  ]);
  const byKey = new Map(items.map((item) => [item.key, item]));
  const decisionOf = new Map(decisions.map((each) => [each.spanId, each]));
  return {
    record: "gold",
    document_id: row.documentId,
    title: row.title,
    language: row.language,
    text: row.text,
    text_sha256: row.sha256,
    codebook_version: row.codebookVersion,
    finished_on: row.finishedOn,
    annotators: row.snapshot.map(({ annotatorId }) => pseudonyms.get(annotatorId) ?? ""),
    spans: gold.spans.map(({ id, layer, label, ranges, attributes, ...span }) => ({
      ...{ span_id: id, layer, label },
      ranges: ranges.map(({ start, end }) => [start, end]),
      quote: quoteOf({ ...span, ranges }),
      attributes,
      ...provenance(decisionOf.get(id)),
    })),
    unit_labels: gold.unitLabels.map(({ attributes, evidence: _, ...label }) => ({
      ...label,
      attributes: attributes ?? {},
    })),
    contested: decisions
      .filter(({ kind }) => kind === "contested")
      .map((decision) => ({
        ...viewsOf(byKey.get(decision.itemKey), pseudonyms),
        ...provenance(decision),
      })),
  };
}

function provenance(decision: Decision | undefined) {
  if (decision === undefined) return {};
  const { kind, reason, note, rule, confidence } = decision;
  return { decision: kind, reason, note, rule, confidence };
}

/** Everything that was said of an item: nobody's view is lost where it stays contested. */
function viewsOf(item: Item | undefined, pseudonyms: ReadonlyMap<string, string>) {
  if (item === undefined) return {};
  const name = (id: string) => pseudonyms.get(id) ?? "";
  return {
    layer: item.layer,
    unit: item.unit ?? "span",
    start: item.start,
    end: item.end,
    views: item.options.map(({ span, unitLabels, annotatorIds }) => ({
      annotators: annotatorIds.map(name),
      labels: span === null ? unitLabels.map(({ label }) => label) : [span.label],
      values: unitLabels.flatMap(({ value }) => (value === null ? [] : [value])),
      ranges: span?.ranges.map(({ start, end }) => [start, end]) ?? [],
      attributes: span?.attributes ?? unitLabels[0]?.attributes ?? {},
    })),
    silent: item.absent.map(name),
  };
}
