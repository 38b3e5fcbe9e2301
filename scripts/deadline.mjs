import { setTimeout as wait } from "node:timers/promises";

/**
 * Asks again and again until the answer is truthy; undefined once the time is over.
 * @template T
 * @param {() => T | Promise<T>} probe
 * @param {{ milliseconds: number, every?: number }} limit
 * @returns {Promise<T | undefined>}
 */
export async function pollUntil(probe, { milliseconds, every = 25 }) {
  const end = performance.now() + milliseconds;
  for (;;) {
    const answer = await probe();
    if (answer) return answer;
    if (performance.now() >= end) return undefined;
    await wait(every);
  }
}
