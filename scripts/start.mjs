/**
 * npm start, and npm run dev (--dev): from a clean clone to a served page. Until the dependencies
 * are there, only what is built into Node may be imported, here and in what this file imports.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, isBuilt, serverFile } from "./build.mjs";
import { install, isInstalled } from "./install.mjs";
import { generateClient, isClientCurrent } from "./prisma-generate.mjs";
import { supervise } from "./supervise.mjs";

const root = path.resolve(import.meta.dirname, "..");
const isDevelopment = process.argv.includes("--dev");

await supervise({
  root,
  mode: isDevelopment ? "development" : "production",
  safety: "durable",
  prepare: [
    {
      title: "dependencies",
      async run({ signal, say }) {
        if (isInstalled(root)) return "installed";
        say("installing with npm ci, which takes one to three minutes");
        await install(root, { signal });
        return "installed";
      },
    },
    {
      title: "database client",
      async run({ signal }) {
        if (isClientCurrent(root)) return "current";
        await generateClient(root, { signal });
        return "made";
      },
    },
  ],
  build: isDevelopment ? undefined : { title: "application", run: buildApplication },
  firstStart: ["--conditions=react-server", "--import", "tsx", "scripts/first-start.ts"],
  // A small nursery: the worker's garbage is young, and a large release stays within its memory.
  worker: [
    "--max-semi-space-size=2",
    "--conditions=react-server",
    "--import",
    "tsx",
    "bin/worker.ts",
  ],
  web: isDevelopment ? developmentServer : productionServer,
});

async function buildApplication({ signal, say }) {
  if (isBuilt(root)) return "built";
  say("building, which takes about a minute");
  // Next marks its stages with these; the rest of its words shows only if it fails.
  const onOutput = (line) => /^\s*✓|\.\.\.$/.test(line) && say(line.trim());
  await build(root, { signal, onOutput });
  return "built";
}

function productionServer() {
  const peerAddress = pathToFileURL(path.join(import.meta.dirname, "peer-address.mjs")).href;
  return { argv: ["--import", peerAddress, path.join(root, serverFile)], cwd: root };
}

function developmentServer({ port, host }) {
  const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
  return { argv: [next, "dev", "--hostname", host, "--port", String(port)], cwd: root };
}
