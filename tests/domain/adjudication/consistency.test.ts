import { describe, expect, it } from "vitest";
import { type CorpusMark, findInconsistent, wordKey } from "@/lib/domain/adjudication/consistency";

let last = 0;
const mark = (documentId: string, label: string, quote: string, layer = "span"): CorpusMark => ({
  setId: `set ${documentId}`,
  spanId: `span ${++last}`,
  documentId,
  layer,
  label,
  quote,
  kind: "annotator",
});

describe("the same words across documents", () => {
  it("are listed where they carry different labels", () => {
    const groups = findInconsistent([
      mark("a", "naming", "regime"),
      mark("b", "naming", "Regime,"),
      mark("c", "loaded_language", "“regime”"),
      mark("c", "naming", "rebels"),
      mark("a", "naming", "rebels"),
    ]);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ documents: 3, layer: "span" });
    expect(groups[0]?.labels.map(({ label, marks }) => [label, marks.length])).toEqual([
      ["naming", 2],
      ["loaded_language", 1],
    ]);
  });

  it("are left to the document's own adjudication where they stand in one alone", () => {
    expect(
      findInconsistent([mark("a", "naming", "regime"), mark("a", "appeal", "regime")]),
    ).toEqual([]);
  });

  it("are not mixed with those of another layer", () => {
    const groups = findInconsistent([
      mark("a", "naming", "regime"),
      mark("b", "quote", "regime", "voices"),
    ]);
    expect(groups).toEqual([]);
  });
});

describe("nearly the same words", () => {
  it.each([
    ["terrorist", "terrorists"],
    ["liberated", "Liberates"],
    ["brutal regime", "brutal regimes"],
    ["émigrés fled", "émigré fled"],
  ])("“%s” and “%s” are compared", (one, other) => {
    const groups = findInconsistent([mark("a", "x", one), mark("b", "y", other)]);
    expect(groups).toHaveLength(1);
  });

  it.each([
    ["war", "wars"],
    ["in 1914 they", "in 1915 they"],
    ["liberated", "liberators"],
    ["", "—"],
  ])("“%s” and “%s” are not", (one, other) => {
    expect(findInconsistent([mark("a", "x", one), mark("b", "y", other)])).toEqual([]);
  });

  it("form the same groups in whatever order they come", () => {
    const marks = ["liberate", "liberates", "liberated", "liberate d"].map((quote, at) =>
      mark(`d${at}`, `l${at % 2}`, quote),
    );
    const keys = (list: CorpusMark[]) => findInconsistent(list).map(({ key }) => key);
    expect(keys([...marks].reverse())).toEqual(keys(marks));
    expect(keys(marks)).toHaveLength(1);
  });
});

it("a key keeps letters of every script and numbers", () => {
  expect(wordKey("  «Die  Lügen-Presse» 24/7 ")).toBe("die lügen presse 24 7");
  expect(wordKey("‘भारत’ — 中国!")).toBe("भारत 中国");
});
