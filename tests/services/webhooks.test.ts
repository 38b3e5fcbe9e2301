import http from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { RETRY_AFTER } from "@/lib/domain/api/webhook-events";
import { pool } from "@/lib/server/db";
import { defineJob, JobRefused, queueJob } from "@/lib/services/job-runs";
import { inTransaction } from "@/lib/services/project-store";
import { sendDueWebhooks } from "@/lib/services/webhook-delivery";
import {
  createWebhook,
  listDeliveries,
  listWebhooks,
  pauseWebhook,
  removeWebhook,
  renewWebhookSecret,
  replayDelivery,
  testWebhook,
} from "@/lib/services/webhooks";
import { runWaitingJobs, startWorker } from "@/lib/services/worker";
import { pollUntil } from "@/scripts/deadline.mjs";
import { failureFrom, valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject } from "./support/factories";
import { makeWork } from "./support/submitted-work";

/** A real receiver on this machine: keeps what it is sent, and answers as it is told. */
type Received = { headers: Record<string, string>; body: string };
let received: Received[] = [];
let answerWith = 200;
const receiver = http.createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (piece: string) => {
    body += piece;
  });
  request.on("end", () => {
    received.push({ headers: request.headers as Record<string, string>, body });
    response.writeHead(answerWith, { location: "/elsewhere" }).end("what nobody reads");
  });
});

