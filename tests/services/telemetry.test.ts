import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { GET } from "@/app/metrics/route";
import { GET as askReady } from "@/app/readyz/route";
import { failure, success } from "@/lib/domain/result";
import { readEnv, settingNames } from "@/lib/server/env";
import { describeError } from "@/lib/server/telemetry/log";
import { readMetrics } from "@/lib/server/telemetry/metrics";
import { observe } from "@/lib/server/telemetry/observe";

const root = path.resolve(import.meta.dirname, "..", "..");
const canary = "Zwölf Kanarienvögel: hunter2 “occupation”";

/** The standard error stream of a program at a level, line by line. */
function logged(level: string): Record<string, unknown>[] {
  const program = path.join(import.meta.dirname, "support", "log-child.ts");
  const ran = spawnSync(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", program, canary],
    { cwd: root, encoding: "utf8", env: { ...process.env, FRAMEMARK_LOG: level } },
  );
  expect(ran.status).toBe(0);
  const text = ran.stderr.trim();
  return text === "" ? [] : text.split("\n").map((line) => JSON.parse(line));
}

describe("the log", () => {
  test("has one JSON object a line for each use case, without what it was about", () => {
    const lines = logged("info");
    expect(lines.map(({ useCase, outcome }) => `${useCase}: ${outcome}`)).toEqual([
      "openInvite: invalid",
      "test.done: done",
      "test.refused: invalid",
      "test.failed: error",
    ]);
    expect(lines[3]).toMatchObject({
      level: "error",
      msg: "use case",
      userId: "user-1",
      error: { name: "TypeError", code: "E_TEST" },
    });
    for (const secret of ["Kanarienv", "hunter2", "occupation"]) {
      expect(JSON.stringify(lines)).not.toContain(secret);
    }
    expect(JSON.stringify(lines)).toContain("log-child.ts");
  });

  test("is quiet about what is usual", () => {
    expect(logged("warn").map(({ useCase }) => useCase)).toEqual(["test.failed"]);
    expect(logged("silent")).toEqual([]);
  });

  test("would show the secret if messages were logged", () => {
    const error = new Error(canary);
    expect(JSON.stringify({ ...describeError(error), message: error.message })).toContain(canary);
    expect(JSON.stringify(describeError(error))).not.toContain(canary);
  });
});

describe("the figures for Prometheus", () => {
  test("count use cases by name and outcome", async () => {
    await observe("test.counted", undefined, async () => success(null));
    await observe("test.counted", undefined, async () => failure("closed", "no"));
    await observe("test.counted", undefined, async () => failure("closed", "no"));
    const { text } = await readMetrics();
    const count = (outcome: string) =>
      new RegExp(
        `^framemark_use_case_seconds_count\\{use_case="test.counted",outcome="${outcome}"\\} (\\d+)$`,
        "m",
      ).exec(text)?.[1];
    expect(count("done")).toBe("1");
    expect(count("closed")).toBe("2");
    expect(text).toMatch(/^framemark_pool_connections\{state="idle"\} \d+$/m);
    expect(text).toMatch(/^framemark_oldest_waiting_job_seconds 0$/m);
  });

  test("are for those who have the token, and nowhere without one", async () => {
    const ask = (authorization?: string) =>
      GET(
        new Request("http://framemark.test/metrics", {
          headers: authorization === undefined ? {} : { authorization },
        }),
      );
    // The configuration of this test process has no token.
    expect((await ask("Bearer undefined")).status).toBe(404);
    expect((await ask()).status).toBe(404);
  });
});

describe("whether a server is ready", () => {
  afterEach(() => vi.unstubAllEnvs());
  const answer = async () => {
    const response = await askReady();
    return [response.status, await response.text()];
  };

  test("needs the newest migration of its build in the database", async () => {
    const [newest = ""] = readdirSync(path.join(root, "prisma", "migrations"))
      .filter((name) => /^\d/.test(name))
      .sort()
      .reverse();
    vi.stubEnv("FRAMEMARK_SCHEMA", newest);
    expect(await answer()).toEqual([200, "ready\n"]);
    vi.stubEnv("FRAMEMARK_SCHEMA", "20991231235959_later");
    expect(await answer()).toEqual([
      503,
      "the database lacks the migration 20991231235959_later\n",
    ]);
  });
});

describe("the configuration", () => {
  const example = readFileSync(path.join(root, ".env.example"), "utf8");
  const given = Object.fromEntries(
    [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );

  test("is explained whole in the example", () => {
    expect(Object.keys(given).sort()).toEqual([...settingNames].sort());
  });

  test("takes the example with the three things that a site must have", () => {
    const site = {
      DATABASE_URL: "postgresql://localhost/framemark",
      NEXTAUTH_SECRET: "s".repeat(32),
      NEXTAUTH_URL: "https://framemark.test",
    };
    expect(readEnv({ ...given, ...site })).toMatchObject({ ...site, FRAMEMARK_DEMO: "on" });
  });

  test("is refused with all that is wrong at once", () => {
    expect(() =>
      readEnv({ NEXTAUTH_URL: "nowhere", FRAMEMARK_LOG: "loud", FRAMEMARK_METRICS_TOKEN: "short" }),
    ).toThrow(/DATABASE_URL[\s\S]*NEXTAUTH_SECRET[\s\S]*NEXTAUTH_URL[\s\S]*FRAMEMARK_LOG/);
  });
});
