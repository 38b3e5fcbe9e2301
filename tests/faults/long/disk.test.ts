import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MortalDatabase } from "../support/mortal-database";
import { runInProduct } from "../support/run-in-product";

/** Less than the archive of the release takes. */
const DISK_KB = 256;

type Ended = { projectId: string; state: string; problem: string | null };

let database: MortalDatabase;
let disk: string;

/** A disk of its own; for root on Linux, as the whole long suite. */
function mount(size: string, options: string): void {
  const done = spawnSync(
    "/bin/mount",
    ["-t", "tmpfs", "-o", `${options}size=${size}`, "tmpfs", disk],
    {
      encoding: "utf8",
    },
  );
  if (done.status !== 0) throw new Error(`No disk of its own to fill: ${done.stderr}`);
}

beforeAll(async () => {
  database = await MortalDatabase.start();
  disk = mkdtempSync(path.join(tmpdir(), "framemark-disk-"));
  mount(`${DISK_KB}k`, "");
});

afterAll(async () => {
  spawnSync("/bin/umount", [disk]);
  rmSync(disk, { recursive: true, force: true });
  await database.stop();
});

/** Every file below a folder, with its size. */
function filesBelow(folder: string): [name: string, bytes: number][] {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((file) => statSync(file).isFile())
    .map((file) => [path.relative(folder, file), statSync(file).size]);
}

test("a disk that is full fails the release and says so, leaves no half file, and the next try is whole", async () => {
  // The control: whoever just writes leaves a file here that looks like one and is cut off.
  const naive = path.join(disk, "naive.zip");
  expect(() => writeFileSync(naive, Buffer.alloc(2 * DISK_KB * 1024))).toThrow("ENOSPC");
  expect(statSync(naive).size).toBeGreaterThan(0);
  rmSync(naive);

  const databaseUrl = await database.make("disk");
  const make = (environment: Record<string, string> = {}) =>
    runInProduct<Ended>("release-process.ts", databaseUrl, {
      FRAMEMARK_DATA: disk,
      ...environment,
    });
  const full = await make();
  expect(full.state).toBe("failed");
  expect(full.problem).toContain("The disk has no room");
  const left = filesBelow(disk).filter(([name]) => !name.includes(".part"));
  expect(left).toEqual([]);

  mount("64m", "remount,");
  const again = await make({ PROJECT_ID: full.projectId });
  expect(again).toMatchObject({ state: "done", problem: null });
  const files = filesBelow(disk);
  expect(files.filter(([name]) => name.includes(".part"))).toEqual([]);
  const archive = files.find(([name]) => name.endsWith(".zip"));
  expect(archive?.[1]).toBeGreaterThan(DISK_KB * 1024);
});
