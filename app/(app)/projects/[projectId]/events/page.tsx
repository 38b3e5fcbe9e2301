import { GroupByFieldButton } from "@/components/events/event-forms";
import { EventTable } from "@/components/events/event-table";
import { SuggestButton, SuggestionList } from "@/components/events/suggestion-list";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader, Section } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listEventSuggestions } from "@/lib/services/event-suggestions";
import { listEvents } from "@/lib/services/events";

export const metadata = { title: "Events" };

type Props = { params: Promise<{ projectId: string }> };

export default async function EventsPage({ params }: Props) {
  const { projectId } = await params;
  const [listed, suggested] = await Promise.all([
    listEvents({ projectId }),
    listEventSuggestions({ projectId }),
  ]);
  const [events, suggestions] = [unwrap(listed), unwrap(suggested)];
  return (
    <main>
      <PageHeader
        title="Events"
        actions={
          <>
            <GroupByFieldButton projectId={projectId} />
            <SuggestButton projectId={projectId} />
          </>
        }
      >
        An event groups what several outlets wrote on the same thing, so that it can be read side by
        side and kept in one part of a split.
      </PageHeader>
      {suggestions.length === 0 ? null : (
        <Section title={`Suggested (${suggestions.length})`}>
          <SuggestionList {...{ projectId, suggestions }} />
        </Section>
      )}
      {events.length === 0 ? (
        <EmptyState
          title="No events yet"
          action={
            <ButtonLink href={`/projects/${projectId}/documents`}>Choose documents</ButtonLink>
          }
        >
          Choose documents in their list and set their event, group them by a field of yours, or
          have events suggested by likeness and date.
        </EmptyState>
      ) : (
        <EventTable {...{ projectId, events }} />
      )}
    </main>
  );
}
