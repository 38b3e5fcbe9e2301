import { describe, expect, test } from "vitest";
import { applyChange } from "@/lib/domain/annotation/apply";
import { canRelate, relationChoices } from "@/lib/domain/annotation/relation-choices";
import { EMPTY_STATE, type Span } from "@/lib/domain/annotation/state";
import { codePoint } from "@/lib/domain/text/offsets";
import { richContext, richIndex } from "@/tests/support/rich-codebook";

const span = (id: string, layer: string, label: string): Span => ({
  id,
  layer,
  label,
  ranges: [{ start: codePoint(0), end: codePoint(4), quote: "Army" }],
  attributes: {},
  flags: [],
  origin: "manual",
});
const loaded = span("a", "wording", "loaded");
const person = span("b", "entity", "person");
const place = span("c", "entity", "place");

describe("relations that may join two spans", () => {
  test("are those whose ends fit, one for each label, whichever span is named first", () => {
    const expected = ["blames", "praises"].map((label) => ({
      layer: "blame",
      label,
      from: "a",
      to: "b",
    }));
    expect(relationChoices(loaded, person, richIndex)).toEqual(expected);
    expect(relationChoices(person, loaded, richIndex)).toEqual(expected);
  });

  test("are none where an end has another label, or both ends are one span", () => {
    expect(relationChoices(loaded, place, richIndex)).toEqual([]);
    expect(relationChoices(loaded, loaded, richIndex)).toEqual([]);
    expect(relationChoices(person, place, richIndex)).toEqual([]);
  });

  test("can begin only at spans that are an end of some relation", () => {
    expect(canRelate(loaded, richIndex)).toBe(true);
    expect(canRelate(person, richIndex)).toBe(true);
    expect(canRelate(place, richIndex)).toBe(false);
  });

  test("are exactly those that an edit accepts", () => {
    const spans = [loaded, person, place, span("d", "wording", "euphemism")];
    const state = { ...EMPTY_STATE, spans: new Map(spans.map((each) => [each.id, each])) };
    for (const from of spans) {
      for (const to of spans) {
        for (const label of ["blames", "praises"]) {
          const relation = { id: "r", layer: "blame", label, from: from.id, to: to.id };
          const change = {
            kind: "add_relation" as const,
            relation: { ...relation, attributes: {} },
          };
          const isOffered = relationChoices(from, to, richIndex).some(
            (each) => each.from === from.id && each.label === label,
          );
          expect(applyChange(state, change, richContext).outcome === "applied").toBe(isOffered);
        }
      }
    }
  });
});
