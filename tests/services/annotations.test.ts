import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Operation } from "@/lib/domain/annotation/operation";
import { codePoint } from "@/lib/domain/text/offsets";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { editAnnotations } from "@/lib/services/annotations";
import { reopenAssignment, withdrawAssignment } from "@/lib/services/assignments";
import { skipAssignment } from "@/lib/services/my-work";
import { loadState } from "@/lib/services/stored-sets";
import {
  addSpan,
  attempt,
  batch,
  type Desk,
  logOf,
  makeDesk,
  makeRichProject,
  operation,
  requiredAnswers,
  send,
  stored,
  words,
} from "./support/annotating";
import { failureFrom, valueFrom } from "./support/answers";
import { makeMember, type TestUser } from "./support/factories";

let projectId: string;
let lead: TestUser;
let desk: Desk;

beforeAll(async () => {
  projectId = await makeRichProject();
  lead = await makeMember(projectId, "lead");
});

beforeEach(async () => {
  desk = await makeDesk(projectId);
});

const outcomes = (answer: { results: { outcome: string }[] }) =>
  answer.results.map(({ outcome }) => outcome);

describe("a batch", () => {
  test("sent twice at once, twenty times, is stored once and answered alike", async () => {
    for (let at = 0; at < 20; at++) {
      const { assignmentId, ...rest } = batch(desk, [
        operation(addSpan(desk, "brave")),
        operation(addSpan(desk, "troops")),
        operation({ kind: "flag_document", flags: at % 2 === 0 ? ["discuss"] : [] }),
      ]);
      const input = { assignmentId, ...rest, baseRevision: (await stored(desk)).revision };
      const [one, two] = await Promise.all([
        editAnnotations.as(desk.annotator.actor, input),
        editAnnotations.as(desk.annotator.actor, structuredClone(input)),
      ]);
      expect(valueFrom(one)).toEqual(valueFrom(two));
      expect(valueFrom(one).results.map(({ id }) => id)).toEqual(
        input.operations.map(({ id }) => id),
      );
      await send(
        desk,
        input.operations
          .flatMap(({ change }) => (change.kind === "add_span" ? [change.span.id] : []))
          .map((spanId) => operation({ kind: "remove_span", spanId })),
      );
    }
    expect(await stored(desk)).toMatchObject({ operations: 100, revision: 100, spans: 0 });
  });

  test("sent again later is answered as the first time", async () => {
    const operations = [operation(addSpan(desk, "brave")), operation(addSpan(desk, "brave"))];
    const first = await send(desk, operations);
    expect(outcomes(first)).toEqual(["applied", "superseded"]);
    await send(desk, [operation(addSpan(desk, "roll"))], { baseRevision: 2 });
    const again = await send(desk, operations, { baseRevision: 2 });
    expect(again.results).toEqual(first.results);
    expect(await stored(desk)).toMatchObject({ operations: 3, spans: 2 });
  });

  test("that names one operation twice stores it once", async () => {
    const twice = operation(addSpan(desk, "brave"));
    const answer = await send(desk, [twice, twice]);
    expect(outcomes(answer)).toEqual(["applied", "applied"]);
    expect(await stored(desk)).toMatchObject({ operations: 1, spans: 1 });
  });

  test("is numbered in its own order, on from what is stored", async () => {
    const first = [operation(addSpan(desk, "brave")), operation(addSpan(desk, "troops"))];
    const second = [operation(addSpan(desk, "roll"))];
    await send(desk, first);
    const answer = await send(desk, second, { baseRevision: 2 });
    expect(answer.revision).toBe(3);
    const log = await logOf(desk);
    expect(log.map(({ id, revision }) => [id, revision])).toEqual(
      [...first, ...second].map(({ id }, at) => [id, at + 1]),
    );
    expect(log).toEqual(
      [...first, ...second].map((each, at) => ({ ...each, revision: at + 1, outcome: "applied" })),
    );
  });

  test("hears what another client did since, oldest first, without its own", async () => {
    const theirs = [operation(addSpan(desk, "brave")), operation(addSpan(desk, "troops"))];
    await send(desk, theirs);
    const mine = operation(addSpan(desk, "roll"));
    const answer = await send(desk, [mine], { baseRevision: 0 });
    expect(answer.missed.map(({ id, revision }) => [id, revision])).toEqual([
      [theirs[0]?.id, 1],
      [theirs[1]?.id, 2],
    ]);
    const next = await send(desk, [], { baseRevision: answer.revision });
    expect(next.missed).toEqual([]);
  });

  test("answers a revision that covers all it tells of, whoever writes meanwhile", async () => {
    const spans = ["brave", "troops", "roll", "town", "square", "silent"];
    const answers = await Promise.all(
      spans.map((quote) => send(desk, [operation(addSpan(desk, quote))])),
    );
    for (const answer of answers) {
      const told = [
        ...answer.missed.map(({ revision }) => revision),
        ...answer.results.flatMap((each) => ("revision" in each ? [each.revision] : [])),
      ].sort((a, b) => a - b);
      expect(told).toEqual(Array.from({ length: answer.revision }, (_, at) => at + 1));
    }
  });

  test("goes on past an operation that is refused, which is not stored", async () => {
    const refused = operation(addSpan(desk, "brave"));
    const bad: Operation = {
      ...refused,
      change: {
        ...addSpan(desk, "brave"),
        span: { ...addSpan(desk, "brave").span, label: "slant" },
      },
    };
    const answer = await send(desk, [bad, operation(addSpan(desk, "troops"))]);
    expect(answer.results[0]).toEqual({
      id: bad.id,
      outcome: "refused",
      message: "“Slant” is a group; choose a label below it.",
    });
    expect(answer.revision).toBe(1);
    expect((await logOf(desk)).map(({ revision }) => revision)).toEqual([1]);
  });

  test("keeps a superseded operation in the log, without effect", async () => {
    const spanId = newId();
    await send(desk, [operation(addSpan(desk, "brave", spanId))]);
    await send(desk, [operation({ kind: "remove_span", spanId })], { baseRevision: 1 });
    const late = operation({ kind: "label_span", spanId, label: "euphemism" });
    const answer = await send(desk, [late], { baseRevision: 2 });
    expect(answer.results).toEqual([{ id: late.id, outcome: "superseded", revision: 3 }]);
    expect((await logOf(desk))[2]).toMatchObject({ id: late.id, outcome: "superseded" });
    expect((await loadState(projectId, desk.setId)).spans.size).toBe(0);
  });

  test("that shows another text is a conflict and stores nothing", async () => {
    const failure = failureFrom(
      await attempt(desk, [operation(addSpan(desk, "brave"))], { textSha256: "0".repeat(64) }),
    );
    expect(failure.kind).toBe("conflict");
    expect(await stored(desk)).toMatchObject({ operations: 0, state: "assigned" });
  });

  test("adds up the time spent, also without operations", async () => {
    await send(desk, [operation(addSpan(desk, "brave"))], { activeSeconds: 40 });
    await send(desk, [], { activeSeconds: 2, baseRevision: 1 });
    expect(await stored(desk)).toMatchObject({ seconds: 42, revision: 1, state: "in_progress" });
  });
});

