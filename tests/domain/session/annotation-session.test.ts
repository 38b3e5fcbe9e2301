import { v4 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AnnotationSession } from "@/components/workspace/session/annotation-session";
import type { Change } from "@/lib/domain/annotation/operation";
import { replay } from "@/lib/domain/annotation/replay";
import { stateToData } from "@/lib/domain/annotation/state";
import { chance } from "@/tests/support/random";
import { RandomChanges } from "@/tests/support/random-changes";
import { richContext, richUnits } from "@/tests/support/rich-codebook";
import {
  addSpan,
  browserDocument,
  Computer,
  comeOnline,
  operationOf,
  requiredAnswers,
  shown,
  storedIn,
  tellOnline,
  untilSaveState,
} from "./computer";
import { MemoryServer } from "./memory-server";

let server: MemoryServer;
let computer: Computer;

beforeEach(() => {
  server = new MemoryServer();
  computer = new Computer(server);
});

afterEach(() => computer.close());

const kinds = () => server.log.map(({ change }) => change.kind);
const ids = () => server.log.map(({ id }) => id);

describe("an edit", () => {
  test("is shown at once and saved soon, with what follows it in one batch", async () => {
    const session = computer.open();
    expect(session.edit([addSpan("brave")])).toEqual({ ok: true });
    session.edit([addSpan("troops")]);
    expect(shown(session).spans).toHaveLength(2);
    expect(session.getView().saveState).toEqual({ kind: "saving", waiting: 2 });
    await untilSaveState(session, "saved");
    expect(server.batches).toHaveLength(1);
    expect(storedIn(server)).toEqual(shown(session));
  });

  test("that breaks a rule is refused here and never sent", async () => {
    const session = computer.open();
    const group = session.edit([addSpan("brave", v4(), "slant")]);
    expect(group).toEqual({ ok: false, message: "“Slant” is a group; choose a label below it." });
    session.edit([addSpan("troops")]);
    await untilSaveState(session, "saved");
    expect(kinds()).toEqual(["add_span"]);
  });

  test("that the server could not read is refused here, since it would stop its whole batch", async () => {
    const session = computer.open();
    const comment = { id: v4(), spanId: null, body: "x".repeat(4001) };
    expect(session.edit([{ kind: "add_comment", comment }])).toEqual({
      ok: false,
      message: "This is too long to be kept, or has a broken character.",
    });
    expect(shown(session).comments).toEqual([]);
  });

  test("is never called saved while it is on its way into the browser's database", async () => {
    const session = computer.open();
    const told: string[] = [];
    session.subscribe(() => {
      const { annotations, saveState } = session.getView();
      if (saveState.kind === "saved" && annotations.spans.size > server.state.spans.size) {
        told.push("saved too early");
      }
    });
    for (const quote of ["brave", "troops", "roll", "town", "watched", "family"]) {
      session.edit([addSpan(quote)]);
      // The answer of one batch comes while the next edit is made.
      await expect
        .poll(() => server.log.length, { timeout: 8_000, interval: 1 })
        .toBeGreaterThan(0);
    }
    await untilSaveState(session, "saved");
    expect(server.state.spans.size).toBe(6);
    expect(told).toEqual([]);
  });
});

