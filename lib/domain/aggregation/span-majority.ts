import { intAt } from "../agreement/columns";
import { labelsIn } from "../agreement/label-coverage";
import type { SpanDocument } from "../agreement/span-document";
import type { Track } from "../agreement/track";

/** A span that enough annotators support: where, which label (by number), and the smallest share of them inside it. */
export type MajoritySpan = {
  readonly start: number;
  readonly end: number;
  readonly label: number;
  readonly share: number;
};

/**
 * Per-label character majority: a position keeps a label that strictly more than `share` of those who submitted the document
 * gave it; runs of kept positions become spans. Sweeps over boundaries. Positions count the annotable text.
 */
export function characterMajority(document: SpanDocument, share = 0.5): MajoritySpan[] {
  const submitters = document.submitters.length;
  const spans: MajoritySpan[] = [];
  for (const label of labelsIn(document.track)) {
    spans.push(...majorityRuns(boundariesOf(document.track, label), { label, submitters, share }));
  }
  return spans.sort((a, b) => a.start - b.start || a.end - b.end || a.label - b.label);
}

type Boundary = { readonly position: number; readonly change: number };

function boundariesOf(track: Track, label: number): Boundary[] {
  const boundaries: Boundary[] = [];
  for (let row = 0; row < track.label.length; row++) {
    if (intAt(track.label, row) !== label) continue;
    boundaries.push({ position: intAt(track.start, row), change: 1 });
    boundaries.push({ position: intAt(track.end, row), change: -1 });
  }
  return boundaries.sort((a, b) => a.position - b.position);
}

function majorityRuns(
  boundaries: readonly Boundary[],
  rule: { readonly label: number; readonly submitters: number; readonly share: number },
): MajoritySpan[] {
  const runs: MajoritySpan[] = [];
  let count = 0;
  boundaries.forEach(({ position, change }, index) => {
    count += change;
    const next = boundaries[index + 1];
    const share = count / rule.submitters;
    if (!next || next.position === position || share <= rule.share) return;
    const last = runs.at(-1);
    if (last && last.end === position) {
      runs[runs.length - 1] = { ...last, end: next.position, share: Math.min(last.share, share) };
    } else runs.push({ start: position, end: next.position, label: rule.label, share });
  });
  return runs;
}
