import type { ReactNode } from "react";
import { Markdown } from "@/components/ui/markdown";
import type { Message } from "@/lib/services/discussions";
import { moment } from "./words";

/** What was written, early to late. */
export function MessageList({
  thread,
  actions,
}: {
  thread: readonly Message[];
  actions?: (message: Message) => ReactNode;
}) {
  return (
    <ol className="divide-y divide-line border-y border-line">
      {thread.map((message) => (
        <li key={message.messageId} className="break-inside-avoid py-3">
          <div className="mb-1 flex flex-wrap items-center gap-x-2 text-[13px] text-ink-soft">
            <bdi className="font-medium text-ink">{message.by}</bdi>
            <time dateTime={message.at}>{moment(message.at)}</time>
            {message.mentions.length > 0 ? (
              <span>
                to <bdi>{message.mentions.join(", ")}</bdi>
              </span>
            ) : null}
            <span className="ms-auto">{actions?.(message)}</span>
          </div>
          {message.body === null ? (
            <p className="text-sm text-ink-faint">Taken back by who wrote it.</p>
          ) : (
            <div dir="auto" className="break-words">
              <Markdown source={message.body} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}
