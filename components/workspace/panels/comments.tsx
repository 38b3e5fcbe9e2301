"use client";
import { useId, useState } from "react";
import type { SetComment } from "@/lib/domain/annotation/state";

/** The author's own comments on a span or on the document. */
export function Comments({
  id,
  label,
  comments,
  isDisabled,
  onComment,
  onRemove,
}: {
  /** Of the field, where keys lead to it. */
  id?: string;
  label: string;
  comments: readonly SetComment[];
  isDisabled: boolean;
  onComment: (body: string) => void;
  onRemove: (commentId: string) => void;
}) {
  const ownId = useId();
  const [draft, setDraft] = useState("");
  const send = () => {
    if (draft.trim() === "") return;
    onComment(draft.trim());
    setDraft("");
  };
  return (
    <div className="flex flex-col gap-1.5">
      <ul className="flex flex-col gap-1">
        {comments.map((comment) => (
          <li
            key={comment.id}
            className="flex items-start gap-2 rounded bg-sunken px-2 py-1 text-[13px]"
          >
            <bdi className="min-w-0 flex-1 whitespace-pre-wrap">{comment.body}</bdi>
            <button
              type="button"
              className="min-h-6 text-ink-faint underline"
              disabled={isDisabled}
              onClick={() => onRemove(comment.id)}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
      <label className="text-[13px] font-medium" htmlFor={id ?? ownId}>
        {label}
      </label>
      <textarea
        id={id ?? ownId}
        rows={2}
        maxLength={4000}
        value={draft}
        disabled={isDisabled}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={send}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.stopPropagation();
            send();
          }
        }}
        className="rounded-md border border-line-strong bg-surface px-2 py-1 text-sm"
      />
    </div>
  );
}
