import { StartForm } from "@/components/discussions/start-form";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listDiscussable } from "@/lib/services/discussions";

export const metadata = { title: "Begin a discussion" };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ documentId?: string; start?: string; end?: string; quote?: string }>;
};

export default async function NewDiscussionPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const asked = await searchParams;
  const { documents, labels, members } = unwrap(await listDiscussable({ projectId }));
  const start = Number(asked.start);
  const end = Number(asked.end);
  const words =
    asked.documentId !== undefined &&
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    start < end
      ? { documentId: asked.documentId, start, end }
      : null;
  return (
    <main>
      <PageHeader title="Begin a discussion">
        {words === null
          ? "About a document that you have submitted, or about a label."
          : `About words in “${documents.find(({ documentId }) => documentId === words.documentId)?.title ?? "a document"}”, characters ${start} to ${end}.`}
      </PageHeader>
      <StartForm
        {...{ projectId, documents, labels, members, words }}
        documentId={asked.documentId ?? null}
      />
    </main>
  );
}
