/** Draws the next number in [0, 1). */
export type Random = () => number;

/**
 * A seeded generator (xoshiro128**, Blackman and Vigna 2018, state filled by splitmix32). The same seed gives the same
 * numbers on every machine, so a figure that used it can be recomputed. Not for secrets.
 */
export function createRandom(seed: number): Random {
  const state = new Uint32Array(4);
  let mixed = seed >>> 0;
  for (let index = 0; index < 4; index++) {
    mixed = (mixed + 0x9e3779b9) >>> 0;
    let word = mixed;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    state[index] = word ^ (word >>> 15);
  }
  let [a = 1, b = 2, c = 3, d = 4] = state;
  return () => {
    const fives = Math.imul(b, 5);
    const rotated = Math.imul((fives << 7) | (fives >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return rotated / 4294967296;
  };
}

/** Draws a whole number in [0, bound). */
export function drawIndex(random: Random, bound: number): number {
  return Math.min(bound - 1, Math.floor(random() * bound));
}

/** Shuffles a column in place (Fisher and Yates; Durstenfeld 1964). */
export function shuffleInPlace(column: Int32Array, random: Random): void {
  for (let last = column.length - 1; last > 0; last--) {
    const other = drawIndex(random, last + 1);
    const kept = column[last] ?? 0;
    column[last] = column[other] ?? 0;
    column[other] = kept;
  }
}
