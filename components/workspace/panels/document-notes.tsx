"use client";
import type { Flag, SetComment } from "@/lib/domain/annotation/state";
import { Comments } from "./comments";

const FLAGS: readonly (readonly [Flag, string])[] = [
  ["discuss", "To discuss with the team"],
  ["not_annotatable", "Cannot be annotated (say why in a comment)"],
];

/** What can be said of the document that is no label: flags and comments. */
export function DocumentNotes({
  flags,
  comments,
  isDisabled,
  onFlag,
  onComment,
  onRemove,
}: {
  flags: readonly Flag[];
  comments: readonly SetComment[];
  isDisabled: boolean;
  onFlag: (flag: Flag, isOn: boolean) => void;
  onComment: (body: string) => void;
  onRemove: (commentId: string) => void;
}) {
  return (
    <div className="mt-4 flex flex-col gap-2">
      {FLAGS.map(([flag, words]) => (
        <label key={flag} className="flex min-h-6 items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-(--accent)"
            checked={flags.includes(flag)}
            disabled={isDisabled}
            onChange={(event) => onFlag(flag, event.target.checked)}
          />
          {words}
        </label>
      ))}
      <Comments
        id="document-comment"
        label="Comment on the document"
        comments={comments}
        isDisabled={isDisabled}
        onComment={onComment}
        onRemove={onRemove}
      />
    </div>
  );
}
