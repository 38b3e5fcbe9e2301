import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import yauzl from "yauzl";
import { closeDb, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "@/lib/services/audit";
import { sealAudit } from "@/lib/services/audit-seals";
import { writeBackup } from "@/lib/services/backup";
import { loadDemo } from "@/lib/services/demo";
import { examine, type Finding } from "@/lib/services/doctor";
import { queueJob } from "@/lib/services/job-runs";
import { inTransaction } from "@/lib/services/project-store";
import { createRelease } from "@/lib/services/releases";
import {
  clearTarget,
  type OpenBackup,
  openBackup,
  readTarget,
  restoreBackup,
  verifyBackup,
} from "@/lib/services/restore";
import { runWaitingJobs } from "@/lib/services/worker";
import { deployMigrations } from "@/scripts/deploy-migrations.mjs";
import { valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeSession } from "./support/factories";
import { makeWork } from "./support/submitted-work";

const root = path.resolve(import.meta.dirname, "..", "..");
const migrations = path.join(root, "prisma", "migrations");
const home = mkdtempSync(path.join(os.tmpdir(), "framemark-backup-"));
const sourceFolder = path.join(home, "data");
process.env.FRAMEMARK_DATA = sourceFolder;
const archive = path.join(home, "backup.zip");
const targets: string[] = [];
const noStep = () => {};

let projectId: string;
let backup: OpenBackup;
/** Operations that were stored before the backup began, and all when it had ended. */
let before: string[];
let afterwards: number;

beforeAll(async () => {
  await loadDemo({ password: "puffin rope lodge 65" });
  const { rows } = await pool().query<{ id: string }>("SELECT id FROM project LIMIT 1");
  projectId = rows[0]?.id ?? "";
  const lead = await makeMember(projectId, "lead");
  await makeSession(lead.userId);
  await recordAudit({ ...lead.actor, projectId }, { action: "a.test", targetType: "project" });
  await pool().query(
    `INSERT INTO audit_event (project_id, id, action, target_type, at)
     VALUES ($1, $2, 'an.old.test', 'project', now() - interval '1 hour')`,
    [projectId, newId()],
  );
  expect(await sealAudit()).toBeGreaterThan(0);
  valueFrom(
    await createRelease.as(lead.actor, {
      projectId,
      settings: { annotationLicence: "CC-BY-4.0", textLicence: "All rights reserved" },
    }),
  );
  await work();
  await inTransaction((tx) =>
    queueJob(tx, { projectId, kind: "a.kind", input: {}, requestedBy: null }),
  );
  await backUpUnderWrites();
  backup = valueFrom(await openBackup(archive));
}, 120_000);

afterAll(async () => {
  backup.close();
  await administer((client) =>
    targets.reduce(
      (done, name) => done.then(() => client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
      Promise.resolve({}) as Promise<unknown>,
    ),
  );
  rmSync(home, { recursive: true, force: true });
});

function work(): Promise<void> {
  return runWaitingJobs((problem) => {
    throw new Error(problem);
  });
}

/** Four annotators go on submitting while the backup is written. */
async function backUpUnderWrites(): Promise<void> {
  const document = await makeDocument(projectId, {
    text: "A headline 🕊️\n\nThe army liberated the 𝔣𝔯𝔢𝔢𝔡 square on Monday.",
  });
  const annotate = async () => {
    const person = await makeMember(projectId, "annotator");
    await makeWork(projectId, document, person, {
      spans: [
        ["naming", "square"],
        ["loaded_language", "𝔣𝔯𝔢𝔢𝔡"],
      ],
      overall: "1",
      comment: "Tabs\tand\\backslashes\nand lines",
    });
  };
  await annotate();
  before = await operations();
  let isDone = false;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const writers = Array.from({ length: 4 }, async () => {
    await begun;
    do await annotate();
    while (!isDone);
  });
  // The first table is being written when the writers begin.
  await writeBackup(archive, begin);
  isDone = true;
  await Promise.all(writers);
  afterwards = (await operations()).length;
}

async function operations(): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>("SELECT id FROM operation");
  return rows.map(({ id }) => id);
}

async function administer(run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: inject("administrationUrl") });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}

