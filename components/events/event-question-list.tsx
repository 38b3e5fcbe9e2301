import Link from "next/link";
import type { ListedEventQuestions } from "@/lib/services/event-answers";

/** Events that an annotator is asked about, with how much was answered. */
export function EventQuestionList({
  projectId,
  events,
}: {
  projectId: string;
  events: readonly ListedEventQuestions[];
}) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {events.map(({ eventId, name, answers }) => (
        <li key={eventId} className="flex flex-wrap items-baseline gap-x-3 px-3 py-2 text-sm">
          <Link
            className="min-w-0 font-medium hover:underline"
            href={`/projects/${projectId}/events/${eventId}/answers`}
          >
            <bdi>{name}</bdi>
          </Link>
          <span className="text-[13px] text-ink-soft tabular-nums">
            {answers === 0 ? "not answered yet" : `${answers} answered`}
          </span>
        </li>
      ))}
    </ul>
  );
}
