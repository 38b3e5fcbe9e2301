/**
 * Loaded into a child process before its own code: ends it, and what it started, when the process
 * that started it is gone. The channel between the two closes however that one ended.
 */
import process from "node:process";

// Grandchildren are started with the same flags, but their channel is not ours to touch.
if (process.channel && process.env.FRAMEMARK_PARENT === String(process.ppid)) {
  process.once("disconnect", () => {
    endGroup("SIGTERM");
    setTimeout(() => endGroup("SIGKILL"), 30_000).unref();
  });
  // Listening keeps a process alive; this one may end when its work is done.
  process.channel.unref();
}

function endGroup(signal) {
  try {
    process.kill(-process.pid, signal); // the children too, where this process leads its group
  } catch {
    process.kill(process.pid, signal);
  }
}
