/** Natural logarithm of the gamma function for x > 0 (Lanczos approximation, g = 7, 9 terms; error below 1e-13). */
export function logGamma(x: number): number {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const shifted = x - 1;
  const sum = terms.reduce(
    (total, term, index) => total + term / (shifted + index + 1),
    0.99999999999980993,
  );
  const base = shifted + 7.5;
  return 0.9189385332046727 + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** Digamma function for x > 0 (recurrence up to 10, then the asymptotic series; error below 1e-12). */
export function digamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) {
    shift -= 1 / z;
    z += 1;
  }
  const inverse = 1 / (z * z);
  const series =
    inverse *
    (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132))));
  return shift + Math.log(z) - 0.5 / z - series;
}

/** Probability that a standard normal variable is at most x. */
export function normalCumulative(x: number): number {
  if (x === 0) return 0.5;
  const tail = 0.5 * upperGammaHalf((x * x) / 2);
  return x > 0 ? 1 - tail : tail;
}

/** Regularised upper incomplete gamma function Q(1/2, x), x > 0: the complementary error function of sqrt(x). */
function upperGammaHalf(x: number): number {
  const front = Math.exp(-x + 0.5 * Math.log(x) - logGamma(0.5));
  if (x < 1.5) {
    let term = 2;
    let sum = term;
    for (let k = 1; k < 200 && term > sum * 1e-17; k++) {
      term *= x / (0.5 + k);
      sum += term;
    }
    return 1 - sum * front;
  }
  let fraction = 0;
  for (let k = 200; k >= 1; k--) fraction = (k * (k - 0.5)) / (x + 2 * k + 0.5 - fraction);
  return front / (x + 0.5 - fraction);
}

/** The x that a standard normal variable stays below with probability p, 0 < p < 1 (bisection to machine precision). */
export function normalQuantile(p: number): number {
  return solve((x) => normalCumulative(x) - p, -40, 40);
}

/** Probability that a variable with Student's t distribution is at most x; `freedom` = degrees of freedom, > 0. */
export function studentCumulative(x: number, freedom: number): number {
  const tail = 0.5 * incompleteBeta(freedom / (freedom + x * x), freedom / 2, 0.5);
  return x > 0 ? 1 - tail : tail;
}

/** The x that Student's t stays below with probability p, 0 < p < 1. */
export function studentQuantile(p: number, freedom: number): number {
  let bound = 10;
  while (studentCumulative(bound, freedom) < Math.max(p, 1 - p) && bound < 1e12) bound *= 10;
  return solve((x) => studentCumulative(x, freedom) - p, -bound, bound);
}

/** Regularised incomplete beta function I_x(a, b) (continued fraction of Press et al. 2007, section 6.4). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x),
  );
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guard = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}

function solve(rising: (x: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  for (let step = 0; step < 200 && high - low > 1e-15 * Math.max(1, Math.abs(low)); step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
