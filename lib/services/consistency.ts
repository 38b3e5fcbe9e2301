import "server-only";
import { z } from "zod";
import {
  type CorpusMark,
  findInconsistent,
  type WordGroup,
} from "@/lib/domain/adjudication/consistency";
import type { Codebook } from "@/lib/domain/codebook/language";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import {
  applyAll,
  type Gold,
  hasAnnotated,
  loadGold,
  withGold,
  writeGold,
} from "./adjudication-store";
import { recordAudit } from "./audit";
import { findVersion } from "./codebook-store";
import { insertDecisions, type NewDecision, readDecisions, revoke } from "./decision-store";
import { IS_VISIBLE_WORK, type Queryable } from "./submitted-sets";
import { defineUseCase } from "./use-case";

/** A mark with the words around it, for whoever compares. */
export type ShownMark = CorpusMark & { title: string; before: string; after: string };

/** Words that carry several labels across the project. */
export type InconsistentWords = {
  codebook: Codebook;
  groups: WordGroup<ShownMark>[];
  /** Groups beyond those shown. */
  more: number;
};

/** What the rule of these decisions is called in the history. */
const RULE = "the same words everywhere";
const MOST_GROUPS = 200;
const MOST_MARKS = 500_000;
/** Marks of one label of a group that come with the words around them. */
const MOST_SHOWN = 12;
/** Code points of the text on either side. */
const CONTEXT = 40;

/** The same or nearly the same words with different labels in different documents. */
export const listInconsistent = defineUseCase({
  name: "listInconsistent",
  permission: "adjudicate",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, { userId }): Promise<Result<InconsistentWords>> {
    const version = await findVersion(projectId);
    if (version === null) return failure("not_found", "This project has no codebook yet.");
    const { rows } = await pool().query<CorpusMark>(MARKS, [projectId, userId, MOST_MARKS]);
    const found = findInconsistent(rows);
    const groups = found.slice(0, MOST_GROUPS);
    const context = await readContext(projectId, groups);
    return success({
      codebook: version.codebook,
      groups: groups.map((group) => ({
        ...group,
        labels: group.labels.map((label) => ({
          ...label,
          marks: label.marks.map((mark) => ({
            ...mark,
            ...(context.get(mark.spanId) ?? { title: "", before: "", after: "" }),
          })),
        })),
      })),
      more: found.length - groups.length,
    });
  },
});

const MARKS = `
SELECT s.id AS "setId", x.id AS "spanId", d.id AS "documentId", x.layer_key AS layer,
       x.label_key AS label, array_to_string(x.quotes, ' … ') AS quote, 'annotator' AS kind
  FROM annotation_set s
  JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
  JOIN span x ON x.project_id = s.project_id AND x.annotation_set_id = s.id AND NOT x.is_removed
 WHERE ${IS_VISIBLE_WORK} AND a.repetition = 0 AND s.superseded_by_id IS NULL
UNION ALL
SELECT s.id, x.id, d.id, x.layer_key, x.label_key, array_to_string(x.quotes, ' … '), 'gold'
  FROM annotation_set s
  JOIN adjudication j ON j.project_id = s.project_id AND j.gold_set_id = s.id
  JOIN document_version v ON v.project_id = s.project_id AND v.id = s.document_version_id
  JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
  JOIN span x ON x.project_id = s.project_id AND x.annotation_set_id = s.id AND NOT x.is_removed
 WHERE s.project_id = $1 AND s.kind = 'gold' AND d.archived_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM assignment own
                     JOIN annotator me ON me.project_id = own.project_id AND me.id = own.annotator_id
                    WHERE own.project_id = $1 AND own.document_id = d.id AND me.user_id = $2
                      AND own.withdrawn_at IS NULL)
 LIMIT $3`;

async function readContext(projectId: string, groups: readonly WordGroup[]) {
  const ids = groups.flatMap(({ labels }) =>
    labels.flatMap(({ marks }) => marks.slice(0, MOST_SHOWN).map(({ spanId }) => spanId)),
  );
  const { rows } = await pool().query<{
    spanId: string;
    title: string;
    before: string;
    after: string;
  }>(
    `SELECT x.id AS "spanId", d.title,
            substr(v.text, greatest(x.start - $3::int, 0) + 1, least($3::int, x.start)) AS before,
            substr(v.text, x."end" + 1, $3::int) AS after
       FROM span x
       JOIN annotation_set s ON s.project_id = x.project_id AND s.id = x.annotation_set_id
       JOIN document_version v ON v.project_id = s.project_id AND v.id = s.document_version_id
       JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
      WHERE x.project_id = $1 AND x.id = ANY($2::uuid[])`,
    [projectId, ids, CONTEXT],
  );
  return new Map(rows.map(({ spanId, ...rest }) => [spanId, rest]));
}

const marksInput = z
  .array(z.strictObject({ setId: z.uuid(), spanId: z.uuid() }))
  .min(1)
  .max(20_000);

