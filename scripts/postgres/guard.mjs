/**
 * Runs PostgreSQL and ends it when standard input closes. The other end of that pipe is held by the
 * process that asked for the database; the kernel closes it however that process ends, kill -9
 * included, so PostgreSQL is never left behind. Signals meant for a whole group are not for us.
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";

const { program, flags, account, disposable } = JSON.parse(process.argv[2]);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

const server = spawn(program, flags, {
  ...account,
  cwd: "/",
  stdio: ["ignore", "ignore", "inherit"],
});
server.on("error", (error) => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
let asked = false;
server.on("exit", (code) => {
  // Only now: a start that failed by itself is tried again on the same folder.
  if (asked && disposable) rmSync(disposable, { recursive: true, force: true });
  process.exit(code ?? 1);
});

/** SIGINT ends the sessions and writes a checkpoint; the harsher ones are for a server that hangs. */
function stop() {
  asked = true;
  server.kill("SIGINT");
  setTimeout(() => server.kill("SIGQUIT"), 15_000).unref();
  setTimeout(() => server.kill("SIGKILL"), 25_000).unref();
}
process.stdin.on("end", stop).on("error", stop).resume();
