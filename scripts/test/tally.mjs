/** Sums what passed and failed over all parts. */
import { describe } from "../shutdown.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

export function createTally() {
  /** @type {Counts} */
  const sum = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failures = [];
  return {
    /** A single check. @param {string} name */
    pass(name) {
      sum.passed++;
      console.log(`passed  ${name}`);
    },
    /** @param {string} name @param {unknown} reason */
    fail(name, reason) {
      sum.failed++;
      failures.push(name);
      console.log(`FAILED  ${name}\n${describe(reason)}`);
    },
    /** The counts of a part. @param {string} name @param {Counts} counts */
    add(name, { passed, failed, skipped }) {
      sum.passed += passed;
      sum.failed += failed;
      sum.skipped += skipped;
      if (failed) failures.push(name);
    },
    hasFailed: () => sum.failed > 0,
    report() {
      const where = failures.length ? `\nFailed in: ${[...new Set(failures)].join(", ")}` : "";
      const skipped = sum.skipped ? `, ${sum.skipped} skipped` : "";
      return `${where}\n${sum.passed} passed, ${sum.failed} failed${skipped}`;
    },
  };
}
