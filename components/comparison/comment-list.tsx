import { placeId } from "@/components/ui/compared-text/compared-text";

export type ShownComment = {
  id: string;
  name: string;
  /** The words it is about and where they begin; null for the whole document. */
  about: { quote: string; start: number } | null;
  body: string;
};

/** What annotators wrote beside their marks. */
export function CommentList({ comments }: { comments: readonly ShownComment[] }) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {comments.map(({ id, name, about, body }) => (
        <li key={id} className="px-3 py-2 text-sm">
          <p className="text-[13px] text-ink-soft">
            {name} on{" "}
            {about === null ? (
              "the document"
            ) : (
              <a
                href={`#${placeId(about.start)}`}
                className="font-serif text-accent underline underline-offset-2"
              >
                “{about.quote}”
              </a>
            )}
          </p>
          <p className="whitespace-pre-wrap">{body}</p>
        </li>
      ))}
    </ul>
  );
}
