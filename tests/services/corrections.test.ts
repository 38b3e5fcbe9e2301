import { beforeEach, describe, expect, test } from "vitest";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import {
  correctDocument,
  listCorrections,
  previewCorrection,
  revertCorrection,
} from "@/lib/services/corrections";
import { type OpenedDocument, openDocument } from "@/lib/services/documents";
import { loadSet } from "@/lib/services/stored-sets";
import { openAssignment } from "@/lib/services/workspace";
import { emptyDatabase } from "@/tests/support/database";
import {
  addSpan,
  attempt,
  type Desk,
  makeDesk,
  makeRichProject,
  operation,
  send,
} from "./support/annotating";
import { failureFrom, valueFrom } from "./support/answers";
import { makeMember, type TestUser } from "./support/factories";

let desk: Desk;
let lead: TestUser;
let documentId: string;

beforeEach(async () => {
  await emptyDatabase();
  const projectId = await makeRichProject();
  lead = await makeMember(projectId, "lead");
  desk = await makeDesk(projectId);
  ({ documentId } = await db().assignment.findFirstOrThrow({ where: { projectId } }));
});

const key = () => ({ projectId: desk.projectId, documentId });
const open = async (): Promise<OpenedDocument> =>
  valueFrom(await openDocument.as(lead.actor, key()));

/** A correction that puts other words for some, everywhere. */
async function replacing(words: string, others: string) {
  const { blocks, version } = await open();
  const lines = blocks.map(({ position, role, text }) => ({
    from: position,
    role,
    text: text.replace(words, others),
  }));
  return { ...key(), version, lines };
}

/** The set of the annotator that is current, with its spans. */
async function current() {
  const set = await db().annotationSet.findFirstOrThrow({
    where: { projectId: desk.projectId, assignmentId: desk.assignmentId },
  });
  return { ...set, data: await loadSet(desk.projectId, set.id) };
}

async function mark(...quotes: string[]): Promise<string[]> {
  const ids = quotes.map(() => newId());
  const answer = await send(
    desk,
    quotes.map((quote, at) => operation(addSpan(desk, quote, ids[at]))),
  );
  expect(answer.results.map(({ outcome }) => outcome)).toEqual(quotes.map(() => "applied"));
  return ids;
}

