import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { sealAudit, sealFile, verifyAudit } from "@/lib/services/audit-seals";
import { emptyDatabase } from "@/tests/support/database";

const folder = mkdtempSync(path.join(os.tmpdir(), "framemark-seals-"));
process.env.FRAMEMARK_DATA = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROJECT = newId();
const OTHER = newId();

beforeEach(async () => {
  await emptyDatabase();
  rmSync(sealFile(), { force: true });
  for (const [projectId, minute] of [
    [PROJECT, 1],
    [PROJECT, 1],
    [PROJECT, 2],
    [OTHER, 2],
    [PROJECT, 5],
  ] as const) {
    await note(projectId, `2026-03-01T10:0${minute}:07.123Z`);
  }
});

async function note(projectId: string, at: string): Promise<void> {
  await pool().query(
    `INSERT INTO audit_event (project_id, id, action, target_type, detail, at)
     VALUES ($1, $2, 'a.test', 'project', '{"b": 1, "a": "ü"}', $3)`,
    [projectId, newId(), at],
  );
}

/** As somebody who owns the tables can. */
async function tamper(sql: string): Promise<void> {
  const client = await pool().connect();
  await client.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
  client.release();
}

const problems = async () => (await verifyAudit(pool())).problems;

describe("the seals of the audit log", () => {
  test("cover each minute of each project once, and hold", async () => {
    expect(await sealAudit()).toBe(4);
    expect(await sealAudit()).toBe(0);
    expect(await verifyAudit(pool())).toEqual({ sealed: 4, events: 5, unsealed: 0, problems: [] });
    const lines = readFileSync(sealFile(), "utf8").trim().split("\n");
    expect(lines).toHaveLength(4);
  });

  test("go on from where they were", async () => {
    await sealAudit();
    await note(PROJECT, "2026-03-01T10:09:00.000Z");
    expect((await verifyAudit(pool())).unsealed).toBe(1);
    expect(await sealAudit()).toBe(1);
    expect(await verifyAudit(pool())).toMatchObject({ sealed: 5, unsealed: 0, problems: [] });
  });

  test("leave the minute alone that is not over", async () => {
    await sealAudit();
    const { rows } = await pool().query<{ at: string }>("SELECT now()::text AS at");
    await note(OTHER, rows[0]?.at ?? "");
    // A minute may end between both statements; then it is over, and sealed rightly.
    await sealAudit();
    expect(await problems()).toEqual([]);
  });

  test.each([
    [
      "changed",
      `UPDATE audit_event SET action = 'b.test' WHERE seq = (SELECT min(seq) FROM audit_event)`,
    ],
    [
      "changed in its detail",
      `UPDATE audit_event SET detail = '{"a": "ü", "b": 2}'
                                WHERE seq = (SELECT min(seq) FROM audit_event)`,
    ],
    ["taken out", `DELETE FROM audit_event WHERE seq = (SELECT min(seq) FROM audit_event)`],
    [
      "taken out with its whole minute",
      `DELETE FROM audit_event WHERE at > '2026-03-01T10:04:00Z'`,
    ],
    [
      "put in",
      `INSERT INTO audit_event (project_id, id, action, target_type, at)
                VALUES ('${PROJECT}', '${newId()}', 'x', 'y', '2026-03-01T10:03:00Z')`,
    ],
    ["moved", `UPDATE audit_event SET seq = 0 WHERE seq = (SELECT min(seq) + 1 FROM audit_event)`],
    [
      "given to another project",
      `UPDATE audit_event SET project_id = '${OTHER}' WHERE at > '2026-03-01T10:04:00Z'`,
    ],
  ])("find an event that was %s", async (_, sql) => {
    await sealAudit();
    expect(await problems()).toEqual([]);
    await tamper(sql);
    expect(await problems()).not.toEqual([]);
  });

  test("find that they were made anew, by the notes outside the database", async () => {
    await sealAudit();
    await tamper("DELETE FROM audit_seal; UPDATE audit_event SET action = 'b.test'");
    const notes = readFileSync(sealFile(), "utf8");
    await sealAudit();
    writeFileSync(sealFile(), notes);
    expect((await problems()).map(({ message }) => message).join()).toContain("audit-seals.log");
    rmSync(sealFile());
    expect(await problems()).toEqual([]);
  });

  test("are only ever added to", async () => {
    await sealAudit();
    await expect(pool().query("UPDATE audit_seal SET events = 9")).rejects.toThrow("never changed");
    await expect(pool().query("DELETE FROM audit_seal")).rejects.toThrow("never changed");
    await expect(pool().query("TRUNCATE audit_seal")).rejects.toThrow("never changed");
    await expect(pool().query("TRUNCATE audit_event")).rejects.toThrow("never changed");
  });
});
