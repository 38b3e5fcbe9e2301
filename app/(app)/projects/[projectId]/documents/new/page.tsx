import { ImportList } from "@/components/imports/import-list";
import { SourcePicker } from "@/components/imports/source-picker";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { isWebImportOn } from "@/lib/server/env";
import { unwrap } from "@/lib/server/unwrap";
import { listImports } from "@/lib/services/imports";
import { openProject } from "@/lib/services/projects";

export const metadata = { title: "Add documents" };

type Props = { params: Promise<{ projectId: string }> };

export default async function NewDocumentsPage({ params }: Props) {
  const { projectId } = await params;
  const imports = unwrap(await listImports({ projectId }));
  const project = unwrap(await openProject({ projectId }));
  return (
    <main>
      <PageHeader title="Add documents">
        You see what is found in your files before anything is stored. The text of a document never
        changes afterwards, and the bytes you send are kept.
      </PageHeader>
      {project.isArchived ? (
        <Notice tone="warn">This project is archived. Restore it in its settings first.</Notice>
      ) : (
        <SourcePicker projectId={projectId} web={isWebImportOn() ? "on" : "off"} />
      )}
      <ImportList projectId={projectId} imports={imports} />
    </main>
  );
}
