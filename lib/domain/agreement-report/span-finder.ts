import type { AnsweredSpan } from "../agreement/matched-spans";
import { rangesOf } from "../agreement/span-input";
import type { Layer } from "../codebook/language";
import { comparedDocuments, type ReportSet, type ReportWork } from "./report-work";
import { meetings } from "./span-comparison";

/** Which meetings of spans are looked for. */
export type SpanQuestion = {
  /** One or two annotators; none for everybody. */
  readonly annotators: readonly string[];
  readonly label: string | null;
  /** What the label met: another label, itself, "none" for not marked, or anything. */
  readonly against: string | null;
  /** Only where the two differ. */
  readonly show: "differences" | "all";
};

/** Two annotators at one passage. Offsets are code points; null stands for "not marked". */
export type FoundMeeting = {
  readonly documentId: string;
  readonly versionId: string;
  readonly start: number;
  readonly end: number;
  readonly first: { readonly annotator: string; readonly label: string | null };
  readonly second: { readonly annotator: string; readonly label: string | null };
};

/** Stands in an address for a passage that one annotator did not mark. */
export const NOT_MARKED = "none";

/** The spans behind a figure: where two annotators met or missed each other, in the order of the documents. */
export function findMeetings(
  layer: Pick<Layer, "key">,
  work: ReportWork,
  { question, most }: { question: SpanQuestion; most: number },
): { readonly found: readonly FoundMeeting[]; readonly total: number } {
  const found: FoundMeeting[] = [];
  let total = 0;
  for (const { document, sets } of comparedDocuments(work, work.sets)) {
    const { documentId, versionId } = document;
    for (const meeting of meetingsOf(layer, sets, question)) {
      total++;
      if (found.length < most) found.push({ documentId, versionId, ...meeting });
    }
  }
  return { found, total };
}

type Passage = Omit<FoundMeeting, "documentId" | "versionId">;

function meetingsOf(
  layer: Pick<Layer, "key">,
  sets: readonly ReportSet[],
  question: SpanQuestion,
): Passage[] {
  const passages = sets.flatMap((a, index) =>
    sets.slice(index + 1).flatMap((b) =>
      isAsked(a.annotatorId, b.annotatorId, question.annotators)
        ? meetings(spansOf(layer, a), spansOf(layer, b)).flatMap((pair): Passage[] => {
            if (!fits(pair.a?.label ?? null, pair.b?.label ?? null, question)) return [];
            const ranges = [pair.a, pair.b].flatMap((span) =>
              span === null ? [] : rangesOf(span),
            );
            return [
              {
                start: Math.min(...ranges.map(({ start }) => start)),
                end: Math.max(...ranges.map(({ end }) => end)),
                first: { annotator: a.annotatorId, label: pair.a?.label ?? null },
                second: { annotator: b.annotatorId, label: pair.b?.label ?? null },
              },
            ];
          })
        : [],
    ),
  );
  return passages.sort((a, b) => a.start - b.start || a.end - b.end);
}

function isAsked(a: string, b: string, asked: readonly string[]): boolean {
  if (asked.length === 0) return true;
  if (asked.length === 1) return asked.includes(a) || asked.includes(b);
  return asked.includes(a) && asked.includes(b);
}

function fits(a: string | null, b: string | null, { label, against, show }: SpanQuestion): boolean {
  if (show === "differences" && a === b) return false;
  if (label === null) return true;
  if (against === null) return a === label || b === label;
  const other = against === NOT_MARKED ? null : against;
  return (a === label && b === other) || (b === label && a === other);
}

function spansOf(layer: Pick<Layer, "key">, set: ReportSet): AnsweredSpan[] {
  return set.spans
    .filter((span) => span.layer === layer.key)
    .map((span, index) => ({ ...span, id: String(index), answer: null }));
}
