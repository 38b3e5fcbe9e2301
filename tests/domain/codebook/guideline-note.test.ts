import { expect, it } from "vitest";
import { addNote, type GuidelineNote } from "@/lib/domain/codebook/guideline-note";
import { draftSchema } from "@/lib/domain/codebook/language";

const codebook = draftSchema.parse({
  framemark: "codebook/1",
  key: "wording",
  name: "Wording",
  layers: [
    {
      key: "span",
      name: "Wording",
      level: "span",
      labels: [
        { key: "loaded", name: "Loaded", definition: "Words that judge." },
        { key: "naming", name: "Naming" },
      ],
    },
  ],
});

const note = (more: Partial<GuidelineNote>): GuidelineNote => ({
  layer: "span",
  label: "loaded",
  place: "definition",
  note: "Praise counts.",
  against: null,
  ...more,
});

function labelAfter(...notes: GuidelineNote[]) {
  const after = notes.reduce((content, each) => addNote(content, each) ?? content, codebook);
  expect(after.layers[0]?.labels[1]).toEqual(codebook.layers[0]?.labels[1]);
  return after.layers[0]?.labels[0];
}

it("goes below the definition, once however often it is added", () => {
  const wanted = "Words that judge.\n\nPraise counts.";
  expect(labelAfter(note({}))?.definition).toBe(wanted);
  expect(labelAfter(note({}), note({ note: " Praise counts. " }))?.definition).toBe(wanted);
});

it("becomes a counter-example, or a hint at the label that fits instead", () => {
  expect(labelAfter(note({ place: "counter_example" }))?.counterExamples).toEqual([
    "Praise counts.",
  ]);
  const hint = note({ place: "not_this", against: "naming" });
  expect(labelAfter(hint, hint)?.notThis).toEqual([{ label: "naming", note: "Praise counts." }]);
});

it("is refused for a label that is not there", () => {
  expect(addNote(codebook, note({ label: "gone" }))).toBeNull();
});
