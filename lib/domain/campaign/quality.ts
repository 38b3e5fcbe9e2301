/** How one person works, as far as figures count it. Times are active seconds per 1,000 words. */
export type PersonWork = {
  annotatorId: string;
  documents: number;
  /** Documents in which nothing is marked or answered. */
  emptyDocuments: number;
  /** Median over documents; null without any. */
  pace: number | null;
  /** Marks and answers by label, under the key of `labelKey`. */
  labels: ReadonlyMap<string, number>;
  /** In the order of submission, early to late: marks per 1,000 words and pace of each part. */
  parts: readonly { marks: number; pace: number }[];
};

export type QualityFlag =
  /** Reads far faster than the team. */
  | { kind: "fast"; pace: number; teamPace: number }
  /** One label almost always, and the others do not. */
  | { kind: "one_label"; label: string; share: number; othersShare: number }
  /** Nothing marked in most documents, and the others do mark. */
  | { kind: "nothing_marked"; share: number; othersShare: number }
  /** Marks far more, or far fewer, than at the beginning. */
  | { kind: "drift"; from: number; to: number };

/** One label of one person against all others together. Shares are of all marks, 0 to 1. */
export type LabelShare = {
  label: string;
  count: number;
  share: number;
  othersShare: number | null;
};

/** When a flag is raised. They ask to look, and decide nothing. */
export const QUALITY_RULES = {
  /** Of the others' median pace. */
  fastBelow: 0.5,
  /** Of the person's own and the team's median pace, for one document. */
  fastDocumentBelow: 1 / 3,
  fewestDocuments: 3,
  oneLabelFrom: 0.9,
  oneLabelAbove: 0.25,
  fewestMarks: 20,
  emptyFrom: 0.5,
  emptyAbove: 0.25,
  /** Factor between first and last part. */
  driftBy: 2,
  fewestParts: 4,
} as const;

/** What a lead should look at in one person's work, compared with everybody else's. */
export function flagsOf(person: PersonWork, others: readonly PersonWork[]): QualityFlag[] {
  return [
    ...fastFlag(person, others),
    ...oneLabelFlag(person, others),
    ...emptyFlag(person, others),
    ...driftFlag(person),
  ];
}

function fastFlag(person: PersonWork, others: readonly PersonWork[]): QualityFlag[] {
  const teamPace = median(others.flatMap(({ pace }) => (pace === null ? [] : [pace])));
  const { pace, documents } = person;
  if (pace === null || teamPace === null || documents < QUALITY_RULES.fewestDocuments) return [];
  return pace < teamPace * QUALITY_RULES.fastBelow ? [{ kind: "fast", pace, teamPace }] : [];
}

function oneLabelFlag(person: PersonWork, others: readonly PersonWork[]): QualityFlag[] {
  const shares = compareLabels(person, others);
  const all = sumOf(person.labels);
  const top = shares.reduce<LabelShare | null>(
    (most, each) => (most === null || each.share > most.share ? each : most),
    null,
  );
  if (top === null || all < QUALITY_RULES.fewestMarks || top.othersShare === null) return [];
  const isMonotone =
    top.share >= QUALITY_RULES.oneLabelFrom &&
    top.share - top.othersShare >= QUALITY_RULES.oneLabelAbove;
  return isMonotone
    ? [{ kind: "one_label", label: top.label, share: top.share, othersShare: top.othersShare }]
    : [];
}

function emptyFlag(person: PersonWork, others: readonly PersonWork[]): QualityFlag[] {
  const otherDocuments = others.reduce((sum, { documents }) => sum + documents, 0);
  if (person.documents < QUALITY_RULES.fewestDocuments || otherDocuments === 0) return [];
  const share = person.emptyDocuments / person.documents;
  const othersShare = others.reduce((sum, each) => sum + each.emptyDocuments, 0) / otherDocuments;
  const isOften =
    share >= QUALITY_RULES.emptyFrom && share - othersShare >= QUALITY_RULES.emptyAbove;
  return isOften ? [{ kind: "nothing_marked", share, othersShare }] : [];
}

function driftFlag({ parts }: PersonWork): QualityFlag[] {
  if (parts.length < QUALITY_RULES.fewestParts) return [];
  const third = Math.max(1, Math.floor(parts.length / 3));
  const from = meanMarks(parts.slice(0, third));
  const to = meanMarks(parts.slice(-third));
  if (from === to) return [];
  const factor = Math.max(from, to) / Math.max(Math.min(from, to), Number.EPSILON);
  return factor >= QUALITY_RULES.driftBy ? [{ kind: "drift", from, to }] : [];
}

function meanMarks(parts: PersonWork["parts"]): number {
  return parts.reduce((sum, { marks }) => sum + marks, 0) / parts.length;
}

/** The labels that the person or somebody else used, most used by the person first. */
export function compareLabels(person: PersonWork, others: readonly PersonWork[]): LabelShare[] {
  const own = sumOf(person.labels);
  const theirs = new Map<string, number>();
  for (const { labels } of others) {
    for (const [label, count] of labels) theirs.set(label, (theirs.get(label) ?? 0) + count);
  }
  const all = sumOf(theirs);
  return [...new Set([...person.labels.keys(), ...theirs.keys()])]
    .map((label) => {
      const count = person.labels.get(label) ?? 0;
      return {
        label,
        count,
        share: own === 0 ? 0 : count / own,
        othersShare: all === 0 ? null : (theirs.get(label) ?? 0) / all,
      };
    })
    .sort(
      (a, b) =>
        b.share - a.share ||
        (b.othersShare ?? 0) - (a.othersShare ?? 0) ||
        (a.label < b.label ? -1 : 1),
    );
}

/**
 * How far a person's labels are from the others', 0 (the same shares) to 1 (no label in common): half
 * the sum of the differences of shares. Null where one side has no marks.
 */
export function labelDistance(shares: readonly LabelShare[]): number | null {
  const isEmpty = shares.every(({ count }) => count === 0);
  if (isEmpty || shares.some(({ othersShare }) => othersShare === null)) return null;
  return (
    shares.reduce((sum, { share, othersShare }) => sum + Math.abs(share - (othersShare ?? 0)), 0) /
    2
  );
}

/** Work done and left, for guessing the end. Moments are milliseconds. */
export type Workload = { submitted: number; firstAt: number | null; open: number; now: number };

const DAY = 24 * 60 * 60_000;

/** Days that the present pace is taken from. */
export const PACE_DAYS = 14;

/**
 * Submissions a day since the first one of the last fourteen days, and when the open work ends at that
 * pace; null where nothing was submitted in that time, or nothing is open.
 */
export function expectedEnd({ submitted, firstAt, open, now }: Workload): {
  perDay: number | null;
  endsAt: number | null;
} {
  if (submitted === 0 || firstAt === null) return { perDay: null, endsAt: null };
  const days = Math.max(1, (now - firstAt) / DAY);
  const perDay = submitted / days;
  return { perDay, endsAt: open === 0 ? null : now + (open / perDay) * DAY };
}

/** The middle value, or the mean of the two in the middle; null without any. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2;
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
