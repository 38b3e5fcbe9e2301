import { splitsGrapheme } from "../text/graphemes";
import { codePoint, indexText, utf16 } from "../text/offsets";
import type { OffsetUnit } from "./corpus";

/** Start and end as a file has them, unchecked. */
export type RawRange = readonly [start: unknown, end: unknown];

/** What the offsets of a file count, once it is known. */
export type Unit16 = Exclude<OffsetUnit, "detect">;

/** A place as a file has it, with the words that it quotes where it quotes them. */
export type QuotedPlace = { range: RawRange; quote: string | null };

/**
 * What the offsets of a file count. Words that the file quotes decide; without them, which unit lets spans
 * begin and end at the edges of words. `fallback` where the text cannot tell.
 */
export function findUnit(
  text: string,
  places: readonly QuotedPlace[],
  { wish = "detect", fallback }: { wish?: OffsetUnit; fallback: Unit16 },
): Unit16 {
  if (wish !== "detect") return wish;
  // Without surrogate pairs and marks all units are the same.
  if (/^[\0-\u02FF]*$/.test(text)) return fallback;
  const first = fitOf(text, places, fallback);
  if (first.fits === first.of) return fallback;
  const others = UNITS.filter((unit) => unit !== fallback).map((unit) => {
    return { unit, ...fitOf(text, places, unit) };
  });
  const hasQuotes = places.some(({ quote }) => quote !== null);
  // Edges of words prove less than words: only a unit in which all fit is believed.
  const better = others.filter(({ fits, of }) => fits > first.fits && (hasQuotes || fits === of));
  return better.sort((a, b) => b.fits - a.fits)[0]?.unit ?? fallback;
}

const UNITS: readonly Unit16[] = ["code_points", "utf16", "graphemes"];

/** How many places fit when counted in a unit, of how many that can. */
function fitOf(text: string, places: readonly QuotedPlace[], unit: Unit16) {
  const toUtf16 = converter(text, unit);
  const hasQuotes = places.some(({ quote }) => quote !== null);
  const judged = hasQuotes ? places.filter(({ quote }) => quote !== null) : places;
  const fits = judged.filter(({ range: [start, end], quote }) => {
    if (typeof start !== "number" || typeof end !== "number") return false;
    const [from, to] = [toUtf16(start), toUtf16(end)];
    if (from === null || to === null || from >= to) return false;
    return quote === null ? isEdge(text, from) && isEdge(text, to) : text.slice(from, to) === quote;
  });
  return { fits: fits.length, of: judged.length };
}

function converter(text: string, unit: Unit16): (at: number) => number | null {
  if (unit === "utf16") return (at) => (at >= 0 && at <= text.length ? at : null);
  if (unit === "code_points") {
    const index = indexText(text);
    return (at) => (at >= 0 && at <= index.length ? index.toUtf16(codePoint(at)) : null);
  }
  const edges = graphemeEdges(text);
  return (at) => edges[at] ?? null;
}

/** Whether a word begins or ends here, or white space. */
function isEdge(text: string, at: number): boolean {
  if (splitsGrapheme(text, utf16(at))) return false;
  const before = text.slice(0, at).at(-1) ?? " ";
  const after = text.slice(at).at(0) ?? " ";
  return WORD.test(before) !== WORD.test(after) || /\s/.test(before) !== /\s/.test(after);
}

const WORD = /[\p{L}\p{M}\p{N}\p{Cs}]/u;

/** Where characters as people see them begin, and the end of the text, in UTF-16 code units. */
export function graphemeEdges(text: string): number[] {
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  return [...Array.from(segmenter.segment(text), ({ index }) => utf16(index)), utf16(text.length)];
}
