/**
 * Prisma's schema engine as WebAssembly. The `prisma migrate` command knows only the native engine,
 * which is no npm package but a download; this is the same engine and needs no network.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { openConnections } from "./connection";

type Glue = typeof import("@prisma/schema-engine-wasm/schema_engine_bg") & {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
};

/** Runs `use` with an engine on that database; `schema` is the text of schema.prisma. */
export async function withEngine<T>(
  { databaseUrl, schema }: { databaseUrl: string; schema: { path: string; content: string } },
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loading ??= loadEngine();
  const glue = await loading;
  const { connections, close } = openConnections(databaseUrl);
  try {
    const engine = await glue.SchemaEngine.new(
      { datamodels: [[schema.path, schema.content]] },
      () => {},
      connections,
    );
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    await close();
  }
}

/** Once in a process: the module that wraps it remembers the memory of the first. */
let loading: Promise<Glue> | undefined;

/** By hand, as Node 20 cannot import a .wasm file. */
async function loadEngine(): Promise<Glue> {
  // The engine reports a panic here; without it a panic shows as a meaningless TypeError.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => console.error(`The schema engine broke down: ${message}`),
    },
  });
  const file = createRequire(import.meta.url).resolve(
    "@prisma/schema-engine-wasm/schema_engine_bg",
  );
  const glue: Glue = await import(file);
  const bytes = readFileSync(path.join(path.dirname(file), "schema_engine_bg.wasm"));
  const module = new WebAssembly.Module(bytes);
  const imports = { "./schema_engine_bg.js": glue } as unknown as WebAssembly.Imports;
  const { exports } = new WebAssembly.Instance(module, imports);
  glue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  return glue;
}
