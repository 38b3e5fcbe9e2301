import { Importer } from "@/components/documents/importer";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listEvents } from "@/lib/services/events";
import { openProject } from "@/lib/services/projects";

export const metadata = { title: "Add documents" };

type Props = { params: Promise<{ projectId: string }> };

export default async function NewDocumentsPage({ params }: Props) {
  const { projectId } = await params;
  const events = unwrap(await listEvents({ projectId }));
  const project = unwrap(await openProject({ projectId }));
  return (
    <main>
      <PageHeader title="Add documents">
        Articles as plain text. You see what is found in them before anything is stored; their text
        never changes afterwards.
      </PageHeader>
      {project.isArchived ? (
        <Notice tone="warn">This project is archived. Restore it in its settings first.</Notice>
      ) : (
        <Importer
          projectId={projectId}
          language={project.language}
          events={events.map((event) => event.name)}
        />
      )}
    </main>
  );
}
