import type { Metadata } from "next";
import Link from "next/link";
import { Desk } from "@/components/adjudication/desk";
import { NamesSetting, StaleNotice } from "@/components/adjudication/desk-notices";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { openAdjudication } from "@/lib/services/adjudications";

export const metadata: Metadata = { title: "Adjudication" };

type Props = {
  params: Promise<{ projectId: string; adjudicationId: string }>;
  searchParams: Promise<{ item?: string | string[] }>;
};

export default async function DeskPage({ params, searchParams }: Props) {
  const { projectId, adjudicationId } = await params;
  const { item } = await searchParams;
  const result = await openAdjudication({ projectId, adjudicationId });
  const back = (
    <Link
      href={`/projects/${projectId}/adjudication`}
      className="text-accent underline underline-offset-2"
    >
      All documents to adjudicate
    </Link>
  );
  if (!result.ok && (result.failure.kind === "closed" || result.failure.kind === "forbidden")) {
    return (
      <main>
        <PageHeader title="Adjudication">{back}</PageHeader>
        <Notice>{result.failure.message}</Notice>
      </main>
    );
  }
  const opened = unwrap(result);
  const { document, isStale, hidesNames, state } = opened;
  const source = [document.outlet, document.publishedOn].filter((part) => part !== null);
  // Another key makes the desk anew after what came from elsewhere: a refresh, a finish, other names.
  const key = `${state} ${isStale} ${hidesNames} ${opened.items.length}`;
  return (
    <main>
      <PageHeader
        title={document.title}
        actions={<NamesSetting {...{ projectId, adjudicationId, hidesNames }} />}
      >
        {source.length > 0 ? <p>{source.join(" · ")}</p> : null}
        {back}
      </PageHeader>
      {isStale ? (
        <StaleNotice
          projectId={projectId}
          adjudicationId={adjudicationId}
          documentId={document.documentId}
        />
      ) : null}
      {state === "finished" ? (
        <Notice tone="good" className="mb-4">
          Finished: these decisions are the gold layer of the document.
        </Notice>
      ) : null}
      <Desk
        key={key}
        projectId={projectId}
        opened={opened}
        firstItem={typeof item === "string" ? item : null}
      />
    </main>
  );
}
