import type { Metadata } from "next";
import { ArchiveButton } from "@/components/documents/archive-button";
import { BlockList } from "@/components/documents/block-list";
import { AssignedList, SourceList } from "@/components/documents/document-aside";
import { SourceButton } from "@/components/documents/source-form";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Card, PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { type OpenedDocument, openDocument } from "@/lib/services/documents";
import { listEvents } from "@/lib/services/events";

type Props = { params: Promise<{ projectId: string; documentId: string }> };

export const metadata: Metadata = { title: "Document" };

export default async function DocumentPage({ params }: Props) {
  const { projectId, documentId } = await params;
  const [opened, listed] = await Promise.all([
    openDocument({ projectId, documentId }),
    listEvents({ projectId }),
  ]);
  const document = unwrap(opened);
  const events = unwrap(listed).map((event) => event.name);
  const submitted = document.assignments.filter((each) => each.state === "submitted").length;
  return (
    <main>
      <PageHeader
        title={<bdi>{document.title}</bdi>}
        actions={
          <>
            {submitted > 0 ? (
              <ButtonLink href={`/projects/${projectId}/compare/${documentId}`}>
                Compare annotators
              </ButtonLink>
            ) : null}
            <ArchiveButton {...{ projectId, documentId, isArchived: document.isArchived }} />
          </>
        }
      >
        {subtitle(document)}
      </PageHeader>
      {document.isArchived ? (
        <Notice tone="warn" className="mb-4">
          This document is archived. Its labels are kept, and nobody is asked to annotate it.
        </Notice>
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-[1fr_18rem]">
        <section aria-label="Text" className="min-w-0">
          <p className="mb-2 text-[13px] text-ink-soft">
            {document.areRolesLocked
              ? "The roles of lines stay, since annotators have this document."
              : "Correct what a line is before you assign the document. Annotators can mark headline, body and the like; not links, widgets and repeated captions."}
          </p>
          <BlockList
            projectId={projectId}
            documentId={documentId}
            blocks={document.blocks}
            areRolesLocked={document.areRolesLocked}
            language={document.language}
          />
        </section>
        <aside className="flex flex-col gap-4">
          <Card>
            <div className="mb-2 flex items-center justify-between gap-2">
              <h2 className="text-[15px] font-semibold">Source</h2>
              <SourceButton
                projectId={projectId}
                documentId={documentId}
                facts={factsOf(document)}
                language={document.language}
                event={document.event ?? ""}
                events={events}
              />
            </div>
            <SourceList document={document} />
          </Card>
          <Card>
            <div className="mb-2 flex items-center justify-between gap-2">
              <h2 className="text-[15px] font-semibold">Assigned to</h2>
              <ButtonLink size="small" href={`/projects/${projectId}/assignments`}>
                Assign
              </ButtonLink>
            </div>
            <AssignedList assignments={document.assignments} />
          </Card>
        </aside>
      </div>
    </main>
  );
}

function subtitle({ outlet, publishedOn, event }: OpenedDocument): string | null {
  const parts = [outlet, publishedOn, event].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(" · ");
}

function factsOf(document: OpenedDocument) {
  return {
    title: document.title,
    outlet: document.outlet ?? "",
    author: document.author ?? "",
    publishedOn: document.publishedOn ?? "",
    url: document.url ?? "",
    country: document.country ?? "",
    section: document.section ?? "",
    licence: document.licence ?? "",
  };
}
