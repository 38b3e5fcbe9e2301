/** What an annotation says: its layer, its label, and a hash of all of it. */
export type IndexItem = [layer: string, label: string, content: string];

/** What is kept of a released document to compare releases by; one line of the index of a release. */
export type IndexLine = {
  /** Order of the project, then version of the text: lines stand in this order. */
  order: [number, number];
  id: string;
  title: string;
  sha256: string;
  /** By the id that the annotation has in the database. */
  items: Record<string, IndexItem>;
};

export type LabelChange = {
  layer: string;
  label: string;
  added: number;
  removed: number;
  changed: number;
};

/** What differs between two releases, from the older to the newer. */
export type ReleaseDifference = {
  documents: { added: number; removed: number; changed: number; same: number };
  annotations: { added: number; removed: number; changed: number; same: number };
  /** Labels with any difference, by layer and label. Changed counts under the newer label. */
  labels: LabelChange[];
  /** A few of the documents that differ. */
  examples: { id: string; title: string; what: "added" | "removed" | "changed" }[];
};

const MOST_EXAMPLES = 50;

/** Compares the indexes of two releases, a document at a time. */
export async function compareIndexes(
  older: AsyncIterable<IndexLine>,
  newer: AsyncIterable<IndexLine>,
): Promise<ReleaseDifference> {
  const difference = emptyDifference();
  const labels = new Map<string, LabelChange>();
  for await (const [before, after] of pairLines(older, newer)) {
    addDocument(difference, labels, before, after);
  }
  difference.labels = [...labels.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, change]) => change);
  return difference;
}

/** The lines of both, side by side; null where one of them has no such document. */
async function* pairLines(
  older: AsyncIterable<IndexLine>,
  newer: AsyncIterable<IndexLine>,
): AsyncGenerator<[IndexLine | null, IndexLine | null]> {
  const left = older[Symbol.asyncIterator]();
  const right = newer[Symbol.asyncIterator]();
  let before = await nextOf(left);
  let after = await nextOf(right);
  while (before !== null || after !== null) {
    const order = compareOrder(before, after);
    yield [order <= 0 ? before : null, order >= 0 ? after : null];
    if (order <= 0) before = await nextOf(left);
    if (order >= 0) after = await nextOf(right);
  }
}

async function nextOf(lines: AsyncIterator<IndexLine>): Promise<IndexLine | null> {
  const next = await lines.next();
  return next.done ? null : next.value;
}

function emptyDifference(): ReleaseDifference {
  return {
    documents: { added: 0, removed: 0, changed: 0, same: 0 },
    annotations: { added: 0, removed: 0, changed: 0, same: 0 },
    labels: [],
    examples: [],
  };
}

/** Below 0 where only the left one comes next, above 0 where only the right one does. */
function compareOrder(a: IndexLine | null, b: IndexLine | null): number {
  if (a === null) return 1;
  if (b === null) return -1;
  return a.order[0] - b.order[0] || a.order[1] - b.order[1];
}

function addDocument(
  difference: ReleaseDifference,
  labels: Map<string, LabelChange>,
  before: IndexLine | null,
  after: IndexLine | null,
): void {
  const shown = after ?? before;
  if (shown === null) return;
  const isTouched = addItems(difference, labels, before?.items ?? {}, after?.items ?? {});
  const what =
    before === null
      ? "added"
      : after === null
        ? "removed"
        : isTouched || before.sha256 !== after.sha256
          ? "changed"
          : "same";
  difference.documents[what]++;
  if (what !== "same" && difference.examples.length < MOST_EXAMPLES) {
    difference.examples.push({ id: shown.id, title: shown.title, what });
  }
}

function addItems(
  { annotations }: ReleaseDifference,
  labels: Map<string, LabelChange>,
  before: IndexLine["items"],
  after: IndexLine["items"],
): boolean {
  let isTouched = false;
  const note = ([layer, label]: readonly string[], what: "added" | "removed" | "changed") => {
    isTouched = true;
    annotations[what]++;
    const key = JSON.stringify([layer, label]);
    const change = labels.get(key) ?? {
      layer: layer ?? "",
      label: label ?? "",
      added: 0,
      removed: 0,
      changed: 0,
    };
    change[what]++;
    labels.set(key, change);
  };
  for (const [id, old] of Object.entries(before)) {
    const now = after[id];
    if (now === undefined) note(old, "removed");
    else if (now.join("\n") !== old.join("\n")) note(now, "changed");
    else annotations.same++;
  }
  for (const [id, now] of Object.entries(after)) if (before[id] === undefined) note(now, "added");
  return isTouched;
}
