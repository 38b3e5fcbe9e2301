import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { acceptInvite } from "@/lib/services/accounts";
import { listAllProjects, purgeProject } from "@/lib/services/all-projects";
import { exportAuditLog, listAuditActions, listAuditLog } from "@/lib/services/audit-log";
import { inviteMany, previewInvites } from "@/lib/services/bulk-invites";
import { listAllJobs, readStorage } from "@/lib/services/operations";
import { archiveProject, renameProject } from "@/lib/services/projects";
import { openSite, setBanner } from "@/lib/services/site";
import { endUserSessions, listUsers, openUser } from "@/lib/services/users";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import {
  isSessionLive,
  makeDocument,
  makeMember,
  makeProject,
  makeSession,
  makeUser,
  type TestUser,
} from "./support/factories";
import { makeWork } from "./support/submitted-work";

const dataFolder = mkdtempSync(path.join(tmpdir(), "framemark-administration-"));
process.env.FRAMEMARK_DATA = dataFolder;
afterAll(() => rmSync(dataFolder, { recursive: true }));

let admin: TestUser;

beforeEach(async () => {
  await emptyDatabase();
  admin = await makeUser({ name: "Ada Admin", email: "ada@example.org", role: "admin" });
});

describe("the list of users", () => {
  test("shows parts: admins, whoever has not come yet, and whoever is disabled", async () => {
    await makeUser({ name: "Ben Waits" });
    const gone = await makeUser({ name: "Cleo Gone", password: "harbour lantern 47" });
    await pool().query(`UPDATE "user" SET disabled_at = now() WHERE id = $1`, [gone.userId]);
    const inGroup = async (group: "all" | "admins" | "waiting" | "disabled") =>
      valueFrom(await listUsers.as(admin.actor, { group })).users.map(({ name }) => name);
    expect(await inGroup("all")).toEqual(["Ada Admin", "Ben Waits", "Cleo Gone"]);
    expect(await inGroup("admins")).toEqual(["Ada Admin"]);
    expect(await inGroup("waiting")).toEqual(["Ada Admin", "Ben Waits"]);
    expect(await inGroup("disabled")).toEqual(["Cleo Gone"]);
  });

  test("opens one with projects and sessions, which end at once", async () => {
    const { projectId } = await makeProject({ name: "Truce" });
    const ben = await makeMember(projectId, "annotator");
    const session = await makeSession(ben.userId);
    const { userId } = ben;
    const opened = valueFrom(await openUser.as(admin.actor, { userId }));
    expect(opened.projects).toEqual([
      { projectId, name: "Truce", role: "annotator", isArchived: false },
    ]);
    expect(opened.sessions.map(({ sessionId }) => sessionId)).toEqual([session]);
    valueFrom(await endUserSessions.as(admin.actor, { userId }));
    expect(await isSessionLive(session)).toBe(false);
    expect(valueFrom(await openUser.as(admin.actor, { userId })).sessions).toEqual([]);
    const missing = await openUser.as(admin.actor, { userId: newId() });
    expect(failureFrom(missing).kind).toBe("not_found");
  });
});

describe("a list of people to invite", () => {
  const list = [
    "E-mail;Name",
    "ben@example.org;Ben Roe",
    "ADA@example.org;Ada",
    "not an address;Cleo",
    "ben@example.org;Ben again",
    `dora@example.org;Dora${"\u202E"}x`,
    "eve@example.org;",
  ].join("\n");

  test("is looked at first: each line says what it will do, or what is wrong with it", async () => {
    const { people } = valueFrom(await previewInvites.as(admin.actor, { list }));
    expect(people.map(({ line, email, isKnown }) => [line, email, isKnown])).toEqual([
      [2, "ben@example.org", false],
      [3, "ada@example.org", true],
      [4, "not an address", false],
      [5, "ben@example.org", false],
      [6, "dora@example.org", false],
      [7, "eve@example.org", false],
    ]);
    const problems = people.map(({ problem }) => problem);
    expect(problems[0]).toBeNull();
    expect(problems[1]).toBeNull();
    expect(problems[2]).toBe("This is not an e-mail address.");
    expect(problems[3]).toBe("This e-mail stands in line 2 too.");
    expect(problems[4]).not.toBeNull();
    expect(people[5]).toMatchObject({ name: "eve", problem: null });
    expect(await db().user.count()).toBe(1);
  });

  test("may be e-mails alone", async () => {
    const answer = await previewInvites.as(admin.actor, {
      list: "ben@example.org\ncleo@example.org\n",
    });
    expect(valueFrom(answer).people.map(({ line, email }) => [line, email])).toEqual([
      [1, "ben@example.org"],
      [2, "cleo@example.org"],
    ]);
    expect(failureFrom(await previewInvites.as(admin.actor, { list: " \n" })).place).toBe("list");
  });

  test("makes accounts with links, lets all into a project, and passes over lines with a problem", async () => {
    const { projectId } = await makeProject();
    const done = valueFrom(await inviteMany.as(admin.actor, { list, projectId }));
    expect(done.map(({ outcome }) => outcome)).toEqual([
      "invited",
      "added",
      "refused",
      "refused",
      "refused",
      "invited",
    ]);
    const secret = done[0]?.link?.split("/welcome/")[1] ?? "";
    valueFrom(await acceptInvite.as(null, { secret, password: "harbour lantern 47" }));
    expect(await db().membership.count({ where: { projectId, role: "annotator" } })).toBe(3);
    const again = valueFrom(await inviteMany.as(admin.actor, { list, projectId }));
    expect(again[0]).toMatchObject({ outcome: "known", link: null });
    expect(await db().user.count()).toBe(3);
  });

  test("makes nobody an admin or a lead", async () => {
    const asAdmin = await inviteMany.as(admin.actor, {
      list: "email,name,role\nben@example.org,Ben,admin\n",
    });
    expect(valueFrom(asAdmin)[0]?.outcome).toBe("invited");
    expect(await db().user.count({ where: { role: "admin" } })).toBe(1);
    const asLead = await inviteMany.as(admin.actor, { list, role: "lead" as "annotator" });
    expect(failureFrom(asLead).kind).toBe("invalid");
  });
});