describe("what has not the form of a batch is refused whole", () => {
  const valid = () => batch(desk, [operation(addSpan(desk, "brave"))]);
  const withOperation = (more: object) => {
    const input = valid();
    return { ...input, operations: input.operations.map((each) => ({ ...each, ...more })) };
  };
  test.each<[string, () => object]>([
    ["a field of the batch that is unknown", () => ({ ...valid(), revision: 3 })],
    ["a field of an operation that is unknown", () => withOperation({ userId: newId() })],
    [
      "a field of a change that is unknown",
      () => withOperation({ change: { ...addSpan(desk, "brave"), force: true } }),
    ],
    [
      "a field of a span that is unknown",
      () => {
        const change = addSpan(desk, "brave");
        return withOperation({
          change: { ...change, span: { ...change.span, setId: desk.setId } },
        });
      },
    ],
    ["a kind of change that is unknown", () => withOperation({ change: { kind: "drop_all" } })],
    ["an id that is none", () => withOperation({ id: "first" })],
    [
      "a hundred and one operations",
      () => ({
        ...valid(),
        operations: Array.from({ length: 101 }, () =>
          operation({ kind: "flag_document", flags: [] }),
        ),
      }),
    ],
    [
      "a comment with a character that PostgreSQL does not keep",
      () =>
        withOperation({
          change: { kind: "add_comment", comment: { id: newId(), spanId: null, body: "a\0b" } },
        }),
    ],
    [
      "a comment with half of an emoji",
      () =>
        withOperation({
          change: { kind: "add_comment", comment: { id: newId(), spanId: null, body: "\ud83c" } },
        }),
    ],
    ["more seconds than an hour", () => ({ ...valid(), activeSeconds: 3601 })],
  ])("%s", async (_, input) => {
    const failure = failureFrom(await editAnnotations.as(desk.annotator.actor, input()));
    expect(failure.kind).toBe("invalid");
    expect(await stored(desk)).toMatchObject({ operations: 0 });
  });

  test("a hundred operations are accepted", async () => {
    const operations = Array.from({ length: 100 }, () =>
      operation({ kind: "flag_document", flags: ["discuss"] }),
    );
    expect((await send(desk, operations)).revision).toBe(100);
  });
});