describe("offline", () => {
  test("edits wait here, and are sent once and in order when the network is back", async () => {
    server.network = "down";
    const session = computer.open();
    const spanId = v4();
    const changes: Change[] = [
      addSpan("brave", spanId),
      { kind: "label_span", spanId, label: "euphemism" },
      { kind: "flag_document", flags: ["discuss"] },
      addSpan("troops"),
      { kind: "remove_span", spanId },
    ];
    for (const change of changes) session.edit([change]);
    await untilSaveState(session, "offline");
    expect(session.getView().saveState).toEqual({ kind: "offline", waiting: 5 });
    expect(server.log).toEqual([]);
    comeOnline(server);
    await untilSaveState(session, "saved");
    expect(kinds()).toEqual(changes.map(({ kind }) => kind));
    expect(new Set(ids()).size).toBe(5);
    expect(storedIn(server)).toEqual(shown(session));
  });

  test("more edits than one batch takes are sent in several, in order", async () => {
    server.network = "down";
    const session = computer.open();
    for (let at = 0; at < 130; at++) {
      session.edit([{ kind: "flag_document", flags: at % 2 === 0 ? ["discuss"] : [] }]);
    }
    await untilSaveState(session, "offline");
    comeOnline(server);
    await untilSaveState(session, "saved");
    expect(server.batches.map(({ operations }) => operations.length)).toEqual([100, 30]);
    expect(server.log.map(({ change }) => "flags" in change && change.flags.length)).toEqual(
      Array.from({ length: 130 }, (_, at) => (at + 1) % 2),
    );
  });

  test("time spent is counted when the network is back", async () => {
    server.network = "down";
    const session = computer.open();
    for (let second = 0; second <= 90; second += 30) session.touch(second * 1000);
    session.edit([addSpan("brave")]);
    await untilSaveState(session, "offline");
    comeOnline(server);
    await untilSaveState(session, "saved");
    const seconds = server.batches.map(({ activeSeconds }) => activeSeconds);
    expect(seconds.reduce((sum, each) => sum + each, 0)).toBe(90);
  });

  test("hours of reading before an edit do not make its batch invalid", async () => {
    const session = computer.open();
    for (let minute = 0; minute <= 100; minute++) session.touch(minute * 60_000);
    session.edit([addSpan("brave")]);
    await untilSaveState(session, "saved");
    session.edit([addSpan("troops")]);
    await untilSaveState(session, "saved");
    expect(server.batches.map(({ activeSeconds }) => activeSeconds)).toEqual([3600, 2400]);
  });
});

describe("a reload", () => {
  test("takes unsent edits up, shows them and sends them once", async () => {
    server.network = "down";
    const before = computer.open();
    before.edit([addSpan("brave")]);
    before.edit([addSpan("troops")]);
    await untilSaveState(before, "offline");
    const session = computer.reload();
    await expect.poll(() => shown(session).spans.length, { timeout: 8_000 }).toBe(2);
    expect(shown(session)).toEqual(shown(before));
    comeOnline(server);
    await untilSaveState(session, "saved");
    expect(kinds()).toEqual(["add_span", "add_span"]);
    expect(shown(session)).toEqual(storedIn(server));
  });

  test("after a lost answer does not put an old edit over a newer one", async () => {
    const spanId = v4();
    server.store(operationOf(addSpan("brave", spanId)));
    const before = computer.open();
    server.network = "answers are lost";
    before.edit([{ kind: "label_span", spanId, label: "euphemism" }]);
    await untilSaveState(before, "offline");
    computer.close();
    await expect.poll(() => server.batches.length, { timeout: 8_000 }).toBe(2);
    server.store(operationOf({ kind: "label_span", spanId, label: "retired" }));
    server.network = "up";
    const session = computer.open();
    await expect.poll(() => server.batches.length, { timeout: 8_000 }).toBe(3);
    await untilSaveState(session, "saved");
    expect(kinds()).toEqual(["add_span", "label_span", "label_span"]);
    expect(shown(session).spans[0]?.label).toBe("retired");
  });

  test("leaves undo what it was, by the log", async () => {
    const before = computer.open();
    const spanId = v4();
    before.edit([addSpan("brave", spanId)]);
    before.edit([{ kind: "label_span", spanId, label: "euphemism" }]);
    before.edit([addSpan("troops")]);
    await before.undo();
    await untilSaveState(before, "saved");
    const session = computer.reload();
    expect(session.getView().canUndo).toBe(true);
    expect(await session.undo()).toEqual({ ok: true });
    expect(shown(session).spans.map(({ label }) => label)).toEqual(["loaded"]);
    expect(await session.redo()).toEqual({ ok: true });
    expect(await session.redo()).toEqual({ ok: true });
    expect(shown(session).spans.map(({ label }) => label)).toEqual(["euphemism", "loaded"]);
    await untilSaveState(session, "saved");
    expect(storedIn(server)).toEqual(shown(session));
  });

  test("leaves undo what it was also for edits that were never sent", async () => {
    server.network = "down";
    const before = computer.open();
    before.edit([addSpan("brave")]);
    await untilSaveState(before, "offline");
    const session = computer.reload();
    await expect.poll(() => shown(session).spans.length, { timeout: 8_000 }).toBe(1);
    expect(await session.undo()).toEqual({
      ok: false,
      message: "The history of this document cannot be reached now. Try again in a moment.",
    });
    comeOnline(server);
    await untilSaveState(session, "saved");
    expect(await session.undo()).toEqual({ ok: true });
    expect(shown(session).spans).toEqual([]);
    await untilSaveState(session, "saved");
  });

  test("of another page in its place leaves no edit unsent that was made just before", async () => {
    const session = computer.open();
    session.edit([addSpan("brave")]);
    session.edit([addSpan("troops")]);
    computer.close();
    await expect.poll(kinds, { timeout: 8_000 }).toEqual(["add_span", "add_span"]);
  });

  test("of the effect that started it, as React does in development, goes on sending", async () => {
    const session = computer.open();
    const stop = session.start();
    stop();
    const end = session.start();
    session.edit([addSpan("brave")]);
    await untilSaveState(session, "saved");
    expect(server.log).toHaveLength(1);
    end();
  });
});

