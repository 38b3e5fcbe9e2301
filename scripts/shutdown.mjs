/** Ends everything that was begun, last first, whatever the reason. */

/**
 * @typedef {object} Shutdown
 * @property {AbortSignal} signal
 * @property {(undo: () => unknown) => void} defer
 * @property {(reason: string, code: number) => Promise<never>} end
 */

/**
 * @param {(sentence: string) => void} say
 * @param {{ interrupted?: number }} [exitCodes] for an end by a signal
 * @returns {Shutdown}
 */
export function createShutdown(say, { interrupted = 0 } = {}) {
  /** @type {Array<() => unknown>} */
  const deferred = [];
  const controller = new AbortController();
  /** @type {Promise<never> | undefined} */
  let ending;
  const end = (reason, code) => {
    ending ??= undoAll(reason, code);
    return ending;
  };
  const undoAll = async (reason, code) => {
    say(reason);
    controller.abort(new Error(reason));
    let exitCode = code;
    for (const undo of deferred.reverse()) {
      try {
        await undo();
      } catch (error) {
        console.error(describe(error));
        exitCode ||= 1;
      }
    }
    return process.exit(exitCode);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => void end(`stopping (${signal})`, interrupted));
  }
  // A terminal or a reader that went away must not keep us from ending the rest.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return { signal: controller.signal, defer: (undo) => deferred.push(undo), end };
}

/**
 * A refusal is a sentence; anything else is a fault of ours and needs its place.
 * @param {unknown} error
 */
export function describe(error) {
  if (!(error instanceof Error)) return String(error);
  return error.constructor === Error ? error.message : (error.stack ?? error.message);
}
