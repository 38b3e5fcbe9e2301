import "server-only";
import { z } from "zod";
import type { Span } from "@/lib/domain/annotation/state";
import { quoteOf } from "@/lib/domain/annotation/state";
import {
  type DifferenceCounts,
  type DifferenceKind,
  differencesOf,
  piecesOf,
} from "@/lib/domain/campaign/quality-differences";
import { failure, success } from "@/lib/domain/result";
import { indexText, type Range, type TextIndex } from "@/lib/domain/text/offsets";
import { countExclusions } from "./exclusions";
import {
  latestSets,
  readSubmittedWork,
  type SubmittedSet,
  type SubmittedWork,
  shownName,
} from "./submitted-sets";
import { type Caller, defineUseCase } from "./use-case";

/** How two annotators differ over the documents that both submitted. */
export type PairDifferences = {
  first: { id: string; name: string };
  second: { id: string; name: string };
  documents: number;
  counts: DifferenceCounts;
};

/** A stretch of text as one of the two marked it. */
export type MarkedText = { text: string; isMarked: boolean }[];

/** One place at which two annotators differ, with the words around it. */
export type ShownDifference = {
  id: string;
  kind: DifferenceKind;
  /** The words in question, in code points. */
  words: Range;
  /** Keys of labels as layer/label, and what each marked in the same stretch of text. */
  first: { labels: string[]; text: MarkedText; quotes: string[] };
  second: { labels: string[]; text: MarkedText; quotes: string[] };
};

export type PairReport = PairDifferences & {
  reports: {
    documentId: string;
    title: string;
    outlet: string | null;
    differences: ShownDifference[];
  }[];
  /** Names of labels, by layer/label. */
  labels: Record<string, string>;
  excluded: { annotators: number; documents: number };
  leftOut: { documentId: string; title: string }[];
};

/** How each two annotators differ on spans: counts, most differences first. */
export const listPairDifferences = defineUseCase({
  name: "listPairDifferences",
  permission: "annotations.read_submitted",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, caller) {
    const work = await readSubmittedWork(caller, { exclusions: "left_out" });
    const pairs = pairsOf(work).map((pair) => toPair(pair, work, caller));
    return success({
      pairs: pairs.sort((a, b) => differing(b) - differing(a) || compareNames(a, b)),
      excluded: await countExclusions(projectId),
      leftOut: work.leftOut,
    });
  },
});

/** Everything two annotators differ in, document by document, for talking it through. */
export const reportPairDifferences = defineUseCase({
  name: "reportPairDifferences",
  permission: "annotations.read_submitted",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    firstId: z.uuid(),
    secondId: z.uuid(),
    documentId: z.uuid().optional(),
    kind: z.enum(["only_first", "only_second", "other_label", "other_boundaries"]).optional(),
  }),
  async run({ projectId, firstId, secondId, documentId, kind }, caller) {
    const work = await readSubmittedWork(caller, {
      documentId: documentId ?? null,
      exclusions: "left_out",
    });
    const pair = pairsOf(work).find(
      ({ first, second }) =>
        (first.id === firstId && second.id === secondId) ||
        (first.id === secondId && second.id === firstId),
    );
    if (pair === undefined) {
      return failure(
        "not_found",
        "These two have not submitted the same document, as far as you may see.",
      );
    }
    return success<PairReport>({
      ...toPair(pair, work, caller),
      reports: pair.both.flatMap((both) => {
        const differences = shownDifferences(both, work).filter(
          (each) => kind === undefined || each.kind === kind,
        );
        const document = documentOf(work, both);
        if (document === undefined || differences.length === 0) return [];
        const { title, outlet } = document;
        return [{ documentId: document.documentId, title, outlet, differences }];
      }),
      labels: labelNames(work),
      excluded: await countExclusions(projectId),
      leftOut: work.leftOut,
    });
  },
});

type Both = { first: SubmittedSet; second: SubmittedSet };
type Pair = {
  first: SubmittedSet["annotator"];
  second: SubmittedSet["annotator"];
  both: Both[];
};

/** Each two annotators with the texts that both submitted under one version of the codebook. */
function pairsOf(work: SubmittedWork): Pair[] {
  const byText = new Map<string, SubmittedSet[]>();
  for (const set of latestSets(work.sets)) {
    if (set.flags.includes("not_annotatable")) continue;
    const key = `${set.documentVersionId}/${set.codebookVersionId}`;
    byText.set(key, [...(byText.get(key) ?? []), set]);
  }
  const pairs = new Map<string, Pair>();
  for (const sets of byText.values()) {
    const sorted = [...sets].sort((a, b) =>
      a.annotator.pseudonym < b.annotator.pseudonym ? -1 : 1,
    );
    for (const [index, first] of sorted.entries()) {
      for (const second of sorted.slice(index + 1)) {
        const key = `${first.annotator.id}/${second.annotator.id}`;
        const pair = pairs.get(key) ?? {
          first: first.annotator,
          second: second.annotator,
          both: [],
        };
        pair.both.push({ first, second });
        pairs.set(key, pair);
      }
    }
  }
  return [...pairs.values()];
}

function toPair(
  { first, second, both }: Pair,
  work: SubmittedWork,
  caller: Caller,
): PairDifferences {
  const counts = both
    .map((each) => differences(each, work).counts)
    .reduce((sum, each) => ({
      agreed: sum.agreed + each.agreed,
      only_first: sum.only_first + each.only_first,
      only_second: sum.only_second + each.only_second,
      other_label: sum.other_label + each.other_label,
      other_boundaries: sum.other_boundaries + each.other_boundaries,
    }));
  return {
    first: { id: first.id, name: shownName(first, caller) },
    second: { id: second.id, name: shownName(second, caller) },
    documents: both.length,
    counts,
  };
}

function differences({ first, second }: Both, work: SubmittedWork) {
  const blocks = documentOf(work, { first, second })?.blocks ?? [];
  return differencesOf(first.spans, second.spans, blocks);
}

function documentOf(work: SubmittedWork, { first }: Both) {
  return work.documents.find(({ versionId }) => versionId === first.documentVersionId);
}

function shownDifferences(both: Both, work: SubmittedWork): ShownDifference[] {
  const text = indexText(documentOf(work, both)?.text ?? "");
  return differences(both, work).differences.map(({ id, kind, words, context, first, second }) => ({
    id,
    kind,
    words,
    first: shownSide(text, context, first),
    second: shownSide(text, context, second),
  }));
}

function shownSide(text: TextIndex, context: Range, spans: readonly Span[]) {
  return {
    labels: [...new Set(spans.map(({ layer, label }) => `${layer}/${label}`))],
    text: piecesOf(context, spans).map(({ start, end, isMarked }) => ({
      text: text.slice(start, end),
      isMarked,
    })),
    quotes: spans.map(quoteOf),
  };
}

function labelNames({ codebooks }: SubmittedWork): Record<string, string> {
  return Object.fromEntries(
    [...codebooks]
      .reverse()
      .flatMap(({ codebook }) =>
        codebook.layers.flatMap((layer) =>
          layer.labels.map(({ key, name }) => [`${layer.key}/${key}`, name]),
        ),
      ),
  );
}

function differing({ counts }: PairDifferences): number {
  return counts.only_first + counts.only_second + counts.other_label + counts.other_boundaries;
}

function compareNames(a: PairDifferences, b: PairDifferences): number {
  return (
    a.first.name.localeCompare(b.first.name, "en") ||
    a.second.name.localeCompare(b.second.name, "en")
  );
}