describe("an answer that is lost", () => {
  test("is asked for again, and the edit is applied once", async () => {
    server.network = "answers are lost";
    const session = computer.open();
    session.edit([addSpan("brave")]);
    await untilSaveState(session, "offline");
    expect(server.log).toHaveLength(1);
    comeOnline(server);
    await untilSaveState(session, "saved");
    expect(server.batches.length).toBeGreaterThan(1);
    expect(server.log).toHaveLength(1);
    expect(shown(session)).toEqual(storedIn(server));
  });

  test("comes by itself after a while, without a word from the browser", async () => {
    server.network = "answers are lost";
    const session = computer.open();
    session.edit([addSpan("brave")]);
    await untilSaveState(session, "offline");
    server.network = "up";
    await untilSaveState(session, "saved");
    expect(server.log).toHaveLength(1);
  });
});

describe("the server", () => {
  test.each([401, 403, 404])(
    "that says %d keeps the queue, and it is sent after signing in",
    async (status) => {
      const session = computer.open();
      server.status = status;
      session.edit([addSpan("brave")]);
      session.edit([addSpan("troops")]);
      await untilSaveState(session, "signed_out");
      expect(session.getView().saveState).toEqual({ kind: "signed_out", waiting: 2 });
      expect(shown(session).spans).toHaveLength(2);
      server.status = null;
      session.retry();
      await untilSaveState(session, "saved");
      expect(kinds()).toEqual(["add_span", "add_span"]);
    },
  );

  test.each([500, 502, 503, 429])("that says %d is asked again", async (status) => {
    const session = computer.open();
    server.status = status;
    session.edit([addSpan("brave")]);
    await untilSaveState(session, "offline");
    server.status = null;
    session.retry();
    await untilSaveState(session, "saved");
    expect(server.log).toHaveLength(1);
  });
});

describe("a server that asks for patience", () => {
  test.each([429, 503])(
    "with %d is asked again by itself, and never before it said, whatever happens meanwhile",
    async (status) => {
      const session = computer.open();
      const asked: number[] = [];
      globalThis.fetch = async (url, options) => {
        asked.push(Date.now());
        return server.fetch(url, options);
      };
      server.status = status;
      server.retryAfter = "1";
      session.edit([addSpan("brave")]);
      await untilSaveState(session, "busy");
      server.status = null;
      session.edit([addSpan("troops")]);
      tellOnline();
      browserDocument.dispatchEvent(new Event("visibilitychange"));
      await untilSaveState(session, "saved");
      expect(asked).toHaveLength(2);
      expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(1000);
      expect(kinds()).toEqual(["add_span", "add_span"]);
    },
  );

  test("until a date is understood, and the person may ask before", async () => {
    const session = computer.open();
    server.status = 503;
    server.retryAfter = new Date(Date.now() + 60_000).toUTCString();
    session.edit([addSpan("brave")]);
    await untilSaveState(session, "busy");
    server.status = null;
    session.retry();
    await untilSaveState(session, "saved");
  });
});

