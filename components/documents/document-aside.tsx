import type { ReactNode } from "react";
import { StateWord } from "@/components/ui/state-word";
import { languageName } from "@/lib/domain/languages";
import type { OpenedDocument } from "@/lib/services/documents";

/** A labelled list of what is known of a document; what is not known is left out. */
export function SourceList({ document }: { document: OpenedDocument }) {
  const rows: [string, ReactNode][] = [
    ["Outlet", document.outlet],
    ["Author", document.author],
    ["Published", document.publishedOn],
    ["Address", document.url === null ? null : <SourceLink key="url" url={document.url} />],
    ["Event", document.event],
    ["Country", document.country],
    ["Section", document.section],
    ["Licence", document.licence],
    ...Object.entries(document.facts),
    ["Language", languageName(document.language)],
    ["Imported", document.importedOn],
    ["Words", document.words.toLocaleString("en")],
    ["Sentences", document.sentences.toLocaleString("en")],
    ["Characters", document.length.toLocaleString("en")],
    [
      "SHA-256",
      <code key="hash" className="break-all font-mono text-xs" title={document.sha256}>
        {document.sha256.slice(0, 16)}…
      </code>,
    ],
  ];
  return (
    <dl className="grid grid-cols-[5.5rem_1fr] gap-x-3 gap-y-1 text-sm">
      {rows.map(([term, value]) =>
        value === null ? null : (
          <div key={term} className="contents">
            <dt className="text-ink-soft">{term}</dt>
            <dd className="min-w-0 break-words">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

function SourceLink({ url }: { url: string }) {
  return (
    <a href={url} rel="noreferrer noopener" target="_blank" className="break-all underline">
      {URL.parse(url)?.hostname ?? url}
    </a>
  );
}

/** Who has this document, and how far they are. */
export function AssignedList({ assignments }: { assignments: OpenedDocument["assignments"] }) {
  if (assignments.length === 0) {
    return <p className="text-sm text-ink-soft">Nobody has this document yet.</p>;
  }
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {assignments.map(({ assignmentId, name, state, isWithdrawn }) => (
        <li key={assignmentId} className="flex items-center justify-between gap-3">
          <span className="min-w-0 truncate">{name}</span>
          <StateWord state={isWithdrawn ? "withdrawn" : state} />
        </li>
      ))}
    </ul>
  );
}
