import { beforeAll, describe, expect, test } from "vitest";
import { pool } from "@/lib/server/db";
import {
  finishAdjudication,
  openAdjudication,
  reopenAdjudication,
  startAdjudication,
} from "@/lib/services/adjudications";
import { reopenAssignment } from "@/lib/services/assignments";
import { decide, mergeByRule } from "@/lib/services/decisions";
import { listMyWork } from "@/lib/services/my-work";
import { openOwnDecisions } from "@/lib/services/own-decisions";
import { changeRound, createRound, listRounds } from "@/lib/services/rounds";
import { openAssignment } from "@/lib/services/workspace";
import { failureFrom, valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject, type TestUser } from "./support/factories";
import { makeWork } from "./support/submitted-work";

const TEXT = "Regime falls\n\nThe brutal regime fled the town. Crowds cheered loudly on Monday.";

type Study = {
  projectId: string;
  roundId: string;
  lead: TestUser;
  judge: TestUser;
  ada: TestUser;
  ben: TestUser;
  documentId: string;
  /** Of Ada. */
  assignmentId: string;
  adjudicationId: string;
};

/** A document that two annotated otherwise, decided by somebody else with a reason, not finished yet. */
async function makeStudy(): Promise<Study> {
  const { projectId } = await makeProject();
  const lead = await makeMember(projectId, "lead");
  const judge = await makeMember(projectId, "adjudicator");
  const ada = await makeMember(projectId, "annotator");
  const ben = await makeMember(projectId, "annotator");
  const document = await makeDocument(projectId, { text: TEXT });
  const { documentId } = document;
  const { assignmentId } = await makeWork(projectId, document, ada, {
    overall: "1",
    spans: [
      ["naming", "brutal regime"],
      ["loaded_language", "loudly"],
    ],
  });
  await makeWork(projectId, document, ben, {
    overall: "1",
    spans: [
      ["loaded_language", "brutal regime"],
      ["loaded_language", "Crowds"],
    ],
  });
  const { adjudicationId } = valueFrom(
    await startAdjudication.as(judge.actor, { projectId, documentId }),
  );
  const roundId = valueFrom(await listRounds.as(lead.actor, { projectId }))[0]?.roundId ?? "";
  const study = {
    ...{ projectId, roundId, lead, judge, ada, ben, documentId, assignmentId, adjudicationId },
  };
  await judgeAll(study);
  return study;
}

async function judgeAll({ projectId, adjudicationId, judge }: Study): Promise<void> {
  const at = { projectId, adjudicationId };
  const { items } = valueFrom(await openAdjudication.as(judge.actor, at));
  const [naming, crowds, loudly] = ["brutal regime", "Crowds", "loudly"].map((words) =>
    items.find(({ quote }) => quote === words),
  );
  const said = { reason: "guideline_gap", note: "Judging words are loaded." };
  const option = naming?.options.find(({ span }) => span?.label === "loaded_language");
  valueFrom(
    await decide.as(judge.actor, {
      ...{ ...at, itemKey: naming?.key, kind: "accept", optionKeys: [option?.key], ...said },
    }),
  );
  for (const item of [crowds, loudly]) {
    valueFrom(await decide.as(judge.actor, { ...at, itemKey: item?.key, kind: "reject" }));
  }
  valueFrom(await mergeByRule.as(judge.actor, { ...at, rule: "unanimous" }));
}

async function finish({ projectId, adjudicationId, judge }: Study): Promise<void> {
  valueFrom(await finishAdjudication.as(judge.actor, { projectId, adjudicationId }));
}

async function allow({ projectId, roundId, lead }: Study, showsDecisions: boolean): Promise<void> {
  const fields = { name: "Main", instructions: "" };
  valueFrom(await changeRound.as(lead.actor, { projectId, roundId, ...fields, showsDecisions }));
}

async function refusal({ ada, assignmentId }: Study): Promise<string> {
  return failureFrom(await openOwnDecisions.as(ada.actor, { assignmentId })).kind;
}

/** Whether lists and the workspace lead Ada to the decisions. */
async function links({ ada, assignmentId }: Study): Promise<boolean[]> {
  const { recent } = valueFrom(await listMyWork.as(ada.actor, {}));
  const opened = await openAssignment.as(ada.actor, { assignmentId });
  return [
    recent.some(({ hasDecisions }) => hasDecisions),
    opened.ok && (opened.value.opensAfter ?? []).includes("decisions"),
  ];
}

