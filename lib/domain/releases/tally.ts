import type { ReleaseDocument, ReleaseSet } from "./content";
import { SPLITS } from "./splits";

/** How many of what a release holds. */
export type ReleaseCounts = {
  documents: number;
  submissions: number;
  spans: number;
  relations: number;
  unitLabels: number;
  goldDocuments: number;
  goldAnnotations: number;
  characters: number;
};

/** What one part of the dataset holds. */
export type SplitRow = {
  split: string;
  documents: number;
  annotations: number;
  annotators: number;
  /** Annotators who have no document in the part for training. */
  unseenAnnotators: number;
  /** Rows with each label, by `layer/label`. */
  labels: Record<string, number>;
};

export type AnnotatorRow = {
  annotator: string;
  documents: number;
  annotations: number;
  activeSeconds: number;
};

export type ReleaseTally = {
  counts: ReleaseCounts;
  splits: SplitRow[];
  annotators: AnnotatorRow[];
  labels: Record<string, number>;
  languages: string[];
  outlets: number;
  events: number;
  firstDay: string | null;
  lastDay: string | null;
  /** Documents by the licence that was noted; "" where none was. */
  licences: Record<string, number>;
};

/** Counts documents one after the other. */
export function createTally(): { add(document: ReleaseDocument): void; tally(): ReleaseTally } {
  const counts: ReleaseCounts = {
    documents: 0,
    submissions: 0,
    spans: 0,
    relations: 0,
    unitLabels: 0,
    goldDocuments: 0,
    goldAnnotations: 0,
    characters: 0,
  };
  const parts = new Map<string, Part>();
  const annotators = new Map<string, AnnotatorRow>();
  const labels = new Counter();
  const licences = new Counter();
  const languages = new Set<string>();
  const outlets = new Set<string>();
  const events = new Set<string>();
  let firstDay: string | null = null;
  let lastDay: string | null = null;
  const addSet = (set: ReleaseSet, part: Part): void => {
    const all = [...set.spans, ...set.relations, ...set.unitLabels];
    counts.submissions++;
    counts.spans += set.spans.length;
    counts.relations += set.relations.length;
    counts.unitLabels += set.unitLabels.length;
    part.people.add(set.annotator);
    for (const { layer, label } of all) {
      labels.add(`${layer}/${label}`);
      part.labels.add(`${layer}/${label}`);
    }
    addAnnotator(annotators, set.annotator, all.length, set.activeSeconds);
    if (firstDay === null || set.submittedOn < firstDay) firstDay = set.submittedOn;
    if (lastDay === null || set.submittedOn > lastDay) lastDay = set.submittedOn;
  };
  return {
    add(document) {
      counts.documents++;
      counts.characters += document.length;
      languages.add(document.language);
      if (document.outlet !== null) outlets.add(document.outlet);
      if (document.event !== null) events.add(document.event);
      licences.add(document.licence ?? "");
      const name = document.split ?? "full";
      const part = parts.get(name) ?? { documents: 0, people: new Set(), labels: new Counter() };
      parts.set(name, part);
      part.documents++;
      for (const set of document.sets) addSet(set, part);
      if (document.gold !== null) {
        counts.goldDocuments++;
        counts.goldAnnotations += document.gold.spans.length + document.gold.unitLabels.length;
      }
    },
    tally: () => ({
      counts,
      splits: splitRows(parts),
      annotators: [...annotators.values()].sort((a, b) => (a.annotator < b.annotator ? -1 : 1)),
      labels: labels.sorted(),
      languages: [...languages].sort(),
      outlets: outlets.size,
      events: events.size,
      firstDay,
      lastDay,
      licences: licences.sorted(),
    }),
  };
}

type Part = { documents: number; people: Set<string>; labels: Counter };

class Counter {
  readonly #counts = new Map<string, number>();

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  sorted(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function addAnnotator(
  annotators: Map<string, AnnotatorRow>,
  annotator: string,
  annotations: number,
  activeSeconds: number,
): void {
  const row = annotators.get(annotator) ?? {
    annotator,
    documents: 0,
    annotations: 0,
    activeSeconds: 0,
  };
  row.documents++;
  row.annotations += annotations;
  row.activeSeconds += activeSeconds;
  annotators.set(annotator, row);
}

function splitRows(parts: ReadonlyMap<string, Part>): SplitRow[] {
  const names = [...SPLITS, "full"].filter((name) => parts.has(name));
  const trained = parts.get("train")?.people ?? new Set<string>();
  return names.flatMap((split) => {
    const part = parts.get(split);
    if (part === undefined) return [];
    const unseen = [...part.people].filter((name) => !trained.has(name)).length;
    return [
      {
        split,
        documents: part.documents,
        annotations: part.labels.total(),
        annotators: part.people.size,
        unseenAnnotators: split === "train" || split === "full" ? 0 : unseen,
        labels: part.labels.sorted(),
      },
    ];
  });
}
