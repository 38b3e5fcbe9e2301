import { readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "@/lib/domain/policy";
import type { Result } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { allUseCases } from "@/lib/services/use-case";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  makeUser,
} from "./support/factories";
import { type Places, ROWS } from "./support/policy-rows";

const folder = path.resolve(import.meta.dirname, "../../lib/services");
// But what runs in a thread of its own.
const files = readdirSync(folder).filter((each) => /(?<!-thread-body)\.ts$/.test(each));
for (const file of files) {
  await import(`../../lib/services/${file.slice(0, -".ts".length)}.ts`);
}
type AnyUseCase = {
  scope: string;
  as(actor: Actor | null, input: unknown): Promise<Result<unknown>>;
};
const useCases = new Map<string, AnyUseCase>(allUseCases());
const names = [...useCases.keys()].filter((name) => useCases.get(name)?.scope === "project");

/** What may be written though a project is archived, each with its reason. */
const ALLOWED: Record<string, string> = {
  archiveProject: "is done already",
  restoreProject: "takes it up again",
  renameProject: "says what it was, and changes nothing in it",
  requestAgreement: "computes figures of what is there",
  withdrawConsent: "is a right at any time",
};

let places: Places;
let people: Actor[];

beforeAll(async () => {
  const { projectId } = await makeProject();
  const { documentId, sha256 } = await makeDocument(projectId);
  const lead = await makeMember(projectId, "lead");
  const annotator = await makeMember(projectId, "annotator");
  const spare = await makeMember(projectId, "annotator");
  const assignmentId = await makeAssignment(projectId, documentId, annotator.userId);
  const admin = await makeUser({ role: "admin" });
  people = [lead.actor, annotator.actor, admin.actor];
  places = { projectId, documentId, assignmentId, spareId: spare.userId, textSha256: sha256 };
  await pool().query(`UPDATE project SET archived_at = now() WHERE id = $1`, [projectId]);
});

test.each(names)("in an archived project %s changes nothing", async (name) => {
  const row = ROWS[name];
  const useCase = useCases.get(name);
  if (row === undefined || useCase === undefined) throw new Error(`There is no row for ${name}.`);
  const before = await fingerprint();
  for (const person of people) await useCase.as(person, row.input(places)).catch(() => null);
  const isChanged = (await fingerprint()) !== before;
  if (!(name in ALLOWED)) expect(isChanged).toBe(false);
  await pool().query(`UPDATE project SET archived_at = coalesce(archived_at, now())`);
});

/** Everything of projects as one hash, but the log and what is computed anew at will. */
async function fingerprint(): Promise<string> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT t.relname AS name FROM pg_class t
       JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
      WHERE t.relkind = 'r' AND t.relname NOT LIKE 'audit%'
        AND t.relname NOT IN ('agreement_result', 'rate_limit', 'throttle', 'session') ORDER BY 1`,
  );
  const parts = rows.map(
    ({ name }) =>
      `(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM "${name}" t)`,
  );
  const { rows: hashes } = await pool().query<{ hash: string }>(
    `SELECT md5(concat(${parts.join(", ")})) AS hash`,
  );
  return hashes[0]?.hash ?? "";
}