describe("an operation that the server refuses", () => {
  /** Two spans at one place of a layer without overlap: the second comes too late. */
  const part = (quote: string): Change => {
    const change = addSpan(quote);
    return {
      ...change,
      span: { ...change.span, layer: "part", label: "lead", attributes: {} },
    };
  };
  const reason = "“Part” does not allow spans to overlap here.";

  test("is parked and reported, the view drops it, and the others are saved", async () => {
    const session = computer.open();
    server.store(operationOf(part("brave troops")));
    session.edit([part("troops")]);
    session.edit([addSpan("roll")]);
    await untilSaveState(session, "refused");
    expect(session.getView().saveState).toEqual({ kind: "refused", waiting: 1, message: reason });
    expect(shown(session)).toEqual(storedIn(server));
    expect(shown(session).spans.map(({ ranges }) => ranges[0]?.quote)).toEqual([
      "brave troops",
      "roll",
    ]);
  });

  test("is still reported after a reload, and sent no more", async () => {
    const before = computer.open();
    server.store(operationOf(part("brave troops")));
    before.edit([part("troops")]);
    await untilSaveState(before, "refused");
    const { requests } = server;
    const session = computer.reload();
    await untilSaveState(session, "refused");
    expect(session.getView().saveState).toEqual({ kind: "refused", waiting: 1, message: reason });
    expect(shown(session)).toEqual(storedIn(server));
    expect(server.requests).toBe(requests);
  });

  test("is forgotten once the person has seen it", async () => {
    const session = computer.open();
    server.store(operationOf(part("brave troops")));
    const refused = part("troops");
    const sent: string[] = [];
    const fetched = globalThis.fetch;
    globalThis.fetch = (url, options) => {
      const body = JSON.parse(String(options?.body)) as { operations: { id: string }[] };
      sent.push(...body.operations.map(({ id }) => id));
      return fetched(url, options);
    };
    session.edit([refused]);
    await untilSaveState(session, "refused");
    await session.discardRefused();
    await untilSaveState(session, "saved");
  });

  test("whole batch, because the document is closed, is parked and the view shows what is stored", async () => {
    const session = computer.open();
    session.edit(requiredAnswers());
    await untilSaveState(session, "saved");
    server.store(operationOf({ kind: "submit" }));
    session.edit([addSpan("brave")]);
    await untilSaveState(session, "refused");
    expect(session.getView().saveState).toMatchObject({ message: "You submitted this document." });
    expect(shown(session)).toEqual(storedIn(server));
  });

  test("for its form alone does not take its neighbours with it", async () => {
    server.network = "down";
    const session = computer.open();
    for (const quote of ["brave", "troops", "roll", "town", "watched"]) {
      session.edit([addSpan(quote)]);
    }
    await untilSaveState(session, "offline");
    // As a newer server might: it does not know one of the operations that wait here.
    const fetched = server.fetch;
    globalThis.fetch = (url, options) =>
      String(options?.body).includes('"quote":"roll"')
        ? Promise.resolve(new Response(JSON.stringify({ title: "Unknown." }), { status: 422 }))
        : fetched(url, options);
    comeOnline(server);
    await untilSaveState(session, "refused");
    expect(server.state.spans.size).toBe(4);
    expect(session.getView().saveState).toEqual({
      kind: "refused",
      waiting: 1,
      message: "Unknown.",
    });
    expect(shown(session)).toEqual(storedIn(server));
  });
});

