import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import { labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { chance } from "@/tests/support/random";
import { richCodebook } from "@/tests/support/rich-codebook";

const folder = new URL("../../../codebooks/", import.meta.url);
const templates = readdirSync(folder).map((file) =>
  codebookSchema.parse(JSON.parse(readFileSync(new URL(file, folder), "utf8"))),
);

/** A codebook of one layer with labels of these names. */
function withLabels(names: readonly string[]): Codebook {
  return codebookSchema.parse({
    framemark: "codebook/1",
    key: "named",
    name: "Named",
    layers: [
      {
        key: "wording",
        name: "Wording",
        level: "span",
        labels: names.map((name, at) => ({ key: `label_${at}`, name })),
      },
    ],
  });
}

const invented = Array.from({ length: 100 }, (_, seed) => {
  const dice = chance(seed + 1);
  const syllables = ["Ab", "ba", " ", "C", "é", "語", "-", "7", "ß"] as const;
  const names = Array.from({ length: 1 + dice.below(60) }, () => dice.text(syllables, 5) || "A");
  return withLabels(names);
});

function codesOf(codebook: Codebook): string[][] {
  const looks = labelLooks(codebook);
  return codebook.layers.map((layer) =>
    layer.labels.map((label) => looks.get(lookKey(layer.key, label.key))?.code ?? ""),
  );
}

describe("the looks of labels", () => {
  test("give no two labels of a layer one code", () => {
    for (const codebook of [richCodebook, ...templates, ...invented]) {
      for (const codes of codesOf(codebook)) {
        expect(codes.every((code) => code.length > 0)).toBe(true);
        expect(new Set(codes).size).toBe(codes.length);
      }
    }
  });

  test("give no two labels one code in the largest layer that a codebook may have", () => {
    const codes = codesOf(withLabels(Array.from({ length: 500 }, () => "Alike"))).flat();
    expect(new Set(codes).size).toBe(500);
  });

  test("tell labels of one colour apart by their line, as far as there are lines", () => {
    for (const codebook of templates) {
      const looks = labelLooks(codebook);
      for (const layer of codebook.layers) {
        const seen = layer.labels.map((label) => {
          const look = looks.get(lookKey(layer.key, label.key));
          return `${look?.colour} ${look?.line}`;
        });
        expect(new Set(seen).size).toBeGreaterThanOrEqual(Math.min(seen.length, 4));
      }
    }
  });

  test("are made of the initials of a name of several words", () => {
    expect(codesOf(withLabels(["Loaded language", "Doubt", "École été"])).flat()).toEqual([
      "LL",
      "DO",
      "EE",
    ]);
  });
});
