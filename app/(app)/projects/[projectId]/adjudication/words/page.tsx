import type { Metadata } from "next";
import Link from "next/link";
import { WordGroups } from "@/components/adjudication/word-groups";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listInconsistent } from "@/lib/services/consistency";

export const metadata: Metadata = { title: "Same words, other labels" };

type Props = { params: Promise<{ projectId: string }> };

export default async function WordsPage({ params }: Props) {
  const { projectId } = await params;
  const found = unwrap(await listInconsistent({ projectId }));
  return (
    <main>
      <PageHeader title="Same words, other labels">
        <p>
          The same or nearly the same words that carry different labels in different documents. One
          decision can hold for every gold mark.
        </p>
        <Link
          href={`/projects/${projectId}/adjudication`}
          className="text-accent underline underline-offset-2"
        >
          All documents to adjudicate
        </Link>
      </PageHeader>
      {found.groups.length === 0 ? (
        <EmptyState title="No words with several labels">
          As soon as the same words carry different labels in two documents, they are listed here.
        </EmptyState>
      ) : (
        <WordGroups projectId={projectId} found={found} />
      )}
    </main>
  );
}
