import { describe, expect, test } from "vitest";
import { USUAL_CHOICE } from "@/lib/domain/agreement-report/choice";
import {
  agreementWithGold,
  type ContestedPlace,
} from "@/lib/domain/agreement-report/gold-agreement";
import type { ReportSet } from "@/lib/domain/agreement-report/report-work";
import type { Layer } from "@/lib/domain/codebook/language";
import { codePoint } from "@/lib/domain/text/offsets";
import { makeDocument, makeLayer, makeSet } from "./shared-data";

const documents = ["d1", "d2"].map((id) => makeDocument(id, 40));

function against(
  layer: Layer,
  sets: readonly ReportSet[],
  gold: readonly ReportSet[],
  contested: readonly ContestedPlace[] = [],
) {
  const made = agreementWithGold(
    { layers: [layer] },
    { documents, sets, gold, contested },
    USUAL_CHOICE,
  );
  return made[0] ?? expect.fail();
}

const open = (place: Partial<ContestedPlace>): ContestedPlace => ({
  versionId: "d1",
  layer: "layer",
  kind: "span",
  start: codePoint(0),
  end: codePoint(10),
  labels: [],
  ...place,
});

describe("an annotator against the gold of spans", () => {
  const layer = makeLayer("span", ["bias", "frame"]);

  test("has F1 on the same words and label, over finished documents only", () => {
    const gold = [
      makeSet("d1", "judge", {
        spans: [
          ["bias", 0, 4],
          ["bias", 10, 14],
          ["frame", 20, 24],
        ],
      }),
    ];
    const ana = makeSet("d1", "ana", {
      spans: [
        ["bias", 0, 4],
        ["bias", 10, 15],
      ],
    });
    const ben = makeSet("d1", "ben", { spans: [["frame", 20, 24]] });
    // No gold of the second document.
    const more = makeSet("d2", "ana", { spans: [["bias", 0, 4]] });
    const cem = makeSet("d2", "cem", { spans: [["bias", 0, 4]] });
    const { measure, rows } = against(layer, [ana, more, ben, cem], gold);
    expect(measure).toBe("f1.exact");
    expect(rows).toEqual([
      { annotator: "ana", documents: 1, figure: { value: expect.closeTo(2 / 5, 12) } },
      { annotator: "ben", documents: 1, figure: { value: expect.closeTo(2 / 4, 12) } },
    ]);
  });

  test("is not told by what another annotator did", () => {
    const gold = [makeSet("d1", "judge", { spans: [["bias", 0, 4]] })];
    const ana = makeSet("d1", "ana", { spans: [["bias", 0, 4]] });
    const ben = makeSet("d1", "ben", { spans: [["frame", 2, 9]] });
    expect(against(layer, [ana, ben], gold).rows[0]).toEqual(against(layer, [ana], gold).rows[0]);
  });

  test("leaves out passages that stay contested", () => {
    const gold = [makeSet("d1", "judge", { spans: [["bias", 20, 24]] })];
    const ana = makeSet("d1", "ana", {
      spans: [
        ["bias", 2, 8],
        ["bias", 20, 24],
      ],
    });
    expect(against(layer, [ana], gold).rows[0]?.figure.value).toBeCloseTo(2 / 3, 12);
    expect(against(layer, [ana], gold, [open({})]).rows[0]?.figure.value).toBe(1);
  });

  test("has no figure where nobody marked anything, and says why", () => {
    const rows = against(layer, [makeSet("d1", "ana", {})], [makeSet("d1", "judge", {})]).rows;
    expect(rows[0]?.figure).toMatchObject({ value: null, because: expect.any(String) });
  });
});

describe("an annotator against the gold of answers", () => {
  const answer = (id: string, who: string, ...labels: string[]) =>
    makeSet(id, who, { answers: labels.map((label) => [label, null]), length: 40 });

  test("has the share of equal answers", () => {
    const layer = makeLayer("document", ["a0", "a1"], "one");
    const gold = [answer("d1", "judge", "a0"), answer("d2", "judge", "a1")];
    const made = against(layer, [answer("d1", "ana", "a0"), answer("d2", "ana", "a0")], gold);
    expect(made.measure).toBe("percent");
    expect(made.rows).toEqual([{ annotator: "ana", documents: 2, figure: { value: 0.5 } }]);
  });

  test("leaves out what stays contested, also where giving no label is an answer", () => {
    const whole = { kind: "unit" as const, end: codePoint(40), labels: ["a0", "a1"] };
    for (const choice of ["one", "many"] as const) {
      const layer = makeLayer("document", ["a0", "a1"], choice);
      const sets = [answer("d1", "ana", "a0"), answer("d2", "ana", "a0")];
      const gold = [answer("d1", "judge"), answer("d2", "judge", "a0")];
      expect(against(layer, sets, gold, [open(whole)]).rows[0]?.figure.value).toBe(1);
    }
  });
});