describe("an id that belongs to another set is refused:", () => {
  let other: Desk;
  let theirs: Operation[];
  const ids = { span: "", relation: "", comment: "" };

  beforeEach(async () => {
    other = await makeDesk(projectId);
    const [from, to] = [newId(), newId()];
    Object.assign(ids, { span: from, relation: newId(), comment: newId() });
    const person = addSpan(other, "Mayor Orsk", to);
    theirs = [
      operation(addSpan(other, "brave", from)),
      operation({
        ...person,
        span: { ...person.span, layer: "entity", label: "person", attributes: {} },
      }),
      operation({
        kind: "add_relation",
        relation: {
          id: ids.relation,
          layer: "blame",
          label: "blames",
          from,
          to,
          attributes: { direct: true },
        },
      }),
      operation({
        kind: "add_comment",
        comment: { id: ids.comment, spanId: null, body: "Theirs" },
      }),
    ];
    expect(outcomes(await send(other, theirs))).toEqual(Array(4).fill("applied"));
  });

  test.each<[string, () => Operation]>([
    ["of a span", () => operation(addSpan(desk, "brave", ids.span))],
    [
      "of a comment",
      () =>
        operation({
          kind: "add_comment",
          comment: { id: ids.comment, spanId: null, body: "Mine" },
        }),
    ],
    [
      "of a relation",
      () =>
        operation({
          kind: "add_relation",
          relation: {
            id: ids.relation,
            layer: "blame",
            label: "blames",
            from: newId(),
            to: newId(),
            attributes: {},
          },
        }),
    ],
    ["of an operation", () => ({ ...operation(addSpan(desk, "brave")), id: theirs[0]?.id ?? "" })],
  ])("%s", async (_, made) => {
    const before = await loadState(projectId, other.setId);
    const answer = await send(desk, [made()]);
    expect(answer.results[0]).toMatchObject({
      outcome: "refused",
      message: "This id belongs to something else.",
    });
    expect(await stored(desk)).toMatchObject({ operations: 0 });
    expect(await loadState(projectId, other.setId)).toEqual(before);
  });

  test("an edit of another's span or relation finds nothing and does nothing", async () => {
    const before = await loadState(projectId, other.setId);
    const answer = await send(desk, [
      operation({ kind: "remove_span", spanId: ids.span }),
      operation({ kind: "label_span", spanId: ids.span, label: "euphemism" }),
      operation({ kind: "remove_relation", relationId: ids.relation }),
      operation({ kind: "remove_comment", commentId: ids.comment }),
    ]);
    expect(outcomes(answer)).toEqual(Array(4).fill("superseded"));
    expect(await loadState(projectId, other.setId)).toEqual(before);
  });

  test("another's assignment does not exist for an annotator", async () => {
    const failure = failureFrom(
      await editAnnotations.as(
        desk.annotator.actor,
        batch(other, [operation(addSpan(other, "roll"))]),
      ),
    );
    expect(failure.kind).toBe("not_found");
    expect(await stored(other)).toMatchObject({ operations: 4 });
  });
});

