import "server-only";
import { z } from "zod";
import { planRound } from "@/lib/domain/campaign/plan";
import { db } from "@/lib/server/db";
import { defineJob, JobRefused } from "./job-runs";
import { planDocuments, readSettings, storePlan } from "./round-store";

/** Stores the plan of a large round. It is worked out anew from the seed, so that it can go on after a crash. */
export const fillRound = defineJob({
  kind: "round.fill",
  input: z.strictObject({
    roundId: z.uuid(),
    documentIds: z.array(z.uuid()),
    trainingIds: z.array(z.uuid()),
    goldIds: z.array(z.uuid()),
    fixed: z.array(z.strictObject({ documentId: z.uuid(), userId: z.uuid() })).default([]),
  }),
  async run({ projectId, input, progress }) {
    const { roundId, documentIds, trainingIds, goldIds, fixed } = input;
    const round = await db().round.findUnique({
      where: { projectId_id: { projectId, id: roundId } },
      select: { settings: true },
    });
    if (round === null) throw new JobRefused("The round does not exist any more.");
    const { plan: settings, annotators } = readSettings(round.settings);
    const documents = await planDocuments(projectId, documentIds);
    const plan = planRound({ documents, annotators, settings, trainingIds, goldIds, fixed });
    const total = plan.assignments.length;
    await storePlan(db(), { projectId, roundId, plan }, (done) => progress(done, total));
    return { assignments: total, shortfalls: plan.shortfalls.length };
  },
});
