import type { DecisionKind, DecisionReason } from "@/lib/domain/adjudication/decide";
import type { Item } from "@/lib/domain/adjudication/items";

/** Reason codes as people read them, in the order in which they are offered. */
export const REASON_NAMES: Record<DecisionReason, string> = {
  guideline_gap: "The guideline does not say",
  slip: "A slip",
  boundary: "Only the boundaries",
  ambiguous: "Truly ambiguous",
  other: "Something else",
};

/** What was decided, as a state. */
export const KIND_WORDS: Record<DecisionKind, string> = {
  accept: "accepted",
  merge: "merged",
  edit: "new boundaries",
  relabel: "other label",
  reject: "rejected",
  contested: "contested",
};

/** How the annotators differ on an item. */
export function differenceWords(
  { difference, options, absent }: Pick<Item, "difference" | "options" | "absent">,
  annotators: number,
): string {
  const present = annotators - absent.length;
  switch (difference) {
    case "agreed":
      return "All agree";
    case "only_one":
      return "Only one marked this";
    case "not_all":
      return `${present} of ${annotators} marked this`;
    case "boundaries":
      return "Other boundaries";
    case "other_label":
      return "Same words, other label";
    case "answers":
      return options.length === 1 ? `${present} of ${annotators} answered` : "Other answers";
  }
}
