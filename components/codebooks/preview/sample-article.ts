import { makeEditContext } from "@/lib/domain/annotation/make-context";
import type { Codebook } from "@/lib/domain/codebook/language";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { segmentText } from "@/lib/domain/text/segment";
import { findBlocks } from "@/lib/domain/text/structure";

/** An invented article in which most schemes find something to mark. */
const TEXT = `Council rams through harbour plan despite fury of residents

The mayor’s reckless scheme for the old harbour passed by a single vote on Tuesday night.

Residents had packed the hall to beg for a delay. “This is a death sentence for our street,” said Mara Olin, who has run the corner shop for thirty years.

Critics claim that the mayor’s brother-in-law owns land beside the site. The mayor called the charge absurd and left without taking questions.

Every true friend of the city knows that the harbour must change. Either the cranes come now, or the young will leave for good, one planner warned.

Supporters expect 400 new jobs by 2030. The ministry has approved the plan; a court will hear the case in May.`;

const blocks = findBlocks(TEXT);

/** The article as the preview shows it, with its words and sentences. */
export const SAMPLE = { text: TEXT, blocks, ...segmentText(TEXT, blocks, "en") };

/** What marks on the sample are judged by under a codebook. */
export function sampleContext(codebook: Codebook) {
  return makeEditContext(SAMPLE, indexCodebook(codebook));
}
