import { DiscussionFilter } from "@/components/discussions/discussion-filter";
import { DiscussionList } from "@/components/discussions/discussion-list";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listDiscussable, listDiscussions } from "@/lib/services/discussions";
import { labelNamer } from "./label-namer";

export const metadata = { title: "Discussions" };

type Asked = Partial<
  Record<"state" | "about" | "roundId" | "documentId" | "mine" | "after", string>
>;
type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Asked> };

export default async function DiscussionsPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const asked = withoutEmpty(await searchParams);
  const input = { projectId, ...asked } as Parameters<typeof listDiscussions>[0];
  const [listed, discussable] = await Promise.all([
    listDiscussions(input),
    listDiscussable({ projectId }),
  ]);
  const { discussions, next } = unwrap(listed);
  const { labels, rounds } = unwrap(discussable);
  const base = `/projects/${projectId}/discussions`;
  const begin = (
    <ButtonLink tone="primary" href={`${base}/new`}>
      Begin a discussion
    </ButtonLink>
  );
  const digest = new URLSearchParams({
    ...(asked.roundId === undefined ? {} : { roundId: asked.roundId }),
    ...(asked.state === undefined ? {} : { state: asked.state }),
  });
  return (
    <main>
      <PageHeader
        title="Discussions"
        actions={
          <>
            <ButtonLink href={`${base}/digest?${digest}`}>Digest to print</ButtonLink>
            {begin}
          </>
        }
      >
        About words, documents and labels. You see those on a document once you have submitted it
        yourself.
      </PageHeader>
      <DiscussionFilter filter={asked} rounds={rounds} />
      {discussions.length === 0 ? (
        <EmptyState title="No discussion here" action={begin}>
          When a passage or a label is unclear, talk it over here. What is settled can go into the
          codebook.
        </EmptyState>
      ) : (
        <DiscussionList
          projectId={projectId}
          discussions={discussions}
          labelName={labelNamer(labels)}
        />
      )}
      {next === null ? null : (
        <div className="mt-3">
          <ButtonLink href={`${base}?${new URLSearchParams({ ...asked, after: next })}`}>
            Older
          </ButtonLink>
        </div>
      )}
    </main>
  );
}

/** A form sends a field that is not filled as an empty one. */
function withoutEmpty(asked: Asked): Asked {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
}
