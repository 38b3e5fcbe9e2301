import "server-only";
import type { DecisionKind } from "@/lib/domain/adjudication/decide";
import type { Queryable } from "./submitted-sets";

type Place = { projectId: string; adjudicationId: string };

/** A decision that stands. `spanId` is the span of the gold set that it made. */
export type Decision = {
  decisionId: string;
  itemKey: string;
  kind: DecisionKind;
  optionKeys: string[];
  spanId: string | null;
  reason: string | null;
  note: string;
  /** The rule that decided, where no person looked. */
  rule: string | null;
  /** How sure the rule was, 0 to 1; null where a person decided. */
  confidence: number | null;
  /** Made by aggregation over many documents, and looked at by nobody yet. */
  isProposal: boolean;
  decidedBy: string | null;
};

/** The decisions that stand, oldest first; all of them, or those on some items. */
export async function readDecisions(
  client: Queryable,
  projectId: string,
  adjudicationId: string,
  itemKeys: readonly string[] | null = null,
): Promise<Decision[]> {
  const { rows } = await client.query<Decision>(
    `SELECT x.id AS "decisionId", x.subject AS "itemKey", x.kind, x.result_span_id AS "spanId",
            x.reason, x.note, x.rule, u.name AS "decidedBy",
            coalesce(x.detail -> 'optionKeys', '[]') AS "optionKeys",
            (x.detail ->> 'confidence')::float AS confidence,
            x.detail ? 'jobId' AS "isProposal"
       FROM decision x LEFT JOIN "user" u ON u.id = x.decided_by_id
      WHERE x.project_id = $1 AND x.adjudication_id = $2 AND x.revoked_at IS NULL
        AND ($3::text[] IS NULL OR x.subject = ANY($3))
      ORDER BY x.decided_at, x.id`,
    [projectId, adjudicationId, itemKeys],
  );
  return rows;
}

/** A decision to be stored, with what it rests on. */
export type NewDecision = Omit<Decision, "decidedBy" | "isProposal"> & {
  sourceSpanIds: string[];
  gestureId: string;
  votes: number;
  /** What else is kept with it. */
  more?: Record<string, unknown>;
};

/** Stores decisions on the items of one adjudication. */
export async function insertDecisions(
  client: Queryable,
  { projectId, adjudicationId, snapshot }: Place & { snapshot: readonly unknown[] },
  userId: string,
  decisions: readonly NewDecision[],
): Promise<void> {
  const rows = decisions.map((each) => ({
    id: each.decisionId,
    subject: each.itemKey,
    kind: each.kind,
    source_span_ids: each.sourceSpanIds,
    result_span_id: each.spanId,
    reason: each.reason,
    note: each.note,
    rule: each.rule,
    gesture_id: each.gestureId,
    detail: {
      optionKeys: each.optionKeys,
      votes: each.votes,
      annotators: snapshot.length,
      confidence: each.confidence,
      ...each.more,
    },
  }));
  await client.query(
    `INSERT INTO decision (project_id, id, adjudication_id, subject, kind, source_span_ids,
                           result_span_id, reason, note, rule, gesture_id, detail, decided_by_id)
     SELECT $1, d.id, $2, d.subject, d.kind::decision_kind, d.source_span_ids, d.result_span_id,
            d.reason, d.note, d.rule, d.gesture_id, d.detail, $3
       FROM jsonb_to_recordset($4::jsonb)
            AS d(id uuid, subject text, kind text, source_span_ids uuid[], result_span_id uuid,
                 reason text, note text, rule text, gesture_id uuid, detail jsonb)`,
    [projectId, adjudicationId, userId, JSON.stringify(rows)],
  );
}
/** Takes decisions back; they stay in the history. */
export async function revoke(
  client: Queryable,
  { projectId, adjudicationId }: Place,
  itemKeys: readonly string[],
): Promise<void> {
  await client.query(
    `UPDATE decision SET revoked_at = now()
      WHERE project_id = $1 AND adjudication_id = $2 AND subject = ANY($3::text[])
        AND revoked_at IS NULL`,
    [projectId, adjudicationId, itemKeys],
  );
}