describe("the list of all projects", () => {
  test("says who leads each, and how much is in it", async () => {
    const { projectId } = await makeProject({ name: "Truce" });
    const lead = await makeMember(projectId, "lead");
    const ana = await makeMember(projectId, "annotator");
    const document = await makeDocument(projectId, { text: "Headline\n\nThe army liberated it." });
    await makeWork(projectId, document, ana, {
      spans: [["loaded_language", "liberated"]],
      overall: "1",
    });
    const [listed] = valueFrom(await listAllProjects.as(admin.actor, {}));
    expect(listed).toMatchObject({
      projectId,
      leads: [lead.name],
      members: 2,
      documents: 1,
      characters: [...document.text].length,
    });
    expect(listed?.operations).toBeGreaterThan(1);
    expect(listed?.lastWorkAt).not.toBeNull();
  });
});

describe("purging a project", () => {
  /** A project with something in it. */
  async function makeFilled(name: string) {
    const { projectId } = await makeProject({ name });
    const lead = await makeMember(projectId, "lead");
    const ana = await makeMember(projectId, "annotator");
    const document = await makeDocument(projectId);
    await makeWork(projectId, document, ana, {
      spans: [["loaded_language", "liberated"]],
      overall: "1",
    });
    return { projectId, lead };
  }

  test("leaves nothing of it but its log, and of other projects everything", async () => {
    const { projectId, lead } = await makeFilled("Truce");
    const other = await makeFilled("Another");
    const folder = path.join(dataFolder, "releases", projectId);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "release.zip"), "zip");
    valueFrom(await archiveProject.as(lead.actor, { projectId }));
    const before = await rowsOf(other.projectId);
    valueFrom(await purgeProject.as(admin.actor, { projectId, name: "Truce" }));
    expect(Object.keys(await rowsOf(projectId))).toEqual(["audit_event"]);
    expect(await db().project.count({ where: { id: projectId } })).toBe(0);
    expect(existsSync(folder)).toBe(false);
    expect(await rowsOf(other.projectId)).toEqual(before);
    const { entries } = valueFrom(await listAuditLog.as(admin.actor, { action: "project.purged" }));
    expect(entries).toMatchObject([{ project: { projectId, name: null }, targetId: projectId }]);
  }, 60_000);

  test("needs an archived project, its name, and an admin", async () => {
    const { projectId, lead } = await makeFilled("Truce");
    const purge = (user: TestUser, name = "Truce") =>
      purgeProject.as(user.actor, { projectId, name });
    expect(failureFrom(await purge(admin)).kind).toBe("conflict");
    valueFrom(await archiveProject.as(lead.actor, { projectId }));
    expect(failureFrom(await purge(lead)).kind).toBe("forbidden");
    expect(failureFrom(await purge(admin, "Trice")).place).toBe("name");
    const me = { ...admin.actor, sessionId: await makeSession(admin.userId) };
    await pool().query(`UPDATE session SET proved_at = NULL`);
    const unproved = await purgeProject.as(me, { projectId, name: "Truce" });
    expect(failureFrom(unproved).kind).toBe("unproved");
    expect(await db().project.count({ where: { id: projectId } })).toBe(1);
  });

  test("is the only way to delete what is kept: the setting alone deletes nothing of a live project", async () => {
    const { projectId } = await makeFilled("Truce");
    const client = await pool().connect();
    await client.query("BEGIN");
    await client.query(`SELECT set_config('framemark.purged_project', $1, true)`, [projectId]);
    await expect(
      client.query(`DELETE FROM operation WHERE project_id = $1`, [projectId]),
    ).rejects.toThrow(/never changed or deleted/);
    await client.query("ROLLBACK");
    client.release();
  });
});

