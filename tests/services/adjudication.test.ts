import { beforeEach, describe, expect, it } from "vitest";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import {
  changeAdjudication,
  finishAdjudication,
  listAdjudications,
  type OpenAdjudication,
  openAdjudication,
  refreshAdjudication,
  startAdjudication,
} from "@/lib/services/adjudications";
import { editAnnotations } from "@/lib/services/annotations";
import { reopenAssignment } from "@/lib/services/assignments";
import { decide, mergeByRule, undoDecisions } from "@/lib/services/decisions";
import { exportGold } from "@/lib/services/gold";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject, type TestUser } from "./support/factories";
import { makeWork } from "./support/submitted-work";

const TEXT = `Storm hits town

Ana saw the bold army free the old town today while rebels fled`;

let projectId: string;
let document: Awaited<ReturnType<typeof makeDocument>>;
let lead: TestUser;
let judge: TestUser;
let people: TestUser[];
let assignmentIds: string[];

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  document = await makeDocument(projectId, { text: TEXT });
  lead = await makeMember(projectId, "lead");
  judge = await makeMember(projectId, "adjudicator");
  people = [];
  assignmentIds = [];
  const works = [
    {
      spans: [
        ["loaded_language", "bold"],
        ["loaded_language", "free"],
        ["naming", "old town"],
      ],
      overall: "1",
    },
    {
      spans: [
        ["loaded_language", "bold"],
        ["loaded_language", "free"],
        ["appeal", "old town"],
      ],
      overall: "1",
    },
    {
      spans: [
        ["loaded_language", "bold army"],
        ["loaded_language", "free"],
        ["naming", "rebels"],
      ],
      overall: "2",
    },
  ] as { spans: [string, string][]; overall: string }[];
  for (const work of works) {
    const person = await makeMember(projectId, "annotator");
    people.push(person);
    assignmentIds.push((await makeWork(projectId, document, person, work)).assignmentId);
  }
});

async function start(user = judge): Promise<string> {
  const input = { projectId, documentId: document.documentId };
  return valueFrom(await startAdjudication.as(user.actor, input)).adjudicationId;
}

async function open(adjudicationId: string, user = judge): Promise<OpenAdjudication> {
  return valueFrom(await openAdjudication.as(user.actor, { projectId, adjudicationId }));
}

function itemAt({ items }: OpenAdjudication, words: string) {
  const item = items.find(({ quote }) => quote.includes(words));
  if (item === undefined) throw new Error(`No item on “${words}”.`);
  return item;
}

const goldOf = async (id: string) =>
  (await open(id)).gold.spans.map(({ label, ranges }) => [
    label,
    ranges.map((each) => each.quote).join(),
  ]);

