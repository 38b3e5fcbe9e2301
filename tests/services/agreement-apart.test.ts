import { beforeEach, describe, expect, test } from "vitest";
import { pool } from "@/lib/server/db";
import {
  finishAdjudication,
  openAdjudication,
  startAdjudication,
} from "@/lib/services/adjudications";
import { openAgreement } from "@/lib/services/agreement";
import { openAgreementGroups, openGoldAgreement } from "@/lib/services/agreement-apart";
import { exportAgreement } from "@/lib/services/agreement-export";
import { decide } from "@/lib/services/decisions";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  type TestUser,
} from "./support/factories";
import { makeWork } from "./support/submitted-work";

const TEXT = `Storm hits town

Ana saw the bold army free the old town today`;

let projectId: string;
let document: Awaited<ReturnType<typeof makeDocument>>;
let lead: TestUser;
let judge: TestUser;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  document = await makeDocument(projectId, { text: TEXT });
  lead = await makeMember(projectId, "lead");
  judge = await makeMember(projectId, "adjudicator");
});

describe("agreement by background group", () => {
  /** Annotators who consented, said where they stand, and marked the words. */
  async function answered(leanings: readonly number[], words: string): Promise<TestUser[]> {
    await pool().query(
      `INSERT INTO onboarding (project_id, settings) VALUES ($1, '{"questions": ["leaning_10"]}')
       ON CONFLICT DO NOTHING`,
      [projectId],
    );
    await pool().query(
      `INSERT INTO consent_text (project_id, version, body) VALUES ($1, 1, 'We ask you this.')
       ON CONFLICT DO NOTHING`,
      [projectId],
    );
    const people: TestUser[] = [];
    for (const leaning of leanings) {
      const person = await makeMember(projectId, "annotator");
      people.push(person);
      await makeWork(projectId, document, person, { spans: [["naming", words]] });
      await pool().query(
        `WITH own AS (SELECT id FROM annotator WHERE project_id = $1 AND user_id = $2),
              told AS (INSERT INTO background_answer (project_id, annotator_id, question, value)
                       SELECT $1, id, 'leaning_10', $3::jsonb FROM own)
         INSERT INTO consent (project_id, id, annotator_id, version)
         SELECT $1, id, id, 1 FROM own`,
        [projectId, person.userId, leaning],
      );
    }
    return people;
  }

  const LEFT = [-9, -9, -8, -7, -10];
  const RIGHT = [9, 9, 8, 7, 10];
  const groups = async (more: object = {}) =>
    valueFrom(await openAgreementGroups.as(lead.actor, { projectId, ...more }));
  const annotatorOf = async ({ userId }: TestUser) =>
    (
      await pool().query<{ id: string }>(
        "SELECT id FROM annotator WHERE project_id = $1 AND user_id = $2",
        [projectId, userId],
      )
    ).rows[0]?.id ?? "";

  test("tells of groups of five, never of four, and of nobody by name", async () => {
    const people = await answered(LEFT, "old town");
    await answered(RIGHT.slice(1), "bold army");
    expect((await groups()).tables).toEqual([]);
    people.push(...(await answered(RIGHT.slice(0, 1), "bold army")));
    const { tables } = await groups();
    expect(tables[0]?.groups.map(({ name, people: size }) => [name, size]).sort()).toEqual([
      ["Left", 5],
      ["Right", 5],
    ]);
    const spans = tables[0]?.groups.map(({ figures }) =>
      figures.find(({ value }) => value !== null),
    );
    expect(spans?.map((figure) => figure?.value)).toEqual([1, 1]);
    const text = JSON.stringify(tables);
    for (const person of people) {
      expect(text).not.toContain(person.name);
      expect(text).not.toContain(await annotatorOf(person));
    }
  });

  test("counts nobody who withdrew consent, at once", async () => {
    await answered(LEFT, "old town");
    const [first] = await answered(RIGHT, "bold army");
    expect((await groups()).tables).toHaveLength(1);
    await pool().query("UPDATE consent SET withdrawn_at = now() WHERE annotator_id = $1", [
      await annotatorOf(first ?? expect.fail()),
    ]);
    expect((await groups()).tables).toEqual([]);
  });

  test("does not change when a person is taken out, by the settings or by a lead", async () => {
    const [first] = await answered(LEFT, "old town");
    await answered(RIGHT, "bold army");
    const before = await groups();
    const id = await annotatorOf(first ?? expect.fail());
    expect(await groups({ without: [id], rounds: [99], leaveOut: [document.documentId] })).toEqual(
      before,
    );
    await pool().query(
      `INSERT INTO figure_exclusion (project_id, id, annotator_id, reason) VALUES ($1, $2, $2, 'Test')`,
      [projectId, id],
    );
    expect(await groups()).toEqual(before);
  });

  test("is for leads alone, in files too, and not of documents they have yet to annotate", async () => {
    await answered(LEFT, "old town");
    await answered(RIGHT, "bold army");
    const refused = await openAgreementGroups.as(judge.actor, { projectId });
    expect(failureFrom(refused).kind).toBe("forbidden");
    const file = async (user: TestUser, format: string) =>
      valueFrom(await exportAgreement.as(user.actor, { projectId, format })).text;
    expect(JSON.parse(await file(lead, "json")).groups[0].groups).toHaveLength(2);
    expect(JSON.parse(await file(judge, "json"))).not.toHaveProperty("groups");
    expect(await file(lead, "csv")).toMatch(
      /,group,Where do you place yourself politically\? Left,/,
    );
    expect(await file(judge, "csv")).not.toContain(",group,");
    await makeAssignment(projectId, document.documentId, lead.userId);
    expect((await groups()).tables).toEqual([]);
  });
});

