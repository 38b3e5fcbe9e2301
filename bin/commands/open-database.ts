import path from "node:path";
import type { Result } from "@/lib/domain/result";
import { closeDatabase, OPERATOR, reachDatabase } from "@/lib/services/program";
import { listProjects, openProject } from "@/lib/services/projects";
import { openDataFolder, runningServer } from "@/scripts/data-folder.mjs";
import { withDatabase } from "@/scripts/database.mjs";
import { CommandError, messageOf } from "./command-error";

const root = path.resolve(import.meta.dirname, "..", "..");

/** Runs a command on the database, wherever it is, and leaves no connection behind. */
export async function withServices(run: () => Promise<void>): Promise<void> {
  let isReached = false;
  try {
    await withDatabase(async () => {
      try {
        await reachDatabase();
        isReached = true;
        await run();
      } finally {
        await closeDatabase();
      }
    });
  } catch (error) {
    if (isReached) throw error;
    throw new CommandError(`The database cannot be used: ${messageOf(error)}`);
  }
}

/** Runs a command on a database that may have no tables yet. */
export async function withBareDatabase(run: (databaseUrl: string) => Promise<void>): Promise<void> {
  let isReached = false;
  try {
    await withDatabase(async (databaseUrl) => {
      isReached = true;
      try {
        await run(databaseUrl);
      } finally {
        await closeDatabase();
      }
    });
  } catch (error) {
    if (isReached) throw error;
    throw new CommandError(`The database cannot be used: ${messageOf(error)}`);
  }
}

/** Names the data folder of this checkout to the services, whatever folder the person is in. */
export function useDataFolder(): void {
  process.env.FRAMEMARK_DATA = openDataFolder(root, process.env).path;
}

/** The value, or an error with the refusal's sentence. */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new CommandError(result.failure.message);
}

/** The id of the project that a name or an id names. */
export async function findProject(nameOrId: string): Promise<string> {
  const byId = await openProject.as(OPERATOR, { projectId: nameOrId });
  if (byId.ok) return byId.value.projectId;
  const projects = must(await listProjects.as(OPERATOR, {}));
  const found = projects.filter(({ name }) => name === nameOrId);
  const [project, another] = found;
  if (project === undefined) throw new CommandError(noSuchProject(nameOrId, projects));
  if (another !== undefined) {
    const ids = found.map(({ projectId }) => projectId).join(", ");
    throw new CommandError(`Several projects are called “${nameOrId}”. Give an id: ${ids}.`);
  }
  return project.projectId;
}

/** The address at which the site is served, if that can be known. */
export function siteUrl(): string | null {
  if (process.env.NEXTAUTH_URL) return process.env.NEXTAUTH_URL;
  if (process.env.DATABASE_URL) return null;
  return runningServer(openDataFolder(root, process.env))?.address ?? null;
}

function noSuchProject(name: string, projects: { name: string }[]): string {
  const known = projects.slice(0, 10).map((each) => `“${each.name}”`);
  return known.length === 0
    ? "There is no project yet."
    : `There is no project “${name}”. There are: ${known.join(", ")}${projects.length > 10 ? " …" : ""}.`;
}