let study: Study;

beforeAll(async () => {
  study = await makeStudy();
});

describe("decisions on one's own document", () => {
  test("are shown once the round allows it and the adjudication is finished, and not before either", async () => {
    const own = await makeStudy();
    expect(await refusal(own)).toBe("not_found");
    await allow(own, true);
    expect(await refusal(own)).toBe("not_found");
    expect(await links(own)).toEqual([false, false]);
    await finish(own);
    expect(await links(own)).toEqual([true, true]);
    const { decisions, title } = valueFrom(
      await openOwnDecisions.as(own.ada.actor, { assignmentId: own.assignmentId }),
    );
    expect(title).not.toBe("");
    expect(
      decisions.map(({ layer, verdict, own: mine, decided, words }) => [
        ...[layer, verdict, mine.join(), decided.join(), words],
      ]),
    ).toEqual([
      ["overall", "kept", "1", "1", null],
      ["span", "changed", "naming", "loaded_language", "brutal regime"],
      ["span", "rejected", "loaded_language", "", null],
    ]);
    expect(decisions[1]).toMatchObject({
      reason: "guideline_gap",
      note: "Judging words are loaded.",
      before: "Regime falls\n\nThe ",
      ownWords: "brutal regime",
    });
    await allow(own, false);
    expect(await refusal(own)).toBe("not_found");
    expect(await links(own)).toEqual([false, false]);
  });

  test("tell nothing of others: neither who, nor how many, nor what of theirs was not taken", async () => {
    await allow(study, true);
    await finish(study);
    const told = JSON.stringify(
      valueFrom(await openOwnDecisions.as(study.ada.actor, { assignmentId: study.assignmentId }))
        .decisions,
    );
    expect(told).not.toContain('Crowds"');
    for (const hidden of [study.ben.userId, study.ben.name, study.judge.name, "votes"]) {
      expect(told).not.toContain(hidden);
    }
    const { rows } = await pool().query<{ id: string }>(
      `SELECT id FROM annotator WHERE project_id = $1 UNION SELECT id FROM span WHERE project_id = $1`,
      [study.projectId],
    );
    for (const { id } of rows) expect(told).not.toContain(id);
  });

  test("are nobody else's to read", async () => {
    const { assignmentId } = study;
    for (const other of [study.ben, study.lead, study.judge]) {
      expect((await openOwnDecisions.as(other.actor, { assignmentId })).ok).toBe(false);
    }
  });

  test("are hidden while the adjudication is open again, and while the annotator has the document open", async () => {
    const own = await makeStudy();
    await allow(own, true);
    await finish(own);
    const at = { projectId: own.projectId, adjudicationId: own.adjudicationId };
    valueFrom(await reopenAdjudication.as(own.judge.actor, at));
    expect(await refusal(own)).toBe("not_found");
    await finish(own);
    expect((await openOwnDecisions.as(own.ada.actor, { assignmentId: own.assignmentId })).ok).toBe(
      true,
    );
    valueFrom(await reopenAssignment.as(own.lead.actor, { assignmentId: own.assignmentId }));
    expect(await refusal(own)).toBe("not_found");
    expect(await links(own)).toEqual([false, false]);
  });

  test("are hidden from whoever gets the document to annotate once more", async () => {
    const own = await makeStudy();
    await allow(own, true);
    await finish(own);
    valueFrom(
      await createRound.as(own.lead.actor, {
        projectId: own.projectId,
        name: "Again",
        settings: {},
        annotators: [{ userId: own.ada.userId }],
        documentIds: [own.documentId],
      }),
    );
    expect(await refusal(own)).toBe("not_found");
  });

  test("do not tell a source that was hidden", async () => {
    const own = await makeStudy();
    await pool().query(`UPDATE document SET outlet = 'Regime falls' WHERE id = $1`, [
      own.documentId,
    ]);
    await allow(own, true);
    await pool().query(
      `UPDATE round SET settings = settings || '{"isSourceBlind": true}' WHERE id = $1`,
      [own.roundId],
    );
    await finish(own);
    const told = valueFrom(
      await openOwnDecisions.as(own.ada.actor, { assignmentId: own.assignmentId }),
    );
    expect(JSON.stringify(told.decisions)).not.toContain("Regime falls");
    expect(told.decisions[1]).toMatchObject({ words: "brutal regime" });
  });
});
