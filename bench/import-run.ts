import { createReadStream } from "node:fs";
import path from "node:path";
import pg from "pg";
import type { Result } from "@/lib/domain/result";
import { proposeEvents } from "@/lib/services/event-suggestions";
import { addImportFile, createImport, readImport, startImport } from "@/lib/services/imports";
import { closeDatabase, createUserWithPassword, OPERATOR } from "@/lib/services/program";
import { createProject } from "@/lib/services/projects";

/** One import of the bench in a process of its own; prints what it took as JSON. */

const [file = "", seed = "0"] = process.argv.slice(2);
const projectId = await theProject();
const before = await count("SELECT count(*) FROM document WHERE project_id = $1");
const startedAt = performance.now();
const cpu = process.cpuUsage();
const { importId } = must(await createImport.as(OPERATOR, { projectId }));
must(
  await addImportFile.as(OPERATOR, {
    projectId,
    importId,
    name: path.basename(file),
    bytes: createReadStream(file),
  }),
);
const sentAt = performance.now();
must(await readImport.as(OPERATOR, { projectId, importId, where: "here" }));
const readAt = performance.now();
const done = must(await startImport.as(OPERATOR, { projectId, importId, where: "here" }));
const storedAt = performance.now();
await proposeEvents({ projectId });
const endedAt = performance.now();
const used = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    documents: done.total,
    seconds: (endedAt - startedAt) / 1000,
    sendSeconds: (sentAt - startedAt) / 1000,
    readSeconds: (readAt - sentAt) / 1000,
    storeSeconds: (storedAt - readAt) / 1000,
    eventSeconds: (endedAt - storedAt) / 1000,
    cpuSeconds: (used.user + used.system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    state: done.state,
    stored: done.rows.stored,
    reprints: await count(
      "SELECT count(*) FROM document WHERE project_id = $1 AND duplicate_of_id IS NOT NULL",
    ),
    events: await count("SELECT count(*) FROM event WHERE project_id = $1"),
    proposed: await count("SELECT count(*) FROM event_suggestion WHERE project_id = $1"),
    before,
  }),
);
await closeDatabase();

/** The first run makes the project; later ones find it. */
async function theProject(): Promise<string> {
  if (seed === "0") {
    const account = { email: "bench@example.org", name: "Bench", role: "admin" };
    const { userId } = must(
      await createUserWithPassword.as(OPERATOR, { ...account, password: "harbour lantern 47" }),
    );
    const made = await createProject.as(
      { ...OPERATOR, userId },
      { name: "Bench", template: "news-bias-starter" },
    );
    return must(made).projectId;
  }
  const { rows } = await query("SELECT id FROM project WHERE name = 'Bench'", []);
  return String(rows[0]?.id);
}

async function count(sql: string): Promise<number> {
  const { rows } = await query(sql, [projectId]);
  return Number(rows[0]?.count);
}

async function query(sql: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    return await client.query(sql, values);
  } finally {
    await client.end();
  }
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.failure.message);
}
