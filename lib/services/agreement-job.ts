import "server-only";
import { z } from "zod";
import type { AgreementChoice } from "@/lib/domain/agreement-report/choice";
import {
  type KnownWork,
  noWork,
  prepareLayers,
  reportLayers,
} from "@/lib/domain/agreement-report/layers";
import { planResampling } from "@/lib/domain/agreement-report/resampled";
import type { Codebook } from "@/lib/domain/codebook/language";
import {
  findReportJob,
  type KnownResults,
  keepResult,
  type RunningReport,
  readResults,
} from "./agreement-cache";
import { choiceFields, choiceOf } from "./agreement-choice";
import {
  nothingRead,
  type PartOfWork,
  type ReadBefore,
  type ReportBasis,
  readBasis,
  readInputHash,
  readReportWork,
  type Viewer,
} from "./agreement-work";
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
    if (basis.codebook === null || isWhole(known)) return {};
    const memory = takeMemory(viewer, basis);
    const work = await readReportWork(viewer, basis, {
      before: memory.before,
      onPart: partTaker(basis.codebook.codebook, memory),
    });
    // Something came in between: what was read is neither the old nor the new.
    if ((await readInputHash(viewer, basis.choice)) !== basis.inputHash) return {};
    await progress(0, 1);
    const { codebook } = basis.codebook;
    if (known.figures === null) {
      const since = performance.now();
      const content = reportLayers(codebook, work, basis.choice, memory.known);
      await keepResult(place, "figures", { content, seconds: secondsSince(since) });
    }
    const plans = planResampling(codebook, work, basis.choice, memory.known);
    lastReport = memory;
    const steps = plans.reduce((sum, own) => sum + own.intervalSteps.length, 0);
    const total = 1 + plans.reduce((sum, { gammaSteps }) => sum + gammaSteps.length, steps);
    let done = 1;
    const runAll = async (of: "intervalSteps" | "gammaSteps") => {
      const since = performance.now();
      for (const plan of plans) {
        for (const step of plan[of]) {
          await progress(done, total);
          step();
          done++;
        }
      }
      return secondsSince(since);
    };
    if (known.resampled === null) {
      const seconds = await runAll("intervalSteps");
      const content = plans.map(({ finish }) => finish());
      await keepResult(place, "resampled", { content, seconds });
    }
    const seconds = await runAll("gammaSteps");
    const content = plans.map(({ finish }) => finish());
    await keepResult(place, "gamma", { content, seconds });
    return { inputHash: basis.inputHash };
  },
});

/** Whether everything of a report is known. */
export function isWhole({ figures, resampled, gamma }: KnownResults): boolean {
  return figures !== null && resampled !== null && gamma !== null;
}

/** Computes the figures of each part of the work while the next one is read. */
function partTaker(codebook: Codebook, { known }: Memory) {
  return (part: PartOfWork, people: readonly string[]) =>
    prepareLayers(codebook, part, { known, people });
}

/** What a worker keeps of the last report that it computed. */
type Memory = {
  readonly key: string;
  readonly before: ReadBefore;
  readonly known: KnownWork;
};

let lastReport: Memory | null = null;

/**
 * What is known of a report from the last time: after a submission only its document is read and computed. Of one report only,
 * because a large one takes hundreds of megabytes, and by one job at a time.
 */
function takeMemory({ projectId, userId }: Viewer, { codebook, choice }: ReportBasis): Memory {
  const key = JSON.stringify([projectId, userId, codebook?.id, choice]);
  const known = lastReport?.key === key ? lastReport : null;
  lastReport = null;
  return known ?? { key, before: nothingRead(), known: noWork(choice) };
}

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
