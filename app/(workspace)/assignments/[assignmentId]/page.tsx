import "../../../workspace.css";
import { redirect } from "next/navigation";
import { cache } from "react";
import { EntityChoices } from "@/components/ui/entity-choices";
import { Workspace } from "@/components/workspace/workspace";
import { setKeys, setReading } from "@/lib/actions/accounts";
import { skipAssignment } from "@/lib/actions/assignments";
import { currentUser } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { signInAddress } from "@/lib/server/way-back";
import { readOwnKeys } from "@/lib/services/accounts";
import { openAssignment } from "@/lib/services/workspace";

type Props = { params: Promise<{ assignmentId: string }> };

/** Read once, for the title and for the page. */
const open = cache((assignmentId: string) => openAssignment({ assignmentId }));

export async function generateMetadata({ params }: Props) {
  const opened = await open((await params).assignmentId);
  return { title: opened.ok ? opened.value.document.title : "Not found" };
}

/** The workspace: one document, its annotator, nothing else. */
export default async function AssignmentPage({ params }: Props) {
  const user = await currentUser();
  if (user === null) redirect(signInAddress());
  const [assignment, keys] = await Promise.all([
    open((await params).assignmentId),
    readOwnKeys({}),
  ]);
  // The home page says what is asked first.
  if (!assignment.ok && assignment.failure.kind === "closed") redirect("/");
  const { entities, ...opened } = unwrap(assignment);
  return (
    <EntityChoices choices={entities}>
      <Workspace
        key={opened.assignmentId}
        {...opened}
        email={user.email}
        reading={user.preferences.reading}
        keepReading={setReading}
        keySettings={unwrap(keys)}
        saveKeys={setKeys}
        skip={skipAssignment}
      />
    </EntityChoices>
  );
}
