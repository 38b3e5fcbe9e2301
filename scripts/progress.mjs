/** Tells the person what is being done, how far it is, and how long it has taken. */

/** Longer than this without a word looks like a program that hangs. */
const silence = 10_000;
/** Quicker than this, a step needs no word at its beginning. */
const instant = 200;

/**
 * @typedef {object} Progress
 * @property {(sentence: string) => void} say
 * @property {(title: string, work: (say: (sentence: string) => void) => Promise<string>) => Promise<void>} step
 *   runs `work`, whose answer says what came of it; it may speak in between
 */

/**
 * @param {number} total steps
 * @returns {Progress}
 */
export function createProgress(total) {
  const start = performance.now();
  let count = 0;
  const say = (sentence) => console.log(`${seconds(start).padStart(8)}  ${sentence}`);
  return {
    say,
    async step(title, work) {
      const number = `[${++count}/${total}]`;
      const begun = performance.now();
      const timers = [
        setTimeout(() => say(`${number} ${title} ...`), instant),
        setInterval(() => say(`${number} ${title} ... ${seconds(begun)}`), silence),
      ];
      const report = (sentence) => {
        clearTimeout(timers[0]); // the sentence is its word
        say(`${number} ${title}: ${sentence}`);
      };
      try {
        const outcome = await work(report);
        say(`${number} ${title}: ${outcome} (${seconds(begun)})`);
      } finally {
        for (const timer of timers) clearTimeout(timer);
      }
    },
  };
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
