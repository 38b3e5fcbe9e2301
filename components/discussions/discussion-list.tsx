import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { counted } from "@/lib/domain/wording";
import type { DiscussionRow } from "@/lib/services/discussions";
import { moment, subjectWords } from "./words";

/** Threads, newest first, each with what it is about and whether it is settled. */
export function DiscussionList({
  projectId,
  discussions,
  labelName,
}: {
  projectId: string;
  discussions: readonly DiscussionRow[];
  labelName: (layer: string, label: string) => string;
}) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {discussions.map((each) => (
        <li key={each.discussionId} className="px-3 py-2.5">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Link
              href={`/projects/${projectId}/discussions/${each.discussionId}`}
              className="min-w-0 font-medium break-words hover:underline"
            >
              <bdi>{each.title}</bdi>
            </Link>
            {each.isMentioned ? <Badge tone="accent">names you</Badge> : null}
            {each.resolvedOn === null ? null : <Badge tone="good">settled</Badge>}
          </div>
          <p className="mt-0.5 text-[13px] break-words text-ink-soft">
            <bdi>{subjectWords(each.subject, labelName)}</bdi>
          </p>
          <p className="text-[13px] text-ink-soft">
            {counted(each.messages, "message")}, begun by <bdi>{each.by}</bdi>
            {each.round === null ? "" : `, ${each.round}`}, last {moment(each.lastAt)}
          </p>
        </li>
      ))}
    </ul>
  );
}