let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const { port } = receiver.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/hook`;
  process.env.FRAMEMARK_WEBHOOK_HOSTS = `127.0.0.1:${port}`;
});
afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});
beforeEach(() => {
  received = [];
  answerWith = 200;
});

const never = new AbortController().signal;
const report = (problem: string) => {
  throw new Error(problem);
};

async function makeHook(events: string[] = ["job.ended"]) {
  const { projectId } = await makeProject();
  const lead = await makeMember(projectId, "lead");
  const made = valueFrom(await createWebhook.as(lead.actor, { projectId, url, events }));
  const place = { projectId, webhookId: made.webhookId };
  const log = async () => valueFrom(await listDeliveries.as(lead.actor, place)).deliveries;
  return { ...place, place, lead, secret: made.secret, log };
}

const failing = defineJob({
  kind: "count",
  input: z.strictObject({ fails: z.boolean() }),
  run: async ({ input }) => {
    if (input.fails) throw new JobRefused("Nothing to count.");
    return { counted: 1 };
  },
});

async function runJob(projectId: string, fails = false): Promise<string> {
  const jobId = await inTransaction((tx) =>
    queueJob(tx, { projectId, kind: "count", input: { fails }, requestedBy: null }),
  );
  await runWaitingJobs(() => {}, [failing]);
  return jobId;
}

/** As if the pause after a failed try were over. */
async function passTime(projectId: string): Promise<void> {
  // A second ago: the column rounds to a thousandth of it, which may be a moment ahead.
  await pool().query(
    `UPDATE webhook_delivery SET next_attempt_at = now() - interval '1 second' WHERE project_id = $1`,
    [projectId],
  );
}

describe("a webhook is told", () => {
  test("of a job's end, once, signed so that a library of others can check it", async () => {
    const { projectId, secret, log } = await makeHook();
    const jobId = await runJob(projectId);
    await Promise.all([sendDueWebhooks(never), sendDueWebhooks(never)]);
    expect(received).toHaveLength(1);
    const { headers, body } = received[0] ?? { headers: {}, body: "" };
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({
      type: "job.ended",
      data: { projectId, jobId, kind: "count", state: "done" },
    });
    expect(() => new Webhook(secret).verify(body.replace("done", "lost"), headers)).toThrow();
    expect(await log()).toMatchObject([
      { kind: "job.ended", state: "delivered", attempts: 1, tries: [{ status: 200 }] },
    ]);
  });

  test("of a job that failed", async () => {
    const { projectId } = await makeHook();
    await runJob(projectId, true);
    await sendDueWebhooks(never);
    expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ data: { state: "failed" } });
  });

  test("of a submission, without any words of it", async () => {
    const { projectId } = await makeHook(["submission.made"]);
    const document = await makeDocument(projectId);
    const annotator = await makeMember(projectId, "annotator");
    const { assignmentId } = await makeWork(projectId, document, annotator, {
      spans: [["naming", "army"]],
    });
    await sendDueWebhooks(never);
    expect(JSON.parse(received[0]?.body ?? "").data).toEqual({
      projectId,
      assignmentId,
      documentId: document.documentId,
      revision: expect.any(Number),
    });
  });

  test("by the worker, without being asked", async () => {
    const { lead, place } = await makeHook();
    const worker = await startWorker(report, []);
    valueFrom(await testWebhook.as(lead.actor, place));
    await pollUntil(() => received.length > 0, { milliseconds: 15_000 });
    await worker.stop();
    expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ type: "test" });
  });

  test("nothing of other events, of other projects, or while it is paused", async () => {
    const { projectId, place, lead, log } = await makeHook(["release.ready"]);
    const other = await makeHook();
    await runJob(projectId);
    valueFrom(await pauseWebhook.as(other.lead.actor, { ...other.place, choice: "pause" }));
    await runJob(other.projectId);
    await sendDueWebhooks(never);
    expect(received).toEqual([]);
    expect(await log()).toEqual([]);
    valueFrom(await removeWebhook.as(lead.actor, place));
    expect(valueFrom(await listWebhooks.as(lead.actor, { projectId }))).toEqual([]);
  });

  test("nothing where nothing happened: a job that another process had ended", async () => {
    const { projectId, log } = await makeHook();
    const stolen = defineJob({
      kind: "count",
      input: z.strictObject({ fails: z.boolean() }),
      run: async ({ jobId }) => {
        await pool().query(`UPDATE job SET attempts = attempts + 1 WHERE id = $1`, [jobId]);
        return {};
      },
    });
    await inTransaction((tx) =>
      queueJob(tx, { projectId, kind: "count", input: { fails: false }, requestedBy: null }),
    );
    await runWaitingJobs(() => {}, [stolen]);
    expect(await log()).toEqual([]);
  });
});

describe("a delivery that fails", () => {
  test("is tried again, ever later, until it arrives", async () => {
    const { projectId, log } = await makeHook();
    answerWith = 503;
    await runJob(projectId);
    await sendDueWebhooks(never);
    await sendDueWebhooks(never);
    expect(received).toHaveLength(1);
    const [waiting] = await log();
    const wait = Date.parse(waiting?.nextAttemptAt ?? "") - Date.now();
    expect(wait).toBeGreaterThan(5_000);
    expect(wait).toBeLessThan(RETRY_AFTER[0] * 1_000 + 5_000);
    await passTime(projectId);
    answerWith = 204;
    await sendDueWebhooks(never);
    expect(await log()).toMatchObject([
      { state: "delivered", attempts: 2, tries: [{ status: 503 }, { status: 204 }] },
    ]);
    expect(received[0]?.headers["webhook-id"]).toBe(received[1]?.headers["webhook-id"]);
  });

  test("is given up in the end, and can be sent once more by hand", async () => {
    const { projectId, place, lead, log } = await makeHook();
    answerWith = 302;
    await runJob(projectId);
    for (let attempt = 0; attempt <= RETRY_AFTER.length; attempt++) {
      await passTime(projectId);
      await sendDueWebhooks(never);
    }
    const [lost] = await log();
    expect(lost).toMatchObject({ state: "failed", attempts: RETRY_AFTER.length + 1 });
    expect(received.every(({ headers }) => headers["webhook-id"] === lost?.eventId)).toBe(true);
    await passTime(projectId);
    expect(await sendDueWebhooks(never)).toBe(0);

    answerWith = 200;
    const replay = { ...place, deliveryId: lost?.deliveryId ?? "" };
    valueFrom(await replayDelivery.as(lead.actor, replay));
    await sendDueWebhooks(never);
    const [replayed] = await log();
    expect(replayed).toMatchObject({ state: "delivered", eventId: lost?.eventId });
  });
});

test("no private network is reached, whatever a lead names", async () => {
  const { projectId } = await makeProject();
  const lead = await makeMember(projectId, "lead");
  const events = ["job.ended"];
  for (const bad of [
    "ftp://example.org",
    "https://me:secret@example.org",
    "http://example.org:22",
  ]) {
    const refused = await createWebhook.as(lead.actor, { projectId, url: bad, events });
    expect(failureFrom(refused).place, bad).toBe("url");
  }
  const names = ["http://127.0.0.1/", "http://0x7f.1/", "http://[::1]/", "http://169.254.169.254/"];
  for (const inside of names) {
    valueFrom(await createWebhook.as(lead.actor, { projectId, url: inside, events }));
  }
  await runJob(projectId);
  await sendDueWebhooks(never);
  const { rows } = await pool().query<{ status: number | null; problem: string }>(
    `SELECT status, problem FROM webhook_attempt WHERE project_id = $1`,
    [projectId],
  );
  expect(rows).toHaveLength(names.length);
  for (const row of rows) expect(row.problem).toContain("private network");
});

test("a renewed secret signs from then on, and none is stored", async () => {
  const { projectId, place, lead, secret } = await makeHook();
  const renewed = valueFrom(await renewWebhookSecret.as(lead.actor, place)).secret;
  expect(renewed).not.toBe(secret);
  await runJob(projectId);
  await sendDueWebhooks(never);
  const { headers, body } = received[0] ?? { headers: {}, body: "" };
  expect(() => new Webhook(secret).verify(body, headers)).toThrow();
  new Webhook(renewed).verify(body, headers);
  const { rows } = await pool().query<{ row: string }>(`SELECT w::text AS row FROM webhook w`);
  for (const { row } of rows) expect(row).not.toContain(renewed.slice("whsec_".length));
});
