import { EmptyState } from "@/components/ui/notice";
import { formatCount } from "./format";

/** Submissions that count in no figure. */
export function NotCounted({
  notAnnotatable,
  takenOut,
  repeated,
}: {
  notAnnotatable: number;
  takenOut: number;
  repeated: number;
}) {
  const notes = [
    notAnnotatable > 0
      ? `${formatCount(notAnnotatable, "submission")} left out: the annotator found the document not annotatable.`
      : null,
    takenOut > 0 ? `${formatCount(takenOut, "submission")} taken out by the settings.` : null,
    repeated > 0
      ? `${formatCount(repeated, "submission")} left out: the same annotator submitted the document again in a later round.`
      : null,
  ].filter((note) => note !== null);
  if (notes.length === 0) return null;
  return <p className="mt-2 text-sm text-ink-soft">{notes.join(" ")}</p>;
}

/** What stands on the page until two people have submitted one document. */
export function NothingToCompare({ submitted }: { submitted: number }) {
  return (
    <EmptyState title="Nothing to compare yet">
      <p>
        Agreement needs two annotators on the same document. Give a document to two or more people;
        when two have submitted it, this page shows how far they agree: by label, by pair, and word
        by word side by side.
      </p>
      {submitted > 0 ? (
        <p className="mt-2">
          So far {formatCount(submitted, "submission")} came in, each on a document that nobody else
          has submitted.
        </p>
      ) : null}
    </EmptyState>
  );
}
