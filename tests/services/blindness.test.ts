import { readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Actor } from "@/lib/domain/policy";
import { type Result, success } from "@/lib/domain/result";
import { db, pool } from "@/lib/server/db";
import { hashPassword } from "@/lib/server/passwords";
import { finishAdjudication, startAdjudication } from "@/lib/services/adjudications";
import { mergeByRule } from "@/lib/services/decisions";
import { startDiscussion } from "@/lib/services/discussions";
import { excludeFromFigures } from "@/lib/services/exclusions";
import { nextAssignment, skipAssignment } from "@/lib/services/my-work";
import { createRound } from "@/lib/services/rounds";
import { allUseCases, defineUseCase } from "@/lib/services/use-case";
import { valueFrom } from "./support/answers";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  type TestUser,
} from "./support/factories";
import { PASSWORD, type Places, ROWS } from "./support/policy-rows";
import { makeWork } from "./support/submitted-work";

// An annotator is told the same, to the byte, whether or not colleagues have worked on the same documents:
// counts, order, dates, the next document, errors. Over all use cases that an annotator may call.

type AnyUseCase = { as(actor: Actor | null, input: unknown): Promise<Result<unknown>> };

const folder = path.resolve(import.meta.dirname, "../../lib/services");
for (const file of readdirSync(folder).filter((each) => each.endsWith(".ts"))) {
  await import(`../../lib/services/${file.slice(0, -".ts".length)}.ts`);
}
const useCases = new Map<string, AnyUseCase>(allUseCases());
/** What somebody may call who annotates, with the assignment at hand or without. */
const names = [...useCases.keys()].filter((name) =>
  ROWS[name]?.may.some((person) => person === "owner" || person === "annotator"),
);

type Study = {
  projectId: string;
  /** Annotates blind: has begun the first document, and has the second before them. */
  bea: TestUser;
  /** Has nothing yet, and may take from the queue. */
  cy: TestUser;
  ana: TestUser;
  dan: TestUser;
  lead: TestUser;
  adjudicator: TestUser;
  documents: Awaited<ReturnType<typeof makeDocument>>[];
  /** Of Bea, and of a colleague for the same document. */
  own: Places;
  foreign: Places;
};

let study: Study;
let before: { bea: Transcript; cy: Transcript; atForeign: Transcript };
type Transcript = Record<string, string>;

beforeAll(async () => {
  study = await makeStudy();
  // Twice: the first pass may leave something behind, such as a theme; later passes may not.
  await listen();
  before = await listen();
}, 240_000);

async function makeStudy(): Promise<Study> {
  const { projectId } = await makeProject();
  const lead = await makeMember(projectId, "lead");
  const adjudicator = await makeMember(projectId, "adjudicator");
  const [bea, cy, ana, dan, spare] = [
    await makeMember(projectId, "annotator"),
    await makeMember(projectId, "annotator"),
    await makeMember(projectId, "annotator"),
    await makeMember(projectId, "annotator"),
    await makeMember(projectId, "annotator"),
  ];
  const documents = [];
  for (let at = 0; at < 6; at++) {
    const words = Array.from({ length: 30 }, (_, n) => `word${at * 30 + n}`).join(" ");
    const text = `Headline ${at}\n\nThe brutal regime fled ${at}. ${words}.`;
    documents.push(await makeDocument(projectId, { text }));
  }
  const [first, second] = documents;
  if (!first || !second) throw new Error("There are documents.");
  const { assignmentId } = await makeWork(projectId, first, bea, {
    spans: [["loaded_language", "brutal"]],
    state: "in_progress",
  });
  await makeAssignment(projectId, second.documentId, bea.userId);
  const anas = await makeAssignment(projectId, first.documentId, ana.userId);
  valueFrom(
    await createRound.as(lead.actor, {
      projectId,
      name: "Queue",
      settings: { plan: { handOut: "pull", overlapShare: 0, perDocument: 2 } },
      annotators: [cy, ana].map(({ userId }) => ({ userId })),
      documentIds: documents.slice(2).map(({ documentId }) => documentId),
    }),
  );
  // Even where the lead lets annotators read decisions.
  await pool().query(
    `UPDATE round SET settings = settings || '{"showsDecisions": true}' WHERE project_id = $1`,
    [projectId],
  );
  const own = {
    projectId,
    documentId: first.documentId,
    assignmentId,
    spareId: spare.userId,
    textSha256: first.sha256,
  };
  const foreign = { ...own, assignmentId: anas };
  return { projectId, bea, cy, ana, dan, lead, adjudicator, documents, own, foreign };
}

/** What each of the two hears of every use case; Bea also where she points at a colleague's work. */
async function listen(more: readonly [string, AnyUseCase, Row][] = []) {
  const { bea, cy, own, foreign } = study;
  return {
    bea: await transcriptOf(bea, own, more),
    cy: await transcriptOf(cy, own, more),
    atForeign: await transcriptOf(bea, foreign, more),
  };
}

type Row = { input: (places: Places) => Record<string, unknown> };