describe("submitting", () => {
  const submit = () => operation({ kind: "submit" });

  test("is refused while something is missing, and accepted after", async () => {
    const open = addSpan(desk, "brave");
    const early = await send(desk, [
      operation({ ...open, span: { ...open.span, attributes: {} } }),
      submit(),
    ]);
    expect(early.results[1]).toMatchObject({
      outcome: "refused",
      message: "“brave” needs voice.",
    });
    expect(early.submitted).toBe(false);
    expect(await stored(desk)).toMatchObject({ state: "in_progress", operations: 1 });
    const answer = await send(
      desk,
      [
        operation({
          kind: "set_attribute",
          targetId: open.span.id,
          attribute: "voice",
          value: "narrator",
        }),
        ...requiredAnswers(desk),
        submit(),
      ],
      { baseRevision: 1 },
    );
    expect(outcomes(answer)).toEqual(Array(7).fill("applied"));
    expect(answer.submitted).toBe(true);
    expect(await stored(desk)).toMatchObject({ state: "submitted", revision: 8 });
  });

  test("closes the document: later operations are refused whole and not stored", async () => {
    const late = operation(addSpan(desk, "brave"));
    await send(desk, [...requiredAnswers(desk), submit()]);
    const before = await stored(desk);
    const failure = failureFrom(await attempt(desk, [late]));
    expect(failure.kind).toBe("closed");
    expect(await stored(desk)).toEqual(before);
  });

  test("that is sent again is answered as the first time", async () => {
    const operations = [...requiredAnswers(desk), submit()];
    const first = await send(desk, operations);
    const again = await send(desk, operations, { activeSeconds: 9 });
    expect(again).toEqual({ ...first, missed: [] });
    expect(await stored(desk)).toMatchObject({ operations: 6, seconds: 0 });
  });

  test("refuses what follows it in the same batch", async () => {
    const answer = await send(desk, [
      ...requiredAnswers(desk),
      submit(),
      operation(addSpan(desk, "brave")),
    ]);
    expect(answer.results.at(-1)).toMatchObject({
      outcome: "refused",
      message: "This document is submitted.",
    });
    expect(await stored(desk)).toMatchObject({ operations: 6, spans: 0, state: "submitted" });
  });

  test("twice at once happens once", async () => {
    await send(desk, requiredAnswers(desk));
    const results = await Promise.all([
      attempt(desk, [submit()], { baseRevision: 5 }),
      attempt(desk, [submit()], { baseRevision: 5 }),
    ]);
    expect(results.map((each) => (each.ok ? "submitted" : each.failure.kind)).sort()).toEqual([
      "closed",
      "submitted",
    ]);
    expect(await stored(desk)).toMatchObject({ operations: 6, state: "submitted" });
  });

  test("can be gone back on by a lead, and the log goes on", async () => {
    await send(desk, [...requiredAnswers(desk), submit()]);
    valueFrom(await reopenAssignment.as(lead.actor, { assignmentId: desk.assignmentId }));
    const answer = await send(desk, [operation(addSpan(desk, "brave"))], { baseRevision: 6 });
    expect(answer).toMatchObject({ revision: 7, submitted: false });
  });
});

describe("a document that was taken back", () => {
  beforeEach(async () => {
    await send(desk, requiredAnswers(desk));
    valueFrom(await withdrawAssignment.as(lead.actor, { assignmentId: desk.assignmentId }));
  });

  test("keeps the drafts that come late", async () => {
    const answer = await send(desk, [operation(addSpan(desk, "brave"))], { baseRevision: 5 });
    expect(outcomes(answer)).toEqual(["applied"]);
    expect(await stored(desk)).toMatchObject({ spans: 1 });
  });

  test("cannot be submitted", async () => {
    const answer = await send(desk, [operation({ kind: "submit" })], { baseRevision: 5 });
    expect(answer.results[0]).toMatchObject({
      outcome: "refused",
      message: "This document is no longer assigned to you.",
    });
    expect(await stored(desk)).toMatchObject({ state: "in_progress", operations: 5 });
  });
});

test("a skipped document takes no operations", async () => {
  await send(desk, [operation(addSpan(desk, "brave"))]);
  valueFrom(
    await skipAssignment.as(desk.annotator.actor, {
      assignmentId: desk.assignmentId,
      reason: "Not about the event",
    }),
  );
  const failure = failureFrom(await attempt(desk, [operation(addSpan(desk, "roll"))]));
  expect(failure).toMatchObject({ kind: "closed" });
  expect(failure.message).toContain("skipped");
  expect(await stored(desk)).toMatchObject({ state: "skipped", operations: 1 });
});

