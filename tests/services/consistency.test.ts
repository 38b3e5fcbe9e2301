import { beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/server/db";
import {
  finishAdjudication,
  openAdjudication,
  startAdjudication,
} from "@/lib/services/adjudications";
import { labelGold, listInconsistent, undoLabelGold } from "@/lib/services/consistency";
import { mergeByRule } from "@/lib/services/decisions";
import { emptyDatabase } from "@/tests/support/database";
import { valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject, type TestUser } from "./support/factories";
import { makeWork } from "./support/submitted-work";

const FIRST = `Storm hits town

Ana saw the bold army free the old town today while rebels fled`;
const SECOND = `Rain stops

The town was glad when the Rebels left by 7 in the evening`;

let projectId: string;
let judge: TestUser;
let adjudicationIds: string[];

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  judge = await makeMember(projectId, "adjudicator");
  const people = [
    await makeMember(projectId, "annotator"),
    await makeMember(projectId, "annotator"),
  ];
  adjudicationIds = [];
  for (const [text, label, words] of [
    [FIRST, "naming", "rebels"],
    [SECOND, "appeal", "Rebels"],
  ] as const) {
    const document = await makeDocument(projectId, { text });
    for (const person of people) {
      await makeWork(projectId, document, person, { spans: [[label, words]], overall: "1" });
    }
    const { documentId } = document;
    const started = await startAdjudication.as(judge.actor, { projectId, documentId });
    const { adjudicationId } = valueFrom(started);
    adjudicationIds.push(adjudicationId);
    const at = { projectId, adjudicationId };
    valueFrom(await mergeByRule.as(judge.actor, { ...at, rule: "unanimous" }));
    valueFrom(await finishAdjudication.as(judge.actor, at));
  }
});

const find = async (user = judge) =>
  valueFrom(await listInconsistent.as(user.actor, { projectId })).groups;

async function goldLabels(): Promise<string[]> {
  const opened = await Promise.all(
    adjudicationIds.map((adjudicationId) =>
      openAdjudication.as(judge.actor, { projectId, adjudicationId }),
    ),
  );
  return opened.flatMap((each) => valueFrom(each).gold.spans.map(({ label }) => label));
}

describe("the same words in different documents", () => {
  it("are listed with counts, the words around them, and what is gold", async () => {
    const [group, ...others] = await find();
    expect(others).toEqual([]);
    expect(group?.words.toLowerCase()).toBe("rebels");
    expect(group?.labels.map(({ marks, documents }) => [marks.length, documents])).toEqual([
      [3, 1],
      [3, 1],
    ]);
    const gold = group?.labels.flatMap(({ marks }) => marks).filter(({ kind }) => kind === "gold");
    expect(gold?.map(({ before, after }) => [before.slice(-6), after.slice(0, 5)]).sort()).toEqual([
      ["n the ", " left"],
      ["while ", " fled"],
    ]);
  });

  it("get one label in all gold sets at once, in finished ones too, and it is taken back", async () => {
    const [group] = await find();
    const wrong = group?.labels.find(({ label }) => label === "appeal");
    const marks = (wrong?.marks ?? []).filter(({ kind }) => kind === "gold");
    const input = {
      projectId,
      label: "naming",
      marks: marks.map(({ setId, spanId }) => ({ setId, spanId })),
    };
    const done = valueFrom(await labelGold.as(judge.actor, input));
    expect(done).toMatchObject({ changed: 1, left: 0 });
    expect(await goldLabels()).toEqual(["naming", "naming"]);
    const { rows } = await pool().query(
      `SELECT count(*)::int AS finished FROM annotation_set s
         JOIN adjudication j ON j.gold_set_id = s.id
        WHERE j.state = 'finished' AND s.submitted_revision = s.revision`,
    );
    expect(rows).toEqual([{ finished: 2 }]);
    const { bulkId } = done;
    const undone = valueFrom(await undoLabelGold.as(judge.actor, { projectId, bulkId }));
    expect(undone.changed).toBe(1);
    expect(await goldLabels()).toEqual(["naming", "appeal"]);
  });

  it("show nothing of a document to who has yet to annotate it, and are not decided by them", async () => {
    const [group] = await find();
    const late = await makeMember(projectId, "adjudicator");
    const document = await pool().query<{ id: string }>(
      "SELECT id FROM document WHERE project_id = $1 ORDER BY seq DESC LIMIT 1",
      [projectId],
    );
    const text = { documentId: document.rows[0]?.id ?? "", text: SECOND };
    const sha = await pool().query<{ sha256: string }>(
      "SELECT sha256 FROM document_version WHERE document_id = $1",
      [text.documentId],
    );
    const given = { ...text, sha256: sha.rows[0]?.sha256 ?? "" };
    await makeWork(projectId, given, late, { spans: [], state: "in_progress" });
    expect(await find(late)).toEqual([]);
    const marks = (group?.labels ?? [])
      .flatMap((each) => each.marks)
      .filter(({ kind, label }) => kind === "gold" && label === "appeal")
      .map(({ setId, spanId }) => ({ setId, spanId }));
    const tried = await labelGold.as(late.actor, { projectId, label: "naming", marks });
    expect(valueFrom(tried)).toMatchObject({ changed: 0, left: 1 });
    expect(await goldLabels()).toEqual(["naming", "appeal"]);
  });
});
