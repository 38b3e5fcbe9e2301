import "server-only";
import { MAX_BATCH } from "@/lib/domain/annotation/limits";
import type { Operation } from "@/lib/domain/annotation/operation";
import type { Actor } from "@/lib/domain/policy";
import type { Result } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { createAccount } from "./accounts-store";
import { editAnnotations } from "./annotations";
import { assignDocuments } from "./assignments";
import { type Demo, type DemoSet, demoChanges, readDemo } from "./demo-file";
import { importDocuments } from "./documents";
import { addMember } from "./members";
import { createProject } from "./projects";

/** What the first start tells of an account, so that people can sign in. */
export type DemoAccount = { name: string; email: string; role: string };

type Person = Demo["people"][number] & { userId: string };
type DemoProject = { projectId: string /** By name of file. */; documentIds: Map<string, string> };

/**
 * Fills an empty database with the demo, through the use cases that people's clicks reach, so that
 * log and projection are true. Throws where any piece is refused. Until `settleDemo` the database
 * says that the demo is loading: what an earlier start left half-loaded is removed first.
 */
export async function loadDemo({
  password,
}: {
  password: string;
}): Promise<{ accounts: DemoAccount[] }> {
  const demo = await readDemo();
  if (await isHalfLoaded()) await emptyDatabase();
  await setDemo("loading");
  const people = await createPeople(demo, password);
  const lead = people.find(({ role }) => role === "lead");
  if (lead === undefined) throw new Error("The demo has no lead.");
  const project = await createDemoProject(demo, people, lead);
  await Promise.all(demo.sets.map((set) => annotate(project, set, people)));
  return { accounts: people.map(({ name, email, role }) => ({ name, email, role })) };
}

/** Says that the demo is whole and that people know how to sign in. */
export function settleDemo(): Promise<void> {
  return setDemo(true);
}

async function setDemo(value: "loading" | true): Promise<void> {
  await pool().query(
    `INSERT INTO instance_setting (name, value) VALUES ('demo', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(value)],
  );
}

async function isHalfLoaded(): Promise<boolean> {
  const { rows } = await pool().query(
    `SELECT 1 FROM instance_setting WHERE name = 'demo' AND value = '"loading"'::jsonb`,
  );
  return rows.length > 0;
}

/**
 * Nobody but the demo has been here: the web server does not answer while the demo loads. What else is
 * never deleted, such as the log, goes as well, so its guards are off for this one transaction.
 */
async function emptyDatabase(): Promise<void> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
      WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations'`,
  );
  const tables = rows.map(({ name }) => name);
  const guards = (state: "DISABLE" | "ENABLE") =>
    tables.map((name) => `ALTER TABLE ${name} ${state} TRIGGER USER;`).join(" ");
  // Several statements in one question are one transaction.
  await pool().query(`${guards("DISABLE")} TRUNCATE ${tables.join(", ")}; ${guards("ENABLE")}`);
}

async function createPeople(demo: Demo, password: string): Promise<Person[]> {
  const people: Person[] = [];
  for (const person of demo.people) {
    const { userId } = must(
      await createAccount({
        email: person.email,
        name: person.name,
        role: person.role === "admin" ? "admin" : "user",
        password,
      }),
    );
    people.push({ ...person, userId });
  }
  await pool().query(`UPDATE "user" SET is_demo = true WHERE id = ANY($1::uuid[])`, [
    people.map(({ userId }) => userId),
  ]);
  return people;
}

/** The project with its members, its documents of one event, and every document for every annotator. */
async function createDemoProject(
  demo: Demo & { texts: Map<string, string> },
  people: Person[],
  lead: Person,
): Promise<DemoProject> {
  const actor = actorOf(lead);
  const { name, description, codebook } = demo.project;
  const { projectId } = must(
    await createProject.as(actor, { name, description, language: "en", template: codebook }),
  );
  const annotators = people.filter(({ role }) => role === "annotator");
  for (const { email } of annotators) {
    must(await addMember.as(actor, { projectId, email, role: "annotator" }));
  }
  const { documents, problems } = must(
    await importDocuments.as(actor, {
      projectId,
      documents: demo.documents.map(({ file, ...facts }) => ({
        ...facts,
        text: demo.texts.get(file) ?? "",
        event: demo.event.name,
      })),
    }),
  );
  if (problems.length > 0) throw new Error(`The demo: ${JSON.stringify(problems)}`);
  await pool().query(`UPDATE event SET happened_on = $2 WHERE project_id = $1`, [
    projectId,
    demo.event.happenedOn,
  ]);
  must(
    await assignDocuments.as(actor, {
      projectId,
      documentIds: documents.map(({ documentId }) => documentId),
      userIds: annotators.map(({ userId }) => userId),
    }),
  );
  const documentIds = new Map(
    demo.documents.map(({ file }, index) => [file, documents[index]?.documentId ?? ""]),
  );
  return { projectId, documentIds };
}

async function annotate(project: DemoProject, set: DemoSet, people: Person[]): Promise<void> {
  if (set.state === "assigned") return;
  const annotator = people.find(({ email }) => email === set.annotator);
  if (annotator === undefined) throw new Error(`The demo has no ${set.annotator}.`);
  const assignment = await findAssignment(project, set, annotator);
  const madeAt = new Date().toISOString();
  const operations = demoChanges(set, assignment.text).map(
    (change): Operation => ({ id: newId(), gestureId: newId(), undoes: null, madeAt, change }),
  );
  if (operations.length > MAX_BATCH) throw new Error("A set of the demo is too large.");
  const answer = must(
    await editAnnotations.as(actorOf(annotator), {
      assignmentId: assignment.id,
      clientId: newId(),
      textSha256: assignment.sha256,
      baseRevision: 0,
      activeSeconds: set.activeSeconds,
      operations,
    }),
  );
  for (const result of answer.results) {
    if (result.outcome !== "applied") throw new Error(`The demo: ${JSON.stringify(result)}`);
  }
}

async function findAssignment(
  { projectId, documentIds }: DemoProject,
  set: DemoSet,
  annotator: Person,
): Promise<{ id: string; text: string; sha256: string }> {
  const { rows } = await pool().query<{ id: string; text: string; sha256: string }>(
    `SELECT a.id, v.text, v.sha256
       FROM assignment a
       JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
       JOIN document_version v ON v.project_id = a.project_id AND v.id = a.document_version_id
      WHERE a.project_id = $1 AND a.document_id = $2 AND n.user_id = $3`,
    [projectId, documentIds.get(set.document), annotator.userId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`The demo gave ${set.document} to nobody.`);
  return row;
}

function actorOf({ userId, role }: Person): Actor {
  return {
    userId,
    sessionId: null,
    instanceRole: role === "admin" ? "admin" : "user",
    // The lead leads nothing yet, and makes the project all the same.
    leadsSomewhere: role === "lead",
  };
}

/** The value, or an error: the demo is ours, so a refusal is a bug. */
function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`The demo was refused: ${result.failure.message}`);
}
