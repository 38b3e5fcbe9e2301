import { EntityList } from "@/components/documents/entity-list";
import { Coverage } from "@/components/events/coverage";
import {
  EditEventButton,
  MergeEventButton,
  RemoveEventButton,
  SplitForm,
} from "@/components/events/event-forms";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, Notice } from "@/components/ui/notice";
import { Card, PageHeader } from "@/components/ui/page";
import { counted } from "@/lib/domain/wording";
import { unwrap } from "@/lib/server/unwrap";
import { listEntities } from "@/lib/services/entities";
import { listEvents, openEvent } from "@/lib/services/events";

export const metadata = { title: "Event" };

type Props = { params: Promise<{ projectId: string; eventId: string }> };

export default async function EventPage({ params }: Props) {
  const { projectId, eventId } = await params;
  const [opened, listed, entities] = await Promise.all([
    openEvent({ projectId, eventId }),
    listEvents({ projectId }),
    listEntities({ projectId, of: { kind: "event", id: eventId } }),
  ]);
  const { name, happenedOn, documents, hidden } = unwrap(opened);
  const others = unwrap(listed).filter((event) => event.eventId !== eventId);
  return (
    <main>
      <PageHeader
        title={<bdi>{name}</bdi>}
        actions={
          <>
            <EditEventButton {...{ projectId, eventId, name, happenedOn }} />
            <MergeEventButton {...{ projectId, eventId, others }} />
            <RemoveEventButton {...{ projectId, eventId }} />
          </>
        }
      >
        {[happenedOn, counted(documents.length + hidden, "document")]
          .filter((part) => part !== null)
          .join(" · ")}
      </PageHeader>
      {hidden > 0 ? (
        <Notice className="mb-3">
          The first {documents.length} are shown.{" "}
          <a className="underline" href={`/projects/${projectId}/documents?event=${eventId}`}>
            All are in the list.
          </a>
        </Notice>
      ) : null}
      {documents.length === 0 ? (
        <EmptyState
          title="No documents"
          action={
            <ButtonLink href={`/projects/${projectId}/documents`}>Choose documents</ButtonLink>
          }
        >
          Choose documents in their list and set their event to this one.
        </EmptyState>
      ) : (
        <Coverage {...{ projectId, documents }} />
      )}
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-2">
        {documents.length === 0 ? null : <SplitForm {...{ projectId, eventId, documents }} />}
        <Card>
          <h2 className="mb-2 text-[15px] font-semibold">Names to choose from in all of them</h2>
          <EntityList
            projectId={projectId}
            of={{ kind: "event", id: eventId }}
            entities={unwrap(entities)}
          />
        </Card>
      </div>
    </main>
  );
}
