import { describe, expect, test } from "vitest";
import type { Span } from "@/lib/domain/annotation/state";
import { layRows } from "@/lib/domain/comparison/rows";
import { codePoint } from "@/lib/domain/text/offsets";

const block = { start: codePoint(10), end: codePoint(50) };

function span(id: string, start: number, end: number): Span {
  const ranges = [{ start: codePoint(start), end: codePoint(end), quote: "words" }];
  return { id, layer: "span", label: "x", ranges, attributes: {}, flags: [], origin: "manual" };
}

describe("the rows under a block", () => {
  test("are none where nobody marked anything", () => {
    const laid = layRows(block, [{ annotatorId: "ana", spans: [span("a", 60, 70)] }]);
    expect(laid).toEqual({ pieces: [{ ...block, marks: [] }], firstRows: [], rows: 0 });
  });

  test("are one per annotator in the order given, also for who marked nothing there", () => {
    const laid = layRows(block, [
      { annotatorId: "ana", spans: [] },
      { annotatorId: "ben", spans: [span("b", 20, 30)] },
    ]);
    expect(laid.rows).toBe(2);
    expect(laid.firstRows).toEqual([
      { annotatorId: "ana", row: 0 },
      { annotatorId: "ben", row: 1 },
    ]);
    expect(laid.pieces.flatMap(({ marks }) => marks.map(({ row }) => row))).toEqual([1]);
  });

  test("are more for an annotator whose own spans overlap", () => {
    const laid = layRows(block, [
      { annotatorId: "ana", spans: [span("a", 20, 40), span("b", 25, 30)] },
      { annotatorId: "ben", spans: [span("c", 20, 40)] },
    ]);
    expect(laid.rows).toBe(3);
    expect(laid.firstRows[1]).toEqual({ annotatorId: "ben", row: 2 });
  });

  test("cut the block into pieces without a gap, and every span begins once", () => {
    const laid = layRows(block, [
      { annotatorId: "ana", spans: [span("a", 5, 20), span("b", 30, 60)] },
      { annotatorId: "ben", spans: [span("c", 15, 35)] },
    ]);
    const { pieces } = laid;
    expect(pieces.map(({ start, end }) => [start, end])).toEqual([
      [10, 15],
      [15, 20],
      [20, 30],
      [30, 35],
      [35, 50],
    ]);
    const begins = pieces.flatMap(({ marks }) => marks.filter((mark) => mark.begins));
    expect(begins.map((mark) => mark.span.id)).toEqual(["a", "c", "b"]);
  });
});