async function transcriptOf(
  person: TestUser,
  places: Places,
  more: readonly [string, AnyUseCase, Row][],
): Promise<Transcript> {
  await pool().query(`DELETE FROM throttle`);
  await pool().query(`UPDATE "user" SET password_hash = $1`, [await passwordHash()]);
  const transcript: Transcript = {};
  const known = names.map((name) => [name, useCases.get(name), ROWS[name]] as const);
  for (const [name, useCase, row] of [...known, ...more]) {
    if (useCase === undefined || row === undefined) throw new Error(`There is no ${name}.`);
    const answer = JSON.stringify(await useCase.as(person.actor, row.input(places)));
    // A second factor begins with a secret that is drawn anew each time; own data name every own act.
    transcript[name] = answer
      .replaceAll(/(secret(?:=|":"))[A-Z2-7]{32}/g, "$1drawn")
      .replace(/\\"acts\\": \[.*?\n? *\]/s, "");
  }
  return transcript;
}

let hash: Promise<string> | null = null;
function passwordHash(): Promise<string> {
  hash ??= hashPassword(PASSWORD);
  return hash;
}

/** Everything that colleagues, leads and adjudicators can do to the documents Bea and Cy have. */
async function colleaguesWork(): Promise<void> {
  const { projectId, ana, dan, lead, adjudicator, documents } = study;
  const [first, second] = documents;
  if (!first || !second) throw new Error("There are documents.");
  const marks = {
    spans: [
      ["loaded_language", "brutal regime"],
      ["loaded_language", "fled"],
    ] as [string, string][],
    frames: ["morality"],
    overall: "2",
    comment: "I doubt the headline.",
  };
  await makeWork(projectId, first, ana, marks);
  await makeWork(projectId, second, ana, { ...marks, state: "in_progress" });
  await makeWork(projectId, first, dan, { ...marks, flags: ["discuss"] });
  const skipped = await makeAssignment(projectId, second.documentId, dan.userId);
  valueFrom(await skipAssignment.as(dan.actor, { assignmentId: skipped, reason: "A friend." }));
  valueFrom(
    await startDiscussion.as(dan.actor, {
      projectId,
      title: "Loaded?",
      body: "See the second line.",
      mentions: [study.bea.userId, study.cy.userId],
      about: { kind: "document", documentId: first.documentId },
    }),
  );
  const { adjudicationId } = valueFrom(
    await startAdjudication.as(adjudicator.actor, { projectId, documentId: first.documentId }),
  );
  const judged = { projectId, adjudicationId };
  valueFrom(await mergeByRule.as(adjudicator.actor, { ...judged, rule: "anyone" }));
  valueFrom(await finishAdjudication.as(adjudicator.actor, judged));
  valueFrom(
    await excludeFromFigures.as(lead.actor, {
      projectId,
      kind: "document",
      subjectId: first.documentId,
      reason: "Satire.",
    }),
  );
  valueFrom(await nextAssignment.as(ana.actor, { projectId }));
}

test("there is something to hear, and it is the same as long as nothing happens", async () => {
  expect(names.length).toBeGreaterThan(30);
  const heard = Object.values(before.bea).filter((answer) => answer.startsWith(`{"ok":true`));
  expect(heard.length).toBeGreaterThan(15);
  expect(before.bea.openAssignment).toContain("brutal regime");
  expect(before.bea.listMyWork).toContain("Headline 1");
  expect(before.cy.nextAssignment).toContain("assignmentId");
  expect(before.atForeign.openAssignment).toContain(`"not_found"`);
  expect(await listen()).toEqual(before);
});

describe("once colleagues have worked on the same documents", () => {
  let after: typeof before;
  let leaky: Awaited<ReturnType<typeof withLeak>>;

  beforeAll(async () => {
    leaky = await withLeak();
    await colleaguesWork();
    after = await listen();
  }, 240_000);

  test("their work is there", async () => {
    const submitted = await db().assignment.count({
      where: { projectId: study.projectId, state: "submitted" },
    });
    expect(submitted).toBe(2);
    const { projectId } = study;
    expect(await db().adjudication.count({ where: { projectId, state: "finished" } })).toBe(1);
  });

  test.each(names)("%s says the same, to the byte", (name) => {
    expect(after.bea[name]).toBe(before.bea[name]);
    expect(after.cy[name]).toBe(before.cy[name]);
    expect(after.atForeign[name]).toBe(before.atForeign[name]);
  });

  test("the suite hears a query that lets one number through", async () => {
    const { useCase, row, heard } = leaky;
    const now = await transcriptOf(study.bea, study.own, [["leak", useCase, row]]);
    expect(heard).not.toBe(now.leak);
  });
});

/** A use case that says how often the caller's documents were submitted, as a careless one might. */
async function withLeak() {
  const useCase = defineUseCase({
    name: "leak",
    permission: "project.see",
    scope: "project",
    input: z.strictObject({ projectId: z.uuid() }),
    async run({ projectId }, { userId }) {
      const { rows } = await pool().query(
        `SELECT d.title, count(other.id) FILTER (WHERE other.state = 'submitted') AS done
           FROM assignment a JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
           JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
           JOIN assignment other ON other.project_id = a.project_id AND other.document_id = d.id
          WHERE a.project_id = $1 AND n.user_id = $2 GROUP BY d.title ORDER BY d.title`,
        [projectId, userId],
      );
      return success(rows);
    },
  });
  const row = { input: ({ projectId }: Places) => ({ projectId }) };
  const { leak } = await transcriptOf(study.bea, study.own, [["leak", useCase, row]]);
  return { useCase, row, heard: leak };
}
