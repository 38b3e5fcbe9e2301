import { beforeEach, describe, expect, test } from "vitest";
import type { Change } from "@/lib/domain/annotation/operation";
import { codePoint } from "@/lib/domain/text/offsets";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { publishCodebook } from "@/lib/services/codebook-store";
import { exportDataset } from "@/lib/services/dataset";
import { editEntities } from "@/lib/services/entities";
import { answerEvent, listEventQuestions, openEventQuestions } from "@/lib/services/event-answers";
import { createEvent } from "@/lib/services/events";
import { inTransaction } from "@/lib/services/project-store";
import { openAssignment } from "@/lib/services/workspace";
import { entityCodebook } from "@/tests/support/entity-codebook";
import { operation, send as sendTo } from "./support/annotating";
import { failureFrom, valueFrom } from "./support/answers";
import { makeAssignment, makeDocument, makeMember, type TestUser } from "./support/factories";

let projectId: string;
let documentId: string;
let eventId: string;
let lead: TestUser;
let anna: TestUser;
let bea: TestUser;
let work: { anna: string; bea: string };

beforeEach(async () => {
  projectId = newId();
  await inTransaction(async (tx) => {
    await tx.project.create({ data: { id: projectId, name: "Entities" } });
    const { codebookVersionId } = await publishCodebook(tx, projectId, entityCodebook);
    await tx.round.create({
      data: { projectId, id: newId(), position: 1, name: "Main round", codebookVersionId },
    });
  });
  [lead, anna, bea] = await Promise.all([
    makeMember(projectId, "lead"),
    makeMember(projectId, "annotator"),
    makeMember(projectId, "annotator"),
  ]);
  ({ documentId } = await makeDocument(projectId, { text: "Akar spoke\n\nMia 🕊️ listened." }));
  const event = valueFrom(
    await createEvent.as(lead.actor, { projectId, name: "Talks", documentIds: [documentId] }),
  );
  eventId = event.eventId ?? "";
  work = {
    anna: await makeAssignment(projectId, documentId, anna.userId),
    bea: await makeAssignment(projectId, documentId, bea.userId),
  };
});

function addName(kind: "document" | "event", name: string) {
  const id = kind === "document" ? documentId : eventId;
  const change = { kind: "add" as const, name };
  return editEntities.as(lead.actor, { projectId, of: { kind, id }, change });
}

async function send(assignmentId: string, who: TestUser, changes: Change[], more = {}) {
  const opened = valueFrom(await openAssignment.as(who.actor, { assignmentId }));
  const desk = {
    assignmentId,
    annotator: who,
    context: { textSha256: opened.document.textSha256 },
  } as unknown as Parameters<typeof sendTo>[0];
  const answer = await sendTo(
    desk,
    changes.map((change) => operation(change, more)),
  );
  return answer.results.map((each) => (each.outcome === "refused" ? each.message : each.outcome));
}

async function wholeDocument() {
  const { length } = await db().documentVersion.findFirstOrThrow({
    where: { projectId, documentId },
    select: { length: true },
  });
  return { start: codePoint(0), end: codePoint(length) };
}

async function tone(label: string, entity: string): Promise<Change> {
  return {
    kind: "set_unit_label",
    layer: "tone",
    label,
    unit: "document",
    ...(await wholeDocument()),
    value: null,
    evidence: [],
    entity,
  };
}

const claim = (target?: string, id = newId()): Change => ({
  kind: "add_span",
  span: {
    id,
    layer: "claim",
    label: "claim",
    ranges: [{ start: codePoint(0), end: codePoint(4), quote: "Akar" }],
    attributes: target === undefined ? {} : { target },
    flags: [],
    origin: "manual",
  },
});

describe("answers about each name on a document's list", () => {
  test("are stored one for each, come back, and are needed for all before it is submitted", async () => {
    await addName("document", "Akar");
    await addName("event", "Mia");
    expect(await send(work.anna, anna, [await tone("good", "Akar")])).toEqual(["applied"]);
    const submit: Change = { kind: "submit" };
    expect(await send(work.anna, anna, [submit])).toEqual(["“Tone” is open for 1 name."]);
    expect(await send(work.anna, anna, [await tone("bad", "Mia"), submit])).toEqual([
      "applied",
      "applied",
    ]);
    const opened = valueFrom(await openAssignment.as(anna.actor, { assignmentId: work.anna }));
    expect(
      opened.annotations.unitLabels.map(({ entity, label }) => [entity, label]).sort(),
    ).toEqual([
      ["Akar", "good"],
      ["Mia", "bad"],
    ]);
  });

  test("are refused about a name that is not on it, with the reason, and nothing else of the batch", async () => {
    await addName("document", "Akar");
    expect(
      await send(work.anna, anna, [await tone("good", "Nobody"), await tone("bad", "Akar")]),
    ).toEqual([
      "“Nobody” is not on this document's list of names. Choose one of the list.",
      "applied",
    ]);
  });
});

