import { type Measured, measured, undefinedBecause } from "./measured";

/** Segmentations to compare, as lengths of segments of the same text, and the width of the window. */
export type WindowTask = {
  readonly hypothesis: readonly number[];
  readonly reference: readonly number[];
  /** In units of the text; left out: half the mean length of the reference's segments. */
  readonly window?: number;
};

/**
 * WindowDiff (Pevzner and Hearst 2002), 0 to 1, a penalty: the share of windows in which the two have different numbers of
 * boundaries. Not symmetric, because the window follows the reference. Undefined when the text is no longer than a window.
 */
export function windowDiff(task: WindowTask): Measured {
  const { hypothesis, reference, window, windows } = prepare(task);
  if (windows <= 0) return undefinedBecause("too_few_ratings");
  let differing = 0;
  for (let at = 0; at < windows; at++) {
    const inReference = (reference[at + window] ?? 0) - (reference[at] ?? 0);
    const inHypothesis = (hypothesis[at + window] ?? 0) - (hypothesis[at] ?? 0);
    if (inReference !== inHypothesis) differing++;
  }
  return measured(differing / windows);
}

/**
 * Pk (Beeferman, Berger and Lafferty 1999), 0 to 1, a penalty: the share of windows whose two ends are in the same segment
 * for one and not for the other. Undefined when the text is no longer than a window.
 */
export function pk(task: WindowTask): Measured {
  const { hypothesis, reference, window, windows } = prepare(task);
  if (windows <= 0) return undefinedBecause("too_few_ratings");
  let differing = 0;
  for (let at = 0; at < windows; at++) {
    const together = reference[at] === reference[at + window];
    if (together !== (hypothesis[at] === hypothesis[at + window])) differing++;
  }
  return measured(differing / windows);
}

/** Half the mean segment length, rounded to the nearest (halves to the even number), at least 2. */
export function usualWindow(masses: readonly number[]): number {
  const half = masses.reduce((sum, mass) => sum + mass, 0) / masses.length / 2;
  const below = Math.floor(half);
  const isTie = half - below === 0.5;
  const rounded = isTie ? below + (below % 2) : Math.round(half);
  return Math.max(2, rounded);
}

function prepare(task: WindowTask) {
  const reference = segmentNumbers(task.reference);
  const hypothesis = segmentNumbers(task.hypothesis);
  if (reference.length !== hypothesis.length)
    throw new RangeError("The segmentations differ in length.");
  const window = task.window ?? usualWindow(task.reference);
  return { reference, hypothesis, window, windows: reference.length - window };
}

function segmentNumbers(masses: readonly number[]): number[] {
  return masses.flatMap((mass, segment) => Array.from({ length: mass }, () => segment));
}
