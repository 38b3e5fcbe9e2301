import { CorrectionEditor } from "@/components/documents/correction-editor";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { openDocument } from "@/lib/services/documents";

export const metadata = { title: "Correct a text" };

type Props = { params: Promise<{ projectId: string; documentId: string }> };

export default async function CorrectPage({ params }: Props) {
  const { projectId, documentId } = await params;
  const { title, version, blocks, language } = unwrap(
    await openDocument({ projectId, documentId }),
  );
  return (
    <main>
      <PageHeader
        title={
          <>
            Correct <bdi>{title}</bdi>
          </>
        }
      >
        Enter divides a line, Backspace at its start joins it to the one above. A correction makes a
        new version; the present one is kept, and marks follow where their words are unchanged.
      </PageHeader>
      <CorrectionEditor {...{ projectId, documentId, version, blocks, language }} />
    </main>
  );
}
