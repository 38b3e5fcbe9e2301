import "../../print.css";
import Link from "next/link";
import { MessageList } from "@/components/discussions/message-list";
import { subjectWords } from "@/components/discussions/words";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page";
import { PrintButton } from "@/components/ui/print-button";
import { unwrap } from "@/lib/server/unwrap";
import { digestDiscussions, listDiscussable } from "@/lib/services/discussions";
import { labelNamer } from "../label-namer";

export const metadata = { title: "Digest of discussions" };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ roundId?: string; state?: string }>;
};

export default async function DigestPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const { roundId, state } = await searchParams;
  const input = {
    projectId,
    ...(roundId ? { roundId } : {}),
    ...(state ? { state } : {}),
  } as Parameters<typeof digestDiscussions>[0];
  const [digested, discussable] = await Promise.all([
    digestDiscussions(input),
    listDiscussable({ projectId }),
  ]);
  const { discussions } = unwrap(digested);
  const { labels, rounds } = unwrap(discussable);
  const namer = labelNamer(labels);
  const round = rounds.find((each) => each.roundId === roundId)?.name ?? "all rounds";
  return (
    <main className="mx-auto max-w-3xl">
      <PageHeader title="Digest of discussions" actions={<PrintButton />}>
        {state === "all" ? "All" : state === "resolved" ? "Settled" : "Open"} discussions of {round}
        , labels first, then in the order of the documents.{" "}
        <Link
          className="text-accent underline print:hidden"
          href={`/projects/${projectId}/discussions`}
        >
          All discussions
        </Link>
      </PageHeader>
      {discussions.length === 0 ? (
        <p className="text-sm text-ink-soft">There is nothing to read.</p>
      ) : (
        discussions.map((each) => (
          <section key={each.discussionId} className="mb-8">
            <h2 className="flex flex-wrap items-center gap-2 text-[15px] font-semibold">
              <bdi>{each.title}</bdi>
              {each.resolvedOn === null ? null : <Badge tone="good">settled</Badge>}
            </h2>
            <p className="mb-2 text-[13px] break-words text-ink-soft">
              <bdi>{subjectWords(each.subject, namer)}</bdi>
            </p>
            <MessageList thread={each.thread} />
          </section>
        ))
      )}
    </main>
  );
}