describe("a batch that meets another act at the same moment", () => {
  /** Runs `act` in a transaction that ends only once the batch waits for it. */
  async function whileLocked(act: string, send: () => Promise<unknown>): Promise<void> {
    const client = await pool().connect();
    try {
      await client.query("BEGIN");
      await client.query(act, [desk.projectId, desk.assignmentId]);
      const sent = send();
      await untilSomeoneWaits();
      await client.query("COMMIT");
      await sent;
    } finally {
      client.release(true);
    }
  }

  /** Until a statement of this database waits for a lock; the batch gives up after five seconds. */
  async function untilSomeoneWaits(): Promise<void> {
    const end = Date.now() + 4_000;
    while (Date.now() < end) {
      const { rows } = await pool().query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      if ((rows[0]?.waiting ?? 0) > 0) return;
    }
    throw new Error("Nobody waited for the lock.");
  }

  test("does not take a skipped document up again", async () => {
    await whileLocked(
      `UPDATE assignment SET state = 'skipped', skip_reason = 'Off topic'
        WHERE project_id = $1 AND id = $2`,
      async () => {
        const failure = failureFrom(await attempt(desk, [operation(addSpan(desk, "brave"))]));
        expect(failure.kind).toBe("closed");
      },
    );
    expect(await stored(desk)).toMatchObject({ state: "skipped", operations: 0 });
  });

  test("does not submit a document that is just being withdrawn", async () => {
    await send(desk, requiredAnswers(desk));
    await whileLocked(
      "UPDATE assignment SET withdrawn_at = now() WHERE project_id = $1 AND id = $2",
      async () => {
        const answer = await send(desk, [operation({ kind: "submit" })], { baseRevision: 5 });
        expect(outcomes(answer)).toEqual(["refused"]);
      },
    );
    expect(await stored(desk)).toMatchObject({ state: "in_progress", operations: 5 });
  });
});

describe("the projection", () => {
  const relation = (relationId: string, from: string, to: string) =>
    operation({
      kind: "add_relation",
      relation: { id: relationId, layer: "blame", label: "praises", from, to, attributes: {} },
    });
  const person = (quote: string, spanId: string) => {
    const change = addSpan(desk, quote, spanId);
    return operation({
      ...change,
      span: { ...change.span, layer: "entity", label: "person", attributes: {} },
    });
  };

  test("follows a relation and a comment that are made anew under an old id", async () => {
    const [a, b, p, relationId, commentId] = [newId(), newId(), newId(), newId(), newId()];
    await send(desk, [
      operation(addSpan(desk, "brave", a)),
      operation(addSpan(desk, "roll", b)),
      person("Mayor Orsk", p),
      relation(relationId, a, p),
      operation({ kind: "add_comment", comment: { id: commentId, spanId: a, body: "First" } }),
    ]);
    await send(desk, [
      operation({ kind: "remove_relation", relationId }),
      operation({ kind: "remove_comment", commentId }),
      relation(relationId, b, p),
      operation({ kind: "add_comment", comment: { id: commentId, spanId: b, body: "Second" } }),
    ]);
    const state = await loadState(projectId, desk.setId);
    expect(state.relations.get(relationId)).toMatchObject({ from: b, to: p });
    expect(state.comments.get(commentId)).toEqual({ id: commentId, spanId: b, body: "Second" });
  });

  test("has no relation twice, also where one is relabelled in a batch of its own", async () => {
    const [a, p, first, second] = [newId(), newId(), newId(), newId()];
    await send(desk, [
      operation(addSpan(desk, "brave", a)),
      person("Mayor Orsk", p),
      relation(first, a, p),
    ]);
    const other = relation(second, a, p);
    if (other.change.kind !== "add_relation") throw new Error("This is no relation.");
    other.change.relation.label = "blames";
    await send(desk, [other]);
    const answer = await send(desk, [
      operation({ kind: "label_relation", relationId: second, label: "praises" }),
    ]);
    expect(outcomes(answer)).toEqual(["superseded"]);
  });

  test("keeps ranges, answers and words as they were sent", async () => {
    const spanId = newId();
    const change = addSpan(desk, "👩‍👩‍👧", spanId);
    const span = {
      ...change.span,
      ranges: [words(desk, "👩‍👩‍👧"), words(desk, "brave")],
      attributes: { voice: "quoted", speaker: "Orsk “🎉”", strength: 2.5, ironic: false },
      flags: ["discuss" as const],
    };
    await send(desk, [operation({ kind: "add_span", span })]);
    expect((await loadState(projectId, desk.setId)).spans.get(spanId)).toEqual(span);
    expect(span.ranges[0]?.end).toBe(codePoint((span.ranges[0]?.start ?? 0) + 5));
  });
});