describe("a page that is out of date", () => {
  const stopped = {
    ok: false,
    message: "This page is out of date. Load it again; nothing is lost.",
  };

  test("because the codebook has a new version keeps its edits, says so and takes no more", async () => {
    const session = computer.open();
    server.migrate(operationOf({ kind: "change_codebook", from: 1, to: 2 }));
    expect(session.getView().outdated).toBeNull();
    session.edit([addSpan("brave")]);
    await untilSaveState(session, "saved");
    expect(session.getView().outdated).toBe("codebook");
    expect(storedIn(server).spans).toHaveLength(1);
    expect(session.edit([addSpan("troops")])).toEqual(stopped);
    expect(kinds()).toEqual(["change_codebook", "add_span"]);
  });

  test("because the text was corrected keeps here what the server did not take, also when loaded again", async () => {
    const session = computer.open();
    server.textSha256 = "b".repeat(64);
    session.edit([addSpan("brave")]);
    await untilSaveState(session, "refused");
    expect(session.getView().outdated).toBe("text");
    expect(session.edit([addSpan("troops")])).toEqual(stopped);
    const again = computer.open();
    await untilSaveState(again, "refused");
    expect(again.getView().saveState).toMatchObject({ kind: "refused", waiting: 1 });
    expect(server.log).toEqual([]);
  });
});

describe("two tabs", () => {
  test("show each other's edits at once, and each edit is stored once", async () => {
    const [one, two] = [computer.open(), computer.open()];
    one.edit([addSpan("brave")]);
    two.edit([addSpan("troops")]);
    await expect.poll(() => shown(one).spans.length, { timeout: 8_000 }).toBe(2);
    await expect.poll(() => shown(two).spans.length, { timeout: 8_000 }).toBe(2);
    await untilSaveState(one, "saved");
    await untilSaveState(two, "saved");
    expect(kinds()).toEqual(["add_span", "add_span"]);
    expect(shown(one)).toEqual(storedIn(server));
    expect(shown(two)).toEqual(storedIn(server));
  });

  test("agree on a span that both labelled at the same moment", async () => {
    const spanId = v4();
    server.store(operationOf(addSpan("brave", spanId)));
    const [one, two] = [computer.open(), computer.open()];
    one.edit([{ kind: "label_span", spanId, label: "euphemism" }]);
    two.edit([{ kind: "label_span", spanId, label: "retired" }]);
    await expect.poll(() => server.log.length, { timeout: 8_000 }).toBe(3);
    const label = () => [...server.state.spans.values()][0]?.label;
    for (const session of [one, two]) {
      await expect.poll(() => shown(session).spans[0]?.label, { timeout: 8_000 }).toBe(label());
      await untilSaveState(session, "saved");
    }
  });

  test("both drop what the server refuses", async () => {
    const [one, two] = [computer.open(), computer.open()];
    const part = (quote: string): Change => {
      const { span, kind } = addSpan(quote);
      return { kind, span: { ...span, layer: "part", label: "lead", attributes: {} } };
    };
    server.store(operationOf(part("brave troops")));
    one.edit([part("troops")]);
    for (const session of [one, two]) {
      await untilSaveState(session, "refused");
      await expect.poll(() => shown(session), { timeout: 8_000 }).toEqual(storedIn(server));
    }
  });

  test("undo what the other did", async () => {
    const [one, two] = [computer.open(), computer.open()];
    one.edit([addSpan("brave")]);
    await expect.poll(() => shown(two).spans.length, { timeout: 8_000 }).toBe(1);
    await untilSaveState(one, "saved");
    expect(two.getView().canUndo).toBe(true);
    expect(await two.undo()).toEqual({ ok: true });
    await expect.poll(() => shown(one).spans.length, { timeout: 8_000 }).toBe(0);
    await expect.poll(() => kinds(), { timeout: 8_000 }).toEqual(["add_span", "remove_span"]);
  });
});

