import "server-only";
import { z } from "zod";
import { readPlace, writePlace } from "@/lib/domain/api/place";
import { WEBHOOK_EVENTS, type WebhookEvent } from "@/lib/domain/api/webhook-events";
import { failure, type Result, success } from "@/lib/domain/result";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { webhookAddress, webhookSecret } from "@/lib/server/post-webhook";
import { recordAudit } from "./audit";
import { inLiveProject } from "./project-store";
import { type Caller, defineUseCase } from "./use-case";

/** A webhook as its page shows it. */
export type ListedWebhook = {
  webhookId: string;
  url: string;
  events: WebhookEvent[];
  isPaused: boolean;
  createdAt: string;
  /** Of the last hundred that ended. */
  delivered: number;
  failed: number;
  waiting: number;
};

const MOST_WEBHOOKS = 20;
const one = z.strictObject({ projectId: z.uuid(), webhookId: z.uuid() });
const permission = "webhook.manage" as const;

/** A form sends one event as a text, several as a list. */
const eventsInput = z
  .union([z.array(z.enum(WEBHOOK_EVENTS)), z.enum(WEBHOOK_EVENTS).transform((each) => [each])])
  .transform((all) => WEBHOOK_EVENTS.filter((event) => all.includes(event)))
  .refine((all) => all.length > 0, "Choose what the webhook is told of.");

/** Makes a webhook. Its secret is in the answer; later only a new one can be had. */
export const createWebhook = defineUseCase({
  name: "createWebhook",
  permission,
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), url: z.string().max(2_048), events: eventsInput }),
  async run(
    { projectId, url, events },
    caller,
  ): Promise<Result<{ webhookId: string; secret: string }>> {
    const address = webhookAddress(url);
    if (!address.ok) return { ok: false, failure: { ...address.failure, place: "url" } };
    const webhookId = newId();
    const made = await inLiveProject(projectId, async (tx) => {
      const known = await tx.webhook.count({ where: { projectId, removedAt: null } });
      if (known >= MOST_WEBHOOKS) {
        return failure("closed", `A project has ${MOST_WEBHOOKS} webhooks at most.`);
      }
      await tx.webhook.create({
        data: {
          projectId,
          id: webhookId,
          url: address.value.href,
          events,
          createdById: caller.userId,
        },
      });
      return success(null);
    });
    if (!made.ok) return made;
    await note(caller, "webhook.created", webhookId, {
      host: address.value.host,
      events: events.join(" "),
    });
    return success({ webhookId, secret: webhookSecret(projectId, webhookId, 1) });
  },
});

/** The webhooks of a project, with how their deliveries went. */
export const listWebhooks = defineUseCase({
  name: "listWebhooks",
  permission,
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }): Promise<Result<ListedWebhook[]>> {
    const { rows } = await pool().query<Omit<ListedWebhook, "createdAt"> & { createdAt: Date }>(
      `SELECT w.id AS "webhookId", w.url, w.events, w.paused_at IS NOT NULL AS "isPaused",
              w.created_at AS "createdAt", x.delivered, x.failed, x.waiting
         FROM webhook w
         CROSS JOIN LATERAL (
           SELECT count(*) FILTER (WHERE d.state = 'delivered')::int AS delivered,
                  count(*) FILTER (WHERE d.state = 'failed')::int AS failed,
                  count(*) FILTER (WHERE d.state = 'waiting')::int AS waiting
             FROM (SELECT state FROM webhook_delivery d
                    WHERE d.project_id = w.project_id AND d.webhook_id = w.id
                    ORDER BY created_at DESC LIMIT 100) d) x
        WHERE w.project_id = $1 AND w.removed_at IS NULL ORDER BY w.created_at, w.id`,
      [projectId],
    );
    return success(rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })));
  },
});

/** Chooses anew what a webhook is told of. */
export const changeWebhook = defineUseCase({
  name: "changeWebhook",
  permission,
  scope: "project",
  input: one.extend({ events: eventsInput }),
  async run({ projectId, webhookId, events }, caller): Promise<Result<null>> {
    const { count } = await db().webhook.updateMany({
      where: { projectId, id: webhookId, removedAt: null },
      data: { events },
    });
    if (count === 0) return noWebhook();
    await note(caller, "webhook.changed", webhookId, { events: events.join(" ") });
    return success(null);
  },
});

