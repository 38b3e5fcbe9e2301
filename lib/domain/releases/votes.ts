import type { CorpusRange, CorpusSpan } from "../formats/corpus";

/** A stretch of text on which equally many annotators gave one label. */
export type VoteRun = CorpusRange & { layer: string; label: string; votes: number };

/**
 * How many annotators marked each character with each label, in stretches of equal votes. Spans of one
 * annotator that overlap count once. Where nobody marked there is no stretch.
 */
export function characterVotes(
  sets: readonly { spans: readonly Pick<CorpusSpan, "layer" | "label" | "ranges">[] }[],
): VoteRun[] {
  const edges = new Map<string, { layer: string; label: string; at: Map<number, number> }>();
  for (const { spans } of sets) {
    for (const { layer, label, ranges } of joinOwn(spans)) {
      const key = JSON.stringify([layer, label]);
      const known = edges.get(key) ?? { layer, label, at: new Map<number, number>() };
      edges.set(key, known);
      for (const { start, end } of ranges) {
        known.at.set(start, (known.at.get(start) ?? 0) + 1);
        known.at.set(end, (known.at.get(end) ?? 0) - 1);
      }
    }
  }
  return [...edges.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { layer, label, at }]) => runsOf(at).map((run) => ({ layer, label, ...run })));
}

function runsOf(at: ReadonlyMap<number, number>): (CorpusRange & { votes: number })[] {
  const runs: (CorpusRange & { votes: number })[] = [];
  let votes = 0;
  let start = 0;
  for (const [place, change] of [...at].sort(([a], [b]) => a - b)) {
    if (change === 0) continue;
    if (votes > 0) runs.push({ start, end: place, votes });
    votes += change;
    start = place;
  }
  return runs;
}

/** The ranges of one annotator by label, without overlaps. */
function joinOwn(spans: readonly Pick<CorpusSpan, "layer" | "label" | "ranges">[]) {
  const byLabel = new Map<string, { layer: string; label: string; ranges: CorpusRange[] }>();
  for (const { layer, label, ranges } of spans) {
    const key = JSON.stringify([layer, label]);
    const known = byLabel.get(key) ?? { layer, label, ranges: [] };
    known.ranges.push(...ranges);
    byLabel.set(key, known);
  }
  return [...byLabel.values()].map((each) => ({ ...each, ranges: union(each.ranges) }));
}

function union(ranges: readonly CorpusRange[]): CorpusRange[] {
  const joined: CorpusRange[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}
