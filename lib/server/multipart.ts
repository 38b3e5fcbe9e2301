import "server-only";
import { Readable } from "node:stream";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { Busboy } from "@fastify/busboy";
import { failure, type Result, success } from "@/lib/domain/result";

const MOST_FIELD = 1_000_000;
const MOST_FIELDS = 100;

type Takers = {
  field: (name: string, value: string) => void;
  /** Reads the file to its end, or answers why not; the rest of it is then passed over. */
  file: (name: string, bytes: AsyncIterable<Uint8Array>) => Promise<Result<unknown>>;
};

/**
 * Reads a form with files, one after the other and none of them whole: a file is sent on while it comes.
 * Fields count where they stand before the files.
 */
export async function readMultipart(request: Request, takers: Takers): Promise<Result<null>> {
  const contentType = request.headers.get("content-type") ?? "";
  if (request.body === null || !/^multipart\/form-data\b/i.test(contentType)) {
    return failure("invalid", "Send a form with files (multipart/form-data).");
  }
  let refused: Result<null> = success(null);
  let taking: Promise<void> = Promise.resolve();
  const parser = new Busboy({
    headers: { "content-type": contentType },
    limits: { fieldSize: MOST_FIELD, fields: MOST_FIELDS },
  });
  parser.on("field", (name, value) => takers.field(name, value));
  parser.on("file", (_field, stream, name) => {
    taking = taking.then(async () => {
      const taken = refused.ok ? await takers.file(name, stream) : refused;
      if (!taken.ok) refused = taken;
      stream.resume();
    });
    // Seen below; until then it must not end the process.
    taking.catch(() => stream.resume());
  });
  const body = Readable.fromWeb(request.body as NodeStream);
  try {
    await new Promise<void>((resolve, reject) => {
      parser.once("finish", resolve);
      parser.once("error", reject);
      body.once("error", reject);
      body.pipe(parser);
    });
  } catch {
    return failure("invalid", "The form broke off or is not well-formed. Send it again.");
  }
  await taking;
  return refused;
}

/** The body of a request as it comes. */
export async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
