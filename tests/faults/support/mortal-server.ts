import type { ChildProcess } from "node:child_process";
import net from "node:net";
import path from "node:path";
import { isBuilt, serverFile } from "../../../scripts/build.mjs";
import { pollUntil } from "../../../scripts/deadline.mjs";
import { signalGroup, spawnNode } from "../../../scripts/run-node.mjs";

const root = path.resolve(import.meta.dirname, "../../..");
const useCaseServer = path.join(import.meta.dirname, "use-case-process.ts");

/**
 * `product`: the production build. Where there is none of these sources, because it could not be
 * made, the same use case stands behind a small HTTP server, so that storage is proven all the same.
 * `use case`: that small server. `naive`: as it, but with ids made by the server.
 */
export type Kind = "product" | "use case" | "naive";

/** The kind that serves the product itself. */
export function productKind(): Kind {
  return isBuilt(root) ? "product" : "use case";
}

/** A web server in a process of its own that can be killed and started again. */
export class MortalServer {
  private child: ChildProcess | undefined;
  private ended: Promise<unknown> = Promise.resolve();
  private output = "";

  private constructor(
    readonly kind: Kind,
    private readonly databaseUrl: string,
    private readonly port: number,
    private readonly environment: Record<string, string>,
  ) {}

  static async start(
    kind: Kind,
    databaseUrl: string,
    environment: Record<string, string> = {},
  ): Promise<MortalServer> {
    const server = new MortalServer(kind, databaseUrl, await freePort(), environment);
    await server.launch();
    return server;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async killAndRestart(): Promise<void> {
    await this.stop();
    await this.launch();
  }

  /** Its process, to see whether it lived through a fault. */
  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** With other settings, as after a change to the machine. */
  async killAndRestartWith(environment: Record<string, string>): Promise<void> {
    Object.assign(this.environment, environment);
    await this.killAndRestart();
  }

  /** Asks it to end, as a service manager does; answers how many milliseconds that took. */
  async terminate(): Promise<number> {
    const since = performance.now();
    this.child?.kill("SIGTERM");
    await this.ended;
    return performance.now() - since;
  }

  /** Starts it again after it was asked to end. */
  async relaunch(): Promise<void> {
    await this.launch();
  }

  /** Ends it the hard way, which is what these tests are about. */
  async stop(): Promise<void> {
    if (this.child !== undefined) signalGroup(this.child, "SIGKILL");
    await this.ended;
  }

  private async launch(): Promise<void> {
    const argv =
      this.kind === "product"
        ? [path.join(root, serverFile)]
        : ["--conditions=react-server", "--import", "tsx", useCaseServer, this.kind];
    const child = spawnNode(argv, {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: "production",
        DATABASE_URL: this.databaseUrl,
        HOSTNAME: "127.0.0.1",
        PORT: String(this.port),
        NEXTAUTH_SECRET: "a secret for tests, as long as one must be",
        NEXTAUTH_URL: this.address,
        ...this.environment,
      },
      output: "pipe",
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        this.output = `${this.output}${chunk}`.slice(-4_000);
      });
    }
    this.ended = new Promise((resolve) => child.once("close", resolve));
    const isUp = () => child.exitCode !== null || answers(`${this.address}/livez`);
    await pollUntil(isUp, { milliseconds: 90_000 });
    if (!(await answers(`${this.address}/livez`)))
      throw new Error(`The server is not up:\n${this.output}`);
  }
}

/** Whether the web server answers well at this address. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  const probe = net.createServer();
  return new Promise((resolve) => {
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