/** Stops telling a webhook, or goes on. What is noted already waits. */
export const pauseWebhook = defineUseCase({
  name: "pauseWebhook",
  permission,
  scope: "project",
  input: one.extend({ choice: z.enum(["pause", "resume"]) }),
  async run({ projectId, webhookId, choice }, caller): Promise<Result<null>> {
    const { count } = await db().webhook.updateMany({
      where: { projectId, id: webhookId, removedAt: null },
      data: { pausedAt: choice === "pause" ? new Date() : null },
    });
    if (count === 0) return noWebhook();
    await note(caller, choice === "pause" ? "webhook.paused" : "webhook.resumed", webhookId, {});
    return success(null);
  },
});

/** Ends a webhook. What still waits for it is given up; the log of its deliveries stays. */
export const removeWebhook = defineUseCase({
  name: "removeWebhook",
  permission,
  scope: "project",
  input: one,
  async run({ projectId, webhookId }, caller): Promise<Result<null>> {
    const { rowCount } = await pool().query(
      `WITH removed AS (
         UPDATE webhook SET removed_at = now()
          WHERE project_id = $1 AND id = $2 AND removed_at IS NULL RETURNING id
       ), given_up AS (
         UPDATE webhook_delivery d SET state = 'failed', ended_at = now() FROM removed
          WHERE d.project_id = $1 AND d.webhook_id = removed.id AND d.state = 'waiting'
       )
       SELECT 1 FROM removed`,
      [projectId, webhookId],
    );
    if (rowCount === 0) return noWebhook();
    await note(caller, "webhook.removed", webhookId, {});
    return success(null);
  },
});

/** A new secret for a webhook; the old one signs nothing from now on. */
export const renewWebhookSecret = defineUseCase({
  name: "renewWebhookSecret",
  permission,
  scope: "project",
  input: one,
  async run({ projectId, webhookId }, caller): Promise<Result<{ secret: string }>> {
    const { rows } = await pool().query<{ generation: number }>(
      `UPDATE webhook SET generation = generation + 1
        WHERE project_id = $1 AND id = $2 AND removed_at IS NULL RETURNING generation`,
      [projectId, webhookId],
    );
    const row = rows[0];
    if (row === undefined) return noWebhook();
    await note(caller, "webhook.secret_renewed", webhookId, {});
    return success({ secret: webhookSecret(projectId, webhookId, row.generation) });
  },
});

/** A delivery with its tries. */
export type ListedDelivery = {
  deliveryId: string;
  eventId: string;
  kind: string;
  payload: Record<string, unknown>;
  state: "waiting" | "delivered" | "failed";
  attempts: number;
  createdAt: string;
  nextAttemptAt: string | null;
  tries: {
    attempt: number;
    status: number | null;
    problem: string | null;
    milliseconds: number;
    at: string;
  }[];
};

const PAGE = 50;

/** What was, or is to be, sent to a webhook, the latest first. */
export const listDeliveries = defineUseCase({
  name: "listDeliveries",
  permission,
  scope: "project",
  input: one.extend({ after: z.string().max(1_000).optional() }),
  async run({ projectId, webhookId, after }): Promise<
    Result<{
      url: string;
      events: WebhookEvent[];
      deliveries: ListedDelivery[];
      next: string | null;
    }>
  > {
    const webhook = await db().webhook.findUnique({
      where: { projectId_id: { projectId, id: webhookId } },
      select: { url: true, events: true },
    });
    if (webhook === null) return noWebhook();
    const place = after === undefined ? undefined : readPlace("deliveries", after);
    const from = z
      .tuple([z.iso.datetime({ precision: 3 }), z.uuid()])
      .optional()
      .safeParse(place);
    if (!from.success)
      return failure("invalid", "This is no page of the list.", { place: "after" });
    const { rows } = await pool().query<DeliveryRow>(DELIVERIES, [
      projectId,
      webhookId,
      from.data?.[0] ?? null,
      from.data?.[1] ?? null,
      PAGE + 1,
    ]);
    const shown = rows.slice(0, PAGE);
    const last = rows.length > PAGE ? shown.at(-1) : undefined;
    return success({
      url: webhook.url,
      events: WEBHOOK_EVENTS.filter((event) => webhook.events.includes(event)),
      deliveries: shown.map(({ createdAt, nextAttemptAt, ...row }) => ({
        ...row,
        createdAt: createdAt.toISOString(),
        nextAttemptAt: row.state === "waiting" ? nextAttemptAt.toISOString() : null,
      })),
      next:
        last === undefined
          ? null
          : writePlace("deliveries", [last.createdAt.toISOString(), last.deliveryId]),
    });
  },
});

