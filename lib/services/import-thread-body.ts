import "server-only";
import { parentPort } from "node:worker_threads";
import type { InputFile } from "@/lib/domain/formats/corpus";
import { ArchiveRefused } from "./import-archive";
import { PARSE_HERE } from "./import-parsing";
import type { FromThread, ToThread } from "./import-thread-words";

/**
 * The thread that parses what strangers wrote (lib/services/import-thread.ts). It does one thing at a time, and asks
 * for the bytes of files as a reader wants them.
 */
let items: AsyncIterator<unknown> | null = null;
let waiting: ((piece: Extract<ToThread, { kind: "piece" }>) => void) | null = null;

const tell = (message: FromThread) => parentPort?.postMessage(message);

parentPort?.on("message", (message: ToThread) => {
  if (message.kind === "piece") waiting?.(message);
  else void answer(message);
});

async function answer(message: Exclude<ToThread, { kind: "piece" }>): Promise<void> {
  try {
    if (message.kind === "article") {
      const { ending, bytes, encoding } = message;
      tell({ kind: "done", value: await PARSE_HERE.article(ending, bytes, encoding) });
      return;
    }
    if (message.kind === "spreadsheet") {
      items = PARSE_HERE.spreadsheet(message.bytes)[Symbol.asyncIterator]();
    }
    if (message.kind === "annotated") {
      const files = message.paths.map((path): InputFile => ({ path, open: () => bytesOf(path) }));
      items = PARSE_HERE.annotated(message.format, files)?.[Symbol.asyncIterator]() ?? null;
    }
    const next = await items?.next();
    if (next === undefined || next.done) tell({ kind: "end" });
    else tell({ kind: "done", value: next.value });
  } catch (error) {
    const isRefused = error instanceof ArchiveRefused;
    tell({ kind: "failed", isRefused, message: error instanceof Error ? error.message : "" });
  }
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  for (let isFirst = true; ; isFirst = false) {
    tell({ kind: "wants", path, isFirst });
    const piece = await new Promise<Extract<ToThread, { kind: "piece" }>>((resolve) => {
      waiting = resolve;
    });
    if (piece.refused !== null) throw new ArchiveRefused(piece.refused);
    if (piece.bytes === null) return;
    yield piece.bytes;
  }
}
