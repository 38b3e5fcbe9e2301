import type { LabelledSpan } from "../agreement/span-input";
import type { UnitLabel } from "../annotation/state";
import type { Range } from "../text/offsets";

/** A document version that somebody submitted. Offsets are code points. */
export type ReportDocument = {
  readonly documentId: string;
  readonly versionId: string;
  readonly length: number;
  /** Flat lists of start and end. */
  readonly tokens: ArrayLike<number>;
  readonly sentences: ArrayLike<number>;
  /** The parts that could be marked. */
  readonly annotatable: readonly Range[];
};

/** What one annotator submitted on one document version. */
export type ReportSet = {
  readonly versionId: string;
  readonly annotatorId: string;
  readonly round: { readonly position: number; readonly name: string };
  readonly repetition: number;
  readonly codebookVersion: number;
  /** Day, as year-month-day. */
  readonly submittedOn: string;
  readonly spans: readonly (LabelledSpan & { readonly layer: string })[];
  readonly unitLabels: readonly UnitLabel[];
};

/** The work that a report is about. */
export type ReportWork = {
  readonly documents: readonly ReportDocument[];
  /** In the order of the report. */
  readonly annotators: readonly string[];
  /** What counts: at most one for each document version and annotator. */
  readonly sets: readonly ReportSet[];
  /** The same before rounds, annotators and documents were taken out; null where nothing was. */
  readonly unfiltered: readonly ReportSet[] | null;
  /** Everything of the annotators and documents that count, repetitions and other versions of the codebook included. */
  readonly all: readonly ReportSet[];
};

/** Who made a set, on what, and when. */
export type SetPlace = Pick<ReportSet, "versionId" | "annotatorId" | "round" | "repetition">;

/** Of several sets on one document version by one annotator, that of the latest round (first try), or the first of all. */
export function oneEach<Place extends SetPlace>(
  sets: readonly Place[],
  which: "latest" | "first",
): Place[] {
  const chosen = new Map<string, Place>();
  for (const set of sets) {
    const key = `${set.versionId}/${set.annotatorId}`;
    const known = chosen.get(key);
    if (known === undefined || isBefore(set, known, which)) chosen.set(key, set);
  }
  return sets.filter((set) => chosen.get(`${set.versionId}/${set.annotatorId}`) === set);
}

function isBefore(set: SetPlace, other: SetPlace, which: "latest" | "first"): boolean {
  const rounds = set.round.position - other.round.position;
  if (rounds !== 0) return which === "latest" ? rounds > 0 : rounds < 0;
  return set.repetition < other.repetition;
}

/** The sets of each document version. */
export function byDocument(sets: readonly ReportSet[]): Map<string, ReportSet[]> {
  const groups = new Map<string, ReportSet[]>();
  for (const set of sets) {
    const group = groups.get(set.versionId);
    if (group === undefined) groups.set(set.versionId, [set]);
    else group.push(set);
  }
  return groups;
}

/** Document versions that two or more annotators submitted, with their sets. */
export function comparedDocuments(work: Pick<ReportWork, "documents">, sets: readonly ReportSet[]) {
  const groups = byDocument(sets);
  return work.documents.flatMap((document) => {
    const own = groups.get(document.versionId) ?? [];
    return own.length > 1 ? [{ document, sets: own }] : [];
  });
}

/** Parts of the work whose figures are followed: its rounds, versions of the codebook, and months. */
export type Slice = {
  readonly kind: "round" | "version" | "month";
  readonly name: string;
  readonly sets: readonly ReportSet[];
};

/** Cuts the work into rounds, versions and months; a document belongs to the month in which it was last submitted. */
export function slicesOf(work: ReportWork): Slice[] {
  const version = work.sets[0]?.codebookVersion;
  const ofVersion = work.all.filter((set) => set.codebookVersion === version);
  const rounds = grouped(ofVersion, ({ round }) => String(round.position));
  const versions = grouped(work.all, ({ codebookVersion }) => String(codebookVersion));
  const months = new Map<string, ReportSet[]>();
  for (const sets of byDocument(work.sets).values()) {
    const last =
      sets
        .map(({ submittedOn }) => submittedOn)
        .sort()
        .at(-1) ?? "";
    const month = last.slice(0, 7);
    const known = months.get(month);
    if (known === undefined) months.set(month, [...sets]);
    else known.push(...sets);
  }
  return [
    ...slices("round", rounds, (key, sets) => sets[0]?.round.name ?? key),
    ...slices("version", versions, (key) => `Version ${key}`),
    ...slices("month", months, (key) => key),
  ];
}

function slices(
  kind: Slice["kind"],
  groups: ReadonlyMap<string, readonly ReportSet[]>,
  nameOf: (key: string, sets: readonly ReportSet[]) => string,
): Slice[] {
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .map(([key, sets]) => ({ kind, name: nameOf(key, sets), sets: oneEach(sets, "latest") }));
}

function grouped(
  sets: readonly ReportSet[],
  keyOf: (set: ReportSet) => string,
): Map<string, ReportSet[]> {
  const groups = new Map<string, ReportSet[]>();
  for (const set of sets) {
    const key = keyOf(set);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [set]);
    else group.push(set);
  }
  return groups;
}

/** First and second submission by one annotator of one document under one version of the codebook. */
export function repeatsOf(
  work: ReportWork,
): Map<string, { first: ReportSet; second: ReportSet }[]> {
  const tries = grouped(work.all, (set) =>
    [set.annotatorId, set.versionId, set.codebookVersion].join("/"),
  );
  const repeats = new Map<string, { first: ReportSet; second: ReportSet }[]>();
  for (const sets of tries.values()) {
    const [first, second] = [...sets].sort(
      (a, b) => a.round.position - b.round.position || a.repetition - b.repetition,
    );
    if (first === undefined || second === undefined) continue;
    const known = repeats.get(first.annotatorId) ?? [];
    repeats.set(first.annotatorId, [...known, { first, second }]);
  }
  return repeats;
}
