import { setTimeout as wait } from "node:timers/promises";

/**
 * Times of one kind of request, in milliseconds from when it was meant to begin: what had to wait for
 * an earlier one counts that wait too, so that a stall shows in all that it delayed.
 */
export class Timing {
  private readonly times: number[] = [];
  private readonly problems = new Map<string, number>();

  constructor(readonly name: string) {}

  get count(): number {
    return this.times.length;
  }

  get failed(): number {
    return [...this.problems.values()].reduce((sum, each) => sum + each, 0);
  }

  note(milliseconds: number): void {
    this.times.push(milliseconds);
  }

  fail(problem: unknown): void {
    const words = problem instanceof Error ? problem.message : String(problem);
    this.problems.set(words, (this.problems.get(words) ?? 0) + 1);
  }

  /** The time within which this share (0 to 1) of the requests was done. */
  percentile(share: number): number {
    const sorted = this.times.sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  }

  line(): string {
    const at = (share: number) => `${Math.round(this.percentile(share))}`.padStart(6);
    const faults = [...this.problems].map(([words, times]) => `\n      ${times} x ${words}`);
    return (
      `  ${this.name.padEnd(34)}${String(this.count).padStart(7)}` +
      `${at(0.5)} ${at(0.95)} ${at(0.99)} ${at(1)}  ${this.failed} failed${faults.join("")}`
    );
  }

  static head(): string {
    return `  ${"".padEnd(34)}  count   p50    p95    p99    max  (ms)`;
  }
}

/** Runs at a moment of performance.now(); at once where that has passed. */
export async function at(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await wait(left);
}

/** Begins `act` at a fixed rate, whether or not earlier ones have ended; waits for all of them. */
export async function atRate(
  { perSecond, seconds }: { perSecond: number; seconds: number },
  timing: Timing,
  act: (number: number) => Promise<void>,
): Promise<void> {
  const start = performance.now() + 100;
  const total = Math.round(perSecond * seconds);
  const running: Promise<void>[] = [];
  for (let number = 0; number < total; number++) {
    const meant = start + (number * 1000) / perSecond;
    await at(meant);
    running.push(timed(meant, timing, () => act(number)));
  }
  await Promise.all(running);
}

/** Runs one request that was meant to begin at `meant`; a failure is counted, not thrown. */
export async function timed(
  meant: number,
  timing: Timing,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
    timing.note(performance.now() - meant);
  } catch (problem) {
    timing.fail(problem);
  }
}
