/** How much compressed script the workspace page of a finished build loads. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";

const ROUTE = "(workspace)/assignments/[assignmentId]/page";
/** Bytes, 1 kB being 1,000 of them. */
const BAR = 250_000;

/** Prints the scripts with their sizes; answers the exit code. */
export function printWeight(): number {
  const build = path.resolve(import.meta.dirname, "..", "..", ".next");
  if (!existsSync(path.join(build, "BUILD_ID"))) {
    console.error("There is no finished build. Run npm start once, or npx next build.");
    return 1;
  }
  const sizes = scriptsOf(build).map((name) => ({
    name: path.basename(name),
    bytes: gzipSync(readFileSync(path.join(build, name)), { level: 9 }).length,
  }));
  sizes.sort((a, b) => b.bytes - a.bytes);
  for (const { name, bytes } of sizes) console.log(`${kilobytes(bytes).padStart(9)}  ${name}`);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const verdict = total <= BAR ? "met" : "NOT MET";
  console.log(`${kilobytes(total).padStart(9)}  in all; at most ${kilobytes(BAR)}: ${verdict}`);
  return total <= BAR ? 0 : 1;
}

/** What every page loads, and what this page, its layouts and its error pages load. */
function scriptsOf(build: string): string[] {
  const common = JSON.parse(readFileSync(path.join(build, "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
  };
  const context = createContext({ globalThis: {} });
  const manifest = path.join(build, "server", "app", `${ROUTE}_client-reference-manifest.js`);
  runInContext(readFileSync(manifest, "utf8"), context);
  const { __RSC_MANIFEST: pages } = context.globalThis as {
    __RSC_MANIFEST: Record<string, { entryJSFiles: Record<string, string[]> }>;
  };
  const own = Object.values(pages).flatMap((page) => Object.values(page.entryJSFiles).flat());
  return [...new Set([...common.rootMainFiles, ...own])];
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
