import { SourceView } from "@/components/onboarding/source-view";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { readSourceState } from "@/lib/services/blind-source";

export const metadata = { title: "Source" };

type Props = { params: Promise<{ projectId: string; assignmentId: string }> };

/** The source of a document that was annotated without knowing it; shown on asking, and noted. */
export default async function SourcePage({ params }: Props) {
  const { assignmentId } = await params;
  const { title, isSubmitted } = unwrap(await readSourceState({ assignmentId }));
  return (
    <main className="max-w-3xl">
      <PageHeader
        title="Where it comes from"
        actions={<ButtonLink href="/">Back to your work</ButtonLink>}
      >
        <bdi>{title}</bdi>
      </PageHeader>
      {isSubmitted ? (
        <>
          <p className="mb-4 max-w-prose text-sm text-ink-soft">
            You annotated this document without its source. That you looked at the source is noted;
            your labels stay as they are.
          </p>
          <SourceView assignmentId={assignmentId} />
        </>
      ) : (
        <Notice>The source is shown once you have submitted this document.</Notice>
      )}
    </main>
  );
}
