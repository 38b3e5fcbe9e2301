/**
 * npm run test:api-fuzz: schemathesis reads the interface's own document and asks what it says, right and
 * wrong, of a product that is started for it. It lives in an environment of Python that is made for the run and
 * thrown away; FRAMEMARK_FUZZER names one to keep and use again. `-- --data=FOLDER` takes a product that
 * runs on that folder, `--examples=N` says how many requests each operation gets, `--only=ID` names one operation,
 * `--rate=15/s` holds it back.
 */
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { v7 } from "uuid";
import { startServer, temporaryData } from "../support/server";

/** What an answer must never be. */
const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "negative_data_rejection",
  "unsupported_method",
  "allow_header_conformance",
  "ignored_auth",
  "missing_required_header",
];

const say = (text: string) => process.stdout.write(`${text}\n`);
const option = (name: string) =>
  process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);

process.exitCode = await main();

async function main(): Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "framemark-fuzz-"));
  const running = option("data");
  try {
    const schemathesis = prepareFuzzer(folder);
    if (schemathesis === null) {
      say("Skipped: there is no Python 3 with venv here, or its packages cannot be installed.");
      return 0;
    }
    if (running !== undefined) {
      const note = readFileSync(path.join(running, "server.json"), "utf8");
      return await fuzz(schemathesis, folder, JSON.parse(note) as Product);
    }
    const data = temporaryData();
    const server = await startServer({
      entry: "product",
      data: data.data,
      // Otherwise most answers would be that it asks for too much.
      environment: { FRAMEMARK_API_RATE: "10000" },
    });
    try {
      return await fuzz(schemathesis, folder, server);
    } finally {
      await server.stop();
      data.remove();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function prepareFuzzer(folder: string): string | null {
  const home = process.env.FRAMEMARK_FUZZER ?? path.join(folder, "python");
  const program = path.join(home, "bin", "schemathesis");
  if (existsSync(program)) return program;
  const requirements = path.join(import.meta.dirname, "requirements.txt");
  const isMade =
    spawnSync("python3", ["-m", "venv", home], { stdio: "inherit" }).status === 0 &&
    spawnSync(
      path.join(home, "bin", "python"),
      ["-m", "pip", "install", "-q", "-r", requirements],
      {
        stdio: "inherit",
      },
    ).status === 0;
  return isMade ? program : null;
}

type Product = { address: string; databaseUrl: string };

async function fuzz(schemathesis: string, folder: string, product: Product): Promise<number> {
  const address = product.address.replace("//localhost:", "//127.0.0.1:");
  const { token, places } = await preparePlaces({ ...product, address });
  const parameters = Object.entries(places).map(([name, id]) => `"path.${name}" = "${id}"`);
  const settings = path.join(folder, "schemathesis.toml");
  writeFileSync(settings, ["[parameters]", ...parameters, ""].join("\n"));
  const only = option("only");
  const rate = option("rate");
  const run = spawnSync(
    schemathesis,
    [
      "--config-file",
      settings,
      "run",
      `${address}/api/v1/openapi.json`,
      `--url=${address}/api/v1`,
      `--header=Authorization: Bearer ${token}`,
      `--checks=${CHECKS.join(",")}`,
      `--max-examples=${option("examples") ?? "60"}`,
      "--phases=examples,coverage,fuzzing",
      "--continue-on-failure",
      "--seed=1",
      "--no-color",
      "--warnings=off",
      "--request-timeout=30",
      ...(rate === undefined ? [] : [`--rate-limit=${rate}`]),
      ...(only === undefined ? [] : [`--include-operation-id=${only}`]),
    ],
    { stdio: "inherit", env: { ...process.env, PYTHONUTF8: "1" }, cwd: folder },
  );
  return run.status ?? 1;
}

/** A token of the demo's lead with every scope, and one of each thing for the addresses. */
async function preparePlaces({ address, databaseUrl }: Product) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ projectId: string; leadId: string }>(
      `SELECT m.project_id AS "projectId", m.user_id AS "leadId"
         FROM membership m JOIN "user" u ON u.id = m.user_id
        WHERE u.email = 'lead@example.org' AND m.role = 'lead' AND m.ended_at IS NULL LIMIT 1`,
    );
    const lead = rows[0];
    if (lead === undefined) throw new Error("The product has no demo to be tried on.");
    const token = `fmk_${randomBytes(32).toString("base64url")}`;
    await client.query(
      `INSERT INTO api_token (id, user_id, project_id, name, token_hash, scopes, expires_at)
       VALUES ($1, $2, $3, 'fuzzer', $4, '{read,annotate,import,export,manage}', now() + interval '1 day')`,
      [v7(), lead.leadId, lead.projectId, hashOf(token)],
    );
    const one = async (sql: string) =>
      (await client.query<{ id: string }>(sql, [lead.projectId])).rows[0]?.id ?? v7();
    const documentId = await one(
      `SELECT id FROM document WHERE project_id = $1 AND archived_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.document_id = document.id) LIMIT 1`,
    );
    const ask = (method: string, below: string, body?: unknown) =>
      fetch(`${address}/api/v1/projects/${lead.projectId}${below}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    await ask("POST", "/assignments", { documentIds: [documentId], userIds: [lead.leadId] });
    await ask("POST", "/releases", {
      settings: { annotationLicence: "CC-BY-4.0", textLicence: "All rights reserved" },
      acceptsFreeText: true,
    });
    await ask("POST", "/imports", { texts: ["A headline\n\nA sentence to be imported."] });
    const places = {
      projectId: lead.projectId,
      documentId,
      assignmentId: await one(
        `SELECT a.id FROM assignment a JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
          JOIN membership m ON m.project_id = n.project_id AND m.user_id = n.user_id AND m.role = 'lead'
         WHERE a.project_id = $1 LIMIT 1`,
      ),
      setId: await one(
        `SELECT id FROM annotation_set WHERE project_id = $1 AND submitted_revision IS NOT NULL LIMIT 1`,
      ),
      adjudicationId: await one(`SELECT id FROM adjudication WHERE project_id = $1 LIMIT 1`),
      releaseId: await one(`SELECT id FROM release WHERE project_id = $1 LIMIT 1`),
      importId: await one(`SELECT id FROM import WHERE project_id = $1 LIMIT 1`),
      jobId: await one(`SELECT id FROM job WHERE project_id = $1 LIMIT 1`),
      userId: await one(
        `SELECT user_id AS id FROM membership WHERE project_id = $1 AND role = 'viewer' AND ended_at IS NULL LIMIT 1`,
      ),
    };
    return { token, places };
  } finally {
    await client.end();
  }
}

function hashOf(token: string): string {
  return createHash("sha256").update(`api_token:${token}`).digest("hex");
}
