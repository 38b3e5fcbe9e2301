import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkVector, measureNames } from "@/lib/domain/agreement/vectors/recompute";
import { type Vector, vectorFileSchema } from "@/lib/domain/agreement/vectors/vector";

const folder = new URL("../../data/agreement/vectors/", import.meta.url);
const files = readdirSync(folder).map((name) => ({
  name,
  vectors: vectorFileSchema.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8"))),
}));

/** A million spans are for the command line and the benchmark. */
const isQuick = (vector: Vector) => Number(vector.params.n_docs ?? 0) <= 1_000;

function differences(vector: Vector) {
  const outcome = checkVector(vector);
  if (outcome.kind === "failed") throw new Error(outcome.message);
  return outcome.differences;
}

describe.each(files)("$name", ({ vectors }) => {
  it.each(vectors.filter(isQuick))("$id is recomputed", { timeout: 60_000 }, (vector) => {
    expect(differences(vector)).toEqual([]);
  });
});

describe("the check itself", () => {
  const one = files
    .flatMap((file) => file.vectors)
    .find((vector) => vector.measure === "cohen_kappa");
  if (!one) throw new Error("There is no vector for kappa.");

  it("fails a figure that is off by more than the tolerance", () => {
    const expected = { ...one.expected, value: Number(one.expected.value) + 2 * one.tolerance };
    expect(differences({ ...one, expected })).toHaveLength(1);
  });

  it("fails a number where the figure must be undefined, and the other way round", () => {
    expect(differences({ ...one, expected: { value: null } })).toHaveLength(1);
    const empty = { ...one, data: { kind: "ratings", items: [] }, params: {} };
    expect(differences({ ...empty, expected: { value: 0 } })).toHaveLength(1);
    expect(differences({ ...empty, expected: { value: null } })).toEqual([]);
  });

  it("fails a list of another length and a figure that is missing", () => {
    expect(differences({ ...one, expected: { value: [1, 2] } })).toHaveLength(1);
    expect(differences({ ...one, expected: { no_such_figure: 1 } })).toHaveLength(1);
  });

  it("refuses a measure that it does not know", () => {
    expect(checkVector({ ...one, measure: "astrology" }).kind).toBe("failed");
    expect(measureNames()).toContain("krippendorff_alpha");
  });
});
