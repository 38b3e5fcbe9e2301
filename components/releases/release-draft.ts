import type { createRelease } from "@/lib/actions/releases";
import type { SplitKey } from "@/lib/domain/releases/settings";

/** What the form of a release holds while it is filled in. */
export type Draft = {
  name: string;
  roundIds: readonly string[];
  /** Null means all documents. */
  documentIds: readonly string[] | null;
  hasAnnotators: boolean;
  hasGold: boolean;
  hasContested: boolean;
  hasTraining: boolean;
  text: "full" | "none";
  freeText: "keep" | "drop";
  comments: "keep" | "drop";
  background: "bands" | "drop";
  splitBy: SplitKey;
  seed: string;
  validation: string;
  test: string;
  annotationLicence: string;
  textLicence: string;
  authors: string;
  contact: string;
  about: string;
  intendedUse: string;
  limitations: string;
  personalInformation: string;
};

/** A form that nothing was changed in. */
export function startDraft(description: string): Draft {
  return {
    name: "",
    roundIds: [],
    documentIds: null,
    hasAnnotators: true,
    hasGold: true,
    hasContested: true,
    hasTraining: false,
    text: "full",
    freeText: "keep",
    comments: "drop",
    background: "drop",
    splitBy: "none",
    seed: "1",
    validation: "15",
    test: "15",
    annotationLicence: "",
    textLicence: "",
    authors: "",
    contact: "",
    about: description,
    intendedUse: "",
    limitations: "",
    personalInformation: "",
  };
}

type Input = Parameters<typeof createRelease>[0];

/** The choices as the server takes them. */
export function settingsOf(draft: Draft): Input["settings"] {
  const { name: _, splitBy, seed, validation, test, annotationLicence, authors, ...same } = draft;
  return {
    ...same,
    roundIds: [...same.roundIds],
    documentIds: same.documentIds === null ? null : [...same.documentIds],
    split: {
      by: splitBy,
      seed: Number(seed) || 0,
      validation: (Number(validation) || 0) / 100,
      test: (Number(test) || 0) / 100,
    },
    // Judged by the server, which has the list.
    annotationLicence: annotationLicence as Input["settings"]["annotationLicence"],
    authors: authors
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  };
}
