/** Builds a release and stops in the middle of it for ever, so that it can be killed there. */
import { buildRelease } from "@/lib/services/release-build";
import { findRelease } from "@/lib/services/release-store";

const [projectId = "", releaseId = ""] = process.argv.slice(2);
const release = await findRelease(projectId, releaseId);
if (release === null) throw new Error("There is no such release.");
const forEver = setInterval(() => {}, 1_000);
await buildRelease(release, {
  runId: "killed",
  progress: () => {
    process.send?.("half");
    return new Promise(() => {});
  },
});
clearInterval(forEver);
