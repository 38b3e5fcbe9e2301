import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/domain/policy";
import { pool } from "@/lib/server/db";
import { isDemoInstance } from "@/lib/server/instance";
import { signInWithPassword } from "@/lib/server/sign-in";
import { openAgreement } from "@/lib/services/agreement";
import { compareDocument } from "@/lib/services/comparison";
import { describeDataset, exportDataset } from "@/lib/services/dataset";
import { type DemoAccount, loadDemo, settleDemo } from "@/lib/services/demo";
import { listDocuments } from "@/lib/services/document-search";
import { listMembers } from "@/lib/services/members";
import { listProjects, openProject } from "@/lib/services/projects";
import { openAssignment } from "@/lib/services/workspace";
import { valueFrom } from "./support/answers";

const PASSWORD = "puffin rope lodge 65";

let accounts: DemoAccount[];
let isDemoWhileLoading: boolean;
let projectId: string;

beforeAll(async () => {
  // As a start that was killed before it was done leaves it: the next one begins anew.
  await loadDemo({ password: "another password" });
  ({ accounts } = await loadDemo({ password: PASSWORD }));
  isDemoWhileLoading = await isDemoInstance();
  await settleDemo();
  const { rows } = await pool().query<{ id: string }>(`SELECT id FROM project`);
  projectId = rows[0]?.id ?? "";
});

function actor(userId: string): Actor {
  return { userId, sessionId: null, instanceRole: "user", leadsSomewhere: true };
}

async function actorOf(email: string) {
  const { rows } = await pool().query<{ id: string }>(`SELECT id FROM "user" WHERE email = $1`, [
    email,
  ]);
  return actor(rows[0]?.id ?? "");
}

describe("the demo", () => {
  test("has accounts that can sign in and are marked as the demo's", async () => {
    expect(accounts).toHaveLength(6);
    expect(isDemoWhileLoading).toBe(false);
    expect(await isDemoInstance()).toBe(true);
    for (const { email } of accounts) {
      expect(await signInWithPassword(email, PASSWORD)).not.toBeNull();
    }
    const { rows } = await pool().query(`SELECT 1 FROM "user" WHERE NOT is_demo`);
    expect(rows).toEqual([]);
  });

  test("has its documents in one event with a day", async () => {
    const { rows } = await pool().query(
      `SELECT e.name, e.happened_on::text AS day, count(*)::int AS documents
         FROM event e JOIN document d ON d.project_id = e.project_id AND d.event_id = e.id
        GROUP BY e.id, e.project_id, e.name, e.happened_on`,
    );
    expect(rows).toEqual([
      expect.objectContaining({ day: "2025-03-15", documents: 3, name: expect.any(String) }),
    ]);
  });

  test("has every annotation in the log of operations", async () => {
    const { rows } = await pool().query<{ spans: number; added: number }>(
      `SELECT (SELECT count(*)::int FROM span WHERE NOT is_removed) AS spans,
              (SELECT count(*)::int FROM operation WHERE kind = 'add_span' AND outcome = 'applied') AS added`,
    );
    expect(rows[0]?.spans).toBeGreaterThan(200);
    expect(rows[0]?.added).toBe(rows[0]?.spans);
  });

  test("answers on every page of its lead", async () => {
    const lead = await actorOf("lead@example.org");
    expect(valueFrom(await listProjects.as(lead, {}))).toHaveLength(1);
    expect(valueFrom(await openProject.as(lead, { projectId })).whole?.submitted).toBe(10);
    expect(valueFrom(await listDocuments.as(lead, { projectId })).documents).toHaveLength(3);
    expect(valueFrom(await listMembers.as(lead, { projectId }))).toHaveLength(5);
    const agreement = valueFrom(await openAgreement.as(lead, { projectId }));
    expect(agreement.annotators).toHaveLength(4);
    const report = agreement.layers?.find(({ kind }) => kind === "spans");
    expect(report?.headline.figure.value).toBeGreaterThan(0.1);
    expect(report?.pairs).toHaveLength(6);
    for (const { documentId } of agreement.coverage) {
      const comparison = valueFrom(await compareDocument.as(lead, { projectId, documentId }));
      expect(comparison.clusters.length).toBeGreaterThan(10);
    }
    const { spans } = valueFrom(await describeDataset.as(lead, { projectId }));
    expect(spans).toBe(201);
    expect(valueFrom(await exportDataset.as(lead, { projectId, format: "csv" })).annotations).toBe(
      242,
    );
  });

  test("has work in every state for its annotators", async () => {
    const { rows } = await pool().query<{ id: string; state: string; user_id: string }>(
      `SELECT a.id, a.state, n.user_id FROM assignment a
         JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id`,
    );
    expect(new Set(rows.map(({ state }) => state))).toEqual(
      new Set(["assigned", "in_progress", "submitted"]),
    );
    for (const { id, state, user_id } of rows) {
      const opened = valueFrom(await openAssignment.as(actor(user_id), { assignmentId: id }));
      expect(opened.annotations.spans.length > 0).toBe(state !== "assigned");
    }
  });
});
