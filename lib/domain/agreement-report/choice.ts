/** What decides the figures of a report beside the annotations themselves. All of it stands in the page's address. */
export type AgreementChoice = {
  /** Version of the codebook; null for the newest under which work was submitted. */
  readonly version: number | null;
  /** What the headline of spans counts. */
  readonly unit: "characters" | "tokens";
  /** Whether the labels of spans must agree, or only what is marked at all. */
  readonly compare: "labels" | "any";
  /** Distance between sets of labels, where an annotator may give several. */
  readonly distance: "jaccard" | "masi";
  /** Distance between answers; `codebook` takes what the layer says of itself. */
  readonly level: "codebook" | "nominal" | "ordinal" | "interval";
  /** Answers that were not given: left out, or an answer of their own. */
  readonly missing: "left_out" | "category";
  /** Of several submissions of one annotator on one document: the one of the latest round, or the first. */
  readonly repeats: "latest" | "first";
  /** People and documents that a lead excluded from figures: left out, or counted all the same. */
  readonly exclusions: "left_out" | "counted";
  /** Positions of the rounds that count; empty for all. */
  readonly rounds: readonly number[];
  /** Annotators, by id, that do not count. */
  readonly without: readonly string[];
  /** Documents, by id, that do not count. */
  readonly leaveOut: readonly string[];
};

/** What holds where the address says nothing. */
export const USUAL_CHOICE: AgreementChoice = {
  version: null,
  unit: "characters",
  compare: "labels",
  distance: "jaccard",
  level: "codebook",
  missing: "left_out",
  repeats: "latest",
  exclusions: "left_out",
  rounds: [],
  without: [],
  leaveOut: [],
};

const SINGLE = [
  "unit",
  "compare",
  "distance",
  "level",
  "missing",
  "repeats",
  "exclusions",
] as const;

/** A choice as the query of an address; what is usual is left out, so that equal choices have equal addresses. */
export function choiceQuery(choice: AgreementChoice): URLSearchParams {
  const query = new URLSearchParams();
  if (choice.version !== null) query.set("version", String(choice.version));
  for (const name of SINGLE) {
    if (choice[name] !== USUAL_CHOICE[name]) query.set(name, choice[name]);
  }
  for (const round of sorted(choice.rounds)) query.append("rounds", String(round));
  for (const id of sorted(choice.without)) query.append("without", id);
  for (const id of sorted(choice.leaveOut)) query.append("leaveOut", id);
  return query;
}

/** Whether annotators, documents or rounds were taken out by hand. */
export function isFiltered({ rounds, without, leaveOut }: AgreementChoice): boolean {
  return rounds.length + without.length + leaveOut.length > 0;
}

/** The choice in words, to stand beside a number. */
export function choiceInWords(choice: AgreementChoice): { name: string; value: string }[] {
  const { rounds, without, leaveOut } = choice;
  return [
    { name: "Unit of spans", value: choice.unit },
    {
      name: "Compared",
      value: choice.compare === "labels" ? "the same label" : "marked or not, whatever the label",
    },
    {
      name: "Distance of label sets",
      value: choice.distance === "jaccard" ? "Jaccard" : "MASI (1 − J·M, Passonneau 2006)",
    },
    {
      name: "Distance of answers",
      value: choice.level === "codebook" ? "as the codebook says" : choice.level,
    },
    {
      name: "Answers not given",
      value: choice.missing === "left_out" ? "left out" : "an answer of their own",
    },
    {
      name: "Several submissions by one person",
      value: choice.repeats === "latest" ? "the latest round counts" : "the first counts",
    },
    {
      name: "Excluded by a lead",
      value: choice.exclusions === "left_out" ? "left out" : "counted all the same",
    },
    { name: "Rounds", value: rounds.length === 0 ? "all" : sorted(rounds).join(", ") },
    { name: "Annotators taken out", value: String(without.length) },
    { name: "Documents taken out", value: String(leaveOut.length) },
  ];
}

function sorted<T extends string | number>(values: readonly T[]): T[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : Number(a > b)));
}
