import "server-only";
import { z } from "zod";
import type { AgreementChoice } from "@/lib/domain/agreement-report/choice";
import { reportLayers } from "@/lib/domain/agreement-report/layers";
import { planResampling } from "@/lib/domain/agreement-report/resampled";
import { findReportJob, keepResult, type RunningReport, readResults } from "./agreement-cache";
import { choiceFields, choiceOf } from "./agreement-choice";
import { readBasis, readInputHash, readReportWork, type Viewer } from "./agreement-work";
import { defineJob, queueJob } from "./job-runs";
import { inTransaction } from "./project-store";

/**
 * Computes the figures of a report that are not known yet, then intervals by resampling and gamma. Where work came in
 * since it was asked for it computes from what is there now: whoever looks asks again by themselves.
 */
export const agreementJob = defineJob({
  kind: "agreement",
  input: z.object({
    inputHash: z.string(),
    viewerId: z.uuid(),
    choice: z.object(choiceFields),
  }),
  async run({ projectId, input, progress }) {
    const viewer = { projectId, userId: input.viewerId };
    const basis = await readBasis(viewer, choiceOf(input.choice));
    const place = { projectId, inputHash: basis.inputHash };
    const known = await readResults(projectId, basis.inputHash);
    if (basis.codebook === null || (known.figures !== null && known.resampled !== null)) return {};
    const { codebook } = basis.codebook;
    const work = await readReportWork(viewer, basis);
    // Something came in between: what was read is neither the old nor the new.
    if ((await readInputHash(viewer, basis.choice)) !== basis.inputHash) return {};
    await progress(0, 1);
    if (known.figures === null) {
      const since = performance.now();
      const content = reportLayers(codebook, work, basis.choice);
      await keepResult(place, "figures", { content, seconds: secondsSince(since) });
    }
    const since = performance.now();
    const plans = planResampling(codebook, work, basis.choice);
    const total = 1 + plans.reduce((sum, { steps }) => sum + steps.length, 0);
    let done = 1;
    for (const { steps } of plans) {
      for (const step of steps) {
        await progress(done, total);
        step();
        done++;
      }
    }
    await keepResult(place, "resampled", {
      content: plans.map(({ finish }) => finish()),
      seconds: secondsSince(since),
    });
    return { inputHash: basis.inputHash };
  },
});

/** Has the worker compute a report, once however many people look; answers how far it is. */
export async function queueReport(
  viewer: Viewer,
  { choice, inputHash }: { choice: AgreementChoice; inputHash: string },
  when: "unless_failed" | "again",
): Promise<RunningReport> {
  const { projectId, userId } = viewer;
  return inTransaction(async (tx) => {
    // Two who look at once must not queue it twice.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`agreement ${projectId} ${inputHash}`}, 0))`;
    const running = await findReportJob(projectId, inputHash, tx);
    if (running !== null && (running.state !== "failed" || when === "unless_failed"))
      return running;
    await queueJob(tx, {
      projectId,
      kind: "agreement",
      input: { inputHash, viewerId: userId, choice },
      requestedBy: userId,
    });
    return { state: "waiting", done: 0, total: null, problem: null };
  });
}

function secondsSince(since: number): number {
  return (performance.now() - since) / 1000;
}
