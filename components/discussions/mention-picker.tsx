"use client";
import { Checkbox } from "@/components/ui/field";

/** Who is to be named; they find the thread marked in their list. */
export function MentionPicker({
  members,
}: {
  members: readonly { userId: string; name: string }[];
}) {
  if (members.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer py-1 text-[13px] font-medium">Name somebody</summary>
      <fieldset className="mt-1 flex max-h-40 flex-wrap gap-x-4 gap-y-1 overflow-y-auto rounded-md border border-line p-2">
        <legend className="sr-only">Members to name</legend>
        {members.map(({ userId, name }) => (
          <Checkbox key={userId} name="mentions" value={userId} label={<bdi>{name}</bdi>} />
        ))}
      </fieldset>
      <p className="mt-1 text-[13px] text-ink-soft">
        Whoever still has to annotate the document finds the thread once that is submitted.
      </p>
    </details>
  );
}
