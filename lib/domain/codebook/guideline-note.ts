import type { Codebook, Label } from "./language";

/** Where a note on a label goes: below its definition, among its counter-examples, or to “not this, but”. */
export const NOTE_PLACES = ["definition", "counter_example", "not_this"] as const;
export type NotePlace = (typeof NOTE_PLACES)[number];

export type GuidelineNote = {
  layer: string;
  label: string;
  place: NotePlace;
  note: string;
  /** For `not_this`: the label of the same layer that fits instead. */
  against: string | null;
};

/**
 * The codebook with a note on one of its labels; null where it has no such label. A note that stands
 * there already is not written twice.
 */
export function addNote<Content extends Pick<Codebook, "layers">>(
  codebook: Content,
  note: GuidelineNote,
): Content | null {
  const hasLabel = codebook.layers.some(
    ({ key, labels }) => key === note.layer && labels.some((label) => label.key === note.label),
  );
  if (!hasLabel) return null;
  return {
    ...codebook,
    layers: codebook.layers.map((layer) =>
      layer.key !== note.layer
        ? layer
        : {
            ...layer,
            labels: layer.labels.map((label) =>
              label.key === note.label ? withNote(label, note) : label,
            ),
          },
    ),
  };
}

function withNote(label: Label, { place, note, against }: GuidelineNote): Label {
  const text = note.trim();
  switch (place) {
    case "definition": {
      const paragraphs = label.definition.split("\n\n");
      if (paragraphs.includes(text)) return label;
      return {
        ...label,
        definition: label.definition === "" ? text : `${label.definition}\n\n${text}`,
      };
    }
    case "counter_example":
      return label.counterExamples.includes(text)
        ? label
        : { ...label, counterExamples: [...label.counterExamples, text] };
    case "not_this": {
      const hint = against === null ? { note: text } : { label: against, note: text };
      const isThere = label.notThis.some(
        (each) => each.note === hint.note && each.label === (against ?? undefined),
      );
      return isThere ? label : { ...label, notThis: [...label.notThis, hint] };
    }
  }
}
