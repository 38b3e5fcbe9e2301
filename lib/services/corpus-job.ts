import "server-only";
import { z } from "zod";
import { findDuplicates } from "./duplicates";
import { proposeEvents } from "./event-suggestions";
import { defineJob } from "./job-runs";

/** Compares the documents of a project: finds reprints that are not linked yet, and proposes events. */
export const compareCorpus = defineJob({
  kind: "corpus",
  input: z.strictObject({}),
  async run({ projectId, progress, signal }) {
    const { linked } = await findDuplicates({ projectId, progress, signal });
    const { proposed } = await proposeEvents({ projectId, progress, signal });
    return { linked, proposed };
  },
});
