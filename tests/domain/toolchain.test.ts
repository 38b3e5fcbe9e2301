import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..", "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

interface Lock {
  packages: Record<string, { version?: string; resolved?: string }>;
}
type Floors = Record<string, { version: string; reason: string }>;

const lock: Lock = JSON.parse(read("package-lock.json"));
const floors: Floors = JSON.parse(read("security-floor.json"));

/** Every copy of a package that the lock file installs, nested ones too. */
function versionsOf(name: string, { packages }: Lock): string[] {
  return Object.entries(packages)
    .filter(([place]) => place.endsWith(`node_modules/${name}`))
    .map(([, { version = "" }]) => version);
}

/** A pre-release of the floor itself counts as below it. */
function isBelow(version: string, floor: string): boolean {
  const [numbers = "", prerelease] = version.split("-", 2);
  const parts = numbers.split(".").map(Number);
  for (const [index, wanted] of floor.split(".").map(Number).entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return part < wanted;
  }
  return prerelease !== undefined;
}

function tooOld(someLock: Lock): string[] {
  return Object.entries(floors).flatMap(([name, { version: floor }]) => {
    const versions = versionsOf(name, someLock);
    if (versions.length === 0) return [`${name} is missing`];
    return versions.filter((each) => isBelow(each, floor)).map((each) => `${name} ${each}`);
  });
}

describe("security floors", () => {
  test("no package that the lock file installs is below its floor", () => {
    expect(tooOld(lock)).toEqual([]);
  });

  test("each floor says why", () => {
    for (const { reason } of Object.values(floors)) expect(reason.length).toBeGreaterThan(30);
  });

  test("a lock file with older, nested or missing packages is found out", () => {
    const old: Lock = {
      packages: {
        "node_modules/next": { version: "16.4.4" },
        "node_modules/react": { version: "19.3.0-canary.1" },
        "node_modules/react-dom": { version: "19.10.0" },
        "node_modules/next-auth": { version: "4.24.15" },
        "node_modules/something/node_modules/next-auth": { version: "4.3.99" },
      },
    };
    expect(tooOld(old)).toEqual([
      "next 16.4.4",
      "react 19.3.0-canary.1",
      "next-auth 4.3.99",
      "sharp is missing",
    ]);
  });
});

describe("the lock file", () => {
  test("names no host, so that any registry serves", () => {
    expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual(
      [],
    );
  });

  test("and package.json pin the same versions", () => {
    const manifest = JSON.parse(read("package.json"));
    const pinned: Record<string, string> = {
      ...manifest.dependencies,
      ...manifest.devDependencies,
    };
    for (const [name, version] of Object.entries(pinned)) {
      expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
    }
  });
});

describe(".ci/run", () => {
  test("runs npm test and nothing else", () => {
    const commands = read(".ci/run")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    expect(commands).toEqual(["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec npm test"]);
  });

  test("is executable", () => {
    expect(statSync(path.join(root, ".ci", "run")).mode & 0o111).toBe(0o111);
  });
});
