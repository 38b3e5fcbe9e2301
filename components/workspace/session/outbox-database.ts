import { Dexie, type EntityTable } from "dexie";
import type { Operation } from "@/lib/domain/annotation/operation";

/** An operation that waits in this browser for the server. `seq` is the order of making. */
export type WaitingOperation = {
  seq: number;
  operationId: string;
  /** Only this person may send it. */
  userId: string;
  assignmentId: string;
  /** Of the text that it was made on, so that any page can send it. Rows of old have none. */
  textSha256?: string;
  /** The document's title, so that any page can say what waits. */
  title?: string;
  operation: Operation;
  /** Set where the server refused it: kept and shown, never sent again by itself. */
  refusal: string | null;
};

type OutboxDatabase = Dexie & { waiting: EntityTable<WaitingOperation, "seq"> };

let opened: OutboxDatabase | undefined;

function database(): OutboxDatabase {
  if (opened === undefined) {
    opened = new Dexie("framemark-outbox") as OutboxDatabase;
    opened.version(1).stores({ waiting: "++seq, &operationId, [userId+assignmentId]" });
    opened.version(2).stores({ waiting: "++seq, &operationId, [userId+assignmentId], userId" });
  }
  return opened;
}

/** Keeps operations on this computer; resolves when the browser's database has them. */
export async function keepOperations(
  owner: { userId: string; assignmentId: string },
  document: { textSha256: string; title: string },
  operations: Operation[],
): Promise<void> {
  const { textSha256, title } = document;
  const rows = operations.map((operation) => ({
    ...owner,
    textSha256,
    title,
    operationId: operation.id,
    operation,
    refusal: null,
  }));
  await database().waiting.bulkAdd(rows);
}

/** What waits for one assignment, oldest first, of all tabs of this browser. */
export async function waitingOperations(owner: {
  userId: string;
  assignmentId: string;
}): Promise<WaitingOperation[]> {
  const rows = await database()
    .waiting.where("[userId+assignmentId]")
    .equals([owner.userId, owner.assignmentId])
    .toArray();
  return rows.sort((a, b) => a.seq - b.seq);
}

/** All that waits in this browser for one person, of all documents, oldest first. */
export async function waitingOf(userId: string): Promise<WaitingOperation[]> {
  const rows = await database().waiting.where("userId").equals(userId).toArray();
  return rows.sort((a, b) => a.seq - b.seq);
}

/** Forgets operations that the server has stored. */
export async function forgetOperations(operationIds: string[]): Promise<void> {
  await database().waiting.where("operationId").anyOf(operationIds).delete();
}

/** Notes why the server refused operations; they stay until the person has seen them. */
export async function parkOperations(refusals: Map<string, string>): Promise<void> {
  await database()
    .waiting.where("operationId")
    .anyOf([...refusals.keys()])
    .modify((row) => {
      row.refusal = refusals.get(row.operationId) ?? row.refusal;
    });
}
