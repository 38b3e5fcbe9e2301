import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/server/ids";
import { openAdjudication, startAdjudication } from "@/lib/services/adjudications";
import { openDraft } from "@/lib/services/codebook-drafts";
import { publishDraft } from "@/lib/services/codebook-publishing";
import { listAffected, startReannotation } from "@/lib/services/codebook-reannotation";
import { decide } from "@/lib/services/decisions";
import { listDisputes } from "@/lib/services/disputes";
import { noteInDraft } from "@/lib/services/guideline-notes";
import { openAgreementChange } from "@/lib/services/round-change";
import { listRounds } from "@/lib/services/rounds";
import { failureFrom, valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject, type TestUser } from "./support/factories";
import { makeWork, type Work } from "./support/submitted-work";

const TEXT = "Regime falls\n\nThe brutal regime fled the town. Crowds cheered loudly on Monday.";

type Study = {
  projectId: string;
  lead: TestUser;
  judge: TestUser;
  ada: TestUser;
  ben: TestUser;
  documents: Awaited<ReturnType<typeof makeDocument>>[];
};

let study: Study;

beforeAll(async () => {
  study = await makeStudy();
});

/** Three documents on which two annotators differ in the same way: a label, and words that one leaves out. */
async function makeStudy(): Promise<Study> {
  const { projectId } = await makeProject();
  const lead = await makeMember(projectId, "lead");
  const judge = await makeMember(projectId, "adjudicator");
  const ada = await makeMember(projectId, "annotator");
  const ben = await makeMember(projectId, "annotator");
  const documents = [];
  for (const end of ["", " One.", " Two."]) {
    const document = await makeDocument(projectId, { text: `${TEXT}${end}` });
    documents.push(document);
    await makeWork(projectId, document, ada, work("loaded_language", ["Crowds"]));
    await makeWork(projectId, document, ben, work("naming", []));
  }
  return { projectId, lead, judge, ada, ben, documents };
}

function work(label: string, naming: string[]): Work {
  return {
    overall: "1",
    spans: [
      [label, "brutal regime"],
      ...naming.map((words): [string, string] => ["naming", words]),
    ],
  };
}

async function disputes({ projectId, judge }: Study, roundId?: string) {
  const asked = { projectId, ...(roundId === undefined ? {} : { roundId }) };
  return valueFrom(await listDisputes.as(judge.actor, asked));
}

/** Begins on a document and decides on the dispute between two labels. */
async function judgeFirst(
  own: Study,
  at: number,
  decision: { label?: string; kind: "accept" | "contested" | "reject"; note?: string },
) {
  const { projectId, judge, documents } = own;
  const documentId = documents[at]?.documentId;
  const { adjudicationId } = valueFrom(
    await startAdjudication.as(judge.actor, { projectId, documentId }),
  );
  const { items } = valueFrom(
    await openAdjudication.as(judge.actor, { projectId, adjudicationId }),
  );
  const item = items.find(({ options }) => options.length === 2);
  const option = item?.options.find(({ span }) => span?.label === decision.label);
  valueFrom(
    await decide.as(judge.actor, {
      projectId,
      adjudicationId,
      itemKey: item?.key,
      kind: decision.kind,
      optionKeys: option === undefined ? [] : [option.key],
      reason: "guideline_gap",
      note: decision.note ?? "",
    }),
  );
  return adjudicationId;
}

describe("disputes by labels and words", () => {
  test("are grouped before anybody adjudicates, with the words around them and no names", async () => {
    const report = await disputes(study);
    expect(report).toMatchObject({
      documents: 3,
      begun: 0,
      disputes: 6,
      decided: 0,
      from: 1,
      to: 1,
    });
    expect(report.groups.map(({ key, disputes: times }) => [key, times])).toEqual([
      ["span/loaded_language/naming", 3],
      ["span/naming/", 3],
    ]);
    const [pair] = report.groups;
    expect(pair?.words).toMatchObject([{ words: "brutal regime", times: 3 }]);
    const [example] = pair?.words[0]?.examples ?? [];
    expect(example).toMatchObject({
      adjudicationId: null,
      before: "Regime falls\n\nThe ",
      quote: "brutal regime",
      said: [
        { label: "loaded_language", times: 1 },
        { label: "naming", times: 1 },
      ],
    });
    expect(example?.after.startsWith(" fled the town.")).toBe(true);
    for (const { userId, name } of [study.ada, study.ben]) {
      expect(JSON.stringify(report)).not.toContain(userId);
      expect(JSON.stringify(report)).not.toContain(name);
    }
  });

  test("tell how they were decided and why, and word a note of it", async () => {
    const own = await makeStudy();
    const note = "Judging words count as loaded.";
    const adjudicationId = await judgeFirst(own, 0, {
      kind: "accept",
      label: "loaded_language",
      note,
    });
    await judgeFirst(own, 1, { kind: "accept", label: "loaded_language" });
    await judgeFirst(own, 2, { kind: "contested" });
    const report = await disputes(own);
    expect(report).toMatchObject({ begun: 3, finished: 0, decided: 3 });
    expect(report.groups[0]).toMatchObject({
      decided: 3,
      contested: 1,
      ends: [{ label: "loaded_language", times: 2 }],
      reasons: [{ reason: "guideline_gap", times: 3 }],
      notes: [note],
      proposal: {
        label: "naming",
        place: "not_this",
        against: "loaded_language",
        note: expect.stringContaining(note),
      },
      hasChanged: false,
    });
    const examples = report.groups[0]?.words[0]?.examples ?? [];
    expect(examples[0]).toMatchObject({ adjudicationId, isOwnWork: false });
    expect(report.groups[1]?.proposal).toBeNull();
  });

  test("are hidden from whoever still has to annotate the document", async () => {
    const own = await makeStudy();
    const [first] = own.documents;
    if (first === undefined) throw new Error("There is a document.");
    await makeWork(own.projectId, first, own.judge, { state: "in_progress" });
    const report = await disputes(own);
    expect(report.documents).toBe(2);
    expect(report.leftOut).toMatchObject([{ documentId: first.documentId }]);
    expect(JSON.stringify(report.groups)).not.toContain(first.documentId);
  });
});

