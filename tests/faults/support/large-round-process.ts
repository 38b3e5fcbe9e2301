/** Plans a round that is stored in the background, and leaves its job to a worker; prints what it is to store. */
import { closeDb } from "../../../lib/server/db";
import { createRound } from "../../../lib/services/rounds";
import { valueFrom } from "../../services/support/answers";
import { makeDocument, makeMember, makeProject } from "../../services/support/factories";

const PEOPLE = 120;
const DOCUMENTS = 120;

const { projectId } = await makeProject();
const lead = await makeMember(projectId, "lead");
const annotators: { userId: string }[] = [];
for (let count = 0; count < PEOPLE; count++) {
  annotators.push({ userId: (await makeMember(projectId, "annotator")).userId });
}
for (let count = 0; count < DOCUMENTS; count++) {
  const words = Array.from({ length: 40 }, (_, at) => `word${count * 40 + at}`).join(" ");
  await makeDocument(projectId, { text: `Headline ${count}\n\n${words}.` });
}
const { roundId } = valueFrom(
  await createRound.as(lead.actor, {
    ...{ projectId, name: "Large", documentIds: null, annotators },
    settings: { plan: { overlapAnnotators: null } },
  }),
);
await closeDb();
process.stdout.write(`${JSON.stringify({ roundId, assignments: PEOPLE * DOCUMENTS })}\n`);
