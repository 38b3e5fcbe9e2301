/** Fills a database with people who have an article to annotate; prints who and what as JSON. */
import { closeDb } from "../../../lib/server/db";
import { enterProject } from "../../../lib/services/member-store";
import { inTransaction } from "../../../lib/services/project-store";
import { makeDesk, makeRichProject } from "../../services/support/annotating";
import { makeUser } from "../../services/support/factories";
import { PASSWORD, type Workplace } from "./workplace";

const projectId = await makeRichProject();
const workplaces: Workplace[] = [];
for (let count = 0; count < 5; count++) {
  const user = await makeUser({ password: PASSWORD });
  await inTransaction((tx) =>
    enterProject(tx, { projectId, userId: user.userId, role: "annotator" }),
  );
  const { assignmentId, setId, context } = await makeDesk(projectId, user);
  workplaces.push({ email: user.email, assignmentId, setId, textSha256: context.textSha256 });
}
await closeDb();
process.stdout.write(`${JSON.stringify(workplaces)}\n`);
