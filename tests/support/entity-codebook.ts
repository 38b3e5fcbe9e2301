import { codebookSchema } from "@/lib/domain/codebook/language";

/** Asks of a document, of each name on its list, of the names in spans, and of events. */
export const entityCodebook = codebookSchema.parse({
  framemark: "codebook/1",
  key: "entities",
  name: "Entities",
  layers: [
    {
      key: "claim",
      name: "Claim",
      level: "span",
      labels: [{ key: "claim", name: "Claim" }],
      attributes: [
        {
          key: "target",
          name: "Target",
          type: "entity",
          options: [{ key: "everybody", name: "Everybody" }],
        },
      ],
    },
    {
      key: "tone",
      name: "Tone",
      level: "document",
      per: "entity",
      choice: "one",
      required: true,
      labels: [
        { key: "good", name: "Good" },
        { key: "bad", name: "Bad" },
      ],
    },
    { key: "plain", name: "Plain", level: "document", labels: [{ key: "yes", name: "Yes" }] },
    {
      key: "kind",
      name: "Kind of event",
      level: "event",
      choice: "one",
      labels: [
        { key: "war", name: "War" },
        { key: "peace", name: "Peace" },
      ],
    },
    {
      key: "check",
      name: "Coverage",
      level: "event",
      choice: "each",
      answers: [
        { key: "yes", name: "Yes" },
        { key: "no", name: "No" },
      ],
      labels: [{ key: "asks", name: "Both sides are asked" }],
    },
    {
      key: "actor",
      name: "Actor",
      level: "event",
      per: "entity",
      choice: "one",
      labels: [
        { key: "good", name: "Good" },
        { key: "bad", name: "Bad" },
      ],
    },
  ],
});