describe("a correction", () => {
  test("is shown before it is made, and stores nothing then", async () => {
    await mark("brave", "troops");
    const preview = valueFrom(
      await previewCorrection.as(lead.actor, await replacing("brave", "🕊️ calm")),
    );
    expect(preview.sets).toHaveLength(1);
    expect(preview.sets[0]).toMatchObject({ carried: 1, state: "in_progress", isActive: true });
    expect(preview.sets[0]?.lost).toMatchObject([{ kind: "span", quote: "brave" }]);
    expect(preview.lines.filter(({ isChanged }) => isChanged)).toHaveLength(1);
    expect((await open()).version).toBe(1);
  });

  test("makes a new version; spans follow by their words, and the old text and set stay", async () => {
    const [brave = "", troops = ""] = await mark("brave", "troops");
    await send(
      desk,
      [operation({ kind: "add_comment", comment: { id: newId(), spanId: troops, body: "Why?" } })],
      { baseRevision: 2 },
    );
    const before = await open();
    const made = valueFrom(
      await correctDocument.as(lead.actor, {
        ...(await replacing("brave", "🕊️🕊️ calm")),
        reason: "The agency corrected itself.",
      }),
    );
    expect(made).toMatchObject({ version: 2, lost: 1 });
    const set = await current();
    expect(set.id).not.toBe(desk.setId);
    expect(set.data.spans.map(({ ranges }) => ranges[0]?.quote)).toEqual(["troops"]);
    expect(set.data.comments).toMatchObject([{ body: "Why?", spanId: set.data.spans[0]?.id }]);
    const opened = valueFrom(
      await openAssignment.as(desk.annotator.actor, { assignmentId: desk.assignmentId }),
    );
    const { start = 0, end = 0 } = set.data.spans[0]?.ranges[0] ?? {};
    expect([...opened.document.text].slice(start, end).join("")).toBe("troops");
    const old = await loadSet(desk.projectId, desk.setId);
    expect(old.spans.map(({ id }) => id).sort()).toEqual([brave, troops].sort());
    const remark = await db().comment.findFirstOrThrow({ where: { annotationSetId: set.id } });
    expect(remark.authorId).toBe(desk.annotator.userId);
    const [listed] = valueFrom(await listCorrections.as(lead.actor, key()));
    expect(listed).toMatchObject({ version: 2, reason: "The agency corrected itself." });
    expect(listed?.sets[0]).toMatchObject({ carried: 2, lost: [{ quote: "brave" }] });
    expect((await open()).sha256).not.toBe(before.sha256);
  });

  test("taken back gives the old text, what was marked since, and what had been lost", async () => {
    await mark("brave", "troops");
    const before = await open();
    const { correctionId } = valueFrom(
      await correctDocument.as(lead.actor, await replacing("brave", "calm")),
    );
    const set = await current();
    const context = { sha: (await open()).sha256, set: set.data.spans[0] };
    const added = addSpan(desk, "square");
    const shift = "calm".length - "brave".length;
    const moved = added.span.ranges.map((range) => ({
      ...range,
      start: range.start + shift,
      end: range.end + shift,
    }));
    const answer = await send(
      desk,
      [operation({ ...added, span: { ...added.span, ranges: moved as typeof added.span.ranges } })],
      { textSha256: context.sha, baseRevision: 1 },
    );
    expect(answer.results[0]?.outcome).toBe("applied");
    valueFrom(await revertCorrection.as(lead.actor, { ...key(), correctionId }));
    const after = await open();
    expect(after).toMatchObject({ version: 3, sha256: before.sha256 });
    const quotes = (await current()).data.spans.map(({ ranges }) => ranges[0]?.quote);
    expect(quotes.sort()).toEqual(["brave", "square", "troops"]);
    const again = await revertCorrection.as(lead.actor, { ...key(), correctionId });
    expect(failureFrom(again).kind).toBe("conflict");
  });

  test("leaves submitted work submitted, and refuses edits made on the old text", async () => {
    await mark("troops");
    await pool().query(
      `UPDATE assignment SET state = 'submitted', submitted_at = now() WHERE id = $1`,
      [desk.assignmentId],
    );
    await pool().query(`UPDATE annotation_set SET submitted_revision = revision WHERE id = $1`, [
      desk.setId,
    ]);
    valueFrom(await correctDocument.as(lead.actor, await replacing("brave", "calm")));
    const set = await current();
    expect(set).toMatchObject({ revision: 1, submittedRevision: 1, supersededById: null });
    const old = await db().annotationSet.findFirstOrThrow({ where: { id: desk.setId } });
    expect(old).toMatchObject({ assignmentId: null, supersededById: set.id, revision: 1 });
    const late = await attempt(desk, [operation(addSpan(desk, "square"))]);
    expect(failureFrom(late).kind).toBe("conflict");
  });

  test("of the role of a line alone keeps the text, and tells of spans that may not stay", async () => {
    await mark("troops");
    const { blocks, version } = await open();
    const lines = blocks.map(({ position, role, text }) => ({
      from: position,
      role: text.includes("troops") ? ("caption" as const) : role,
      text,
    }));
    const input = { ...key(), version, lines };
    valueFrom(await correctDocument.as(lead.actor, input));
    expect((await open()).blocks.map(({ role }) => role)).toEqual(lines.map(({ role }) => role));
    expect((await current()).data.spans).toEqual([]);
    expect(failureFrom(await correctDocument.as(lead.actor, input)).kind).toBe("conflict");
    const same = { ...input, version: 2 };
    expect(failureFrom(await correctDocument.as(lead.actor, same)).message).toBe(
      "Nothing was changed.",
    );
  });

  test("and an edit at the same moment lose nothing: the edit is in the set, or told to load again", async () => {
    for (let round = 0; round < 5; round++) {
      const other = await makeDesk(desk.projectId);
      const { documentId: id } = await db().assignment.findFirstOrThrow({
        where: { id: other.assignmentId },
      });
      documentId = id;
      const input = await replacing("fell", `fell then ${round}`);
      const [edit, correction] = await Promise.all([
        attempt(other, [operation(addSpan(other, "troops"))]),
        correctDocument.as(lead.actor, input),
      ]);
      valueFrom(correction);
      const set = await db().annotationSet.findFirstOrThrow({
        where: { assignmentId: other.assignmentId },
      });
      const spans = (await loadSet(desk.projectId, set.id)).spans.length;
      expect(spans).toBe(edit.ok ? 1 : 0);
      expect(set.revision).toBe(spans);
    }
  });
});
