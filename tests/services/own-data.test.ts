import { beforeEach, describe, expect, test } from "vitest";
import { db, pool } from "@/lib/server/db";
import { signInWithPassword } from "@/lib/server/sign-in";
import { readOwnAccount, setOwnPlace } from "@/lib/services/accounts";
import { exportDataset } from "@/lib/services/dataset";
import { listMembers } from "@/lib/services/members";
import { downloadOwnData, eraseOwnAccount } from "@/lib/services/own-data";
import { listUsers } from "@/lib/services/users";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import {
  isSessionLive,
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  makeSession,
  makeUser,
} from "./support/factories";
import { makeWork } from "./support/submitted-work";

const PASSWORD = "harbour lantern 47";

beforeEach(emptyDatabase);

/** An annotator with one submitted document, one open one, and an answer about themselves. */
async function makeWorker() {
  const { projectId } = await makeProject();
  const lead = await makeMember(projectId, "lead");
  const worker = await makeMember(projectId, "annotator");
  const done = await makeDocument(projectId);
  const open = await makeDocument(projectId);
  await makeWork(projectId, done, worker, {
    spans: [["loaded_language", "liberated"]],
    overall: "1",
  });
  const openId = await makeAssignment(projectId, open.documentId, worker.userId);
  const { rows } = await pool().query(`SELECT id, pseudonym FROM annotator WHERE user_id = $1`, [
    worker.userId,
  ]);
  const annotator = rows[0] as { id: string; pseudonym: string };
  await db().backgroundAnswer.create({
    data: { projectId, annotatorId: annotator.id, question: "leaning", value: "left" },
  });
  return { projectId, lead, worker, annotator, openId };
}

describe("where I am", () => {
  test("is a language and a time zone of the lists, or nothing", async () => {
    const { actor } = await makeUser();
    valueFrom(await setOwnPlace.as(actor, { language: "de", timeZone: "Europe/Vienna" }));
    expect(valueFrom(await readOwnAccount.as(actor, {}))).toMatchObject({
      language: "de",
      timeZone: "Europe/Vienna",
    });
    for (const place of [
      { language: "<script>", timeZone: null },
      { language: null, timeZone: "Mars/Base" },
    ]) {
      expect(failureFrom(await setOwnPlace.as(actor, place)).kind).toBe("invalid");
    }
    valueFrom(await setOwnPlace.as(actor, { language: null, timeZone: null }));
    expect(valueFrom(await readOwnAccount.as(actor, {})).timeZone).toBeNull();
  });
});

describe("a download of my data", () => {
  test("holds what is stored about me, no secret, and nobody else", async () => {
    const { worker, lead, annotator } = await makeWorker();
    await pool().query(`UPDATE "user" SET password_hash = 'a stored hash'`);
    await makeSession(worker.userId);
    const file = valueFrom(await downloadOwnData.as(worker.actor, {}));
    const data = JSON.parse(file.text);
    expect(data.account).toMatchObject({ email: worker.email, has_password: true });
    expect(data.sessions).toHaveLength(1);
    expect(data.projects).toMatchObject([{ role: "annotator", pseudonym: annotator.pseudonym }]);
    expect(data.answers).toMatchObject([{ question: "leaning", value: "left" }]);
    expect(data.assignments).toHaveLength(2);
    expect(data.spans).toHaveLength(1);
    expect(data.spans[0].quotes).toEqual(["liberated"]);
    for (const foreign of ["a stored hash", lead.email, lead.name, lead.userId, "token_hash"]) {
      expect(file.text).not.toContain(foreign);
    }
  });
});

describe("erasing my account", () => {
  test("takes everything that names me, and leaves my labels under the pseudonym", async () => {
    const { projectId, lead, worker, annotator, openId } = await makeWorker();
    await pool().query(`UPDATE "user" SET name = 'Zebulon Quux' WHERE id = $1`, [worker.userId]);
    const session = await makeSession(worker.userId);
    const dataset = async () => {
      const file = valueFrom(await exportDataset.as(lead.actor, { projectId, format: "jsonl" }));
      return [...file.pieces].join("").replace(/"exported_at":"[^"]*"/, "");
    };
    const before = await dataset();
    expect(before).toContain(annotator.pseudonym);
    valueFrom(await eraseOwnAccount.as(worker.actor, { email: worker.email }));

    expect(await dataset()).toBe(before);
    expect(await isSessionLive(session)).toBe(false);
    expect(await db().backgroundAnswer.count()).toBe(0);
    const assignment = await db().assignment.findFirstOrThrow({ where: { id: openId } });
    expect(assignment.withdrawnAt).not.toBeNull();
    const stored = await db().annotator.findFirstOrThrow({ where: { id: annotator.id } });
    expect(stored).toMatchObject({ userId: null, pseudonym: annotator.pseudonym });
    const members = valueFrom(await listMembers.as(lead.actor, { projectId }));
    expect(members.map(({ userId }) => userId)).not.toContain(worker.userId);
    for (const trace of ["Zebulon Quux", worker.email]) expect(await tablesWith(trace)).toEqual([]);
  });

  test("frees the e-mail for a new account, which nothing of the old one belongs to", async () => {
    const { worker } = await makeWorker();
    valueFrom(await eraseOwnAccount.as(worker.actor, { email: worker.email }));
    const again = await makeUser({ email: worker.email, password: PASSWORD });
    expect(await signInWithPassword(worker.email, PASSWORD)).toEqual({ id: again.userId });
    const data = JSON.parse(valueFrom(await downloadOwnData.as(again.actor, {})).text);
    expect(data.spans).toEqual([]);
  });

  test("takes the e-mail as a sign that it is meant", async () => {
    const { worker } = await makeWorker();
    const answer = await eraseOwnAccount.as(worker.actor, { email: "else@example.org" });
    expect(failureFrom(answer).place).toBe("email");
  });

  test("is refused to the last admin and to the only lead of a project", async () => {
    const admin = await makeUser({ role: "admin" });
    const last = await eraseOwnAccount.as(admin.actor, { email: admin.email });
    expect(failureFrom(last).message).toContain("last admin");
    const { lead, projectId } = await makeWorker();
    const only = await eraseOwnAccount.as(lead.actor, { email: lead.email });
    expect(failureFrom(only).message).toContain("only lead");
    await makeMember(projectId, "lead");
    valueFrom(await eraseOwnAccount.as(lead.actor, { email: lead.email }));
    const { users } = valueFrom(await listUsers.as(admin.actor, {}));
    expect(users.map(({ userId }) => userId)).not.toContain(lead.userId);
  });

  test("waits for a proof of who asks", async () => {
    const user = await makeUser({ password: PASSWORD });
    const me = { ...user.actor, sessionId: await makeSession(user.userId) };
    await pool().query(`UPDATE session SET proved_at = now() - interval '11 minutes'`);
    const answer = await eraseOwnAccount.as(me, { email: user.email });
    expect(failureFrom(answer).kind).toBe("unproved");
    expect(failureFrom(await eraseOwnAccount.as(null, { email: user.email })).kind).toBe(
      "unauthenticated",
    );
  });
});

/** Tables in which some row holds these words. */
async function tablesWith(words: string): Promise<string[]> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hits = await pool().query(
      `SELECT 1 FROM ${name} t WHERE strpos(t::text, $1) > 0 LIMIT 1`,
      [words],
    );
    if (hits.rowCount) found.push(name);
  }
  return found;
}
