import "server-only";

const CHUNK_CHARACTERS = 64 * 1024;

/** Sends pieces of text as UTF-8 in larger chunks, as fast as they are taken and no faster. */
export function streamText(pieces: Iterable<string>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.iterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      let chunk = "";
      while (chunk.length < CHUNK_CHARACTERS) {
        const { done, value } = iterator.next();
        if (done) {
          if (chunk !== "") controller.enqueue(encoder.encode(chunk));
          controller.close();
          return;
        }
        chunk += value;
      }
      controller.enqueue(encoder.encode(chunk));
    },
  });
}
