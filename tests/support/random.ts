/** Random choices that come out the same in every run, for laws tested on many made-up cases. */
export type Chance = {
  /** A whole number from 0 up to, not including, `bound`. */
  below(bound: number): number;
  /** One of the values. */
  oneOf<T>(values: readonly [T, ...T[]]): T;
  /** Up to `most` values in a row, joined. */
  text(pieces: readonly [string, ...string[]], most: number): string;
};

/** A generator started with a number (mulberry32 by Tommy Ettinger, public domain). Not for secrets. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const below = (bound: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
  const oneOf = <T>(values: readonly [T, ...T[]]): T => values[below(values.length)] ?? values[0];
  const text = (pieces: readonly [string, ...string[]], most: number): string =>
    Array.from({ length: below(most + 1) }, () => oneOf(pieces)).join("");
  return { below, oneOf, text };
}
