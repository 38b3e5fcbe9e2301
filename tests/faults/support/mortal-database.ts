import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { deployMigrations } from "../../../scripts/deploy-migrations.mjs";
import { startCluster } from "../../../scripts/postgres/cluster.mjs";
import { childrenOf, killHard } from "./processes";

const migrations = path.resolve(import.meta.dirname, "../../../prisma/migrations");

type Cluster = Awaited<ReturnType<typeof startCluster>>;

/**
 * A real PostgreSQL with the settings of production that can be killed and started again. It is
 * reached over a door that keeps its port, since PostgreSQL comes back on another one.
 */
export class MortalDatabase {
  private constructor(
    private readonly home: string,
    private cluster: Cluster,
    private readonly door: Door,
  ) {}

  static async start(): Promise<MortalDatabase> {
    const home = mkdtempSync(path.join(os.tmpdir(), "framemark-faults-"));
    chmodSync(home, 0o711); // PostgreSQL's account must get through where we are root
    const cluster = await startCluster({ folder: folderIn(home), safety: "durable" });
    return new MortalDatabase(home, cluster, await Door.open(portOf(cluster)));
  }

  url(database: string): string {
    const url = new URL(this.cluster.url(database));
    url.port = String(this.door.port);
    return url.href;
  }

  /** A database with every migration; answers its address. */
  async make(database: string, settings: Record<string, string> = {}): Promise<string> {
    await this.administer(`CREATE DATABASE ${database}`);
    for (const [name, value] of Object.entries(settings)) {
      await this.administer(`ALTER DATABASE ${database} SET ${name} = ${value}`);
    }
    await deployMigrations(this.url(database), migrations);
    return this.url(database);
  }

  /** Kills the postmaster and all its children at once, then lets PostgreSQL recover. */
  async killAndRestart(): Promise<void> {
    const pidFile = path.join(folderIn(this.home), "postmaster.pid");
    const postmaster = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
    killHard([postmaster, ...childrenOf(postmaster)]);
    await this.cluster.ended;
    this.cluster = await startCluster({ folder: folderIn(this.home), safety: "durable" });
    this.door.leadTo(portOf(this.cluster));
  }

  /** Stops it as an administrator does, with what is under way broken off, and starts it again. */
  async restart(): Promise<void> {
    await this.cluster.stop();
    this.cluster = await startCluster({ folder: folderIn(this.home), safety: "durable" });
    this.door.leadTo(portOf(this.cluster));
  }

  async stop(): Promise<void> {
    await this.door.close();
    await this.cluster.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Asks one thing of a database of this cluster. */
  async query<T extends pg.QueryResultRow>(
    databaseUrl: string,
    statement: string,
    values: unknown[] = [],
  ): Promise<T[]> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      return (await client.query<T>(statement, values)).rows;
    } finally {
      await client.end();
    }
  }

  private async administer(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.cluster.url("postgres") });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}

const folderIn = (home: string) => path.join(home, "cluster");
const portOf = (cluster: Cluster) => Number(new URL(cluster.url()).port);

/** Passes connections on to a port that may change; a broken end breaks the other. */
class Door {
  private readonly sockets = new Set<net.Socket>();

  private constructor(
    private readonly server: net.Server,
    private target: number,
  ) {
    server.on("connection", (client) => {
      const inner = net.connect(this.target, "127.0.0.1");
      for (const [one, other] of [
        [client, inner],
        [inner, client],
      ] as const) {
        this.sockets.add(one);
        one
          .on("error", () => other.destroy())
          .on("close", () => {
            this.sockets.delete(one);
            other.destroy();
          });
        one.pipe(other);
      }
    });
  }

  static open(target: number): Promise<Door> {
    const server = net.createServer();
    return new Promise((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve(new Door(server, target)));
    });
  }

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  leadTo(target: number): void {
    this.target = target;
  }

  close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
