/** Why a measure has no value. Every code has one sentence in {@link reasonInWords}. */
export type UndefinedReason =
  | "no_data"
  | "no_pairable"
  | "no_variation"
  | "nothing_marked"
  | "label_unused"
  | "no_tokens"
  | "overlapping_labels"
  | "incomplete_ratings"
  | "not_numeric"
  | "chance_is_complete"
  | "too_few_documents"
  | "one_document_decides"
  | "not_asked"
  | "too_few_annotators"
  | "not_two_annotators"
  | "too_few_ratings"
  | "too_large"
  | "empty_text";

/** A measure that could not be computed. It is never reported as 0, 1 or NaN. */
export type Undefined = { readonly value: null; readonly reason: UndefinedReason };

/** What every measure answers: a finite value, with details of the measure, or the reason for having none. */
export type Measured<Detail extends object = object> =
  | ({ readonly value: number } & Readonly<Detail>)
  | Undefined;

const WORDS: Record<UndefinedReason, string> = {
  no_data: "There is nothing to compare yet.",
  no_pairable: "No two annotators have submitted the same document yet.",
  no_variation: "All ratings are the same category, so there is no variation to test.",
  nothing_marked: "Neither annotator marked anything, so there is nothing to match.",
  label_unused: "Nobody used this label in the documents that can be compared.",
  no_tokens: "The documents have no tokens to compare.",
  overlapping_labels:
    "An annotator gave two labels to the same characters, and this measure needs one label per character.",
  incomplete_ratings: "This measure needs every annotator to have rated every item.",
  not_numeric: "This measure needs numbers, and some ratings are not numbers.",
  chance_is_complete:
    "Chance alone would already give full agreement, so nothing is left to measure.",
  too_few_documents: "There are too few documents for an interval.",
  one_document_decides:
    "Without one of the documents there is nothing left to measure, so no interval can be given.",
  not_asked: "Intervals were not asked for.",
  too_few_annotators: "This measure needs more annotators.",
  not_two_annotators: "This measure compares exactly two annotators.",
  too_few_ratings: "There are too few ratings for this measure.",
  too_large: "There are too many units to compute this measure.",
  empty_text: "The document has no text that can be annotated.",
};

/** Says in one sentence why there is no value. */
export function reasonInWords(reason: UndefinedReason): string {
  return WORDS[reason];
}

/** A measure without a value. */
export function undefinedBecause(reason: UndefinedReason): Undefined {
  return { value: null, reason };
}

/** A measure with a value. A value that is not finite is a bug in the measure, so it throws. */
export function measured(value: number): { readonly value: number };
export function measured<Detail extends object>(
  value: number,
  detail: Detail,
): { readonly value: number } & Detail;
export function measured(value: number, detail: object = {}): { readonly value: number } {
  if (!Number.isFinite(value))
    throw new RangeError("A measure computed a value that is not finite.");
  return { value, ...detail };
}
