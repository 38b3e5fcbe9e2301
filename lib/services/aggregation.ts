import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { hasAnnotated, withGold } from "./adjudication-store";
import { ruleSchema } from "./aggregation-job";
import { recordAudit } from "./audit";
import { insertDecisions, revoke } from "./decision-store";
import { queueJob } from "./job-runs";
import { inTransaction } from "./project-store";
import { defineUseCase } from "./use-case";

/** A decision that aggregation proposes and nobody has looked at. */
export type ProposedDecision = {
  decisionId: string;
  adjudicationId: string;
  itemKey: string;
  title: string;
  kind: string;
  /** The words of the gold mark that it made; null for units and for what is rejected. */
  quote: string | null;
  layer: string | null;
  label: string | null;
  rule: string;
  confidence: number;
  /** The soft label: by label or answer; empty stands for silence. */
  distribution: Record<string, number>;
};

/** Proposals with the least sure first, and how the last run of aggregation is. */
export type Proposals = {
  proposals: ProposedDecision[];
  total: number;
  job: {
    state: "waiting" | "running" | "done" | "failed" | "cancelled";
    done: number;
    total: number | null;
    problem: string | null;
  } | null;
};

const projectInput = z.strictObject({ projectId: z.uuid() });

/** Has labels aggregated over all documents, as proposals. */
export const proposeGold = defineUseCase({
  name: "proposeGold",
  permission: "adjudicate",
  scope: "project",
  needsLiveProject: true,
  input: projectInput.extend({ rule: ruleSchema }),
  async run({ projectId, rule }, caller): Promise<Result<{ jobId: string }>> {
    const running = await readJob(projectId);
    if (running?.state === "waiting" || running?.state === "running") {
      return failure("conflict", "Labels are being aggregated already. Wait until that is done.");
    }
    const job = { projectId, kind: "gold.propose", input: { rule }, requestedBy: caller.userId };
    const jobId = await inTransaction((tx) => queueJob(tx, job));
    await recordAudit(caller, {
      action: "adjudication.proposed",
      targetType: "project",
      targetId: projectId,
      detail: { rule: JSON.stringify(rule) },
    });
    return success({ jobId });
  },
});

/** What is proposed in documents that the caller did not annotate. */
export const listProposals = defineUseCase({
  name: "listProposals",
  permission: "adjudicate",
  scope: "project",
  input: projectInput,
  async run({ projectId }, { userId }): Promise<Result<Proposals>> {
    const { rows } = await pool().query<ProposedDecision & { total: number }>(PROPOSED, [
      projectId,
      userId,
    ]);
    return success({
      proposals: rows.map(({ total: _, ...row }) => row),
      total: rows[0]?.total ?? 0,
      job: await readJob(projectId),
    });
  },
});

const PROPOSED = `
SELECT x.id AS "decisionId", x.adjudication_id AS "adjudicationId", x.subject AS "itemKey", d.title,
       x.kind, x.rule, (x.detail ->> 'confidence')::float AS confidence,
       coalesce(x.detail -> 'distribution', '{}') AS distribution,
       array_to_string(p.quotes, ' … ') AS quote, p.layer_key AS layer, p.label_key AS label,
       count(*) OVER ()::int AS total
  FROM decision x
  JOIN adjudication j ON j.project_id = x.project_id AND j.id = x.adjudication_id
  JOIN document_version v ON v.project_id = j.project_id AND v.id = j.document_version_id
  JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
  LEFT JOIN span p ON p.project_id = x.project_id AND p.id = x.result_span_id
 WHERE x.project_id = $1 AND x.revoked_at IS NULL AND x.detail ? 'jobId' AND j.state = 'open'
   AND d.archived_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM assignment own
                     JOIN annotator me ON me.project_id = own.project_id AND me.id = own.annotator_id
                    WHERE own.project_id = $1 AND own.document_id = d.id AND me.user_id = $2
                      AND own.withdrawn_at IS NULL)
 ORDER BY (x.detail ->> 'confidence')::float, x.id LIMIT 300`;

async function readJob(projectId: string): Promise<Proposals["job"]> {
  const { rows } = await pool().query<NonNullable<Proposals["job"]>>(
    `SELECT state, done, total, problem FROM job
      WHERE project_id = $1 AND kind = 'gold.propose' ORDER BY created_at DESC LIMIT 1`,
    [projectId],
  );
  return rows[0] ?? null;
}

/** Makes proposals decisions of the caller. */
export const confirmProposals = defineUseCase({
  name: "confirmProposals",
  permission: "adjudicate",
  scope: "project",
  input: projectInput.extend({ decisionIds: z.array(z.uuid()).min(1).max(2_000) }),
  async run({ projectId, decisionIds }, caller): Promise<Result<{ confirmed: number }>> {
    const { rows } = await pool().query<{ adjudicationId: string }>(
      `SELECT DISTINCT adjudication_id AS "adjudicationId" FROM decision
        WHERE project_id = $1 AND id = ANY($2::uuid[]) AND revoked_at IS NULL AND detail ? 'jobId'`,
      [projectId, decisionIds],
    );
    let confirmed = 0;
    for (const { adjudicationId } of rows) {
      const done = await withGold(projectId, adjudicationId, async (client, gold) => {
        if (gold.state === "finished") return success(0);
        if (await hasAnnotated(client, caller, gold.documentId)) return success(0);
        const standing = await client.query<Stored>(STANDING, [
          projectId,
          adjudicationId,
          decisionIds,
        ]);
        const made = standing.rows.map(({ jobId, distribution, ...each }) => ({
          ...each,
          decisionId: newId(),
          more: { confirmedJobId: jobId, distribution },
        }));
        await revoke(
          client,
          gold,
          made.map(({ itemKey }) => itemKey),
        );
        await insertDecisions(client, gold, caller.userId, made);
        return success(made.length);
      });
      if (done.ok) confirmed += done.value;
    }
    return success({ confirmed });
  },
});

type Stored = Omit<Parameters<typeof insertDecisions>[3][number], "decisionId" | "more"> & {
  jobId: string;
  distribution: unknown;
};

const STANDING = `
SELECT subject AS "itemKey", kind, source_span_ids AS "sourceSpanIds", result_span_id AS "spanId",
       reason, note, rule, gesture_id AS "gestureId",
       coalesce(detail -> 'optionKeys', '[]') AS "optionKeys",
       coalesce((detail ->> 'votes')::int, 0) AS votes,
       (detail ->> 'confidence')::float AS confidence,
       detail ->> 'jobId' AS "jobId", detail -> 'distribution' AS distribution
  FROM decision
 WHERE project_id = $1 AND adjudication_id = $2 AND id = ANY($3::uuid[]) AND revoked_at IS NULL
   AND detail ? 'jobId'`;
