import "server-only";
import { z } from "zod";
import { findDuplicates } from "./duplicates";
import { forgetComparisons, proposeEvents } from "./event-suggestions";
import { defineJob } from "./job-runs";

/**
 * Compares the documents of a project that were not compared yet, or all of them anew: finds reprints that
 * are not linked, and proposes events.
 */
export const compareCorpus = defineJob({
  kind: "corpus",
  input: z.strictObject({ anew: z.boolean().default(false) }),
  async run({ projectId, input: { anew }, progress, signal }) {
    const { linked } = await findDuplicates({ projectId, progress, signal });
    if (anew) await forgetComparisons(projectId);
    const { proposed } = await proposeEvents({ projectId, progress, signal });
    return { linked, proposed };
  },
});
