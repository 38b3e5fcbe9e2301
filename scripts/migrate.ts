/**
 * npm run migrate -- create <name> [--empty] | check | diff | deploy | status
 * The first three work on a database of their own unless DATABASE_URL is set; the others on ours.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { withTemporaryCluster } from "./postgres/temporary-cluster.mjs";
import { withEngine } from "./schema-engine/engine";

const root = path.resolve(import.meta.dirname, "..");
const migrationsFolder = path.join(root, "prisma", "migrations");
const lockFile = path.join(migrationsFolder, "migration_lock.toml");
const schemaFile = path.join(root, "prisma", "schema.prisma");

const schema = { path: schemaFile, content: readFileSync(schemaFile, "utf8") };
const schemas = { files: [schema] };
const lockContent = 'provider = "postgresql"\n';
const filters = { externalTables: [], externalEnums: [] };

/** Opens an engine for one conversation. */
type Ask = <T>(question: (engine: SchemaEngine) => Promise<T>) => Promise<T>;
type Command = (ask: Ask, name: string | undefined) => Promise<void>;

const draftCommands: Record<string, Command> = { create, check, diff };
const usage = "Use: npm run migrate -- create <name> [--empty] | check | diff | deploy | status";

await main(process.argv[2] ?? "", process.argv[3]).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main(command: string, name: string | undefined) {
  const draft = draftCommands[command];
  if (draft) return onOwnDatabase((ask) => draft(ask, name));
  if (command === "deploy" || command === "status") {
    const { withDatabase } = await import("./database.mjs");
    return withDatabase((databaseUrl: string) => status(askOn(databaseUrl)));
  }
  console.error(usage);
  process.exitCode = 1;
}

async function onOwnDatabase(use: (ask: Ask) => Promise<void>) {
  if (process.env.DATABASE_URL) return use(askOn(process.env.DATABASE_URL));
  await withTemporaryCluster((cluster) => use(askOn(cluster.url())));
}

function askOn(databaseUrl: string): Ask {
  return (question) => withEngine({ databaseUrl, schema }, question);
}

/** Writes the SQL that leads from the present migrations to the schema; `--empty` for your own SQL. */
async function create(ask: Ask, name: string | undefined) {
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error(`A migration needs a name of small letters, digits and underscores. ${usage}`);
  }
  const migrationsList = readMigrations();
  await ask((engine) => engine.applyMigrations({ migrationsList, filters }));
  // The same engine would not find the shadow database after that; and it finds it only once it has
  // been asked for a diagnosis.
  const made = await ask(async (engine) => {
    const { action } = await engine.devDiagnostic({ migrationsList, filters });
    if (action.tag === "reset") throw new Error(`The migrations do not fit: ${action.reason}`);
    const target = { migrationsList, schema: schemas, filters };
    const loss = await engine.evaluateDataLoss(target);
    for (const { message } of [...loss.warnings, ...loss.unexecutableSteps]) console.warn(message);
    const draft = process.argv.includes("--empty");
    return engine.createMigration({ ...target, migrationName: name, draft });
  });
  if (made.migrationScript === null) {
    return console.log("The migrations already lead to the schema.");
  }
  const folder = path.join(migrationsFolder, made.generatedMigrationName);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "migration.sql"), made.migrationScript);
  writeFileSync(lockFile, lockContent);
  console.log(`Wrote ${path.relative(root, folder)}/migration.sql: read it, then check.`);
}

/** Do the migrations lead to the schema? What the schema cannot say (CHECK, triggers) is no matter. */
async function check(ask: Ask) {
  const { exitCode, stdout } = await ask((engine) =>
    engine.diff({
      from: { tag: "migrations", ...readMigrations() },
      to: { tag: "schemaDatamodel", ...schemas },
      script: true,
      exitCode: true,
      filters,
    }),
  );
  if (exitCode === 0) return console.log("The migrations lead to the schema.");
  console.error(`prisma/schema.prisma needs more than the migrations give:\n${stdout ?? ""}`);
  process.exitCode = 1;
}

/** The SQL of the whole schema. */
async function diff(ask: Ask) {
  const { stdout } = await ask((engine) =>
    engine.diff({
      from: { tag: "empty" },
      to: { tag: "schemaDatamodel", ...schemas },
      script: true,
      exitCode: null,
      filters,
    }),
  );
  process.stdout.write(stdout ?? "");
}

async function status(ask: Ask) {
  const answer = await ask((engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList: readMigrations(),
      optInToShadowDatabase: false,
      filters,
    }),
  );
  const { failedMigrationNames, editedMigrationNames, history } = answer;
  for (const name of failedMigrationNames) console.error(`Failed half-way: ${name}`);
  for (const name of editedMigrationNames) console.error(`Changed after it was applied: ${name}`);
  if (history) console.error(JSON.stringify(history, null, 2));
  const isFine = !history && !failedMigrationNames.length && !editedMigrationNames.length;
  if (isFine) console.log("The database has every migration.");
  else process.exitCode = 1;
}

function readMigrations(): MigrationList {
  const entries = existsSync(migrationsFolder)
    ? readdirSync(migrationsFolder, { withFileTypes: true })
    : [];
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: migrationsFolder,
    lockfile: {
      path: path.basename(lockFile),
      content: existsSync(lockFile) ? readFileSync(lockFile, "utf8") : lockContent,
    },
    shadowDbInitScript: "",
    migrationDirectories: names.sort().map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok",
          value: readFileSync(path.join(migrationsFolder, name, "migration.sql"), "utf8"),
        },
      },
    })),
  };
}
