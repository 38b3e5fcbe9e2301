import { describe, expect, it } from "vitest";
import { createRandom, drawIndex } from "@/lib/domain/agreement/random";
import { reportAgreement, reportFrom } from "@/lib/domain/agreement/report";
import { followState } from "@/lib/domain/agreement/report-state";
import type { AgreementInput, AgreementReport } from "@/lib/domain/agreement/report-types";
import type { SpanSubmission } from "@/lib/domain/agreement/span-input";
import { inputFrom, type Marks, randomMarks } from "./support";

const ANNOTATORS = ["A", "B", "C", "D"];

/** Fourteen documents by up to four annotators, with spans that overlap. */
function startFrom(seed: number): AgreementInput {
  const marks = Array.from(
    { length: 14 },
    (_, index): Marks =>
      randomMarks({
        seed: seed * 100 + index,
        annotators: 2 + (index % 3),
        length: 120,
        labels: ["x", "y", "z"],
        layout: "any",
      }),
  );
  const input = inputFrom(marks.map(named));
  return { ...input, annotators: ANNOTATORS.map((id) => ({ id, name: id })) };
}

/** Marks under the names of these annotators. */
function named(marks: Marks): Marks {
  return Object.fromEntries(
    Object.values(marks).map((list, place) => [ANNOTATORS[place] ?? "", list]),
  );
}

/** One more submission, one taken back, or one changed, somewhere. */
function nextWork(
  work: Map<string, SpanSubmission[]>,
  seed: number,
): { documentId: string; submissions: SpanSubmission[] } {
  const random = createRandom(seed);
  const ids = [...work.keys()];
  const documentId = ids[drawIndex(random, ids.length)] ?? "";
  const before = work.get(documentId) ?? [];
  const annotatorId = ANNOTATORS[drawIndex(random, ANNOTATORS.length)] ?? "A";
  const others = before.filter((each) => each.annotatorId !== annotatorId);
  if (drawIndex(random, 4) === 0) return { documentId, submissions: others };
  const [spans = []] = inputFrom([
    randomMarks({
      seed: seed + 7,
      annotators: 1,
      length: 120,
      labels: ["x", "y", "z"],
      layout: "any",
    }),
  ]).submissions.map((each) => each.spans);
  return { documentId, submissions: [...others, { documentId, annotatorId, spans }] };
}

function expectSame(a: unknown, b: unknown): void {
  if (typeof a === "number" && typeof b === "number") {
    expect(a).toBeCloseTo(b, 9);
  } else if (typeof a === "object" && a !== null && typeof b === "object" && b !== null) {
    expect(Object.keys(a)).toEqual(Object.keys(b));
    const other = b as Record<string, unknown>;
    for (const [key, value] of Object.entries(a)) expectSame(value, other[key]);
  } else expect(a).toEqual(b);
}

describe("figures that follow the work", () => {
  it.each([1, 2, 3, 4])(
    "are those computed anew after each of many submissions (%i)",
    (seed) => {
      const input = startFrom(seed);
      const running = followState(input);
      const work = new Map(
        input.documents.map(({ id }) => [
          id,
          input.submissions.filter(({ documentId }) => documentId === id),
        ]),
      );
      for (let step = 0; step < 25; step++) {
        const { documentId, submissions } = nextWork(work, 1_000 * seed + step);
        work.set(documentId, submissions);
        running.replace(documentId, submissions);
        const now = { ...input, submissions: [...work.values()].flat() };
        const { settings: _, ...followed } = reportFrom(now, running.state);
        const { settings: _same, ...anew } = reportAgreement(now);
        expectSame(followed, anew);
      }
    },
    60_000,
  );

  it("are not those of the work before, so that the comparison would see a change that was missed", () => {
    const input = startFrom(5);
    const running = followState(input);
    const { documentId, submissions } = nextWork(
      new Map(input.documents.map(({ id }) => [id, []])),
      7,
    );
    const rest = input.submissions.filter((each) => each.documentId !== documentId);
    const now = { ...input, submissions: [...rest, ...submissions] };
    const compare = () =>
      expectSame(bare(reportFrom(now, running.state)), bare(reportAgreement(now)));
    expect(compare).toThrow();
    running.replace(documentId, submissions);
    compare();
  });

  it("know the documents that there are only", () => {
    expect(() => followState(startFrom(6)).replace("unknown", [])).toThrow(/not among/);
  });
});

function bare({ settings: _, ...report }: AgreementReport) {
  return report;
}
