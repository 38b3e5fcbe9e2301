import { readFileSync } from "node:fs";
import path from "node:path";
import { pollUntil } from "../../scripts/deadline.mjs";
import { parentOf, processIdentity } from "../../scripts/process-identity.mjs";
import type { Server } from "./server";

/** The processes that make up a running server on an embedded database. */
export interface ServerProcesses {
  supervisor: number;
  guard: number;
  postmaster: number;
  web: number;
}

/** For a server over the tiny web server, which tells its own number. */
export async function processesOf(server: Server, data: string): Promise<ServerProcesses> {
  const pidFile = path.join(data, "pg18", "postmaster.pid");
  const postmaster = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  const supervisor = server.child.pid;
  const guard = parentOf(postmaster);
  const { pid: web } = (await (await fetch(server.address)).json()) as { pid: number };
  if (supervisor === undefined || guard === undefined) throw new Error("A process is missing.");
  return { supervisor, guard, postmaster, web };
}

/** Waits until none of them is left; answers the ones that are after half a minute. */
export async function survivorsOf(processes: ServerProcesses): Promise<string[]> {
  const alive = () =>
    Object.entries(processes).flatMap(([name, pid]) => (processIdentity(pid) ? [name] : []));
  await pollUntil(() => alive().length === 0, { milliseconds: 30_000 });
  return alive();
}
