import { codePointLength, type TextIndex, utf16 } from "../../text/offsets";

type Quotation = { exact: string; prefix: string; suffix: string; start: unknown };

/**
 * The range of a quotation in code points: where the file says it is, if its words stand there; else the
 * only place where they stand with their context; else the only place where they stand. Null if there is
 * no such one.
 */
export function findQuote(index: TextIndex, quotation: Quotation): [number, number] | null {
  const { exact, prefix, suffix, start } = quotation;
  if (exact === "") return null;
  const length = codePointLength(exact);
  const all = placesOf(index, exact);
  const given = all.find((at) => at.codePoints === start);
  const before = (at: Place) => index.text.slice(0, at.units).endsWith(prefix);
  const after = (at: Place) => index.text.startsWith(suffix, at.units + exact.length);
  const inContext = all.filter((at) => before(at) && after(at));
  const found = given ?? onlyOne(inContext) ?? onlyOne(all);
  return found === null ? null : [found.codePoints, found.codePoints + length];
}

type Place = { units: number; codePoints: number };

/** A quotation of one letter stands in thousands of places; enough to say that it is not the only one. */
const MOST = 10_000;

function placesOf(index: TextIndex, words: string): Place[] {
  const places: Place[] = [];
  let units = index.text.indexOf(words);
  while (units >= 0 && places.length < MOST) {
    places.push({ units, codePoints: index.toCodePoint(utf16(units)) });
    units = index.text.indexOf(words, units + 1);
  }
  return places;
}

function onlyOne(places: readonly Place[]): Place | null {
  return places.length === 1 ? (places[0] ?? null) : null;
}