describe("two computers", () => {
  let other: Computer;
  beforeEach(() => {
    other = new Computer(server);
  });
  afterEach(() => other.close());

  /** Until nothing is under way, though something may have been refused. */
  const untilAtRest = (session: AnnotationSession) =>
    expect
      .poll(() => ["saved", "refused"].includes(session.getView().saveState.kind), {
        timeout: 8_000,
      })
      .toBe(true);

  test("converge on what the server has, whatever each did meanwhile", async () => {
    const random = new RandomChanges(chance(5), richContext, richUnits);
    const [one, two] = [computer.open(), other.open()];
    for (let round = 0; round < 6; round++) {
      for (let at = 0; at < 8; at++) {
        one.edit([random.change(one.getView().annotations)]);
        two.edit([random.change(two.getView().annotations)]);
      }
      await Promise.all([untilAtRest(one), untilAtRest(two)]);
    }
    // One more edit each, so that each hears what the other did last.
    for (const session of [one, two, one]) {
      session.edit([{ kind: "add_comment", comment: { id: v4(), spanId: null, body: "Last" } }]);
      await untilAtRest(session);
    }
    expect(server.log.length).toBeGreaterThan(40);
    expect(shown(one)).toEqual(storedIn(server));
    expect(shown(two).spans).toEqual(storedIn(server).spans);
    expect(stateToData(replay(server.log, richContext).state)).toEqual(storedIn(server));
  });

  test("an edit of a span that the other removed is kept in the log without effect", async () => {
    const spanId = v4();
    server.store(operationOf(addSpan("brave", spanId)));
    const session = computer.open();
    server.store(operationOf({ kind: "remove_span", spanId }));
    session.edit([{ kind: "label_span", spanId, label: "euphemism" }]);
    await untilSaveState(session, "saved");
    expect(server.log.map(({ outcome }) => outcome)).toEqual(["applied", "applied", "superseded"]);
    expect(shown(session).spans).toEqual([]);
  });
});

describe("submitting", () => {
  test("comes after all edits, and closes the page when the server has it", async () => {
    const session = computer.open();
    session.edit(requiredAnswers());
    session.submit();
    expect(session.getView().submission).toBe("sending");
    expect(session.edit([addSpan("brave")]).ok).toBe(false);
    await expect.poll(() => session.getView().submission, { timeout: 8_000 }).toBe("submitted");
    expect(kinds().at(-1)).toBe("submit");
    expect(server.log).toHaveLength(6);
  });

  test("that the server refuses opens the page again, with the reason", async () => {
    const session = computer.open();
    session.submit();
    await untilSaveState(session, "refused");
    expect(session.getView().submission).toBe("open");
    expect(session.getView().saveState).toMatchObject({ message: "“Frames” needs 2 labels." });
    expect(session.edit([addSpan("brave")])).toEqual({ ok: true });
  });

  test("offline survives a reload and happens once", async () => {
    server.network = "down";
    const before = computer.open();
    before.edit(requiredAnswers());
    before.submit();
    before.submit();
    await untilSaveState(before, "offline");
    const session = computer.reload();
    await expect.poll(() => session.getView().submission, { timeout: 8_000 }).toBe("sending");
    comeOnline(server);
    await expect.poll(() => session.getView().submission, { timeout: 8_000 }).toBe("submitted");
    expect(kinds().filter((kind) => kind === "submit")).toHaveLength(1);
  });
});

test("a page that goes away sends what waits, in bodies that browsers let through", async () => {
  server.network = "down";
  const session = computer.open();
  for (let at = 0; at < 20; at++) {
    const body = "語".repeat(2_000);
    session.edit([{ kind: "add_comment", comment: { id: v4(), spanId: null, body } }]);
  }
  await untilSaveState(session, "offline");
  const bodies: number[] = [];
  const fetched = server.fetch;
  globalThis.fetch = (url, options) => {
    if (options?.keepalive) bodies.push(new TextEncoder().encode(String(options.body)).length);
    return fetched(url, options);
  };
  server.network = "up";
  browserDocument.visibilityState = "hidden";
  browserDocument.dispatchEvent(new Event("visibilitychange"));
  browserDocument.visibilityState = "visible";
  await untilSaveState(session, "saved");
  expect(server.log).toHaveLength(20);
  expect(bodies.length).toBeGreaterThan(1);
  expect(Math.max(...bodies)).toBeLessThan(64_000);
});
