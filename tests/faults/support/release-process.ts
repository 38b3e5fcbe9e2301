/**
 * Makes a release, or tries a failed one again, in this very process, into FRAMEMARK_DATA; prints how its
 * job ended. With `PROJECT_ID` it goes on with that project.
 */
import { closeDb, db } from "../../../lib/server/db";
import { retryJob } from "../../../lib/services/jobs";
import { createRelease } from "../../../lib/services/releases";
import { runWaitingJobs } from "../../../lib/services/worker";
import { valueFrom } from "../../services/support/answers";
import { makeDocument, makeMember, makeProject } from "../../services/support/factories";
import { makeWork } from "../../services/support/submitted-work";

/** Words that do not pack well, so that the archive is large. */
const noise = (count: number) =>
  Array.from({ length: 6_000 }, (_, at) => ((count * 6_000 + at) * 2_654_435_761) % 1e9).join(" ");

const projectId = process.env.PROJECT_ID ?? (await makeLargeProject());
const lead = await makeMember(projectId, "lead");
const failed = await db().job.findFirst({ where: { projectId, state: "failed" } });
if (failed === null) {
  const settings = { annotationLicence: "CC-BY-4.0", textLicence: "invented" } as const;
  valueFrom(await createRelease.as(lead.actor, { projectId, name: "First", settings }));
} else {
  valueFrom(await retryJob.as(lead.actor, { projectId, jobId: failed.id }));
}
await runWaitingJobs(() => {});
const job = await db().job.findFirstOrThrow({ where: { projectId } });
await closeDb();
process.stdout.write(`${JSON.stringify({ projectId, state: job.state, problem: job.problem })}\n`);

async function makeLargeProject(): Promise<string> {
  const made = await makeProject();
  for (let count = 0; count < 12; count++) {
    const person = await makeMember(made.projectId, "annotator");
    const document = await makeDocument(made.projectId, {
      text: `Headline ${count}\n\n${noise(count)}.`,
    });
    await makeWork(made.projectId, document, person, { overall: "1" });
  }
  return made.projectId;
}
