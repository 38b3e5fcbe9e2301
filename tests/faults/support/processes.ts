import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { parentOf, processIdentity } from "../../../scripts/process-identity.mjs";

/** The processes that this one has started and that are alive. */
export function childrenOf(pid: number): number[] {
  return allProcesses().filter((each) => parentOf(each) === pid);
}

/** Kills the hard way what is still there; the signals go out at once, with nothing in between. */
export function killHard(pids: readonly number[]): void {
  for (const pid of pids) {
    if (processIdentity(pid) !== undefined) process.kill(pid, "SIGKILL");
  }
}

function allProcesses(): number[] {
  const names =
    process.platform === "linux"
      ? readdirSync("/proc")
      : spawnSync("ps", ["-A", "-o", "pid="], { encoding: "utf8" }).stdout.split(/\s+/);
  return names.map(Number).filter((pid) => Number.isInteger(pid) && pid > 0);
}
