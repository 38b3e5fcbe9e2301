import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { build, isBuilt } from "../../scripts/build.mjs";
import { isInstalled } from "../../scripts/install.mjs";
import { generateClient, isClientCurrent } from "../../scripts/prisma-generate.mjs";

/** A checkout in which the tools are replaced by programs of one line. */
let root = "";

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "framemark-root-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, content: string) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}

/** Minutes from now. */
function date(file: string, minutes: number) {
  const moment = new Date(Date.now() + minutes * 60_000);
  utimesSync(path.join(root, file), moment, moment);
}

describe("dependencies", () => {
  test("without npm's own copy of the lock file they are not installed", () => {
    write("package-lock.json", "{}");
    write("node_modules/next/package.json", "{}");
    expect(isInstalled(root)).toBe(false);
  });

  test("a lock file younger than the installation calls for another", () => {
    write("package-lock.json", "{}");
    write("node_modules/.package-lock.json", "{}");
    date("node_modules/.package-lock.json", -1);
    expect(isInstalled(root)).toBe(false);
    date("node_modules/.package-lock.json", 1);
    expect(isInstalled(root)).toBe(true);
  });
});

describe("the application", () => {
  const bundler = `
    const { mkdirSync, writeFileSync } = require("node:fs");
    mkdirSync(".next/static", { recursive: true });
    mkdirSync(".next/standalone", { recursive: true });
    writeFileSync(".next/static/style.css", "");
    writeFileSync(".next/standalone/server.js", "");`;

  beforeEach(() => {
    write("app/page.tsx", "one");
    write("next.config.js", "export default {}");
    write("node_modules/next/dist/bin/next", bundler);
  });

  test("is built after a build, until a source has another content", async () => {
    expect(isBuilt(root)).toBe(false);
    await build(root);
    expect(isBuilt(root)).toBe(true);
    date("app/page.tsx", 5);
    expect(isBuilt(root)).toBe(true);
    write("app/page.tsx", "two");
    expect(isBuilt(root)).toBe(false);
  });

  test.each(["lib/new.ts", "proxy.ts", "instrumentation-client.ts", "prisma/schema.prisma"])(
    "is no longer built when %s comes in",
    async (file) => {
      await build(root);
      write(file, "new");
      expect(isBuilt(root)).toBe(false);
    },
  );

  test("does not depend on tests and documents", async () => {
    await build(root);
    write("tests/some.test.ts", "new");
    write("README.md", "new");
    expect(isBuilt(root)).toBe(true);
  });

  test("is not built after a build that failed on the way", async () => {
    await build(root);
    write("app/page.tsx", "two");
    write("node_modules/next/dist/bin/next", `${bundler}\nprocess.exit(1);`);
    await expect(build(root)).rejects.toThrow("next failed");
    expect(isBuilt(root)).toBe(false);
  });

  test("two builds at the same time make one", async () => {
    write("node_modules/next/dist/bin/next", `${bundler}\nconsole.log("building");`);
    let count = 0;
    const onOutput = () => count++;
    await Promise.all([build(root, { onOutput }), build(root, { onOutput })]);
    expect(count).toBe(1);
  });

  test("a build that is interrupted ends and is made again", async () => {
    write("node_modules/next/dist/bin/next", `${bundler}\nsetInterval(() => {}, 1000);`);
    const interrupt = new AbortController();
    const building = build(root, { signal: interrupt.signal });
    interrupt.abort(new Error("stopping"));
    await expect(building).rejects.toThrow("stopping");
    expect(isBuilt(root)).toBe(false);
  });
});

describe("the database client", () => {
  test("is current until the schema has another content", async () => {
    write("prisma/schema.prisma", "one");
    write("node_modules/prisma/package.json", '{"version":"1.0.0"}');
    write(
      "node_modules/prisma/build/index.js",
      `const { mkdirSync, writeFileSync } = require("node:fs");
       mkdirSync("prisma/generated", { recursive: true });
       writeFileSync("prisma/generated/client.ts", "");`,
    );
    expect(isClientCurrent(root)).toBe(false);
    await generateClient(root);
    expect(isClientCurrent(root)).toBe(true);
    write("prisma/schema.prisma", "two");
    expect(isClientCurrent(root)).toBe(false);
  });
});
