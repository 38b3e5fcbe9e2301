import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/server/ids";
import { compareDocument } from "@/lib/services/comparison";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject, type TestUser } from "./support/factories";
import { makeWork } from "./support/submitted-work";

const TEXT = `Storm hits town

Ana saw the bold army free the old town today`;

let projectId: string;
let document: Awaited<ReturnType<typeof makeDocument>>;
let lead: TestUser;
let ana: TestUser;
let ben: TestUser;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  document = await makeDocument(projectId, { text: TEXT });
  lead = await makeMember(projectId, "lead");
  ana = await makeMember(projectId, "annotator");
  ben = await makeMember(projectId, "annotator");
  await makeWork(projectId, document, ana, {
    spans: [
      ["loaded_language", "bold"],
      ["loaded_language", "free"],
      ["naming", "old town"],
    ],
    frames: ["political"],
    overall: "1",
    comment: "Who is Ana?",
  });
  await makeWork(projectId, document, ben, {
    spans: [
      ["loaded_language", "bold army"],
      ["appeal", "old town"],
    ],
    overall: "2",
  });
});

function compare(user: TestUser, more: { annotatorIds?: string[]; label?: string } = {}) {
  return compareDocument.as(user.actor, { projectId, documentId: document.documentId, ...more });
}

describe("a document side by side", () => {
  test("says on what its annotators differ", async () => {
    const { clusters } = valueFrom(await compare(lead));
    expect(clusters.map(({ kind, labels }) => [kind, ...labels])).toEqual([
      ["boundaries", "loaded_language"],
      ["only_one", "loaded_language"],
      ["other_label", "naming", "appeal"],
    ]);
  });

  test("shows only those chosen, or all where nobody known is named", async () => {
    const all = valueFrom(await compare(lead));
    const first = all.annotators.find(({ name }) => name === ana.name);
    const one = valueFrom(await compare(lead, { annotatorIds: [first?.id ?? ""] }));
    expect(one.annotators.filter(({ isShown }) => isShown)).toHaveLength(1);
    expect(one.spans.every(({ annotatorId }) => annotatorId === first?.id)).toBe(true);
    expect(one.spans).toHaveLength(3);
    const none = valueFrom(await compare(lead, { annotatorIds: [newId()] }));
    expect(none.spans).toHaveLength(5);
  });

  test("shows with one label also what others gave the same words", async () => {
    const { clusters } = valueFrom(await compare(lead, { label: "appeal" }));
    expect(clusters.map(({ labels }) => labels)).toEqual([["naming", "appeal"]]);
  });

  test("compares the answers on the document and shows comments", async () => {
    const { layers, comments, annotators } = valueFrom(await compare(lead));
    const idOf = (user: TestUser) => annotators.find(({ name }) => name === user.name)?.id ?? "";
    const overall = layers.find(({ layer }) => layer.key === "overall");
    expect(overall?.rows.map(({ key, answers }) => [key, Object.keys(answers)])).toEqual([
      ["0", []],
      ["1", [idOf(ana)]],
      ["2", [idOf(ben)]],
      ["3", []],
    ]);
    const frames = layers.find(({ layer }) => layer.key === "frames");
    expect(frames?.rows.map(({ key }) => key)).toEqual(["political"]);
    expect(comments).toEqual([expect.objectContaining({ body: "Who is Ana?", spanId: null })]);
  });

  test("leads to the documents before and after it that can be compared", async () => {
    const later = await makeDocument(projectId, { text: "Another\n\nAna saw the old town today." });
    await makeDocument(projectId, { text: "Nobody\n\nreads this one." });
    await makeWork(projectId, later, ana, { overall: "0" });
    expect(valueFrom(await compare(lead))).toMatchObject({
      previous: null,
      next: { documentId: later.documentId },
    });
  });

  test("names nobody to an adjudicator", async () => {
    const adjudicator = await makeMember(projectId, "adjudicator");
    const seen = JSON.stringify(valueFrom(await compare(adjudicator)));
    for (const { name, email, userId } of [ana, ben]) {
      for (const word of [name, email, userId]) expect(seen).not.toContain(word);
    }
  });

  test("shows no draft", async () => {
    const before = valueFrom(await compare(lead));
    const cem = await makeMember(projectId, "annotator");
    await makeWork(projectId, document, cem, { spans: [["naming", "army"]], state: "in_progress" });
    expect(valueFrom(await compare(lead))).toEqual(before);
  });

  test("stays hidden from who has yet to annotate it, whatever their role", async () => {
    const adjudicator = await makeMember(projectId, "adjudicator");
    for (const user of [lead, adjudicator]) {
      await makeWork(projectId, document, user, { state: "in_progress" });
      expect(failureFrom(await compare(user)).kind).toBe("closed");
    }
  });

  test("is not found where nobody submitted it", async () => {
    const other = await makeDocument(projectId);
    for (const documentId of [other.documentId, newId()]) {
      const answer = await compareDocument.as(lead.actor, { projectId, documentId });
      expect(failureFrom(answer).kind).toBe("not_found");
    }
  });
});
