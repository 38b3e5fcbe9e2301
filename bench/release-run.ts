import { rm, stat } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { FORMATS } from "@/lib/domain/formats/catalogue";
import type { Result } from "@/lib/domain/result";
import { closeDatabase, OPERATOR } from "@/lib/services/program";
import { createRelease, downloadReleaseFormat, listReleases } from "@/lib/services/releases";
import { runWaitingJobs } from "@/lib/services/worker";

/** One job of the bench as the worker runs it; prints what it took as JSON. `names` prints what there is. */

const [what = ""] = process.argv.slice(2);
if (what === "names") {
  const names = FORMATS.filter(({ write }) => write !== null).map(({ name }) => name);
  console.log(JSON.stringify(["build", ...names]));
} else await measure();

async function measure(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM project WHERE name = 'Bench'",
  );
  const projectId = rows[0]?.id ?? "";
  const jobId = await queue(projectId);
  const seen = new Set<number>();
  const watch = setInterval(async () => {
    const found = await client.query<{ done: number }>("SELECT done FROM job WHERE id = $1", [
      jobId,
    ]);
    seen.add(found.rows[0]?.done ?? 0);
  }, 500);
  const cpu = process.cpuUsage();
  const since = performance.now();
  await runWaitingJobs((problem) => console.error(problem));
  const seconds = (performance.now() - since) / 1000;
  clearInterval(watch);
  const used = process.cpuUsage(cpu);
  const job = await client.query<{ problem: string | null; result: { losses?: unknown[] } | null }>(
    "SELECT problem, result FROM job WHERE id = $1",
    [jobId],
  );
  const release = must(await listReleases.as(OPERATOR, { projectId }))[0];
  const file = fileOf(projectId, release?.releaseId ?? "");
  console.log(
    JSON.stringify({
      what,
      seconds,
      cpuSeconds: (used.user + used.system) / 1e6,
      peakMiB: process.resourceUsage().maxRSS / 1024,
      bytes: await stat(file)
        .then(({ size }) => size)
        .catch(() => 0),
      spans: release?.manifest?.counts.spans ?? 0,
      progress: seen.size,
      losses: job.rows[0]?.result?.losses?.length ?? 0,
      problem: job.rows[0]?.problem ?? null,
    }),
  );
  await client.end();
  await closeDatabase();
}

function fileOf(projectId: string, releaseId: string): string {
  const ending = what === "build" ? "zip" : `${what}.out`;
  return path.join(
    process.env.FRAMEMARK_DATA ?? "",
    "releases",
    projectId,
    `${releaseId}.${ending}`,
  );
}

async function queue(projectId: string): Promise<string> {
  if (what === "build") {
    const made = await createRelease.as(OPERATOR, {
      projectId,
      name: "Large",
      settings: { annotationLicence: "CC-BY-4.0", textLicence: "All rights reserved" },
    });
    return must(made).jobId;
  }
  const release = must(await listReleases.as(OPERATOR, { projectId })).find(
    ({ state }) => state === "ready",
  );
  // Of a run before, on a kept database.
  await rm(fileOf(projectId, release?.releaseId ?? ""), { force: true });
  const asked = must(
    await downloadReleaseFormat.as(OPERATOR, {
      projectId,
      releaseId: release?.releaseId ?? "",
      format: what,
    }),
  );
  if (asked.kind !== "job") throw new Error(`${what} was written already.`);
  return asked.jobId;
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.failure.message);
}
