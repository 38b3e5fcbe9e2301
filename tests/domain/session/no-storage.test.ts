import { Dexie } from "dexie";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addSpan, Computer, shown, storedIn, untilSaveState } from "./computer";
import { MemoryServer } from "./memory-server";

// As in a browser that is told to store nothing.
Object.assign(Dexie.dependencies, {
  indexedDB: {
    open() {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  },
});

let server: MemoryServer;
let computer: Computer;

beforeEach(() => {
  server = new MemoryServer();
  computer = new Computer(server);
});

afterEach(() => computer.close());

test("where the browser stores nothing, edits go to the server, and the person is told", async () => {
  const session = computer.open();
  session.edit([addSpan("brave")]);
  session.edit([addSpan("troops")]);
  await expect.poll(() => server.log.length, { timeout: 4_000 }).toBe(2);
  await expect
    .poll(() => session.getView().saveState, { timeout: 4_000 })
    .toEqual({
      kind: "refused",
      waiting: 0,
      message: "This browser cannot store data: what the server has not taken is lost.",
    });
  expect(shown(session)).toEqual(storedIn(server));
});

test("where nothing is stored and the server is away, an edit is given up with a word", async () => {
  server.network = "down";
  const session = computer.open();
  session.edit([addSpan("brave")]);
  await expect.poll(() => shown(session).spans.length, { timeout: 4_000 }).toBe(0);
  await untilSaveState(session, "refused");
});
