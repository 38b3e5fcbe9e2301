import { describe, expect, test } from "vitest";
import type { Span } from "@/lib/domain/annotation/state";
import { clusterSpans, isDispute, type OwnedSpan } from "@/lib/domain/comparison/clusters";
import { codePoint } from "@/lib/domain/text/offsets";
import { chance } from "@/tests/support/random";

let count = 0;

/** `annotator label start-end start-end ...` */
function own(line: string): OwnedSpan {
  const [annotatorId = "", label = "", ...places] = line.split(" ");
  const ranges = places.map((place) => {
    const [start, end] = place.split("-").map(Number);
    return { start: codePoint(start ?? 0), end: codePoint(end ?? 0), quote: "words" };
  });
  const span: Span = {
    id: `span-${++count}`,
    layer: "span",
    label,
    ranges,
    attributes: {},
    flags: [],
    origin: "manual",
  };
  return { annotatorId, span };
}

function kindsOf(...lines: string[]) {
  return clusterSpans(lines.map(own), ["ana", "ben", "cem"]).map(({ kind, labels }) =>
    [kind, ...labels].join(" "),
  );
}

describe("what annotators have to talk about", () => {
  test.each<[string, string[], string[]]>([
    ["nothing, where nobody marked anything", [], []],
    ["nothing, where all agree", ["ana x 1-5", "ben x 1-5", "cem x 1-5"], ["agreed x"]],
    ["a span of one alone", ["ana x 1-5"], ["only_one x"]],
    ["a span that some marked", ["ana x 1-5", "ben x 1-5"], ["not_all x"]],
    ["other boundaries", ["ana x 1-5", "ben x 1-7", "cem x 3-7"], ["boundaries x"]],
    ["other boundaries of two", ["ana x 1-5", "ben x 1-7"], ["boundaries x"]],
    ["the same words with other labels", ["ana x 1-5", "ben y 1-5"], ["other_label x y"]],
    [
      "other labels of which one has another boundary too",
      ["ana x 1-5", "ben y 1-5", "cem y 1-9"],
      ["other_label x y"],
    ],
    [
      "spans that only touch, each by itself",
      ["ana x 1-5", "ben x 5-9"],
      ["only_one x", "only_one x"],
    ],
    [
      "a label inside a longer one of another label, each by itself",
      ["ana x 3-5", "ben y 1-9"],
      ["only_one y", "only_one x"],
    ],
    [
      "two labels that one person gave the same words, as no rivals",
      ["ana x 1-5", "ana y 1-5", "ben x 1-5", "cem x 1-5"],
      ["agreed x", "only_one y"],
    ],
    [
      "spans in parts that are not the same parts",
      ["ana x 1-3 5-7", "ben x 1-7", "cem x 1-3 5-7"],
      ["boundaries x"],
    ],
  ])("is %s", (_, lines, expected) => {
    expect(kindsOf(...lines)).toEqual(expected);
  });

  test("names those who marked nothing there", () => {
    const [cluster] = clusterSpans([own("ben x 1-5")], ["ana", "ben", "cem"]);
    expect(cluster?.absent).toEqual(["ana", "cem"]);
    expect(cluster && isDispute(cluster)).toBe(true);
  });

  test("comes in the order of the text, each span once, whatever order the spans come in", () => {
    for (let seed = 0; seed < 50; seed++) {
      const { below, oneOf } = chance(seed);
      const spans = Array.from({ length: below(30) }, () => {
        const start = below(60);
        const annotator = oneOf(["ana", "ben", "cem"]);
        return own(`${annotator} ${oneOf(["x", "y"])} ${start}-${start + 1 + below(9)}`);
      });
      const clusters = clusterSpans(spans, ["ana", "ben", "cem"]);
      const placed = clusters.flatMap((cluster) => cluster.spans.map(({ span }) => span.id));
      expect(placed.sort()).toEqual(spans.map(({ span }) => span.id).sort());
      const starts = clusters.map(({ start }) => start);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
      expect(clusterSpans([...spans].reverse(), ["ana", "ben", "cem"])).toEqual(clusters);
    }
  });
});