describe("each annotator against the gold", () => {
  const gold = async (user: TestUser) =>
    valueFrom(await openGoldAgreement.as(user.actor, { projectId }));

  /** Two who differ on the town; one alone marks the army. Answers the document's adjudication, all decided. */
  async function adjudicate(
    decisionOn: (quote: string) => { kind: string; label?: string; reason?: string },
  ): Promise<{ finish: () => Promise<void>; ana: TestUser }> {
    const ana = await makeMember(projectId, "annotator");
    const ben = await makeMember(projectId, "annotator");
    await makeWork(projectId, document, ana, {
      spans: [
        ["naming", "bold army"],
        ["naming", "old town"],
      ],
      overall: "1",
    });
    await makeWork(projectId, document, ben, { spans: [["appeal", "old town"]], overall: "1" });
    const { adjudicationId } = valueFrom(
      await startAdjudication.as(judge.actor, { projectId, documentId: document.documentId }),
    );
    const at = { projectId, adjudicationId };
    for (const item of valueFrom(await openAdjudication.as(judge.actor, at)).items) {
      const { label, ...decision } = decisionOn(item.quote);
      const option = item.options.find(({ span }) => span?.label === label) ?? item.options[0];
      const optionKeys = decision.kind === "accept" ? [option?.key ?? ""] : [];
      valueFrom(
        await decide.as(judge.actor, { ...at, itemKey: item.key, optionKeys, ...decision }),
      );
    }
    return {
      ana,
      finish: async () => {
        valueFrom(await finishAdjudication.as(judge.actor, at));
      },
    };
  }

  /** The figures of a layer, in order. */
  async function figuresOf(layer: string): Promise<[value: number | null, documents: number][]> {
    const { tables } = await gold(judge);
    const rows = tables.find((each) => each.layer === layer)?.rows ?? [];
    return rows
      .map(({ figure, documents }): [number | null, number] => [figure.value, documents])
      .sort(([a], [b]) => (a ?? 0) - (b ?? 0));
  }

  test("is told of finished adjudications, apart from agreement, which stays as it is", async () => {
    // The town is Ben's, the army is nobody's, the rest as both said.
    const { finish, ana } = await adjudicate((quote) =>
      quote.includes("army") ? { kind: "reject" } : { kind: "accept", label: "appeal" },
    );
    const before = valueFrom(await openAgreement.as(judge.actor, { projectId }));
    expect((await gold(judge)).tables).toEqual([]);
    await finish();
    expect(await figuresOf("span")).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(await figuresOf("overall")).toEqual([
      [1, 1],
      [1, 1],
    ]);
    const after = valueFrom(await openAgreement.as(judge.actor, { projectId }));
    expect(after.layers).toEqual(before.layers);
    expect(after.inputHash).toBe(before.inputHash);
    const csv = valueFrom(await exportAgreement.as(judge.actor, { projectId, format: "csv" })).text;
    expect(csv).toMatch(/,gold,[^,]+,f1\.exact,1,/);
    expect(csv).not.toContain(ana.name);
    // Who has yet to annotate the document sees nothing of it.
    await makeAssignment(projectId, document.documentId, lead.userId);
    expect((await gold(lead)).tables).toEqual([]);
  });

  test("leaves out what stays contested", async () => {
    const { finish } = await adjudicate((quote) =>
      quote.includes("town") ? { kind: "contested", reason: "ambiguous" } : { kind: "accept" },
    );
    await finish();
    // The army is Ana's; without the town she has all of the gold, and Ben nothing.
    expect(await figuresOf("span")).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });
});
