import type { ChildProcess } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pollUntil } from "../../scripts/deadline.mjs";
import { spawnNode } from "../../scripts/run-node.mjs";

const root = path.resolve(import.meta.dirname, "..", "..");

/** The whole product, or the supervisor over a tiny web server. */
const entries = {
  product: path.join(root, "scripts", "start.mjs"),
  supervisor: path.join(import.meta.dirname, "server-supervised.mjs"),
};

export interface Server {
  /** http://127.0.0.1:port */
  address: string;
  databaseUrl: string;
  /** The supervisor's own; see processesOf for the rest. */
  child: ChildProcess;
  output: () => string;
  /** Its exit code, once it has ended. */
  exit: Promise<number | null>;
  /** Ends it as Ctrl-C or a service manager does. */
  stop: () => Promise<number | null>;
}

export interface ServerOptions {
  entry: keyof typeof entries;
  /** FRAMEMARK_DATA */
  data: string;
  environment?: Record<string, string>;
  /** Runs it as this account; for root only. */
  account?: { uid: number; gid: number };
}

/** A folder for FRAMEMARK_DATA, to be removed by `remove`; open enough for PostgreSQL's account. */
export function temporaryData(account?: { uid: number; gid: number }) {
  const home = mkdtempSync(path.join(os.tmpdir(), "framemark-data-"));
  chmodSync(home, 0o711);
  if (account) chownSync(home, account.uid, account.gid);
  const remove = () => rmSync(home, { recursive: true, force: true });
  return { data: path.join(home, "data"), home, remove };
}

/** Starts without waiting; for starts that are meant to fail. */
export function launchServer({ entry, data, environment = {}, account }: ServerOptions) {
  const inherited = { ...process.env };
  for (const name of ["DATABASE_URL", "PORT", "HOST", "APP_URL", "NODE_ENV"])
    delete inherited[name];
  const child = spawnNode([entries[entry]], {
    cwd: root,
    env: { ...inherited, FRAMEMARK_DATA: data, PORT: "0", ...environment },
    output: "pipe",
    account,
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      text += chunk;
    });
  }
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, exit, output: () => text };
}

/** Starts and waits for the page to be served; throws with its output if that fails. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const launched = launchServer(options);
  let ended = false;
  launched.exit.then(() => {
    ended = true;
  });
  const isUp = () => launched.output().includes("Framemark is at ");
  await pollUntil(() => ended || isUp(), { milliseconds: 240_000 });
  const note = path.join(options.data, "server.json");
  if (ended || !isUp() || !existsSync(note))
    throw new Error(`The start failed:\n${launched.output()}`);
  const { address, databaseUrl } = JSON.parse(readFileSync(note, "utf8"));
  return {
    ...launched,
    databaseUrl,
    // By number: a machine may lack the name localhost.
    address: address.replace("//localhost:", "//127.0.0.1:"),
    stop: () => {
      launched.child.kill("SIGTERM");
      return launched.exit;
    },
  };
}
