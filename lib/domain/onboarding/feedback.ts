import { hull, quoteOf, type Span, type UnitLabel, unitLabelKey } from "../annotation/state";
import type { Range } from "../text/offsets";

/** How a span or a unit label of a training document compares with the gold. */
export type Verdict = "found" | "boundaries" | "label" | "missed" | "extra";

export type SpanFeedback = Range & {
  verdict: Verdict;
  layer: string;
  /** Label of the gold; null where the gold has nothing here. */
  wanted: string | null;
  /** Label of the trainee; null where they have nothing here. */
  given: string | null;
  /** Words of the gold, else of the trainee. */
  words: string;
  /** Words of the trainee, where they are others. */
  ownWords: string | null;
  /** Id of the gold's span, to find why it was decided so. */
  goldId: string | null;
};

export type UnitFeedback = Pick<UnitLabel, "layer" | "unit" | "start" | "end"> & {
  verdict: Verdict;
  wanted: string[];
  given: string[];
};

export type Feedback = {
  spans: SpanFeedback[];
  units: UnitFeedback[];
  /** Of what the gold holds, so much was found with label and boundaries. */
  found: number;
  inGold: number;
};

/**
 * How near a trainee came to the gold, 0 to 1: F1 over spans and units, of which only those count that
 * are found with label and boundaries. Marking everything does not help. 1 where both have nothing.
 */
export function trainingScore({ spans, units, found, inGold }: Feedback): number {
  const given = [...spans, ...units].filter(({ verdict }) => verdict !== "missed").length;
  return inGold + given === 0 ? 1 : (2 * found) / (inGold + given);
}

type Annotations = { spans: readonly Span[]; unitLabels: readonly UnitLabel[] };

/** Compares a trainee's annotations with the gold, in the order of the text. */
export function trainingFeedback(own: Annotations, gold: Annotations): Feedback {
  const spans = spanFeedback(own.spans, gold.spans);
  const units = unitFeedback(own.unitLabels, gold.unitLabels);
  const all = [...spans, ...units];
  return {
    spans,
    units,
    found: all.filter(({ verdict }) => verdict === "found").length,
    inGold: all.filter(({ verdict }) => verdict !== "extra").length,
  };
}

/** Each span is compared once: the same words first, then those that share most, same label before another. */
function spanFeedback(own: readonly Span[], gold: readonly Span[]): SpanFeedback[] {
  const pairs = gold
    .flatMap((wanted) =>
      own
        .filter((given) => given.layer === wanted.layer && shared(wanted, given) > 0)
        .map((given) => ({ wanted, given, rank: likeness(wanted, given) })),
    )
    .sort((a, b) => b.rank - a.rank || hull(a.wanted).start - hull(b.wanted).start);
  const taken = new Set<Span>();
  const lines: SpanFeedback[] = [];
  for (const { wanted, given } of pairs) {
    if (taken.has(wanted) || taken.has(given)) continue;
    taken.add(wanted).add(given);
    lines.push(line(wanted, given));
  }
  for (const wanted of gold) if (!taken.has(wanted)) lines.push(line(wanted, null));
  for (const given of own) if (!taken.has(given)) lines.push(line(null, given));
  return lines.sort((a, b) => a.start - b.start || a.end - b.end);
}

function line(wanted: Span, given: Span | null): SpanFeedback;
function line(wanted: null, given: Span): SpanFeedback;
function line(wanted: Span | null, given: Span | null): SpanFeedback {
  const shown = wanted ?? given;
  if (shown === null) throw new Error("Feedback is about a span.");
  const words = quoteOf(shown);
  const ownWords = given === null ? null : quoteOf(given);
  return {
    ...hull(shown),
    verdict: verdictOf(wanted, given),
    layer: shown.layer,
    wanted: wanted?.label ?? null,
    given: given?.label ?? null,
    words,
    ownWords: wanted !== null && given !== null && !sameRanges(wanted, given) ? ownWords : null,
    goldId: wanted?.id ?? null,
  };
}

function verdictOf(wanted: Span | null, given: Span | null): Verdict {
  if (given === null) return "missed";
  if (wanted === null) return "extra";
  if (wanted.label !== given.label) return "label";
  return sameRanges(wanted, given) ? "found" : "boundaries";
}

function sameRanges(a: Span, b: Span): boolean {
  return (
    a.ranges.length === b.ranges.length &&
    a.ranges.every(
      ({ start, end }, at) => start === b.ranges[at]?.start && end === b.ranges[at]?.end,
    )
  );
}

/** Same words and label 4 and more, same label 2 to 3, else 0 to 1 by the share of common code points. */
function likeness(a: Span, b: Span): number {
  const common = shared(a, b);
  const share = common / (length(a) + length(b) - common);
  return share + (sameRanges(a, b) ? 1 : 0) + (a.label === b.label ? 2 : 0);
}

const length = ({ ranges }: Span) => ranges.reduce((sum, { start, end }) => sum + end - start, 0);

function shared(a: Span, b: Span): number {
  let sum = 0;
  for (const one of a.ranges) {
    for (const other of b.ranges) {
      sum += Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
    }
  }
  return sum;
}

function unitFeedback(own: readonly UnitLabel[], gold: readonly UnitLabel[]): UnitFeedback[] {
  const places = new Map<string, { at: UnitLabel; wanted: string[]; given: string[] }>();
  const placeOf = (at: UnitLabel) => {
    const isAnswer = at.value !== null;
    // Answers to questions are compared one by one, the labels of a unit together.
    const key = isAnswer ? unitLabelKey(at) : `${at.layer}@${at.start}-${at.end}`;
    const place = places.get(key) ?? { at, wanted: [], given: [] };
    places.set(key, place);
    return place;
  };
  const told = ({ label, value }: UnitLabel) => (value === null ? label : `${label}=${value}`);
  for (const each of gold) placeOf(each).wanted.push(told(each));
  for (const each of own) placeOf(each).given.push(told(each));
  return [...places.values()]
    .map(({ at: { layer, unit, start, end }, wanted, given }) => ({
      layer,
      unit,
      start,
      end,
      wanted: wanted.sort(),
      given: given.sort(),
      verdict: unitVerdict(wanted, given),
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.layer.localeCompare(b.layer));
}

function unitVerdict(wanted: string[], given: string[]): Verdict {
  if (given.length === 0) return "missed";
  if (wanted.length === 0) return "extra";
  return wanted.join("\n") === given.join("\n") ? "found" : "label";
}
