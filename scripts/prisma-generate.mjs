/**
 * Makes the database client in prisma/generated. The Prisma command insists on a native schema
 * engine before it does anything at all, and would download one; `generate` never runs it, so any
 * file that exists will do. Node itself is the safe choice: a program that ends well whatever it is
 * given (`true`, say) would let `migrate deploy` report success without having done a thing.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runNode } from "./run-node.mjs";

const schemaFile = path.join("prisma", "schema.prisma");
const generated = path.join("prisma", "generated");
/** Names the schema that the client was made from. Written last, so half a client is made again. */
const stampFile = path.join(generated, "schema.sha256");

/** @param {string} root */
export function isClientCurrent(root) {
  const stamp = path.join(root, stampFile);
  const client = path.join(root, generated, "client.ts");
  if (!existsSync(stamp) || !existsSync(client)) return false;
  return readFileSync(stamp, "utf8") === stampOf(root);
}

/**
 * @param {string} root
 * @param {{ signal?: AbortSignal, onOutput?: (line: string) => void }} [options]
 */
export async function generateClient(root, options = {}) {
  const stamp = stampOf(root);
  await runNode([path.join("node_modules", "prisma", "build", "index.js"), "generate"], {
    ...options,
    cwd: root,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: "1", // else a telemetry process stays behind
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
    },
  });
  writeFileSync(path.join(root, stampFile), stamp);
}

/** The client depends on the schema and on the generator. */
function stampOf(root) {
  const manifest = path.join(root, "node_modules", "prisma", "package.json");
  const { version } = JSON.parse(readFileSync(manifest, "utf8"));
  const schema = readFileSync(path.join(root, schemaFile));
  return createHash("sha256").update(schema).update(version).digest("hex");
}

if (process.argv[1] === import.meta.filename) {
  await generateClient(path.resolve(import.meta.dirname, ".."), { onOutput: console.log });
}
