import Link from "next/link";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { ProjectEvent } from "@/lib/services/events";

/** The events of a project with how many documents and outlets report on each. */
export function EventTable({ projectId, events }: { projectId: string; events: ProjectEvent[] }) {
  return (
    <Table
      label="Events"
      head={
        <>
          <HeadCell>Event</HeadCell>
          <HeadCell>Day</HeadCell>
          <HeadCell className="text-end">Documents</HeadCell>
          <HeadCell>Outlets</HeadCell>
        </>
      }
    >
      {events.map(({ eventId, name, happenedOn, documents, outlets }) => (
        <tr key={eventId}>
          <Cell className="min-w-56">
            <Link
              href={`/projects/${projectId}/events/${eventId}`}
              className="font-medium hover:underline"
            >
              <bdi>{name}</bdi>
            </Link>
          </Cell>
          <Cell className="whitespace-nowrap tabular-nums text-ink-soft">{happenedOn}</Cell>
          <Cell className="text-end tabular-nums">{documents}</Cell>
          <Cell className="min-w-44 text-ink-soft">{outlets.slice(0, 6).join(", ")}</Cell>
        </tr>
      ))}
    </Table>
  );
}