/** A database with nothing in it, or a copy of another one. */
async function makeTarget(template = "template1"): Promise<string> {
  const name = `restored_${crypto.randomUUID().replaceAll("-", "")}`;
  await administer((client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`),
  );
  targets.push(name);
  const url = new URL(inject("administrationUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs with another database and data folder than the test's own. */
async function elsewhere<T>(url: string, folder: string, run: () => Promise<T>): Promise<T> {
  const own = { ...process.env };
  await closeDb();
  Object.assign(process.env, { DATABASE_URL: url, FRAMEMARK_DATA: folder });
  try {
    return await run();
  } finally {
    await closeDb();
    Object.assign(process.env, {
      DATABASE_URL: own.DATABASE_URL,
      FRAMEMARK_DATA: own.FRAMEMARK_DATA,
    });
  }
}

async function restored(from: OpenBackup = backup): Promise<{ url: string; folder: string }> {
  const url = await makeTarget(inject("templateDatabase"));
  const folder = mkdtempSync(path.join(home, "restored-"));
  await elsewhere(url, folder, () => restoreBackup(url, from, noStep));
  return { url, folder };
}

let whole: ReturnType<typeof restored> | undefined;

/** A copy of one restored database. */
async function copied(): Promise<{ url: string; folder: string }> {
  whole ??= restored();
  const { url, folder } = await whole;
  return { url: await makeTarget(new URL(url).pathname.slice(1)), folder };
}

async function doctor(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of examine([])) findings.push(finding);
  // Without the list of migrations every one of them is news.
  return findings.filter(({ check }) => check !== "schema");
}

const wrong = async () => (await doctor()).filter(({ state }) => state === "wrong");

/** Changes rows as somebody who owns the tables can. */
async function tamper(sql: string): Promise<void> {
  const client = await pool().connect();
  await client.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
  client.release();
}

describe("a backup under concurrent writes", () => {
  test("is whole, and says so by every hash and count", async () => {
    expect(await verifyBackup(backup, noStep)).toEqual([]);
    expect(backup.manifest.missing).toEqual([]);
    expect(backup.manifest.files.map(({ path: name }) => name)).toContain("audit-seals.log");
    const names = backup.manifest.tables.map(({ name }) => name);
    expect(names).toContain("operation");
    expect(names).not.toContain("session");
    expect(readdirSync(home).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("restores to what doctor finds nothing wrong with, and each operation stored before it is there", async () => {
    const { url, folder } = await restored();
    await elsewhere(url, folder, async () => {
      expect(await doctor()).toSatisfy((all: Finding[]) =>
        all.every(({ state }) => state === "good"),
      );
      const there = new Set(await operations());
      expect(before.filter((id) => !there.has(id))).toEqual([]);
      expect(there.size).toBeLessThan(afterwards);
      const { rows } = await pool().query(
        `SELECT (SELECT count(*)::int FROM session) AS sessions,
                (SELECT count(*)::int FROM pg_constraint WHERE contype = 'f'
                  AND connamespace = 'public'::regnamespace AND convalidated) AS references`,
      );
      expect(rows[0]).toMatchObject({ sessions: 0 });
      expect(rows[0].references).toBeGreaterThan(40);
    });
  });

  test("lets work go on after a restore: numbers, append-only logs, waiting jobs", async () => {
    const { url, folder } = await restored();
    await elsewhere(url, folder, async () => {
      const person = await makeMember(projectId, "annotator");
      const document = await makeDocument(projectId);
      await makeWork(projectId, document, person, { spans: [["naming", "army"]], overall: "1" });
      const { rows } = await pool().query<{ isLast: boolean }>(
        `SELECT (SELECT seq FROM document WHERE id = $1) = max(seq) AS "isLast" FROM document`,
        [document.documentId],
      );
      expect(rows[0]?.isLast).toBe(true);
      await expect(pool().query("DELETE FROM operation")).rejects.toThrow("never changed");
      await runWaitingJobs(noStep);
      const job = await pool().query("SELECT state, problem FROM job WHERE kind = 'a.kind'");
      expect(job.rows[0]).toMatchObject({ state: "failed" });
      expect(await wrong()).toEqual([]);
    });
  });

  test("has the same rows when it is backed up once more", async () => {
    const { url, folder } = await copied();
    const again = path.join(home, "again.zip");
    const { tables } = await elsewhere(url, folder, () => writeBackup(again, noStep));
    // Jobs that ran would run on: they are set to wait.
    const sums = (list: typeof tables) =>
      list.filter(({ name }) => name !== "job").map(({ name, rows }) => [name, rows]);
    expect(sums(tables)).toEqual(sums(backup.manifest.tables));
  });
});

describe("a restore", () => {
  test("refuses a database with rows, and one of somebody else", async () => {
    expect(await readTarget(process.env.DATABASE_URL ?? "")).toMatchObject({ kind: "filled" });
    const url = await makeTarget();
    expect(await readTarget(url)).toEqual({ kind: "bare" });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("CREATE TABLE theirs (id int)");
    await client.end();
    expect(await readTarget(url)).toEqual({ kind: "foreign", table: "theirs" });
  });

  test("of an older backup makes the tables of its time first, and brings them up", async () => {
    const url = await makeTarget(inject("templateDatabase"));
    const names = readdirSync(migrations)
      .filter((name) => /^\d/.test(name))
      .sort();
    await clearTarget(url);
    const earlier = names.at(-2) ?? "";
    await deployMigrations(url, migrations, { upTo: earlier });
    expect(await readTarget(url)).toMatchObject({ migrations: names.slice(0, -1) });
    expect((await deployMigrations(url, migrations)).applied).toEqual(names.slice(-1));
  }, 60_000);

  test("of a backup with one flipped byte restores nothing", async () => {
    const bytes = readFileSync(archive);
    const at = await placeOf("tables/span.copy");
    for (const place of [at + 40, bytes.length - 30]) {
      const damaged = path.join(home, `damaged-${place}.zip`);
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      writeFileSync(damaged, changed);
      const opened = await openBackup(damaged);
      if (!opened.ok) continue;
      expect((await verifyBackup(opened.value, noStep)).length).toBeGreaterThan(0);
      const url = await makeTarget(inject("templateDatabase"));
      const folder = mkdtempSync(path.join(home, "nothing-"));
      await expect(
        elsewhere(url, folder, () => restoreBackup(url, opened.value, noStep)),
      ).rejects.toThrow();
      expect(await readTarget(url)).toMatchObject({ kind: "prepared" });
      expect(existsSync(path.join(folder, "releases"))).toBe(false);
      opened.value.close();
    }
  });

  test("refuses what is no backup", async () => {
    const file = path.join(home, "other.zip");
    writeFileSync(file, "not a zip");
    expect(await openBackup(file)).toMatchObject({ ok: false, failure: { kind: "invalid" } });
    expect(await openBackup(`${file}.nowhere`)).toMatchObject({ failure: { kind: "not_found" } });
  });
});

/** Where the packed bytes of an entry begin. */
async function placeOf(name: string): Promise<number> {
  const zip = await yauzl.openPromise(archive, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName === name) return entry.relativeOffsetOfLocalHeader + 30 + name.length;
    }
    throw new Error(`${name} is not there.`);
  } finally {
    zip.close();
  }
}

describe("doctor", () => {
  test.each<[what: string, check: string, sql: string]>([
    [
      "words that are not at their offsets",
      "offsets",
      "UPDATE span SET quotes = '{circle}' WHERE quotes = '{square}'",
    ],
    [
      "annotations that no operation made",
      "operations",
      "UPDATE span SET label_key = 'appeal' WHERE quotes = '{square}'",
    ],
    ["an operation that is gone", "operations", "DELETE FROM operation WHERE revision = 2"],
    [
      "a text that was changed",
      "texts",
      "UPDATE document_version SET text = overlay(text placing 'X' from 3)",
    ],
    ["a row without its parent", "references", "DELETE FROM event"],
    [
      "a tampered audit event",
      "audit log",
      "UPDATE audit_event SET action = 'x' WHERE action = 'an.old.test'",
    ],
    ["a seal that is gone", "audit log", "DELETE FROM audit_seal"],
    [
      "a job that nobody works on",
      "jobs",
      "UPDATE job SET state = 'running', lease_until = now() - interval '1 hour'",
    ],
  ])("finds %s", async (_, check, sql) => {
    const { url, folder } = await copied();
    await elsewhere(url, folder, async () => {
      await tamper(sql);
      expect((await wrong()).map((finding) => finding.check)).toContain(check);
    });
  });

  test("finds a release whose file was damaged or is gone", async () => {
    const { url, folder } = await copied();
    const place = path.join(folder, "releases", projectId);
    const name = readdirSync(place).find((each) => each.endsWith(".zip")) ?? "";
    const bytes = readFileSync(path.join(place, name));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(path.join(place, name), bytes);
    await elsewhere(url, folder, async () => {
      expect((await wrong()).map(({ check }) => check)).toEqual(["releases"]);
      rmSync(path.join(place, name));
      expect((await wrong())[0]?.problems.join()).toContain("missing");
    });
  });
});
