import "server-only";

/** A comment so often keeps proxies from closing a quiet stream, and finds readers that are gone. */
const HEARTBEAT_MS = 20_000;
/** Then the browser connects again, and the right to look is checked anew. */
const LIFETIME_MS = 5 * 60_000;

/** All open streams of this process, so that they end when it is asked to. */
const kept = globalThis as unknown as { framemarkStreams?: Set<() => void> };

/**
 * Server-sent events: one for each call of what `listen` is given. Ends with the request, after some
 * minutes, and when the process is asked to end.
 */
export function eventStream<T>(
  signal: AbortSignal,
  listen: (send: (event: T) => void) => () => void,
): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      const stop = listen((event) => write(`event: change\ndata: ${JSON.stringify(event)}\n\n`));
      const heartbeat = setInterval(() => write(": still here\n\n"), HEARTBEAT_MS);
      const lifetime = setTimeout(() => close(), LIFETIME_MS);
      let isOver = false;
      const release = () => {
        isOver = true;
        clearInterval(heartbeat);
        clearTimeout(lifetime);
        openStreams().delete(close);
        stop();
      };
      const close = () => {
        if (isOver) return;
        release();
        controller.close();
      };
      end = () => {
        if (!isOver) release();
      };
      openStreams().add(close);
      signal.addEventListener("abort", close, { once: true });
      write("retry: 5000\n\n");
      if (signal.aborted) close();
    },
    cancel() {
      end();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "private, no-store, no-transform",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    },
  });
}

/** How many streams this process holds open. */
export function openStreamCount(): number {
  return openStreams().size;
}

function openStreams(): Set<() => void> {
  if (kept.framemarkStreams === undefined) {
    const streams = new Set<() => void>();
    kept.framemarkStreams = streams;
    for (const asked of ["SIGTERM", "SIGINT"] as const) {
      process.once(asked, () => {
        for (const close of [...streams]) close();
      });
    }
  }
  return kept.framemarkStreams;
}
