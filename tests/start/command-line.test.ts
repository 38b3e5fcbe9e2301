/** `bin/framemark` as a person at a terminal meets it, over a real database with the demo in it. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readJsonl } from "@/lib/domain/formats/jsonl";
import { announceServer, openDataFolder } from "../../scripts/data-folder.mjs";
import { deployMigrations } from "../../scripts/deploy-migrations.mjs";
import { acquireLock } from "../../scripts/lock.mjs";
import { startTemporaryCluster } from "../../scripts/postgres/temporary-cluster.mjs";

const root = path.resolve(import.meta.dirname, "..", "..");
const PROJECT = "Ceasefire in the Sarrow valley";

let cluster: Awaited<ReturnType<typeof startTemporaryCluster>>;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "framemark-command-"));
  cluster = await startTemporaryCluster();
  await deployMigrations(cluster.url(), path.join(root, "prisma", "migrations"));
  const loading = await start(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/first-start.ts"],
    {
      environment: {
        DATABASE_URL: cluster.url(),
        FRAMEMARK_DATA: folder,
        NEXTAUTH_URL: "http://127.0.0.1:3000",
        NEXTAUTH_SECRET: "a secret for tests, as long as one must be",
      },
      cwd: root,
    },
  );
  if (loading.code !== 0) throw new Error(loading.stderr);
}, 180_000);

afterAll(async () => {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Ended = { code: number | null; stdout: string; stderr: string };
type Surroundings = {
  environment?: Record<string, string>;
  input?: string;
  cwd?: string;
};

/** Runs a program to its end. */
function start(program: string, args: string[], surroundings: Surroundings): Promise<Ended> {
  const { environment = { DATABASE_URL: cluster.url() }, input, cwd = folder } = surroundings;
  const { DATABASE_URL: _, FRAMEMARK_DATA: __, NEXTAUTH_URL: ___, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...inherited, ...environment } });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    child.stdin.on("error", () => {}); // a program that reads no input may be gone already
    child.stdin.end(input ?? "");
  });
}

function framemark(args: string[], surroundings: Surroundings = {}): Promise<Ended> {
  return start(path.join(root, "bin", "framemark"), args, surroundings);
}

async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: cluster.url() });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function fileWith(name: string, content: string | Uint8Array): string {
  writeFileSync(path.join(folder, name), content);
  return name;
}

describe("help", () => {
  test.each(["", "export", "import", "user", "user create", "agreement"])(
    "is there for framemark %s",
    async (command) => {
      const { code, stdout } = await framemark([...command.split(" ").filter(Boolean), "--help"]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Usage: framemark/);
    },
  );

  test("is pointed to where a command is not understood", async () => {
    const { code, stdout, stderr } = await framemark(["export"]);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("required option '--project <name or id>' not specified");
    expect(stderr).toContain("--help");
  });
});

