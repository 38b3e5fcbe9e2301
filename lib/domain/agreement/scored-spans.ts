import { type Measured, measured, undefinedBecause } from "./measured";

/** A labelled stretch as plain numbers, half-open. */
export type PlainSpan = readonly [start: number, end: number, label: string];

/** Two sides of one document, in the order of their files. */
export type SpanPair = { readonly a: readonly PlainSpan[]; readonly b: readonly PlainSpan[] };

/** Precision, recall and F1 as scorers print them; the value is F1. */
export type Scores = Measured<{ readonly precision: number; readonly recall: number }>;

/**
 * The scorer of SemEval-2020 task 11 (Da San Martino et al. 2019, eq. 1 to 3), a = predicted, b = gold: precision is the
 * mean over predicted spans of the share of the span inside gold spans of the same label, recall the mirror image.
 * Swapping the sides swaps precision and recall. Overlapping spans of one side and label are merged first, so that
 * neither exceeds 1. A side without spans scores 0; two sides without spans are undefined.
 */
export function techniqueScores(documents: readonly SpanPair[]): Scores {
  return partialScores(documents.map(({ a, b }) => ({ a: mergePerLabel(a), b: mergePerLabel(b) })));
}

/** The same without labels: span identification. Overlapping spans of one side are merged whatever their label. */
export function identificationScores(documents: readonly SpanPair[]): Scores {
  const unlabelled = (spans: readonly PlainSpan[]) =>
    mergePerLabel(spans.map(([start, end]) => [start, end, ""]));
  return partialScores(documents.map(({ a, b }) => ({ a: unlabelled(a), b: unlabelled(b) })));
}

/** The formulas of {@link techniqueScores} on spans as they are, as the scorer of the task computes them. */
export function partialScores(documents: readonly SpanPair[]): Scores {
  let predicted = 0;
  let gold = 0;
  let precision = 0;
  let recall = 0;
  for (const { a, b } of documents) {
    predicted += a.length;
    gold += b.length;
    for (const span of a) {
      for (const other of b) {
        if (span[2] !== other[2]) continue;
        const shared = Math.max(0, Math.min(span[1], other[1]) - Math.max(span[0], other[0]));
        precision += shared / (span[1] - span[0]);
        recall += shared / (other[1] - other[0]);
      }
    }
  }
  if (predicted === 0 && gold === 0) return undefinedBecause("nothing_marked");
  return harmonic(predicted === 0 ? 0 : precision / predicted, gold === 0 ? 0 : recall / gold);
}

/** F1 from precision and recall; 0 when both are 0. */
function harmonic(precision: number, recall: number): Scores {
  const sum = precision + recall;
  return measured(sum === 0 ? 0 : (2 * precision * recall) / sum, { precision, recall });
}

/** Merges overlapping spans of the same label; touching ones stay apart. */
export function mergePerLabel(spans: readonly PlainSpan[]): PlainSpan[] {
  const sorted = [...spans].sort(
    (x, y) => (x[2] < y[2] ? -1 : Number(x[2] > y[2])) || x[0] - y[0] || x[1] - y[1],
  );
  const merged: PlainSpan[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last && last[2] === span[2] && span[0] < last[1]) {
      merged[merged.length - 1] = [last[0], Math.max(last[1], span[1]), last[2]];
    } else merged.push(span);
  }
  return merged;
}

/** How brateval compares two spans: by the same or overlapping ranges, with or without the label. */
export type GreedyRule = {
  readonly span: "exact" | "overlap";
  readonly label: "compared" | "ignored";
};

/** Counts and scores of the greedy comparison. */
export type GreedyScores = Scores & {
  readonly counts: { readonly matched: number; readonly onlyA: number; readonly onlyB: number };
};

/**
 * The counts of brateval (READ-BioMed): spans of a in file order each take the first free span of b that matches. The
 * result depends on that order; for agreement use the maximum matching of `pairwiseF1`.
 */
export function greedyScores(documents: readonly SpanPair[], rule: GreedyRule): GreedyScores {
  let matched = 0;
  let a = 0;
  let b = 0;
  for (const document of documents) {
    a += document.a.length;
    b += document.b.length;
    matched += greedyMatches(document, rule);
  }
  const counts = { matched, onlyA: a - matched, onlyB: b - matched };
  if (a + b === 0) return { ...undefinedBecause("nothing_marked"), counts };
  return { ...harmonic(a === 0 ? 0 : matched / a, b === 0 ? 0 : matched / b), counts };
}

function greedyMatches(document: SpanPair, rule: GreedyRule): number {
  const free = new Set(document.b.keys());
  let matched = 0;
  for (const span of document.a) {
    for (const index of free) {
      const other = document.b[index];
      if (!other || !spansMatch(span, other, rule)) continue;
      free.delete(index);
      matched++;
      break;
    }
  }
  return matched;
}

function spansMatch(a: PlainSpan, b: PlainSpan, rule: GreedyRule): boolean {
  if (rule.label === "compared" && a[2] !== b[2]) return false;
  if (rule.span === "exact") return a[0] === b[0] && a[1] === b[1];
  return Math.min(a[1], b[1]) > Math.max(a[0], b[0]);
}
