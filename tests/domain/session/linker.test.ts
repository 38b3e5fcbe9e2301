import { v4 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Annotator } from "@/components/workspace/annotator";
import type { AnnotationSession } from "@/components/workspace/session/annotation-session";
import type { Change } from "@/lib/domain/annotation/operation";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { richArticle, richIndex } from "@/tests/support/rich-codebook";
import { addSpan, Computer } from "./computer";
import { MemoryServer } from "./memory-server";

const [LOADED, PERSON, PLACE] = [v4(), v4(), v4()];

let computer: Computer;
let session: AnnotationSession;
let annotator: Annotator;

beforeEach(() => {
  computer = new Computer(new MemoryServer());
  session = computer.open();
  const index = indexText(richArticle.text);
  const tokens = [...richArticle.text.matchAll(/\p{L}+/gu)].flatMap((word) => {
    const start = [...richArticle.text.slice(0, word.index)].length;
    return [start, start + [...word[0]].length];
  });
  annotator = new Annotator(session, richIndex, index, {
    tokens,
    sentences: richArticle.sentences,
    blocks: richArticle.blocks.map((block) => ({ ...block, start: codePoint(block.start) })),
  });
  const entity = (quote: string, id: string, label: string): Change => {
    const { span, kind } = addSpan(quote, id);
    return { kind, span: { ...span, layer: "entity", label, attributes: {} } };
  };
  session.edit([
    addSpan("cleansing", LOADED),
    entity("Mayor Orsk", PERSON, "person"),
    entity("the square", PLACE, "place"),
  ]);
});
afterEach(() => computer.close());

const relations = () =>
  [...session.getView().annotations.relations.values()].map(({ label, from, to }) => ({
    label,
    from,
    to,
  }));
const notice = () => annotator.getView().notice.text;

describe("a relation begun at a span", () => {
  test("asks which one is meant where several fit, and is made when that is said", () => {
    annotator.selectSpan(LOADED);
    annotator.startLink(null);
    annotator.cycle([PLACE, PERSON]);
    const { offer } = annotator.getView();
    expect(offer?.choices.map(({ label }) => label)).toEqual(["blames", "praises"]);
    expect(relations()).toEqual([]);
    const [, second] = offer?.choices ?? [];
    if (second !== undefined) annotator.take(second);
    expect(relations()).toEqual([{ label: "praises", from: LOADED, to: PERSON }]);
    expect(annotator.getView()).toMatchObject({
      offer: null,
      link: null,
      selection: { kind: "span", spanId: LOADED },
    });
    expect(annotator.selectedRelation()?.label).toBe("praises");
  });

  test("leads the way of the codebook, also where it is begun at its end", () => {
    annotator.selectSpan(PERSON);
    annotator.startLink(null);
    annotator.selectSpan(LOADED);
    const [first] = annotator.getView().offer?.choices ?? [];
    if (first !== undefined) annotator.take(first);
    expect(relations()).toEqual([{ label: "blames", from: LOADED, to: PERSON }]);
    expect(annotator.selectedSpan()?.id).toBe(PERSON);
  });

  test("is made at once with a label named before, and given up where nothing fits", () => {
    annotator.selectSpan(LOADED);
    annotator.startLink({ layer: "blame", label: "blames" });
    annotator.selectSpan(PERSON);
    expect(relations()).toEqual([{ label: "blames", from: LOADED, to: PERSON }]);
    annotator.relateTo(LOADED, [PLACE]);
    expect(relations()).toHaveLength(1);
    expect(notice()).toBe(
      "The codebook has no such relation between “Loaded language” and “place”.",
    );
    expect(annotator.getView().link).toBeNull();
  });

  test("is given up by clearing, which leaves the span selected", () => {
    annotator.selectSpan(LOADED);
    annotator.startLink(null);
    annotator.clear();
    expect(notice()).toBe("No relation was made.");
    expect(annotator.selectedSpan()?.id).toBe(LOADED);
    annotator.clear();
    expect(annotator.selectedSpan()).toBeUndefined();
  });
});

describe("a selected relation", () => {
  beforeEach(() => {
    annotator.selectSpan(LOADED);
    annotator.startLink({ layer: "blame", label: "blames" });
    annotator.selectSpan(PERSON);
  });

  test("is what is removed, and the span only after it", () => {
    annotator.remove();
    expect(relations()).toEqual([]);
    expect(session.getView().annotations.spans.has(LOADED)).toBe(true);
    annotator.remove();
    expect(session.getView().annotations.spans.has(LOADED)).toBe(false);
  });

  test("that was undone does not stand before its span", async () => {
    await annotator.undo();
    expect(relations()).toEqual([]);
    annotator.remove();
    expect(session.getView().annotations.spans.has(LOADED)).toBe(false);
  });

  test("is changed, and stays where the codebook refuses to let it lead the other way", () => {
    const id = annotator.selectedRelation()?.id ?? "";
    annotator.labelRelation(id, "praises");
    expect(relations()).toEqual([{ label: "praises", from: LOADED, to: PERSON }]);
    annotator.reverseRelation(id);
    expect(notice()).toMatch(/cannot start at a span with this label/);
    expect(relations()).toEqual([{ label: "praises", from: LOADED, to: PERSON }]);
  });

  test("is put away when another span is selected", () => {
    annotator.selectSpan(PLACE);
    expect(annotator.selectedRelation()).toBeUndefined();
  });
});
