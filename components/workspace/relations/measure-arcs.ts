import {
  type AnnotationState,
  hull,
  type Relation,
  type Span,
} from "@/lib/domain/annotation/state";
import type { ShownText } from "../text/document-view";
import { type Box, boxesOf, isNearScreen } from "../text/text-boxes";
import { type Arc, arcPaths, type Ends, linesOf } from "./arc-paths";

type Place = { root: HTMLElement; shown: ShownText; origin: { left: number; top: number } };

/** The arrows of these relations where the words stand now; those far from the screen are left out. */
export function measureArcs(
  relations: readonly Relation[],
  annotations: AnnotationState,
  place: Place,
): Arc[] {
  const known = new Map<string, Box[]>();
  const linesAt = (span: Span) => {
    const lines = known.get(span.id) ?? spanLines(span, place);
    known.set(span.id, lines);
    return lines;
  };
  const ends = relations.flatMap(({ id, from, to }): Ends[] => {
    const [start, end] = [annotations.spans.get(from), annotations.spans.get(to)];
    if (start === undefined || end === undefined || !isInSight([start, end], place)) return [];
    return [{ id, from: linesAt(start), to: linesAt(end) }];
  });
  return arcPaths(ends);
}

/** One box for each line of the pieces of a span. */
export function spanLines(span: Span, { origin, ...view }: Place): Box[] {
  return span.ranges.flatMap((range) => linesOf(boxesOf(range, origin, view)));
}

/** Whether the blocks of two spans, or any between them, are near the screen. */
function isInSight(spans: readonly Span[], { root, shown }: Place): boolean {
  const boxes = spans.flatMap((span) => {
    const { start } = hull(span);
    const block = shown.blocks.find((each) => each.end > start);
    const element = block === undefined ? undefined : root.children[block.position];
    return element === undefined ? [] : [element.getBoundingClientRect()];
  });
  if (boxes.length === 0) return false;
  return isNearScreen({
    top: Math.min(...boxes.map((box) => box.top)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  });
}
