import { describe, expect, it } from "vitest";
import { readCursor, writeCursor } from "../../../lib/domain/corpus/cursor";
import {
  bandsOf,
  jaccard,
  likenessOf,
  REPRINT,
  shinglesOf,
  signatureBytes,
  signatureFrom,
  signatureOf,
} from "../../../lib/domain/corpus/minhash";
import { searchableQuery } from "../../../lib/domain/corpus/searchable";
import { type Chance, chance } from "../../support/random";

function article(random: Chance, length = 500): string[] {
  return Array.from({ length }, () => `w${Math.floor(random.below(2_000) ** 0.9)}`);
}

/** A copy with a share of its words replaced, in runs as editors do. */
function changed(words: string[], share: number, random: Chance): string[] {
  const copy = [...words];
  for (let left = Math.round(words.length * share); left > 0; left -= 10) {
    const at = random.below(words.length);
    for (let next = at; next < at + Math.min(10, left); next++)
      copy[next] = `x${random.below(5_000)}`;
  }
  return copy;
}

const meets = (a: number[], b: number[]) => a.some((band, at) => band === b[at]);

describe("the likeness of two texts", () => {
  it("is near the exact Jaccard index at every degree of change", () => {
    const random = chance(11);
    let squares = 0;
    let count = 0;
    for (let step = 0; step <= 20; step++) {
      for (let round = 0; round < 6; round++) {
        const words = article(random);
        const [a, b] = [shinglesOf(words), shinglesOf(changed(words, step / 20, random))];
        const exact = jaccard(a, b);
        const estimate = likenessOf(signatureOf(a), signatureOf(b));
        expect(Math.abs(estimate - exact)).toBeLessThan(0.16);
        squares += (estimate - exact) ** 2;
        count++;
      }
    }
    // The standard error of 128 hash functions is at most 0.0442.
    expect(Math.sqrt(squares / count)).toBeLessThan(0.045);
  });

  it("is 1 for the same words and near 0 for other ones", () => {
    const random = chance(12);
    const [a, b] = [
      signatureOf(shinglesOf(article(random))),
      signatureOf(shinglesOf(article(random))),
    ];
    expect(likenessOf(a, a)).toBe(1);
    expect(likenessOf(a, b)).toBeLessThan(0.1);
  });

  it("is kept in bytes as it is", () => {
    const signature = signatureOf(shinglesOf(article(chance(13))));
    expect(signatureFrom(signatureBytes(signature))).toEqual(signature);
  });
});

describe("bands", () => {
  const meeting = (pairs: [Set<number>, Set<number>][]) =>
    pairs.filter(([a, b]) => meets(bandsOf(signatureOf(a)), bandsOf(signatureOf(b)))).length /
    pairs.length;

  it("let reprints meet and, as a control, keep texts apart that share little", () => {
    const random = chance(14);
    const articles = Array.from({ length: 150 }, () => article(random));
    const reprints = articles
      .flatMap((words) => [0.05, 0.1, 0.15].map((share) => [words, changed(words, share, random)]))
      .map((pair): [Set<number>, Set<number>] => [
        shinglesOf(pair[0] ?? []),
        shinglesOf(pair[1] ?? []),
      ])
      .filter(([a, b]) => jaccard(a, b) > REPRINT + 0.05);
    const strangers = articles.map((words): [Set<number>, Set<number>] => [
      shinglesOf(words),
      shinglesOf([...article(random, 450), ...words.slice(0, 50)]),
    ]);
    expect(strangers.every(([a, b]) => jaccard(a, b) < 0.2)).toBe(true);
    expect(reprints.length).toBeGreaterThan(100);
    expect(meeting(reprints)).toBeGreaterThan(0.98);
    expect(meeting(strangers)).toBeLessThan(0.05);
  });

  it("of a text of two words are those of all its words", () => {
    expect(shinglesOf(["two", "words"]).size).toBe(1);
    expect(shinglesOf([]).size).toBe(0);
  });
});

describe("a place in a list", () => {
  it("is read as it was written, in its own order only", () => {
    for (const key of ["", "Ünïcode 🕊️", null]) {
      expect(readCursor(writeCursor("title", key, "12"), "title")).toEqual({ key, seq: "12" });
    }
    expect(readCursor(writeCursor("title", "a", "12"), "-title")).toBeNull();
    expect(readCursor("nonsense", "title")).toBeNull();
    expect(readCursor(writeCursor("published", "soon", "12"), "published")).toBeNull();
  });
});

it("a query in a script without spaces has its words set apart as the texts have", () => {
  expect(searchableQuery("停火 agreement")).toMatch(/^停火? ?火? agreement$/);
  expect(searchableQuery("a “phrase” -not")).toBe("a “phrase” -not");
});
