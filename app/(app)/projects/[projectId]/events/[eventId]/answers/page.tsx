import Link from "next/link";
import { EventQuestions } from "@/components/events/event-questions";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { openEventQuestions } from "@/lib/services/event-answers";

export const metadata = { title: "Questions about an event" };

type Props = { params: Promise<{ projectId: string; eventId: string }> };

/** What an annotator is asked about an event as a whole; nobody else's answers. */
export default async function EventAnswersPage({ params }: Props) {
  const questions = unwrap(await openEventQuestions(await params));
  const { name, round, documents, isOpen } = questions;
  return (
    <main>
      <PageHeader title={<bdi>{name}</bdi>}>
        Questions about the event as a whole, in the round “{round}”. Your documents of it:{" "}
        {documents.map(({ assignmentId, title }, at) => (
          <span key={assignmentId}>
            {at > 0 ? " · " : ""}
            <Link className="underline" href={`/assignments/${assignmentId}`}>
              <bdi>{title}</bdi>
            </Link>
          </span>
        ))}
      </PageHeader>
      {isOpen ? null : (
        <Notice tone="warn" className="mb-3">
          This round is over: answers can be read and not changed.
        </Notice>
      )}
      <EventQuestions {...questions} />
    </main>
  );
}
