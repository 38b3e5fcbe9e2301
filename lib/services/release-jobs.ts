import "server-only";
import { z } from "zod";
import { defineJob, JobRefused } from "./job-runs";
import { buildRelease } from "./release-build";
import { roomProblem } from "./release-files";
import { buildFormat } from "./release-formats";
import { findRelease, markReady, markState } from "./release-store";

/** Freezes a release. Once it is ready, running it again changes nothing. */
export const releaseBuildJob = defineJob({
  kind: "release.build",
  input: z.strictObject({ releaseId: z.uuid() }),
  async run({ projectId, jobId, input, progress, signal }) {
    const release = await findRelease(projectId, input.releaseId);
    if (release === null) throw new JobRefused("This release does not exist any more.");
    if (release.state === "ready") return { sha256: release.sha256 };
    await markState(release, "preparing");
    try {
      const built = await buildRelease(release, { runId: jobId, progress });
      await markReady(release, built);
      return { sha256: built.sha256, bytes: built.manifest.bytes };
    } catch (error) {
      // Stopped with its worker it goes on later; anything else is for people to see.
      if (!signal.aborted) await markState(release, "failed");
      throw refused(error);
    }
  },
});

/** Writes a release in one of the formats. */
export const releaseFormatJob = defineJob({
  kind: "release.format",
  input: z.strictObject({ releaseId: z.uuid(), format: z.string() }),
  async run({ projectId, jobId, input, progress }) {
    const release = await findRelease(projectId, input.releaseId);
    if (release === null) throw new JobRefused("This release does not exist any more.");
    const built = await buildFormat(release, input.format, { runId: jobId, progress }).catch(
      (error: unknown) => {
        throw refused(error);
      },
    );
    if (!built.ok) throw new JobRefused(built.failure.message);
    return built.value;
  },
});

/** A full disk is for people to mend, and trying again at once would not help. */
function refused(error: unknown): unknown {
  const problem = roomProblem(error);
  return problem === null ? error : new JobRefused(problem);
}
