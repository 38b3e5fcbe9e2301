import { createWriteStream } from "node:fs";
import { readFile, rename, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { Command, Option } from "commander";
import { z } from "zod";
import { ANNOTATION_LICENCES, releaseSettingsSchema } from "@/lib/domain/releases/settings";
import type { ReleaseView } from "@/lib/services/releases";
import { CommandError, messageOf } from "./command-error";
import { createProgressLine } from "./progress-line";

type CreateOptions = {
  project: string;
  name: string;
  annotationLicence?: string;
  textLicence?: string;
  withoutTexts?: true;
  settings?: string;
  acceptFreeText?: true;
  output?: string;
  json?: true;
};

/** `framemark release create`: freezes a release and waits until it is ready. */
export function createCommand(): Command {
  return new Command("create")
    .description(
      "Freeze the submitted work of a project into a release, and wait until it is ready. The worker of a" +
        " running server does it; without one this command does it itself.",
    )
    .requiredOption("--project <name or id>", "the project")
    .option("--name <name>", "what this release is for", "")
    .addOption(
      new Option("--annotation-licence <licence>", "the licence of the annotations").choices(
        ANNOTATION_LICENCES,
      ),
    )
    .option("--text-licence <words>", "under what terms the texts stand")
    .option("--without-texts", "offsets, hashes and short quotes instead of texts")
    .option("--settings <file>", "all choices as JSON, as the API takes them; - for standard input")
    .option("--accept-free-text", "free text with names or addresses in it may be released")
    .option("--output <file>", "write the archive to this file too; nothing is written over")
    .option("--json", "the release as JSON")
    .addHelpText("after", "\nExit codes: 0 ready; 1 refused or failed.")
    .action(runCreate);
}

/** `framemark release list`: the releases of a project, newest first. */
export function listCommand(): Command {
  return new Command("list")
    .description("List the releases of a project, newest first.")
    .requiredOption("--project <name or id>", "the project")
    .option("--json", "one line of JSON for each release")
    .action(runList);
}

async function runList({ project, json }: { project: string; json?: true }): Promise<void> {
  const { findProject, must, withServices } = await import("./open-database");
  const { OPERATOR } = await import("@/lib/services/program");
  const { listReleases } = await import("@/lib/services/releases");
  await withServices(async () => {
    const projectId = await findProject(project);
    const releases = must(await listReleases.as(OPERATOR, { projectId }));
    for (const release of releases) tell(release, json === true);
    if (releases.length === 0 && !json) console.error("There is no release yet.");
  });
}

function tell(release: ReleaseView, json: boolean): void {
  const { releaseId, version, name, state, sha256, createdAt, manifest } = release;
  const day = createdAt.toISOString().slice(0, 10);
  if (json) {
    const counts = manifest?.counts ?? null;
    console.log(JSON.stringify({ releaseId, version, name, state, createdAt, sha256, counts }));
  } else {
    console.log([version, day, state, sha256 ?? "-", name].join("\t"));
  }
}

async function runCreate(options: CreateOptions): Promise<void> {
  const { output, json } = options;
  if (output !== undefined && (await stat(output).catch(() => null)) !== null) {
    throw new CommandError(`${output} is there already; nothing is written over.`);
  }
  const settings = await readSettings(options);
  const { findProject, must, useDataFolder, withServices } = await import("./open-database");
  const { OPERATOR } = await import("@/lib/services/program");
  const { createRelease, openRelease } = await import("@/lib/services/releases");
  await withServices(async () => {
    useDataFolder();
    const projectId = await findProject(options.project);
    const { releaseId, jobId } = must(
      await createRelease.as(OPERATOR, {
        projectId,
        name: options.name,
        settings,
        acceptsFreeText: options.acceptFreeText === true,
      }),
    );
    await waitFor(projectId, jobId);
    const release = must(await openRelease.as(OPERATOR, { projectId, releaseId }));
    if (output !== undefined) await writeArchive({ projectId, releaseId }, output);
    tell(release, json === true);
  });
}

async function readSettings(
  options: CreateOptions,
): Promise<z.output<typeof releaseSettingsSchema>> {
  const given = options.settings === undefined ? {} : await readJson(options.settings);
  const { annotationLicence, textLicence, withoutTexts } = options;
  const parsed = releaseSettingsSchema.safeParse({
    ...given,
    ...(annotationLicence === undefined ? {} : { annotationLicence }),
    ...(textLicence === undefined ? {} : { textLicence }),
    ...(withoutTexts ? { text: "none" } : {}),
  });
  if (parsed.success) return parsed.data;
  throw new CommandError(
    `Choose --annotation-licence and --text-licence, or give both in --settings. ${z.prettifyError(parsed.error)}`,
  );
}

async function readJson(file: string): Promise<object> {
  try {
    const content = file === "-" ? await text(process.stdin) : await readFile(file, "utf8");
    return z.record(z.string(), z.unknown()).parse(JSON.parse(content));
  } catch (error) {
    throw new CommandError(`${file} holds no choices as JSON: ${messageOf(error)}`);
  }
}

/** Shows how far the job is, and does it here where no worker takes it. */
async function waitFor(projectId: string, jobId: string): Promise<void> {
  const { must } = await import("./open-database");
  const { OPERATOR } = await import("@/lib/services/program");
  const { openJob } = await import("@/lib/services/jobs");
  const { runWaitingJobs } = await import("@/lib/services/worker");
  const line = createProgressLine();
  const here = runWaitingJobs(() => {}).catch(() => {}); // the job itself says what went wrong
  try {
    for (;;) {
      const job = must(await openJob.as(OPERATOR, { projectId, jobId }));
      if (job.state === "done") return;
      if (job.state === "failed" || job.state === "cancelled") {
        throw new CommandError(`The release was not made. ${job.problem ?? "It was cancelled."}`);
      }
      line.show("documents", job.done, job.total ?? 0);
      await wait(300);
    }
  } finally {
    line.clear();
    await here;
  }
}

async function writeArchive(
  place: { projectId: string; releaseId: string },
  output: string,
): Promise<void> {
  const { must } = await import("./open-database");
  const { OPERATOR } = await import("@/lib/services/program");
  const { downloadRelease } = await import("@/lib/services/releases");
  const file = must(await downloadRelease.as(OPERATOR, place));
  const draft = `${output}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(file.open()), createWriteStream(draft));
    await rename(draft, output);
  } catch (error) {
    await rm(draft, { force: true });
    throw new CommandError(`${output} could not be written: ${messageOf(error)}`);
  }
}
