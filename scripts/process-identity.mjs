/** Who a process is. A number alone does not say: the kernel hands it out again. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * A text that is the same for as long as this very process lives, and undefined once it has ended.
 * A zombie has ended: in a container without an init nobody reaps it, and waiting would never end.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function processIdentity(pid) {
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return undefined;
  if (process.platform === "linux") return linuxIdentity(pid);
  if (process.platform === "win32") return "alive";
  return processColumn(pid, "lstart");
}

/**
 * The command line, or an empty text when it cannot be read.
 * @param {number} pid
 */
export function processCommand(pid) {
  if (process.platform !== "linux") return processColumn(pid, "args") ?? "";
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

/**
 * The parent's number, where the system tells it.
 * @param {number} pid
 */
export function parentOf(pid) {
  const parent = process.platform === "linux" ? statFields(pid)?.[1] : processColumn(pid, "ppid");
  return parent === undefined ? undefined : Number(parent);
}

function exists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function linuxIdentity(pid) {
  const fields = statFields(pid);
  // Hidden by the system (hidepid) though it exists: alive, and no more can be said.
  if (!fields) return exists(pid) ? "alive" : undefined;
  if (fields[0] === "Z" || fields[0] === "X") return undefined;
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${boot} ${fields[19]}`;
}

/** Fields of /proc/pid/stat from the third (state) on; the second may hold blanks and brackets. */
function statFields(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function processColumn(pid, column) {
  const { status, stdout } = spawnSync("ps", ["-ww", "-o", `${column}=`, "-p", String(pid)], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  return status === 0 && stdout.trim() ? stdout.trim() : undefined;
}
