import "server-only";
import { RETRY_AFTER } from "@/lib/domain/api/webhook-events";
import { pool } from "@/lib/server/db";
import { postWebhook, type WebhookOutcome, webhookSecret } from "@/lib/server/post-webhook";

/** How many are sent at the same time by one worker. */
const AT_ONCE = 8;
/** While one is sent it is nobody else's; a worker that dies leaves it to run out. */
const HELD = "1 minute";

type Due = {
  projectId: string;
  id: string;
  webhookId: string;
  eventId: string;
  kind: string;
  payload: Record<string, unknown>;
  attempt: number;
  createdAt: Date;
  url: string;
  generation: number;
};

/** Sends what is due, a few at a time; answers how many were tried. Several workers share the work. */
export async function sendDueWebhooks(signal: AbortSignal): Promise<number> {
  let tried = 0;
  while (!signal.aborted) {
    const { rows } = await pool().query<Due>(TAKE, [AT_ONCE, HELD]);
    if (rows.length === 0) break;
    await Promise.all(rows.map(sendOne));
    tried += rows.length;
  }
  return tried;
}

/** What is due and whose webhook is there and not paused. */
const TAKE = `
UPDATE webhook_delivery d
   SET attempts = d.attempts + 1, next_attempt_at = now() + $2::interval
  FROM (SELECT q.project_id, q.id, w.url, w.generation
          FROM webhook_delivery q
          JOIN webhook w ON w.project_id = q.project_id AND w.id = q.webhook_id
           AND w.removed_at IS NULL AND w.paused_at IS NULL
         WHERE q.state = 'waiting' AND q.next_attempt_at <= now()
         ORDER BY q.next_attempt_at LIMIT $1 FOR UPDATE OF q SKIP LOCKED) due
 WHERE d.project_id = due.project_id AND d.id = due.id
RETURNING d.project_id AS "projectId", d.id, d.webhook_id AS "webhookId", d.event_id AS "eventId", d.kind,
          d.payload, d.attempts AS attempt, d.created_at AS "createdAt", due.url, due.generation`;

async function sendOne(due: Due): Promise<void> {
  const since = performance.now();
  const { projectId, webhookId, generation } = due;
  const outcome = await postWebhook({
    url: due.url,
    id: due.eventId,
    body: bodyOf(due),
    secret: webhookSecret(projectId, webhookId, generation),
    at: new Date(),
  });
  await note(due, outcome, Math.round(performance.now() - since));
}

/** What a receiver gets. It asks the interface for more, with a token, and sees what that may see. */
function bodyOf({ kind, projectId, payload, createdAt }: Due): string {
  return JSON.stringify({
    type: kind,
    timestamp: createdAt.toISOString(),
    data: { projectId, ...payload },
  });
}

async function note(due: Due, outcome: WebhookOutcome, milliseconds: number): Promise<void> {
  const status = "status" in outcome ? outcome.status : null;
  const isDone = status !== null && status >= 200 && status < 300;
  const wait = RETRY_AFTER[due.attempt - 1];
  const state = isDone ? "delivered" : wait === undefined ? "failed" : "waiting";
  await pool().query(
    `WITH logged AS (
       INSERT INTO webhook_attempt (project_id, delivery_id, attempt, status, problem, milliseconds)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
     )
     UPDATE webhook_delivery
        SET state = $7::delivery_state, ended_at = CASE WHEN $7 = 'waiting' THEN NULL ELSE now() END,
            next_attempt_at = now() + make_interval(secs => $8)
      WHERE project_id = $1 AND id = $2 AND attempts = $3 AND state = 'waiting'`,
    [
      due.projectId,
      due.id,
      due.attempt,
      status,
      "problem" in outcome ? outcome.problem : null,
      milliseconds,
      state,
      wait ?? 0,
    ],
  );
}
