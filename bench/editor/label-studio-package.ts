/**
 * Label Studio's editor, as its npm package has it built. Not a dependency of ours: it would bring
 * hundreds of packages of which the build needs none. Fetched by npm and checked, once.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const VERSION = "1.0.1";
const SHA512 =
  "R/aevUj1aBRUdL+JfFqHIMYkJEu6MGpov3UVBV/xxmuIXRKK4RmwT07wwc2EKp8K9jZacbaIWU3P2H1rRw4w7g==";

/** The folder of its build. */
export async function labelStudioBuild(cache: string): Promise<string> {
  const home = path.join(cache, `label-studio-${VERSION}`);
  if (!existsSync(home)) await fetchTo(home, cache);
  return path.join(home, "package", "build");
}

async function fetchTo(home: string, cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, "fetching-"));
  try {
    const file = path.join(folder, `label-studio-${VERSION}.tgz`);
    await run("npm", ["pack", "--silent", `label-studio@${VERSION}`], { cwd: folder });
    const found = createHash("sha512")
      .update(await readFile(file))
      .digest("base64");
    if (found !== SHA512) throw new Error(`label-studio ${VERSION} is not what it was.`);
    await run("tar", ["-xzf", file, "-C", folder]);
    await rm(file);
    await rename(folder, home);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
