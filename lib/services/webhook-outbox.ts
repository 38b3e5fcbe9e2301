import "server-only";
import type { WebhookEvent } from "@/lib/domain/api/webhook-events";

/** Where the parts of an event stand in the statement in which it happens. All are SQL. */
export type EventSql = {
  /** A relation with a row where, and only where, it happened. */
  happened: string;
  projectId: string;
  /** A fresh id, the same for all webhooks. */
  eventId: string;
  /** What receivers are told: ids and numbers, as a jsonb object. Never texts, names or labels. */
  payload: string;
};

/**
 * SQL that notes an event for each webhook that is to be told of it. It is part of the statement, or of the
 * transaction, in which the thing happens: both are stored, or none is. Workers send what is noted.
 */
export function noteEvent(
  kind: WebhookEvent,
  { happened, projectId, eventId, payload }: EventSql,
): string {
  return `INSERT INTO webhook_delivery (project_id, id, webhook_id, event_id, kind, payload)
  SELECT w.project_id, gen_random_uuid(), w.id, ${eventId}::uuid, '${kind}', ${payload}
    FROM (SELECT 1 FROM ${happened} LIMIT 1) happened, webhook w
   WHERE w.project_id = ${projectId} AND w.removed_at IS NULL AND w.paused_at IS NULL
     AND '${kind}' = ANY(w.events)`;
}