describe("adjudication", () => {
  it("shows what annotators differ on, with who says what", async () => {
    const opened = await open(await start());
    expect(opened.items.map(({ kind, difference, quote }) => [kind, difference, quote])).toEqual([
      ["unit", "answers", ""],
      ["span", "boundaries", "bold"],
      ["span", "agreed", "free"],
      ["span", "other_label", "old town"],
      ["span", "only_one", "rebels"],
    ]);
    const [first, second] = itemAt(opened, "bold").options;
    expect([first?.annotatorIds.length, second?.annotatorIds.length]).toEqual([2, 1]);
  });

  it("is not for who annotated the document, and knows annotators by pseudonym unless a lead asks", async () => {
    const [ana] = people;
    if (ana === undefined) throw new Error("nobody");
    const { documentId } = document;
    await pool().query("UPDATE membership SET role = 'adjudicator' WHERE user_id = $1", [
      ana.userId,
    ]);
    const own = await startAdjudication.as(ana.actor, { projectId, documentId });
    expect(failureFrom(own).kind).toBe("forbidden");
    const adjudicationId = await start();
    const opened = await openAdjudication.as(ana.actor, { projectId, adjudicationId });
    expect(failureFrom(opened).kind).toBe("forbidden");
    const merged = await mergeByRule.as(ana.actor, { projectId, adjudicationId, rule: "anyone" });
    expect(failureFrom(merged).kind).toBe("forbidden");
    expect((await open(adjudicationId)).annotators.every(({ name }) => name.startsWith("A-"))).toBe(
      true,
    );
    const seen = await open(adjudicationId, lead);
    expect(seen.annotators.map(({ name }) => name).sort()).toEqual(
      people.map(({ name }) => name).sort(),
    );
    const listed = valueFrom(await listAdjudications.as(ana.actor, { projectId }));
    expect(listed[0]?.obstacle).toBe("own_work");
  });

  it("hides names where asked, under letters that are another order for each document", async () => {
    const adjudicationId = await start();
    const hide = { projectId, adjudicationId, hidesNames: true };
    valueFrom(await changeAdjudication.as(lead.actor, hide));
    const opened = await open(adjudicationId, lead);
    expect(opened.annotators.map(({ name }) => name)).toEqual([
      "Annotator A",
      "Annotator B",
      "Annotator C",
    ]);
    valueFrom(await changeAdjudication.as(lead.actor, { ...hide, hidesNames: false }));
    const seen = await open(adjudicationId, lead);
    expect(seen.annotators.map(({ name }) => name).sort()).toEqual(
      people.map(({ name }) => name).sort(),
    );
  });

  it("takes a whole rule back at once", async () => {
    const adjudicationId = await start();
    const at = { projectId, adjudicationId };
    const merged = valueFrom(await mergeByRule.as(judge.actor, { ...at, rule: "anyone" }));
    const itemKeys = merged.decisions.map(({ itemKey }) => itemKey);
    expect(itemKeys.length).toBeGreaterThan(2);
    const undone = valueFrom(await undoDecisions.as(judge.actor, { ...at, itemKeys }));
    expect(undone.undone).toBe(itemKeys.length);
    expect(await goldOf(adjudicationId)).toEqual([]);
    expect((await open(adjudicationId)).decisions).toEqual([]);
    expect(failureFrom(await undoDecisions.as(judge.actor, { ...at, itemKeys })).kind).toBe(
      "conflict",
    );
  });

  it("takes what a rule decides and leaves the rest to people", async () => {
    const adjudicationId = await start();
    const unanimous = { projectId, adjudicationId, rule: "unanimous" as const };
    const merged = valueFrom(await mergeByRule.as(judge.actor, unanimous));
    expect(merged).toMatchObject({ decided: 1, spans: [{ label: "loaded_language" }] });
    expect(merged.decisions).toMatchObject([{ rule: "unanimous", confidence: 1 }]);
    expect(valueFrom(await mergeByRule.as(judge.actor, unanimous)).decided).toBe(0);
    expect(await goldOf(adjudicationId)).toEqual([["loaded_language", "free"]]);
    const majority = { projectId, adjudicationId, rule: "majority" as const };
    expect(valueFrom(await mergeByRule.as(judge.actor, majority)).decided).toBe(2);
    expect(await goldOf(adjudicationId)).toEqual([
      ["loaded_language", "bold"],
      ["loaded_language", "free"],
    ]);
    const { decisions } = await open(adjudicationId);
    expect(decisions.map(({ rule }) => rule).sort()).toEqual(["majority", "majority", "unanimous"]);
  });

  it("carries decisions out in the gold set's log, decides anew, and takes back", async () => {
    const adjudicationId = await start();
    const opened = await open(adjudicationId);
    const town = itemAt(opened, "old town");
    const [appeal, naming] = town.options;
    const say = (input: object) =>
      decide.as(judge.actor, { projectId, adjudicationId, itemKey: town.key, ...input });
    valueFrom(await say({ kind: "accept", optionKeys: [naming?.key], reason: "slip" }));
    expect(await goldOf(adjudicationId)).toEqual([["naming", "old town"]]);
    valueFrom(await say({ kind: "accept", optionKeys: [appeal?.key], note: "An appeal." }));
    expect(await goldOf(adjudicationId)).toEqual([["appeal", "old town"]]);
    valueFrom(await say({ kind: "relabel", optionKeys: [appeal?.key], label: "loaded_language" }));
    expect(await goldOf(adjudicationId)).toEqual([["loaded_language", "old town"]]);
    valueFrom(
      await undoDecisions.as(judge.actor, { projectId, adjudicationId, itemKeys: [town.key] }),
    );
    expect(await goldOf(adjudicationId)).toEqual([]);
    const history = await db().decision.findMany({
      where: { projectId },
      orderBy: { decidedAt: "asc" },
    });
    expect(history.map(({ kind, revokedAt }) => [kind, revokedAt !== null])).toEqual([
      ["accept", true],
      ["accept", true],
      ["relabel", true],
    ]);
    const { rows } = await pool().query(
      `SELECT s.revision, count(o.id)::int AS logged FROM annotation_set s
         JOIN operation o ON o.annotation_set_id = s.id WHERE s.kind = 'gold' GROUP BY s.revision`,
    );
    expect(rows).toEqual([{ revision: 6, logged: 6 }]);
  });

  it("merges boundaries into the widest, or into words chosen by hand", async () => {
    const adjudicationId = await start();
    const bold = itemAt(await open(adjudicationId), "bold");
    const optionKeys = bold.options.map(({ key }) => key);
    const say = (input: object) =>
      decide.as(judge.actor, {
        projectId,
        adjudicationId,
        itemKey: bold.key,
        optionKeys,
        ...input,
      });
    valueFrom(await say({ kind: "merge", reason: "boundary" }));
    expect(await goldOf(adjudicationId)).toEqual([["loaded_language", "bold army"]]);
    const at = TEXT.indexOf("army");
    const wrong = [{ start: at, end: at + 4, quote: "navy" }];
    expect(failureFrom(await say({ kind: "edit", ranges: wrong })).kind).toBe("invalid");
    expect(await goldOf(adjudicationId)).toEqual([["loaded_language", "bold army"]]);
    const ranges = [{ start: at, end: at + 4, quote: "army" }];
    valueFrom(await say({ kind: "edit", ranges }));
    expect(await goldOf(adjudicationId)).toEqual([["loaded_language", "army"]]);
  });

  it("keeps a contested item as a final state of its own", async () => {
    const adjudicationId = await start();
    const opened = await open(adjudicationId);
    for (const item of opened.items) {
      const contested = {
        itemKey: item.key,
        kind: "contested" as const,
        reason: "ambiguous" as const,
      };
      valueFrom(await decide.as(judge.actor, { projectId, adjudicationId, ...contested }));
    }
    valueFrom(await finishAdjudication.as(judge.actor, { projectId, adjudicationId }));
    const after = await open(adjudicationId);
    expect(after.state).toBe("finished");
    expect(after.decisions.every(({ kind }) => kind === "contested")).toBe(true);
  });

  it("ends only when every dispute is decided, and then refuses changes", async () => {
    const adjudicationId = await start();
    const at = { projectId, adjudicationId };
    expect(failureFrom(await finishAdjudication.as(judge.actor, at)).message).toMatch(/^4 of/);
    for (const item of (await open(adjudicationId)).items) {
      const [option] = item.options;
      const accept = {
        itemKey: item.key,
        kind: "accept" as const,
        optionKeys: [option?.key ?? ""],
      };
      valueFrom(await decide.as(judge.actor, { ...at, ...accept }));
    }
    valueFrom(await finishAdjudication.as(judge.actor, at));
    expect(failureFrom(await mergeByRule.as(judge.actor, { ...at, rule: "anyone" })).kind).toBe(
      "closed",
    );
    const gold = await db().annotationSet.findFirstOrThrow({ where: { projectId, kind: "gold" } });
    expect(gold.submittedRevision).toBe(gold.revision);
  });

  it("works on what was submitted when it began; a submission opened again marks it stale and keeps decisions", async () => {
    const adjudicationId = await start();
    const at = { projectId, adjudicationId };
    valueFrom(await mergeByRule.as(judge.actor, { ...at, rule: "anyone" }));
    const [assignmentId] = assignmentIds;
    const [ana] = people;
    if (assignmentId === undefined || ana === undefined) throw new Error("nobody");
    valueFrom(await reopenAssignment.as(lead.actor, { assignmentId }));
    const set = await db().annotationSet.findFirstOrThrow({
      where: { projectId, assignmentId },
      include: { spans: true },
    });
    const town = set.spans.find(({ labelKey }) => labelKey === "naming");
    const changes = [
      { kind: "remove_span" as const, spanId: town?.id ?? "" },
      { kind: "submit" as const },
    ];
    const edited = await editAnnotations.as(ana.actor, {
      assignmentId,
      clientId: newId(),
      textSha256: document.sha256,
      baseRevision: set.revision,
      operations: changes.map((change) => ({
        id: newId(),
        gestureId: newId(),
        madeAt: "2026-03-01T10:00:00.000Z",
        change,
      })),
    });
    expect(valueFrom(edited).submitted).toBe(true);
    const stale = await open(adjudicationId);
    expect(stale.isStale).toBe(true);
    expect(itemAt(stale, "old town").options).toHaveLength(2);
    const before = stale.decisions.length;
    const refreshed = await refreshAdjudication.as(judge.actor, {
      ...at,
      documentId: document.documentId,
    });
    const { kept, takenBack } = valueFrom(refreshed);
    expect(kept + takenBack).toBe(before);
    const fresh = await open(adjudicationId);
    expect(fresh.isStale).toBe(false);
    expect(fresh.decisions).toHaveLength(kept);
    expect(
      fresh.gold.spans.every(({ id }) => fresh.decisions.some(({ spanId }) => spanId === id)),
    ).toBe(true);
  });

  it("is begun once, however many begin at the same time", async () => {
    const input = { projectId, documentId: document.documentId };
    const results = await Promise.all(
      [judge, lead, judge, lead].map(({ actor }) => startAdjudication.as(actor, input)),
    );
    const started = results.filter(({ ok }) => ok);
    expect(started.length).toBeGreaterThanOrEqual(1);
    expect(await db().adjudication.count({ where: { projectId } })).toBe(1);
  });

  it("exports what is finished, with every view of what is contested", async () => {
    const adjudicationId = await start();
    const at = { projectId, adjudicationId };
    const town = itemAt(await open(adjudicationId), "old town");
    valueFrom(
      await decide.as(judge.actor, {
        ...at,
        ...{ itemKey: town.key, kind: "contested", reason: "ambiguous", note: "Both hold." },
      }),
    );
    valueFrom(await mergeByRule.as(judge.actor, { ...at, rule: "anyone" }));
    const rest = (await open(adjudicationId)).items;
    const done = new Set((await open(adjudicationId)).decisions.map(({ itemKey }) => itemKey));
    for (const { key } of rest.filter((item) => !done.has(item.key))) {
      valueFrom(await decide.as(judge.actor, { ...at, itemKey: key, kind: "reject" }));
    }
    const lines = async () =>
      [...valueFrom(await exportGold.as(lead.actor, { projectId })).pieces].map((line) =>
        JSON.parse(line),
      );
    expect(await lines()).toEqual([]);
    valueFrom(await finishAdjudication.as(judge.actor, at));
    const [gold] = await lines();
    expect(gold.spans.map(({ quote }: { quote: string }) => quote)).toEqual([
      "bold",
      "free",
      "rebels",
    ]);
    const codePoints = [...TEXT];
    for (const { ranges, quote } of gold.spans) {
      expect(codePoints.slice(...ranges[0]).join("")).toBe(quote);
    }
    expect(gold.contested).toMatchObject([{ reason: "ambiguous", note: "Both hold." }]);
    expect(gold.contested[0].views.map(({ labels }: { labels: string[] }) => labels[0])).toEqual(
      town.options.map(({ span }) => span?.label),
    );
    expect(gold.contested[0].silent).toHaveLength(1);
    expect(JSON.stringify(gold)).not.toContain(people[0]?.name);
  });
});
