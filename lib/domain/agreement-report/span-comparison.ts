import { type AnsweredSpan, matchSpans } from "../agreement/matched-spans";

/** A span of one annotator and the one it met; null stands for "not marked". */
export type Meeting = { readonly a: AnsweredSpan | null; readonly b: AnsweredSpan | null };

/** Spans of two annotators that met, and those that met nothing. */
export function meetings(a: readonly AnsweredSpan[], b: readonly AnsweredSpan[]): Meeting[] {
  const matched = matchSpans({ a, b }, { labels: "ignored", atLeast: 0 });
  const met = new Set(matched.flatMap((pair) => [pair.a, pair.b]));
  return [
    ...matched,
    ...a.filter((span) => !met.has(span)).map((span) => ({ a: span, b: null })),
    ...b.filter((span) => !met.has(span)).map((span) => ({ a: null, b: span })),
  ];
}