describe("framemark export", () => {
  test("writes the dataset to standard output and nothing else", async () => {
    const { code, stdout, stderr } = await framemark(["export", "--project", PROJECT]);
    expect(code).toBe(0);
    expect(readJsonl(stdout)).toMatchObject({
      ok: true,
      value: { header: { counts: { submissions: 10, annotations: 242 } } },
    });
    expect(stderr).toBe("242 annotations written.\n");
  });

  test("writes a file whole, found by the project's id", async () => {
    const [project] = await query<{ id: string }>(`SELECT id FROM project`);
    const { code, stdout } = await framemark([
      ...["export", "--project", project?.id ?? "", "--format", "csv", "--raw"],
      ...["--output", "raw.csv"],
    ]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(readFileSync(path.join(folder, "raw.csv"), "utf8")).toMatch(/^"id",/);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("ends quietly when its reader has enough", async () => {
    const command = `"${root}/bin/framemark" export --project "${PROJECT}" | head -c 20`;
    const { stdout, stderr } = await start("/bin/sh", ["-c", command], {});
    expect(stdout).toBe('{"record":"header","'.slice(0, 20));
    expect(stderr).not.toContain("EPIPE");
  });

  test("says that a project is not there, and which are", async () => {
    const { code, stdout, stderr } = await framemark(["export", "--project", "No such"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(`framemark: There is no project “No such”. There are: “${PROJECT}”.\n`);
  });

  test("says that a file cannot be written", async () => {
    const { code, stderr } = await framemark([
      ...["export", "--project", PROJECT, "--output", "no/such/folder.jsonl"],
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^framemark: no\/such\/folder\.jsonl could not be written: /);
  });
});

describe("framemark import", () => {
  test("adds text files and lines, tells what is wrong by file and line, and goes on", async () => {
    const files = [
      fileWith("dove.txt", "A dove 🕊️ over the town\n\nSoldiers marched past the square."),
      fileWith("broken.txt", new Uint8Array([65, 0x81, 66])),
      fileWith(
        "articles.jsonl",
        [
          JSON.stringify({ title: "One", text: "One\n\nThe first.", outlet: "Post" }),
          "nonsense",
          JSON.stringify({ text: "Two\n\nThe second.", date: "yesterday" }),
          JSON.stringify({ title: "Three", text: "تحرير المدينة\n\nدخل الجيش المدينة." }),
        ].join("\n"),
      ),
      fileWith("table.csv", "kind,words\nnone,of these is a text\n"),
      fileWith(
        "western.txt",
        new Uint8Array([0x43, 0x61, 0x66, 0xe9, 0x0a, 0x0a, 0x46, 0x69, 0x6e, 0x2e]),
      ),
    ];
    const ended = await framemark(["import", "--project", PROJECT, ...files, "missing.txt"]);
    expect(ended.code).toBe(1);
    expect(ended.stdout.trim().split("\n")).toHaveLength(5);
    expect(ended.stdout).toMatch(/^[0-9a-f-]{36}\tadded\tA dove 🕊️ over the town\n/);
    const lines = ended.stderr.trim().split("\n");
    expect(lines.map((line) => line.split(": ")[0])).toEqual(
      expect.arrayContaining([
        "broken.txt",
        "articles.jsonl, line 2",
        "articles.jsonl, line 3",
        "table.csv, line 2",
        "western.txt",
        "missing.txt",
      ]),
    );
    expect(lines.at(-1)).toBe("5 added, 0 known already, 4 refused.");
    const stored = await query(
      `SELECT d.title, d.outlet FROM document d WHERE d.title IN ('One', 'Three') ORDER BY d.seq`,
    );
    expect(stored).toEqual([
      { title: "One", outlet: "Post" },
      { title: "Three", outlet: null },
    ]);
    const again = await framemark(["import", "--project", PROJECT, "dove.txt"]);
    expect(again).toMatchObject({ code: 0, stderr: "0 added, 1 known already, 0 refused.\n" });
  });
});

describe("framemark user create", () => {
  test("prints the one-time link and nothing else, and makes a lead", async () => {
    const account = ["--email", "New.Person@example.org", "--name", "New Person"];
    const environment = { DATABASE_URL: cluster.url(), NEXTAUTH_URL: "https://bias.example.org" };
    const { code, stdout } = await framemark(["user", "create", ...account, "--lead-of", PROJECT], {
      environment,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^https:\/\/bias\.example\.org\/welcome\/[\w-]{43}\n$/);
    const members = await query(
      `SELECT m.role, u.role AS instance_role FROM membership m JOIN "user" u ON u.id = m.user_id
        WHERE u.email = 'new.person@example.org'`,
    );
    expect(members).toEqual([{ role: "lead", instance_role: "user" }]);
  });

  test("takes a password from standard input, and refuses an e-mail that is taken", async () => {
    const account = ["--email", "ada@example.org", "--name", "Ada Roe", "--role", "admin"];
    const command = ["user", "create", ...account, "--password-stdin"];
    const made = await framemark(command, { input: "harbour lantern 47\n" });
    expect(made).toMatchObject({ code: 0, stdout: "" });
    const rows = await query<{ password_hash: string; role: string }>(
      `SELECT password_hash, role FROM "user" WHERE email = 'ada@example.org'`,
    );
    expect(rows).toEqual([
      { role: "admin", password_hash: expect.stringMatching(/^\$argon2id\$/) },
    ]);
    const again = await framemark(command, { input: "harbour lantern 47" });
    expect(again.code).toBe(1);
    expect(again.stderr).toBe("framemark: An account with this e-mail exists already.\n");
  });

  test("makes no account when the project is not there", async () => {
    const account = ["--email", "nobody@example.org", "--name", "Nobody"];
    const { code } = await framemark(["user", "create", ...account, "--lead-of", "No such"]);
    expect(code).toBe(1);
    expect(await query(`SELECT 1 FROM "user" WHERE email = 'nobody@example.org'`)).toEqual([]);
  });
});

describe("the database", () => {
  test("is that of a server which runs on the same data folder", async () => {
    const data = openDataFolder(root, {
      ...process.env,
      FRAMEMARK_DATA: path.join(folder, "running"),
    });
    const release = acquireLock(data.lock, "a server in a test");
    announceServer(data, { databaseUrl: cluster.url(), address: "http://localhost:3999" });
    const environment = { FRAMEMARK_DATA: data.path };
    const made = await framemark(
      ["user", "create", "--email", "eve@example.org", "--name", "Eve Roe"],
      { environment },
    );
    release();
    expect(made.stdout).toMatch(/^http:\/\/localhost:3999\/welcome\//);
  });

  test("is started for as long as it takes when nothing runs", async () => {
    const environment = { FRAMEMARK_DATA: path.join(folder, "stopped") };
    const { code, stdout, stderr } = await framemark(["export", "--project", "x"], { environment });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("framemark: There is no project yet.\n");
  });

  test("that cannot be reached is told in a sentence", async () => {
    const environment = { DATABASE_URL: "postgresql://127.0.0.1:9/none" };
    const { code, stderr } = await framemark(["export", "--project", "x"], { environment });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^framemark: The database cannot be used: .*ECONNREFUSED.*\n$/);
  });
});
