import type { Metadata } from "next";
import { ArchiveButton } from "@/components/documents/archive-button";
import { BlockList } from "@/components/documents/block-list";
import { CorrectionList } from "@/components/documents/correction-list";
import { AssignedList, SourceList } from "@/components/documents/document-aside";
import { EntityList } from "@/components/documents/entity-list";
import { ReprintCard } from "@/components/documents/reprint-card";
import { SourceButton } from "@/components/documents/source-form";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Card, PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { type ListedCorrection, listCorrections } from "@/lib/services/corrections";
import { type OpenedDocument, openDocument } from "@/lib/services/documents";
import { listEntities } from "@/lib/services/entities";
import { listEvents } from "@/lib/services/events";

type Props = { params: Promise<{ projectId: string; documentId: string }> };

export const metadata: Metadata = { title: "Document" };

export default async function DocumentPage({ params }: Props) {
  const { projectId, documentId } = await params;
  const [opened, listed, corrected, entities] = await Promise.all([
    openDocument({ projectId, documentId }),
    listEvents({ projectId }),
    listCorrections({ projectId, documentId }),
    listEntities({ projectId, of: { kind: "document", id: documentId } }),
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
            <ButtonLink href={`/projects/${projectId}/documents/${documentId}/correct`}>
              Correct
            </ButtonLink>
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
          {document.areRolesLocked ? (
            <p className="mb-2 text-[13px] text-ink-soft">
              Annotators have this text, so words and roles change in a new version only: choose
              Correct.
            </p>
          ) : null}
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
                freeFields={document.facts}
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
          <MoreCards {...{ projectId, document }} corrections={unwrap(corrected)} />
          <Card>
            <h2 className="mb-2 text-[15px] font-semibold">Names to choose from</h2>
            <EntityList
              projectId={projectId}
              of={{ kind: "document", id: documentId }}
              entities={unwrap(entities)}
            />
          </Card>
        </aside>
      </div>
    </main>
  );
}

function MoreCards({
  projectId,
  document,
  corrections,
}: {
  projectId: string;
  document: OpenedDocument;
  corrections: ListedCorrection[];
}) {
  const isGrouped = document.duplicateOf !== null || document.reprints.length > 0;
  return (
    <>
      {isGrouped ? (
        <Card>
          <h2 className="mb-2 text-[15px] font-semibold">Reprints</h2>
          <ReprintCard {...{ projectId, document }} />
        </Card>
      ) : null}
      {corrections.length === 0 ? null : (
        <Card>
          <h2 className="mb-2 text-[15px] font-semibold">Versions</h2>
          <CorrectionList {...{ projectId, corrections }} documentId={document.documentId} />
        </Card>
      )}
    </>
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
