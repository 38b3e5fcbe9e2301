import type { CorpusDocument, CorpusItem, CorpusSet } from "./corpus";

type Found = Extract<CorpusItem, { kind: "document" }>;

/** Joins documents that follow each other and are the same, as formats with a file for each set yield them. */
export async function* joinDocuments(items: AsyncIterable<CorpusItem>): AsyncGenerator<CorpusItem> {
  const held: Found[] = [];
  for await (const item of items) {
    if (item.kind === "problem") {
      yield item;
      continue;
    }
    const before = held.pop();
    const joined = before === undefined ? null : join(before.document, item.document);
    if (before !== undefined && joined === null) yield before;
    held.push(before === undefined || joined === null ? item : { ...before, document: joined });
  }
  yield* held;
}

function join(a: CorpusDocument, b: CorpusDocument): CorpusDocument | null {
  if (a.id !== b.id || a.text !== b.text) return null;
  const sets: CorpusSet[] = [...a.sets];
  for (const set of b.sets) {
    const at = sets.findIndex(({ name }) => name === set.name);
    const known = sets[at];
    if (known === undefined) sets.push(set);
    else sets[at] = joinSets(known, set);
  }
  return { ...a, sets };
}

/** One annotator's work from two places; ids that both use stay with the first. */
function joinSets(a: CorpusSet, b: CorpusSet): CorpusSet {
  const taken = new Set(a.spans.map(({ id }) => id));
  const idOf = (id: string) => (taken.has(id) ? `${id}'` : id);
  return {
    ...a,
    spans: [...a.spans, ...b.spans.map((span) => ({ ...span, id: idOf(span.id) }))],
    relations: [
      ...a.relations,
      ...b.relations.map((each) => ({ ...each, from: idOf(each.from), to: idOf(each.to) })),
    ],
    unitLabels: [
      ...a.unitLabels,
      ...b.unitLabels.map((each) => ({ ...each, evidence: each.evidence.map(idOf) })),
    ],
    comments: [
      ...a.comments,
      ...b.comments.map((each) => ({
        ...each,
        spanId: each.spanId === null ? null : idOf(each.spanId),
      })),
    ],
    flags: [...new Set([...a.flags, ...b.flags])].sort(),
  };
}
