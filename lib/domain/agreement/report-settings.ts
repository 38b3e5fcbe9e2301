import type { IntervalRule } from "./jackknife";
import type { ReportSetting } from "./report-types";

const RULES: readonly ReportSetting[] = [
  {
    id: "unit",
    value: "code_points",
    words: "Lengths and offsets count Unicode code points.",
  },
  {
    id: "presence",
    value: "submitted",
    words:
      "A document counts for an annotator once it is submitted. Submitted without a span means that nothing was found; not submitted means that the document is left out for this annotator.",
  },
  {
    id: "text",
    value: "annotable",
    words: "Only the text that could be annotated counts; spans are cut to it.",
  },
  {
    id: "duplicates",
    value: "once",
    words: "The same label on the same passage twice by one annotator counts once.",
  },
  {
    id: "same_label_overlap",
    value: "merged_for_positions",
    words:
      "Overlapping spans of one annotator and label are merged for measures on characters and tokens, and kept as entered for F1. Spans that only touch stay apart.",
  },
  {
    id: "label_overlap",
    value: "sets_jaccard",
    words:
      "Where an annotator gave several labels to the same characters, the overall alpha compares sets of labels by Jaccard distance; without such overlaps it is the nominal alpha. The unitizing alpha over all labels is then not computed; it is given label by label.",
  },
  {
    id: "unlabelled",
    value: "category",
    words: "Text without a label is a category of its own.",
  },
  {
    id: "token_rule",
    value: "one_character",
    words: "A token carries a label when a span covers at least one of its characters.",
  },
  {
    id: "overlap_rule",
    value: "one_character_maximum_matching",
    words:
      "F1 by overlap matches spans of the same label that share at least one character, one to one, with as many matches as possible.",
  },
  {
    id: "discontinuous",
    value: "ranges",
    words:
      "A span with several ranges matches exactly when all ranges are the same, and overlaps when any of them do.",
  },
  {
    id: "pair_mean",
    value: "unweighted",
    words:
      "Means over pairs of annotators give every pair that has a value the same weight; counts of a pair are pooled over the documents both submitted.",
  },
];

/** The rules and numbers that decide a report, in the words to print beside it. */
export function reportSettings(rule: IntervalRule): readonly ReportSetting[] {
  return [
    ...RULES,
    {
      id: "interval",
      value: "jackknife",
      words: `Intervals leave out one document at a time and use Student's t; they cover ${Math.round(rule.level * 1000) / 10} %.`,
    },
    { id: "level", value: rule.level, words: "Confidence level of the intervals." },
    {
      id: "minimum_documents",
      value: rule.minimumDocuments,
      words: `No interval is given below ${rule.minimumDocuments} documents with two or more submissions.`,
    },
  ];
}