describe("the audit log", () => {
  test("is read newest first, by action, person, project and day", async () => {
    const { projectId } = await makeProject({ name: "Truce" });
    const lead = await makeMember(projectId, "lead");
    valueFrom(await renameProject.as(lead.actor, { projectId, name: "Peace", description: "" }));
    valueFrom(await archiveProject.as(lead.actor, { projectId }));
    valueFrom(await setBanner.as(admin.actor, { banner: "Away at noon." }));
    const actions = async (filter: object) =>
      valueFrom(await listAuditLog.as(admin.actor, filter)).entries.map(({ action }) => action);
    expect(await actions({})).toEqual(["site.banner_set", "project.archived", "project.renamed"]);
    expect(await actions({ action: "project." })).toEqual(["project.archived", "project.renamed"]);
    expect(await actions({ actor: "ADA@" })).toEqual(["site.banner_set"]);
    expect(await actions({ projectId })).toHaveLength(2);
    expect(await actions({ to: "2026-01-01" })).toEqual([]);
    expect(await actions({ action: "%" })).toEqual([]);
    expect(valueFrom(await listAuditActions.as(admin.actor, {}))).toEqual([
      "project.archived",
      "project.renamed",
      "site.banner_set",
    ]);
  });

  test("is read page by page, none twice", async () => {
    await pool().query(
      `INSERT INTO audit_event (project_id, id, action, target_type)
       SELECT '00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'site.tried', 'site'
         FROM generate_series(1, 250)`,
    );
    const seen: string[] = [];
    let page: string | undefined;
    do {
      const answer = valueFrom(await listAuditLog.as(admin.actor, page ? { page } : {}));
      seen.push(...answer.entries.map(({ seq }) => seq));
      page = answer.next ?? undefined;
    } while (page !== undefined);
    expect(new Set(seen).size).toBe(250);
  });

  test("is a CSV that no spreadsheet computes", async () => {
    const { projectId } = await makeProject({ name: '=HYPERLINK("evil")' });
    const lead = await makeMember(projectId, "lead");
    valueFrom(await archiveProject.as(lead.actor, { projectId }));
    const { text } = valueFrom(await exportAuditLog.as(admin.actor, { projectId }));
    expect(text.split("\r\n")).toHaveLength(3);
    expect(text).toContain(`"'=HYPERLINK(""evil"")"`);
    expect(text).not.toMatch(/(^|,)"[=+@-]/m);
  });
});

describe("the site's own pages", () => {
  test("show jobs of all projects, failed ones by themselves", async () => {
    const { projectId } = await makeProject({ name: "Truce" });
    const make = (state: "waiting" | "failed" | "done") =>
      db().job.create({
        data: { projectId, id: newId(), kind: "agreement", state, input: {} },
      });
    await Promise.all([make("waiting"), make("failed"), make("done")]);
    const { jobs, counts } = valueFrom(await listAllJobs.as(admin.actor, {}));
    expect(jobs).toMatchObject([{ project: "Truce", state: "waiting" }]);
    expect(counts).toEqual({ waiting: 1, running: 0, failed: 1 });
    const failed = valueFrom(await listAllJobs.as(admin.actor, { group: "failed" }));
    expect(failed.jobs.map(({ state }) => state)).toEqual(["failed"]);
    expect(valueFrom(await listAllJobs.as(admin.actor, { group: "all" })).jobs).toHaveLength(3);
  });

  test("show how big the database and the folders are", async () => {
    mkdirSync(path.join(dataFolder, "kept"), { recursive: true });
    writeFileSync(path.join(dataFolder, "kept", "file"), "x".repeat(5_000));
    const storage = valueFrom(await readStorage.as(admin.actor, {}));
    expect(storage.database).toBeGreaterThan(1_000_000);
    expect(storage.tables.length).toBeGreaterThan(5);
    expect(storage.folders).toContainEqual({ name: "kept", bytes: 5_000 });
  });

  test("set a message on top of every page, and take it away", async () => {
    valueFrom(await setBanner.as(admin.actor, { banner: " Away at noon. " }));
    expect(valueFrom(await openSite.as(admin.actor, {})).banner).toBe("Away at noon.");
    valueFrom(await setBanner.as(admin.actor, { banner: "" }));
    expect(valueFrom(await openSite.as(admin.actor, {})).banner).toBe("");
  });
});

/** How many rows each table has of a project. */
async function rowsOf(projectId: string): Promise<Record<string, number>> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT t.relname AS name FROM pg_class t
       JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'project_id'
      WHERE t.relkind = 'r' ORDER BY 1`,
  );
  const parts = rows.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*)::int AS n FROM "${name}" WHERE project_id = $1`,
  );
  const counted = await pool().query<{ name: string; n: number }>(parts.join(" UNION ALL "), [
    projectId,
  ]);
  return Object.fromEntries(counted.rows.filter(({ n }) => n > 0).map(({ name, n }) => [name, n]));
}
