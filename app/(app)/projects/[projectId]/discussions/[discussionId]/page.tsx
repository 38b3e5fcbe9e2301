import Link from "next/link";
import { MessageList } from "@/components/discussions/message-list";
import { RemoveButton, ReplyForm, StateButton } from "@/components/discussions/thread";
import { subjectWords } from "@/components/discussions/words";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listDiscussable, openDiscussion } from "@/lib/services/discussions";
import { labelNamer } from "../label-namer";

export const metadata = { title: "Discussion" };

type Props = { params: Promise<{ projectId: string; discussionId: string }> };

export default async function DiscussionPage({ params }: Props) {
  const { projectId, discussionId } = await params;
  const [opened, discussable] = await Promise.all([
    openDiscussion({ projectId, discussionId }),
    listDiscussable({ projectId }),
  ]);
  const { title, subject, round, resolvedBy, resolvedOn, thread, members } = unwrap(opened);
  const { labels } = unwrap(discussable);
  return (
    <main className="max-w-3xl">
      <PageHeader
        title={<bdi>{title}</bdi>}
        actions={<StateButton {...{ projectId, discussionId }} isResolved={resolvedOn !== null} />}
      >
        <bdi>{subjectWords(subject, labelNamer(labels))}</bdi>
        {round === null ? "" : `, ${round}`}.{" "}
        <Link className="text-accent underline" href={`/projects/${projectId}/discussions`}>
          All discussions
        </Link>
      </PageHeader>
      {resolvedOn === null ? null : (
        <p className="mb-3 text-sm">
          <Badge tone="good">settled</Badge> {resolvedOn}
          {resolvedBy === null ? "" : `, ${resolvedBy}`}
        </p>
      )}
      {subject.kind === "span" ? (
        <blockquote
          dir="auto"
          className="mb-4 border-s-2 border-line-strong ps-3 font-serif text-[15px] break-words"
        >
          {subject.quote}
        </blockquote>
      ) : null}
      <MessageList
        thread={thread}
        actions={(message) =>
          message.isOwn && message.body !== null ? (
            <RemoveButton {...{ projectId, discussionId }} messageId={message.messageId} />
          ) : null
        }
      />
      <div className="mt-5">
        <ReplyForm {...{ projectId, discussionId, members }} />
      </div>
    </main>
  );
}