describe("a note in the draft", () => {
  const note = { layer: "span", label: "naming", place: "not_this", against: "loaded_language" };

  test("begins a draft from the version in force, and is added to one that is there", async () => {
    const { projectId, lead } = await makeStudy();
    const write = (words: string) =>
      noteInDraft.as(lead.actor, { projectId, ...note, note: words });
    expect(valueFrom(await write("Not brutal."))).toEqual({ version: 2 });
    const first = valueFrom(await openDraft.as(lead.actor, { projectId }));
    expect(valueFrom(await write("Not cruel."))).toEqual({ version: 2 });
    const second = valueFrom(await openDraft.as(lead.actor, { projectId }));
    const hints = second?.content.layers
      .flatMap(({ labels }) => labels)
      .find(({ key }) => key === "naming")?.notThis;
    expect(hints?.slice(-2).map(({ note: words }) => words)).toEqual(["Not brutal.", "Not cruel."]);
    // Whoever has the draft open learns that it was saved meanwhile.
    expect(second?.revision).toBe((first?.revision ?? 0) + 1);
    expect(second?.problems).toEqual([]);
  });

  test("is refused where it is empty, or on a label that is not there", async () => {
    const { projectId, lead } = study;
    const write = (more: object) => noteInDraft.as(lead.actor, { projectId, ...note, ...more });
    expect(failureFrom(await write({ note: " " })).kind).toBe("invalid");
    expect(failureFrom(await write({ note: "Yes.", label: "gone" })).kind).toBe("conflict");
    expect(valueFrom(await openDraft.as(lead.actor, { projectId }))).toBeNull();
  });
});

test("a note is published, its documents come again to all who had them, and agreement by label shows before and after", async () => {
  const own = await makeStudy();
  const { projectId, lead, judge, ada, ben, documents } = own;
  const before = valueFrom(await listRounds.as(lead.actor, { projectId }))[0]?.roundId;
  valueFrom(
    await noteInDraft.as(lead.actor, {
      projectId,
      ...{ layer: "span", label: "loaded_language", place: "definition", note: "Judging words." },
    }),
  );
  const draft = valueFrom(await openDraft.as(lead.actor, { projectId }));
  valueFrom(await publishDraft.as(lead.actor, { projectId, baseRevision: draft?.revision ?? 0 }));
  expect((await disputes(own)).groups[0]).toMatchObject({ hasChanged: true });
  const affected = valueFrom(await listAffected.as(lead.actor, { projectId, from: 1, to: 2 }));
  // Only Ada gave the label; both must annotate again for there to be any agreement.
  expect(affected).toMatchObject({ assignments: 3, assignmentsOfAll: 6 });
  const { roundId: after, assignments } = valueFrom(
    await startReannotation.as(lead.actor, {
      projectId,
      from: 1,
      to: 2,
      name: "Again",
      who: "all",
    }),
  );
  expect(assignments).toBe(6);
  for (const document of documents) {
    for (const user of [ada, ben]) {
      await makeWork(projectId, document, user, work("loaded_language", []));
    }
  }
  const change = valueFrom(await openAgreementChange.as(judge.actor, { projectId, before, after }));
  expect(change).toMatchObject({
    documents: 3,
    annotators: 2,
    before: { version: 1 },
    after: { version: 2, name: "Again" },
  });
  const rows = change.layers.find(({ layer }) => layer === "span")?.rows ?? [];
  const loaded = rows.find(({ label }) => label === "loaded_language");
  expect(loaded?.after).toMatchObject({ value: 1 });
  expect(loaded?.before.value).toBeLessThan(0.1);
  expect(loaded?.difference.value).toBeCloseTo(1 - (loaded?.before.value ?? 0), 12);
  // All three documents changed the same way: only swapping all or none is as large.
  expect(loaded?.p).toBe(0.25);
  expect(
    failureFrom(await openAgreementChange.as(judge.actor, { projectId, before, after: before }))
      .kind,
  ).toBe("invalid");
  expect(
    failureFrom(await openAgreementChange.as(judge.actor, { projectId, before, after: newId() }))
      .kind,
  ).toBe("not_found");
});
