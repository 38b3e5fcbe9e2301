import "fake-indexeddb/auto";
import { v4 } from "uuid";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyOfWaiting, WaitingWork } from "@/components/workspace/session/waiting-work";
import { addSpan, Computer, untilSaveState } from "./computer";
import { MemoryServer } from "./memory-server";

/** Documents of one person in one browser, each with its set on the server. */
class Desk {
  readonly userId = v4();
  private readonly servers = new Map<string, MemoryServer>();
  private readonly computers: Computer[] = [];

  /** Leaves one edit unsent on each of so many documents; answers them by their ids. */
  async leave(count: number): Promise<[assignmentId: string, MemoryServer][]> {
    for (let at = 0; at < count; at++) {
      const owner = { userId: this.userId, assignmentId: v4() };
      const server = new MemoryServer();
      server.network = "down";
      this.servers.set(owner.assignmentId, server);
      const computer = new Computer(server, owner);
      this.computers.push(computer);
      this.connect();
      const session = computer.open();
      session.edit([addSpan("brave")]);
      await untilSaveState(session, "offline");
    }
    const left = [...this.servers];
    const before = left.map(([, server]) => server.requests);
    for (const computer of this.computers) computer.close();
    // A page that goes away tries once more.
    await expect
      .poll(() => left.every(([, server], at) => server.requests > (before[at] ?? 0)))
      .toBe(true);
    return left;
  }

  private connect(): void {
    globalThis.fetch = (url, options) => {
      const server = this.servers.get(String(url).split("/").at(-2) ?? "");
      return server === undefined
        ? Promise.resolve(new Response("{}", { status: 404 }))
        : server.fetch(url, options);
    };
  }
}

let desk: Desk;
const stops: (() => void)[] = [];

/** Opens a page that is not any of the documents, or is this one. */
function openPage(userId: string, atHand: string | null = null): WaitingWork {
  const work = new WaitingWork(userId, atHand);
  stops.push(work.start());
  return work;
}

const stateOf = (work: WaitingWork, assignmentId: string) =>
  work.getView().find((each) => each.assignmentId === assignmentId)?.state.kind;

beforeEach(() => {
  desk = new Desk();
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

test("any page sends what all documents of the person left, each once and to its own", async () => {
  const left = await desk.leave(3);
  for (const [, server] of left) server.network = "up";
  const work = openPage(desk.userId);
  await work.look();
  expect(work.getView().map(({ title, state }) => [title, state.kind])).toEqual([
    ["The town", "saved"],
    ["The town", "saved"],
    ["The town", "saved"],
  ]);
  for (const [, server] of left)
    expect(server.log.map(({ change }) => change.kind)).toEqual(["add_span"]);
  await openPage(desk.userId).look();
  for (const [, server] of left) expect(server.batches).toHaveLength(1);
});

test("what becomes of one document holds up none of the others", async () => {
  const left = await desk.leave(5);
  const ids = left.map(([id]) => id);
  const [gone, busy, down, closed, fine] = left.map(([, server]) => server);
  for (const server of [gone, busy, closed, fine]) if (server) server.network = "up";
  if (gone) gone.status = 404;
  if (busy) Object.assign(busy, { status: 429, retryAfter: "60" });
  if (closed) closed.status = 409;
  const work = openPage(desk.userId);
  await work.look();
  expect(ids.map((id) => stateOf(work, id))).toEqual([
    "signed_out",
    "busy",
    "offline",
    "refused",
    "saved",
  ]);
  expect(fine?.log).toHaveLength(1);
  expect(work.getView()[3]?.state).toEqual({ kind: "refused", waiting: 1, message: "Not now." });

  // Later, each by itself, and at once where the person asks.
  if (gone) gone.status = null;
  if (busy) busy.status = null;
  if (down) down.network = "up";
  work.retry();
  await expect
    .poll(() => [gone, busy, down].map((server) => server?.log.length))
    .toEqual([1, 1, 1]);
});

test("somebody else's work is neither sent nor shown nor copied", async () => {
  const left = await desk.leave(1);
  for (const [, server] of left) server.network = "up";
  const stranger = v4();
  const work = openPage(stranger);
  await work.look();
  expect(work.getView()).toEqual([]);
  expect(left[0]?.[1].log).toEqual([]);
  expect(JSON.parse(await copyOfWaiting(stranger)).documents).toEqual([]);
});

test("the document at hand is left to its own page", async () => {
  const [first, second] = await desk.leave(2);
  for (const [, server] of [first, second].flatMap((each) => (each ? [each] : []))) {
    server.network = "up";
  }
  await openPage(desk.userId, first?.[0]).look();
  expect(first?.[1].log).toEqual([]);
  expect(second?.[1].log).toHaveLength(1);
});

test("what waits can be kept as a file that has every operation", async () => {
  const [first] = await desk.leave(2);
  const copy = JSON.parse(await copyOfWaiting(desk.userId));
  expect(copy).toMatchObject({ framemark: "unsent/1", userId: desk.userId });
  expect(copy.documents).toHaveLength(2);
  expect(copy.documents[0]).toMatchObject({ assignmentId: first?.[0], title: "The town" });
  expect(copy.documents[0].textSha256).toMatch(/^a{64}$/);
  expect(copy.documents[0].operations[0].change.span.ranges[0].quote).toBe("brave");
});

test("work of an old version, which says not what text it was made on, waits for its page", async () => {
  const [first] = await desk.leave(1);
  const { Dexie } = await import("dexie");
  const database = await new Dexie("framemark-outbox").open();
  await database
    .table("waiting")
    .toCollection()
    .modify((row) => {
      delete row.textSha256;
      delete row.title;
    });
  database.close();
  if (first) first[1].network = "up";
  const work = openPage(desk.userId);
  await work.look();
  expect(work.getView()).toEqual([
    { assignmentId: first?.[0], title: null, state: { kind: "left", waiting: 1 } },
  ]);
  expect(first?.[1].log).toEqual([]);
});