type DeliveryRow = Omit<ListedDelivery, "createdAt" | "nextAttemptAt"> & {
  createdAt: Date;
  nextAttemptAt: Date;
};

const DELIVERIES = `
SELECT d.id AS "deliveryId", d.event_id AS "eventId", d.kind, d.payload, d.state, d.attempts,
       d.created_at AS "createdAt", d.next_attempt_at AS "nextAttemptAt",
       (SELECT coalesce(json_agg(json_build_object('attempt', t.attempt, 'status', t.status,
                 'problem', t.problem, 'milliseconds', t.milliseconds, 'at', t.at)
                 ORDER BY t.attempt), '[]')
          FROM webhook_attempt t
         WHERE t.project_id = d.project_id AND t.delivery_id = d.id) AS tries
  FROM webhook_delivery d
 WHERE d.project_id = $1 AND d.webhook_id = $2
   AND ($3::timestamptz IS NULL OR (d.created_at, d.id) < ($3, $4::uuid))
 ORDER BY d.created_at DESC, d.id DESC LIMIT $5`;

/** Sends an event once more, as a delivery of its own with the same event id. */
export const replayDelivery = defineUseCase({
  name: "replayDelivery",
  permission,
  scope: "project",
  input: one.extend({ deliveryId: z.uuid() }),
  async run({ projectId, webhookId, deliveryId }, caller): Promise<Result<{ deliveryId: string }>> {
    const replayId = newId();
    const { rowCount } = await pool().query(
      `INSERT INTO webhook_delivery (project_id, id, webhook_id, event_id, kind, payload)
       SELECT d.project_id, $4, d.webhook_id, d.event_id, d.kind, d.payload
         FROM webhook_delivery d
         JOIN webhook w ON w.project_id = d.project_id AND w.id = d.webhook_id AND w.removed_at IS NULL
        WHERE d.project_id = $1 AND d.webhook_id = $2 AND d.id = $3 AND d.state <> 'waiting'`,
      [projectId, webhookId, deliveryId, replayId],
    );
    if (rowCount === 0) return failure("conflict", "This delivery waits to be sent already.");
    await note(caller, "webhook.replayed", webhookId, { deliveryId });
    return success({ deliveryId: replayId });
  },
});

/** Sends an event that says nothing, to see whether it arrives. */
export const testWebhook = defineUseCase({
  name: "testWebhook",
  permission,
  scope: "project",
  input: one,
  async run({ projectId, webhookId }): Promise<Result<{ deliveryId: string }>> {
    const deliveryId = newId();
    const { rowCount } = await pool().query(
      `INSERT INTO webhook_delivery (project_id, id, webhook_id, event_id, kind, payload)
       SELECT project_id, $3, id, $3, 'test', '{}' FROM webhook
        WHERE project_id = $1 AND id = $2 AND removed_at IS NULL`,
      [projectId, webhookId, deliveryId],
    );
    return rowCount === 0 ? noWebhook() : success({ deliveryId });
  },
});

function note(
  caller: Caller,
  action: string,
  targetId: string,
  detail: Record<string, string>,
): Promise<void> {
  return recordAudit(caller, { action, targetType: "webhook", targetId, detail });
}

function noWebhook<T>(): Result<T> {
  return failure("not_found", "This webhook does not exist in this project.");
}
