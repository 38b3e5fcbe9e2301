import os from "node:os";

/** Waits until most of the machine is idle, at most so long; answers the share that was idle at the end. */
export async function waitForQuiet(mostMs = 4000): Promise<number> {
  const until = Date.now() + mostMs;
  for (;;) {
    const idle = await idleShare(300);
    if (idle > 0.6 || Date.now() > until) return idle;
  }
}

export function describeMachine(): string {
  const cpus = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${cpus.length} x ${cpus[0]?.model.trim() ?? "unknown processor"}, ${memory} GB, ${os.platform()}, Node ${process.versions.node}`;
}

/** Load averages over 1, 5 and 15 minutes. */
export function loadNow(): string {
  return os
    .loadavg()
    .map((each) => each.toFixed(1))
    .join(" ");
}

async function idleShare(ms: number): Promise<number> {
  const before = times();
  await new Promise((resolve) => setTimeout(resolve, ms));
  const after = times();
  return (after.idle - before.idle) / Math.max(1, after.total - before.total);
}

function times(): { idle: number; total: number } {
  let idle = 0;
  let total = 0;
  for (const { times: each } of os.cpus()) {
    idle += each.idle;
    total += each.idle + each.user + each.sys + each.nice + each.irq;
  }
  return { idle, total };
}
