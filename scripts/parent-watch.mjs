import { readFileSync } from "node:fs";
import { parentOf } from "./process-identity.mjs";

const shells = new Set(["sh", "dash", "bash", "ash", "zsh", "busybox"]);

/**
 * Calls `onGone` when the npm that started us is killed: it ends without passing the signal on.
 * Between npm and us there may be a shell, which then lives on while its own parent changes.
 * @param {() => void} onGone
 */
export function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  const parent = process.ppid;
  const grandparent = isShell(parent) ? parentOf(parent) : undefined;
  const timer = setInterval(() => {
    const changed = grandparent !== undefined && parentOf(parent) !== grandparent;
    if (process.ppid === parent && !changed) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}

function isShell(pid) {
  try {
    return shells.has(readFileSync(`/proc/${pid}/comm`, "utf8").trim());
  } catch {
    return false;
  }
}
