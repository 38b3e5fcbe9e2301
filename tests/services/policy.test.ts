import { readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Actor } from "@/lib/domain/policy";
import { type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { hashPassword } from "@/lib/server/passwords";
import { allUseCases, defineUseCase } from "@/lib/services/use-case";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  makeUser,
} from "./support/factories";
import { PASSWORD, PEOPLE, type Person, type Places, ROWS } from "./support/policy-rows";

type AnyUseCase = {
  scope: string;
  as(actor: Actor | null, input: unknown): Promise<Result<unknown>>;
};

// Every file of the services, so that no use case can be left out.
const folder = path.resolve(import.meta.dirname, "../../lib/services");
const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
for (const file of files) {
  await import(`../../lib/services/${file.slice(0, -".ts".length)}.ts`);
}
const useCases = new Map<string, AnyUseCase>(allUseCases());
const names = [...useCases.keys()];

let places: Places;
let actors: Record<Person, Actor>;

beforeAll(async () => {
  const { projectId } = await makeProject();
  const { documentId, sha256 } = await makeDocument(projectId);
  const people = {
    admin: await makeUser({ role: "admin" }),
    lead: await makeMember(projectId, "lead"),
    adjudicator: await makeMember(projectId, "adjudicator"),
    annotator: await makeMember(projectId, "annotator"),
    owner: await makeMember(projectId, "annotator"),
    viewer: await makeMember(projectId, "viewer"),
    former: await makeMember(projectId, "annotator"),
    stranger: await makeUser(),
    foreignLead: await makeMember((await makeProject()).projectId, "lead"),
  };
  const spare = await makeMember(projectId, "annotator");
  const assignmentId = await makeAssignment(projectId, documentId, people.owner.userId);
  await makeAssignment(projectId, documentId, people.former.userId);
  await pool().query(`UPDATE membership SET ended_at = now() WHERE user_id = $1`, [
    people.former.userId,
  ]);
  await pool().query(`UPDATE "user" SET password_hash = $1`, [await hashPassword(PASSWORD)]);
  places = { projectId, documentId, assignmentId, spareId: spare.userId, textSha256: sha256 };
  actors = Object.fromEntries(
    PEOPLE.map((person) => [person, people[person].actor]),
  ) as typeof actors;
});

/** Who is let in against the table, or refused with words that tell too much. Empty is good. */
async function breaches(useCase: AnyUseCase, row: (typeof ROWS)[string]): Promise<string[]> {
  const found: string[] = [];
  const tryAs = async (who: string, actor: Actor | null, expected: readonly string[]) => {
    const answer = await useCase.as(actor, row.input(places));
    const kind = answer.ok ? "let in" : answer.failure.kind;
    if (!expected.includes(kind)) found.push(`${who}: ${kind}`);
  };
  if (useCase.scope !== "public") await tryAs("signed out", null, ["unauthenticated"]);
  for (const person of PEOPLE.filter((each) => !row.may.includes(each))) {
    await tryAs(person, actors[person], refusalsFor(person, useCase.scope));
  }
  return found;
}

/** Outside of a project one may not even know that it exists. */
function refusalsFor(person: Person, scope: string): string[] {
  if (scope === "instance") return ["forbidden"];
  const isOutside = person === "stranger" || person === "foreignLead";
  return isOutside ? ["not_found"] : ["forbidden", "not_found"];
}

test("every use case has a row in the table, and every row a use case", () => {
  expect(names.length).toBeGreaterThan(40);
  expect(Object.keys(ROWS).sort()).toEqual([...names].sort());
});

describe("refuses everyone else, and changes nothing:", () => {
  test.each(names)("%s", async (name) => {
    const before = await fingerprint();
    expect(await breaches(findUseCase(name), rowOf(name))).toEqual([]);
    expect(await fingerprint()).toBe(before);
  });
});

describe("answers for what is not there as for what is not yours:", () => {
  const scoped = names.filter((name) =>
    ["project", "assignment"].includes(findUseCase(name).scope),
  );
  test.each(scoped)("%s", async (name) => {
    const missing = { ...places, projectId: newId(), assignmentId: newId(), documentId: newId() };
    const useCase = findUseCase(name);
    const { input } = rowOf(name);
    for (const person of ["stranger", "foreignLead", "viewer"] as const) {
      const foreign = await useCase.as(actors.stranger, input(places));
      expect(await useCase.as(actors[person], input(missing))).toEqual(foreign);
    }
  });
});

describe("takes no field that it does not know, and no operator for a value:", () => {
  test.each(names)("%s", async (name) => {
    const useCase = findUseCase(name);
    const input = rowOf(name).input(places);
    const person = rowOf(name).may[0];
    if (person === undefined) throw new Error(`Nobody may use ${name}.`);
    const tried = [
      { ...input, isAdmin: true },
      ...Object.keys(input).flatMap((field) =>
        [{ not: "" }, { contains: "a" }, { set: true }].map((value) => ({
          ...input,
          [field]: value,
        })),
      ),
      null,
      [],
      "text",
    ];
    for (const each of tried) {
      const answer = await useCase.as(actors[person], each);
      expect(answer, JSON.stringify(each)).toMatchObject({
        ok: false,
        failure: { kind: "invalid" },
      });
    }
  });
});

describe("lets in who may:", () => {
  test.each(names)("%s", async (name) => {
    const { input, may } = rowOf(name);
    for (const person of may) {
      const answer = await findUseCase(name).as(actors[person], input(places));
      const kind = answer.ok ? "let in" : answer.failure.kind;
      const isShut = !answer.ok && answer.failure.message.startsWith("This does not exist, or");
      expect(["unauthenticated", "forbidden", "invalid"], `${person}: ${kind}`).not.toContain(kind);
      expect(isShut, `${person}: ${kind}`).toBe(false);
    }
  });
});

test("the test sees a use case that is open to too many", async () => {
  const open = defineUseCase({
    name: "openToTooMany",
    permission: "project.see",
    scope: "project",
    input: z.strictObject({ projectId: z.uuid() }),
    run: async () => success("secret"),
  });
  const row = {
    input: ({ projectId }: Places) => ({ projectId }),
    may: ["lead", "admin"] as const,
  };
  expect(await breaches(open, row)).toEqual([
    "adjudicator: let in",
    "annotator: let in",
    "owner: let in",
    "viewer: let in",
  ]);
  const unscoped = defineUseCase({
    name: "openToAll",
    permission: "project.list",
    scope: "instance",
    input: z.strictObject({ projectId: z.uuid() }),
    run: async () => success("secret"),
  });
  expect(await breaches(unscoped, row)).toContain("stranger: let in");
});

function findUseCase(name: string): AnyUseCase {
  const useCase = useCases.get(name);
  if (useCase === undefined) throw new Error(`There is no use case ${name}.`);
  return useCase;
}

function rowOf(name: string): (typeof ROWS)[string] {
  const row = ROWS[name];
  if (row === undefined) throw new Error(`Give ${name} a row in support/policy-rows.ts.`);
  return row;
}

/** The whole content of the database as one hash. */
async function fingerprint(): Promise<string> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const parts = rows.map(
    ({ name }) =>
      `(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM ${name} t)`,
  );
  const { rows: hashes } = await pool().query<{ hash: string }>(
    `SELECT md5(concat(${parts.join(", ")})) AS hash`,
  );
  return hashes[0]?.hash ?? "";
}
