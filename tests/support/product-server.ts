import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import net from "node:net";
import { parentOf, processCommand } from "../../scripts/process-identity.mjs";
import type { Server } from "./server";

/** The process that serves pages, below the supervisor and beside the database. */
export function webServerOf({ child }: Server): number {
  const web = allProcesses()
    .filter((pid) => parentOf(pid) === child.pid)
    .find((pid) => /next-server|standalone/.test(processCommand(pid)));
  if (web === undefined) throw new Error("The server has no web process.");
  return web;
}

/** A port that nobody uses now, to be used again by a server's second start. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function allProcesses(): number[] {
  const names =
    process.platform === "linux"
      ? readdirSync("/proc")
      : spawnSync("ps", ["-A", "-o", "pid="], { encoding: "utf8" }).stdout.split(/\s+/);
  return names.map(Number).filter((pid) => Number.isInteger(pid) && pid > 0);
}
