import { describe, expect, it } from "vitest";
import { applyChange } from "../../../lib/domain/annotation/apply";
import { makeEditContext } from "../../../lib/domain/annotation/make-context";
import {
  type AnnotationStateData,
  EMPTY_STATE,
  type Span,
  stateToData,
} from "../../../lib/domain/annotation/state";
import { carrySet, withRecovered } from "../../../lib/domain/corpus/carry";
import { followPlaces } from "../../../lib/domain/corpus/place-map";
import { indexText, type TextIndex } from "../../../lib/domain/text/offsets";
import { segmentText } from "../../../lib/domain/text/segment";
import { findBlocks } from "../../../lib/domain/text/structure";
import { richArticle, richIndex } from "../../support/rich-codebook";

const before = indexText(richArticle.text);

function contextOf(text: string) {
  const blocks = findBlocks(text, roles(text));
  return makeEditContext({ text, blocks, ...segmentText(text, blocks, "en") }, richIndex);
}

/** The roles of the article's lines, whatever their words became. */
function roles(text: string) {
  const lines = text.split("\n").flatMap((line, at) => (line === "" ? [] : [at]));
  return new Map(lines.map((line, at) => [line, richArticle.blocks[at]?.role ?? "body"]));
}

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

function span(number: number, quote: string, index: TextIndex = before): Span {
  const start = index.toCodePoint(index.text.indexOf(quote) as ReturnType<TextIndex["toUtf16"]>);
  const end = (start + [...quote].length) as typeof start;
  return {
    id: uuid(number),
    layer: "wording",
    label: "loaded",
    ranges: [{ start, end, quote }],
    attributes: { voice: "narrator" },
    flags: ["discuss"],
    origin: "manual",
  };
}

const set: AnnotationStateData = {
  spans: [span(1, "brave troops"), span(2, "old town"), span(3, "cleansing")],
  relations: [],
  unitLabels: [],
  comments: [
    { id: uuid(11), spanId: uuid(1), body: "On the troops" },
    { id: uuid(12), spanId: null, body: "On all of it" },
  ],
  flags: ["discuss"],
};

function carry(text: string, data = set, recovered: Set<object> = new Set()) {
  let id = 100;
  const follow = followPlaces(before, indexText(text));
  return carrySet(data, {
    follow: (range) =>
      recovered.has(range) ? { start: range.start, end: range.end } : follow(range),
    context: contextOf(text),
    newId: () => uuid(id++),
  });
}

describe("a set carried into a correction", () => {
  it("is the same set, but for its ids, where the text is the same", () => {
    const made = carry(before.text);
    expect(made.lost).toEqual([]);
    const bare = (data: AnnotationStateData) => data.spans.map(({ id: _, ...each }) => each);
    expect(bare(stateToData(made.state))).toEqual(bare(set));
    expect(stateToData(made.state).flags).toEqual(["discuss"]);
  });

  it("is what its changes make of an empty set", () => {
    const text = before.text.replace("brave", "🕊️ bold");
    const made = carry(text);
    const context = contextOf(text);
    const replayed = made.changes.reduce((state, change) => {
      const verdict = applyChange(state, change, context);
      if (verdict.outcome !== "applied") throw new Error(change.kind);
      return verdict.state;
    }, EMPTY_STATE);
    expect(stateToData(replayed)).toEqual(stateToData(made.state));
  });

  it("tells of every item: each is carried or lost, with its remark, and none is both", () => {
    const made = carry(before.text.replace("brave", "bold"));
    const lost = made.lost.map(({ item }) => ("id" in item ? item.id : ""));
    expect(lost).toEqual([uuid(1), uuid(11)]);
    expect(Object.keys(made.carried).sort()).toEqual([uuid(2), uuid(3), uuid(12)]);
  });

  it("gives back what was lost when the old text comes back", () => {
    const first = carry(before.text.replace("brave", "bold"));
    const { set: whole, recovered } = withRecovered(
      stateToData(first.state),
      first.lost,
      first.carried,
    );
    const young = indexText(before.text.replace("brave", "bold"));
    let id = 500;
    const follow = followPlaces(young, before);
    const second = carrySet(whole, {
      follow: (range) =>
        recovered.has(range) ? { start: range.start, end: range.end } : follow(range),
      context: contextOf(before.text),
      newId: () => uuid(id++),
    });
    expect(second.lost).toEqual([]);
    const quotes = stateToData(second.state).spans.map(({ ranges }) => ranges[0]?.quote);
    expect(quotes).toEqual(["brave troops", "old town", "cleansing"]);
    expect(second.state.comments.size).toBe(2);
  });
});