/**
 * Gives marks of gold sets one label, finished or not. Documents that the caller annotated are left
 * out, and so is what the codebook does not allow.
 */
export const labelGold = defineUseCase({
  name: "labelGold",
  permission: "adjudicate",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    label: z.string().min(1).max(80),
    marks: marksInput,
  }),
  async run(
    { projectId, label, marks },
    caller,
  ): Promise<Result<{ bulkId: string; changed: number; left: number }>> {
    const bulkId = newId();
    let changed = 0;
    for (const { adjudicationId, spanIds } of await adjudicationsOf(projectId, marks)) {
      const done = await withGold(projectId, adjudicationId, async (client, gold) => {
        if (await hasAnnotated(client, caller, gold.documentId)) return success(0);
        const spans = spanIds.map((spanId) => ({ spanId, label }));
        return relabel(client, gold, { spans, bulkId, userId: caller.userId });
      });
      if (done.ok) changed += done.value;
    }
    if (changed > 0) {
      await recordAudit(caller, {
        action: "adjudication.labelled_everywhere",
        targetType: "project",
        targetId: projectId,
        detail: { bulkId, label, changed },
      });
    }
    return success({ bulkId, changed, left: marks.length - changed });
  },
});

/** Takes a labelling across documents back, where nobody has decided anew since. */
export const undoLabelGold = defineUseCase({
  name: "undoLabelGold",
  permission: "adjudicate",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), bulkId: z.uuid() }),
  async run({ projectId, bulkId }, caller): Promise<Result<{ changed: number }>> {
    const { rows } = await pool().query<{ adjudicationId: string; spans: Labelled[] }>(
      `SELECT adjudication_id AS "adjudicationId",
              json_agg(json_build_object('spanId', result_span_id,
                                         'label', detail ->> 'labelBefore')) AS spans
         FROM decision
        WHERE project_id = $1 AND detail ->> 'bulkId' = $2 AND revoked_at IS NULL
        GROUP BY adjudication_id`,
      [projectId, bulkId],
    );
    let changed = 0;
    for (const { adjudicationId, spans } of rows) {
      const write = { spans, bulkId: newId(), userId: caller.userId };
      const done = await withGold(projectId, adjudicationId, (client, gold) =>
        relabel(client, gold, write),
      );
      if (done.ok) changed += done.value;
    }
    return success({ changed });
  },
});

type Labelled = { spanId: string; label: string };

async function adjudicationsOf(
  projectId: string,
  marks: readonly { setId: string; spanId: string }[],
): Promise<{ adjudicationId: string; spanIds: string[] }[]> {
  const { rows } = await pool().query<{ adjudicationId: string; setId: string }>(
    `SELECT id AS "adjudicationId", gold_set_id AS "setId" FROM adjudication
      WHERE project_id = $1 AND gold_set_id = ANY($2::uuid[])`,
    [projectId, marks.map(({ setId }) => setId)],
  );
  return rows.map(({ adjudicationId, setId }) => ({
    adjudicationId,
    spanIds: marks.filter((mark) => mark.setId === setId).map(({ spanId }) => spanId),
  }));
}

/** Gives spans of one gold set labels; answers how many changed. A finished set stays finished. */
async function relabel(
  client: Queryable,
  gold: Gold,
  { spans, bulkId, userId }: { spans: readonly Labelled[]; bulkId: string; userId: string },
): Promise<Result<number>> {
  const before = await loadGold(gold);
  const decisions = await readDecisions(client, gold.projectId, gold.adjudicationId);
  const rows: NewDecision[] = [];
  const gestures: Parameters<typeof writeGold>[2]["gestures"][number][] = [];
  let after = before;
  for (const { spanId, label } of spans) {
    const span = before.spans.get(spanId);
    if (span === undefined || span.label === label) continue;
    const changes = [{ kind: "label_span" as const, spanId, label }];
    const next = await applyAll(gold, after, changes);
    // The codebook does not allow it beside what is there: a person decides on that document.
    if (!next.ok) continue;
    after = next.value;
    const gestureId = newId();
    gestures.push({ gestureId, changes });
    const earlier = decisions.find((each) => each.spanId === spanId);
    if (earlier === undefined) continue;
    rows.push({
      ...{ decisionId: newId(), itemKey: earlier.itemKey, kind: "relabel", spanId, gestureId },
      ...{ optionKeys: earlier.optionKeys, sourceSpanIds: [], reason: earlier.reason },
      ...{ note: earlier.note, rule: RULE, confidence: null, votes: 0 },
      more: { bulkId, labelBefore: span.label },
    });
  }
  await writeGold(client, gold, { gestures, before, after, userId });
  await revoke(
    client,
    gold,
    rows.map(({ itemKey }) => itemKey),
  );
  await insertDecisions(client, gold, userId, rows);
  if (gold.state === "finished" && gestures.length > 0) {
    await client.query(
      `UPDATE annotation_set SET submitted_revision = revision WHERE project_id = $1 AND id = $2`,
      [gold.projectId, gold.setId],
    );
  }
  return success(gestures.length);
}
