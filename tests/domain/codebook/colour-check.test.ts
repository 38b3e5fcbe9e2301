import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  clearestColour,
  colourContrast,
  colourDistance,
  confusedBy,
  contrastRatio,
  findConfusions,
  LEAST_CONTRAST,
  PALETTE,
} from "@/lib/domain/codebook/colour-check";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { COLOURS } from "@/lib/domain/codebook/palette";

const css = readFileSync(path.resolve("app/globals.css"), "utf8");

function codebookWith(labels: { name: string; colour: string }[]) {
  return codebookSchema.parse({
    framemark: "codebook/1",
    key: "test",
    name: "Test",
    layers: [
      {
        key: "mark",
        name: "Mark",
        level: "span",
        labels: labels.map((label, at) => ({ key: `label_${at}`, ...label })),
      },
    ],
  });
}

describe("colours of labels", () => {
  it("are those of the style sheet, in both themes", () => {
    for (const colour of COLOURS) {
      const { light, dark } = PALETTE[colour];
      expect(css).toContain(`--label-${colour}: light-dark(${light}, ${dark})`);
    }
  });

  it("all stand out from the page as WCAG asks of signs", () => {
    for (const colour of COLOURS) {
      const { light, dark } = colourContrast(colour);
      expect(Math.min(light, dark), colour).toBeGreaterThanOrEqual(LEAST_CONTRAST);
    }
  });

  it("have the contrast that WCAG's own examples have", () => {
    expect(contrastRatio("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrastRatio("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(contrastRatio("#ffffff", "#777777")).toBeCloseTo(4.48, 2);
  });

  it("are no distance from themselves, and as far one way as the other", () => {
    for (const vision of ["full", "protan", "deutan", "tritan"] as const) {
      expect(colourDistance("#0072b2", "#0072b2", vision)).toBe(0);
      expect(colourDistance("#0072b2", "#c75200", vision)).toBeCloseTo(
        colourDistance("#c75200", "#0072b2", vision),
        10,
      );
    }
  });

  it("of red and green come together for those who do not see one of them, and not for others", () => {
    const [red, green] = ["#b03030", "#5f6a00"];
    expect(colourDistance(red, green)).toBeGreaterThan(15);
    expect(colourDistance(red, green, "deutan")).toBeLessThan(8);
    expect(colourDistance(red, green, "tritan")).toBeGreaterThan(15);
  });
});

describe("labels that may be taken for one another", () => {
  it("are named with whose eyes confuse them and what still tells them apart", () => {
    const codebook = codebookWith([
      { name: "War frame", colour: "green" },
      { name: "Peace frame", colour: "grey" },
    ]);
    expect(confusedBy("green", "grey")).toEqual(["protan", "deutan"]);
    expect(findConfusions(codebook)).toEqual([
      {
        layer: "mark",
        labels: ["label_0", "label_1"],
        visions: ["protan", "deutan"],
        sentence:
          "“War frame” and “Peace frame”: green and grey look alike to people who do not see red, or who do not see green. The codes WF and PF still tell them apart.",
      },
    ]);
  });

  it("of one colour differ by line and code", () => {
    const [found] = findConfusions(
      codebookWith([
        { name: "Hero", colour: "blue" },
        { name: "Villain", colour: "blue" },
      ]),
    );
    expect(found?.sentence).toBe(
      "“Hero” and “Villain” have the same colour. The codes HE and VI and the lines (solid, dashed) still tell them apart.",
    );
  });

  it("are none where the colours are far apart", () => {
    const labels = [
      { name: "Hero", colour: "blue" },
      { name: "Villain", colour: "vermilion" },
    ];
    expect(findConfusions(codebookWith(labels))).toEqual([]);
  });

  it("do not arise from the colour that is offered next", () => {
    expect(confusedBy(clearestColour(["blue"], COLOURS), "blue")).toEqual([]);
    expect(clearestColour(COLOURS.slice(1), COLOURS)).toBe("blue");
  });
});
