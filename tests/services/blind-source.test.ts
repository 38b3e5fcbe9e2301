import { beforeAll, describe, expect, it } from "vitest";
import type { Result } from "@/lib/domain/result";
import { MASK } from "@/lib/domain/text/mask";
import { codePoint } from "@/lib/domain/text/offsets";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { editAnnotations, readOperations } from "@/lib/services/annotations";
import { revealSource } from "@/lib/services/blind-source";
import { listMyWork } from "@/lib/services/my-work";
import { type OpenAssignment, openAssignment } from "@/lib/services/workspace";
import { operation } from "./support/annotating";
import { failureFrom, valueFrom } from "./support/answers";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  type TestUser,
} from "./support/factories";

const TEXT =
  "Talks fail, The Quillon Gazette learns\n\nA reporter of the Quillon Gazette saw 🕊️ vile acts.";

const kindOf = (result: Result<unknown>) => failureFrom(result).kind;

type Blind = { projectId: string; assignmentId: string; person: TestUser; opened: OpenAssignment };

async function makeBlind(): Promise<Blind> {
  const { projectId } = await makeProject();
  const person = await makeMember(projectId, "annotator");
  const { documentId } = await makeDocument(projectId, { text: TEXT });
  await pool().query(
    `UPDATE document SET outlet = 'The Quillon Gazette', author = 'Ada Roe', published_on = '2026-03-01',
            url = 'https://www.quillongazette.example/a' WHERE project_id = $1`,
    [projectId],
  );
  await pool().query(
    `UPDATE round SET settings = settings || '{"isSourceBlind": true}' WHERE project_id = $1`,
    [projectId],
  );
  const assignmentId = await makeAssignment(projectId, documentId, person.userId);
  return { projectId, assignmentId, person, opened: await open(person, assignmentId) };
}

const open = async ({ actor }: TestUser, assignmentId: string) =>
  valueFrom(await openAssignment.as(actor, { assignmentId }));

/** A span over code points of the text that the client shows. */
function mark({ opened }: Blind, words: string, quote?: string) {
  const at = TEXT.indexOf(words);
  const start = [...TEXT.slice(0, at)].length;
  const end = start + [...words].length;
  const shown = [...opened.document.text].slice(start, end).join("");
  const layer = opened.codebook.layers.find(({ level }) => level === "span");
  const label = layer?.labels.find(({ selectable }) => selectable);
  if (layer === undefined || label === undefined) throw new Error("no label for spans");
  return operation({
    kind: "add_span",
    span: {
      id: newId(),
      layer: layer.key,
      label: label.key,
      ranges: [{ start: codePoint(start), end: codePoint(end), quote: quote ?? shown }],
      attributes: {},
      flags: [],
      origin: "manual",
    },
  });
}

async function send(
  { assignmentId, person, opened }: Blind,
  operations: ReturnType<typeof operation>[],
  sha = opened.document.textSha256,
) {
  return editAnnotations.as(person.actor, {
    assignmentId,
    clientId: newId(),
    textSha256: sha,
    baseRevision: 0,
    operations,
  });
}

let blind: Blind;
beforeAll(async () => {
  blind = await makeBlind();
});

describe("while somebody annotates without knowing the source", () => {
  it("nothing that they are sent names it, and offsets stay", async () => {
    const { person, opened, assignmentId } = blind;
    const work = valueFrom(await listMyWork.as(person.actor, {}));
    const log = valueFrom(await readOperations.as(person.actor, { assignmentId }));
    for (const sent of [opened, work, log]) {
      expect(JSON.stringify(sent)).not.toMatch(/quillon|gazette|ada roe|2026-03-01/i);
    }
    expect([...opened.document.text]).toHaveLength([...TEXT].length);
    expect(opened.document).toMatchObject({ outlet: null, publishedOn: null });
    expect(opened.document.text).toContain("saw 🕊️ vile acts.");
  });

  it("a mark over hidden words is stored with the real words and told with the hidden ones", async () => {
    const own = await makeBlind();
    const over = mark(own, "Quillon Gazette saw");
    const answer = valueFrom(await send(own, [over]));
    expect(answer.results[0]).toMatchObject({ outcome: "applied" });
    const { rows } = await pool().query<{ quotes: string[]; body: { span: { ranges: object[] } } }>(
      `SELECT x.quotes, o.body FROM span x JOIN operation o ON o.annotation_set_id = x.annotation_set_id
        WHERE x.project_id = $1`,
      [own.projectId],
    );
    expect(rows[0]?.quotes).toEqual(["Quillon Gazette saw"]);
    expect(rows[0]?.body.span.ranges[0]).toMatchObject({ quote: "Quillon Gazette saw" });
    const again = await open(own.person, own.assignmentId);
    expect(again.annotations.spans[0]?.ranges[0]?.quote).toBe("███████ ███████ saw");
    const others = valueFrom(await send(own, []));
    expect(JSON.stringify(others.missed)).not.toContain("Quillon");
    expect(others.missed[0]?.change).toMatchObject({
      span: { ranges: [{ quote: "███████ ███████ saw" }] },
    });
  });

  it("a guess of the hidden words is refused, right or wrong, and so is the real text's sum", async () => {
    const right = valueFrom(await send(blind, [mark(blind, "Quillon Gazette", "Quillon Gazette")]));
    const wrong = valueFrom(await send(blind, [mark(blind, "Quillon Gazette", "Mountain Sun")]));
    expect(right.results[0]?.outcome).toBe("refused");
    expect(wrong.results[0]?.outcome).toBe("refused");
    expect(kindOf(await send(blind, [], "0".repeat(64)))).toBe("conflict");
  });

  it("marks made before the source is shown to all still arrive after", async () => {
    const own = await makeBlind();
    const waiting = mark(own, "Quillon Gazette saw");
    await pool().query("UPDATE round SET settings = '{}' WHERE project_id = $1", [own.projectId]);
    const { document } = await open(own.person, own.assignmentId);
    expect(document.text).not.toContain(MASK);
    const answer = valueFrom(await send(own, [waiting], document.textSha256));
    expect(answer.results[0]?.outcome).toBe("applied");
  });
});

it("the source is shown after the submission only, and that is noted", async () => {
  const { projectId, assignmentId, person } = await makeBlind();
  const reveal = () => revealSource.as(person.actor, { assignmentId });
  expect(kindOf(await reveal())).toBe("closed");
  await pool().query(
    "UPDATE assignment SET state = 'submitted', submitted_at = now() WHERE id = $1",
    [assignmentId],
  );
  expect(valueFrom(await reveal())).toMatchObject({
    outlet: "The Quillon Gazette",
    author: "Ada Roe",
    publishedOn: "2026-03-01",
    text: TEXT,
  });
  const { rows } = await pool().query(
    "SELECT actor_id FROM audit_event WHERE project_id = $1 AND action = 'source.revealed'",
    [projectId],
  );
  expect(rows).toEqual([{ actor_id: person.userId }]);
});