describe("answers of the type entity", () => {
  test("name somebody of the list once there is one; what was written before stays and can be brought back", async () => {
    const id = newId();
    expect(await send(work.anna, anna, [claim("Written", id)])).toEqual(["applied"]);
    await addName("document", "Akar");
    const answer = (value: string): Change => ({
      kind: "set_attribute",
      targetId: id,
      attribute: "target",
      value,
    });
    expect(await send(work.anna, anna, [answer("Elsewhere")])).toEqual([
      "“Elsewhere” is not on this document's list of names. Choose one of the list.",
    ]);
    const gestureId = newId();
    const removed = await send(work.anna, anna, [{ kind: "remove_span", spanId: id }], {
      gestureId,
    });
    expect(removed).toEqual(["applied"]);
    const back = await send(work.anna, anna, [claim("Written", newId())], { undoes: gestureId });
    expect(back).toEqual(["applied"]);
  });
});

const give = (layer: string, label: string, more = {}) => ({
  id: newId(),
  madeAt: "2026-11-24T08:00:00.000Z",
  change: { kind: "give" as const, layer, label, ...more },
});

describe("answers about an event", () => {
  const answer = (who: TestUser, ...operations: ReturnType<typeof give>[]) =>
    answerEvent.as(who.actor, { projectId, eventId, operations });
  const answersOf = async (who: TestUser) =>
    valueFrom(await openEventQuestions.as(who.actor, { projectId, eventId })).answers;

  test("are asked of whoever has a document of it, and are that person's own", async () => {
    const listed = valueFrom(await listEventQuestions.as(anna.actor, { projectId }));
    expect(listed).toEqual([{ eventId, name: "Talks", answers: 0 }]);
    valueFrom(await answer(anna, give("kind", "war"), give("check", "asks", { value: "no" })));
    expect(await answersOf(anna)).toHaveLength(2);
    expect(await answersOf(bea)).toEqual([]);
    expect(failureFrom(await answer(lead, give("kind", "war"))).kind).toBe("not_found");
    const other = await makeMember(projectId, "annotator");
    expect(valueFrom(await listEventQuestions.as(other.actor, { projectId }))).toEqual([]);
  });

  test("are stored once however often they are sent, and the log leads to what stands", async () => {
    const [first, second] = [give("kind", "war"), give("kind", "peace")];
    valueFrom(await answer(anna, first));
    const again = valueFrom(await answer(anna, first, second, second));
    expect(again).toMatchObject({ revision: 2, refused: [] });
    expect(again.answers).toEqual([{ layer: "kind", label: "peace", value: null }]);
    const { rows } = await pool().query(
      `SELECT revision, body ->> 'label' AS label FROM event_operation WHERE project_id = $1 ORDER BY revision`,
      [projectId],
    );
    expect(rows).toEqual([
      { revision: 1, label: "war" },
      { revision: 2, label: "peace" },
    ]);
    await expect(pool().query("UPDATE event_operation SET revision = 9")).rejects.toThrow();
    expect(failureFrom(await answer(bea, first)).kind).toBe("invalid");
  });

  test("of two tabs at once are all kept", async () => {
    const asked = ["war", "peace", "war", "peace", "war"].map((label) => give("kind", label));
    const sent = await Promise.all(asked.map((each) => answer(anna, each)));
    for (const each of sent) valueFrom(each);
    const { rows } = await pool().query(
      `SELECT revision, (SELECT count(*)::int FROM event_operation o WHERE o.set_id = s.id) AS logged
         FROM event_set s WHERE project_id = $1`,
      [projectId],
    );
    expect(rows).toEqual([{ revision: 5, logged: 5 }]);
  });

  test("name somebody of the event's list, and are refused otherwise", async () => {
    await addName("event", "Mia");
    const sent = valueFrom(
      await answer(
        anna,
        give("actor", "good", { entity: "Mia" }),
        give("actor", "good", { entity: "Akar" }),
        give("plain", "yes"),
      ),
    );
    expect(sent.answers).toEqual([{ layer: "actor", label: "good", value: null, entity: "Mia" }]);
    expect(sent.refused).toHaveLength(2);
  });

  test("are in the dataset and in a release once a document of the event is submitted", async () => {
    await addName("document", "Akar");
    valueFrom(await answer(anna, give("kind", "war")));
    valueFrom(await answer(bea, give("kind", "peace")));
    await send(work.anna, anna, [await tone("good", "Akar"), { kind: "submit" }]);
    const file = valueFrom(await exportDataset.as(lead.actor, { projectId, format: "jsonl" }));
    const records = [...file.pieces].map((line) => JSON.parse(line));
    const ofEvents = records.filter(({ record }) => record === "event_answer");
    expect(ofEvents).toMatchObject([
      { event: "Talks", layer: "kind", label: "war", label_name: "War", entity: null },
    ]);
    expect(records.filter(({ record }) => record === "annotation")).toMatchObject([
      { layer: "tone", label: "good", entity: "Akar" },
    ]);
    expect(records[0].counts.event_answers).toBe(1);
  });
});
