import { Notice } from "./notice";

/** Documents that the reader of a page has yet to annotate, and that it therefore leaves out. */
export function LeftOutNotice({ documents }: { documents: readonly { title: string }[] }) {
  if (documents.length === 0) return null;
  return (
    <Notice className="mb-5">
      {documents.length === 1 ? "One document is" : `${documents.length} documents are`} left out of
      everything here, because you have yet to submit your own annotations of{" "}
      {documents.length === 1 ? "it" : "them"}:{" "}
      {documents.map(({ title }) => `“${title}”`).join(", ")}. Others’ work stays hidden from you
      until then, so that yours is your own.
    </Notice>
  );
}
