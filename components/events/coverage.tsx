import clsx from "clsx";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import type { BlockRole } from "@/lib/domain/text/roles";
import type { CoveredDocument } from "@/lib/services/events";

/** The rows in which coverage is read across outlets. */
const ROWS: { name: string; roles: BlockRole[] }[] = [
  { name: "Headline", roles: ["headline"] },
  { name: "Standfirst", roles: ["standfirst"] },
  { name: "Text", roles: ["body", "quote", "subheading"] },
];

/**
 * What several outlets wrote on one event, side by side: headlines stand beside headlines, openings
 * beside openings. On narrow screens one below the other.
 */
export function Coverage({
  projectId,
  documents,
}: {
  projectId: string;
  documents: CoveredDocument[];
}) {
  return (
    <section
      aria-label="Coverage"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="grid grid-flow-row gap-4 overflow-x-auto rounded-md sm:auto-cols-[minmax(17rem,1fr)] sm:grid-flow-col sm:grid-rows-[repeat(4,auto)] sm:gap-x-0 sm:gap-y-0 sm:border sm:border-line sm:bg-surface"
    >
      {documents.map((document) => (
        <article
          key={document.documentId}
          aria-labelledby={`coverage-${document.documentId}`}
          className="row-span-4 grid grid-rows-subgrid gap-y-0 rounded-md border border-line bg-surface max-sm:grid-rows-none sm:rounded-none sm:border-y-0 sm:border-s-0 sm:border-e sm:last:border-e-0"
        >
          <header className="border-b border-line bg-sunken px-3 py-2 text-[13px]">
            <p id={`coverage-${document.documentId}`} className="font-semibold">
              <bdi>{document.outlet ?? "Outlet not known"}</bdi>
            </p>
            <p className="text-ink-soft">
              {[document.publishedOn, document.author].filter((part) => part !== null).join(" · ")}{" "}
              <Link
                href={`/projects/${projectId}/documents/${document.documentId}`}
                className="underline"
                aria-label={`Open ${document.title}`}
              >
                Open
              </Link>{" "}
              {document.duplicateOf === null ? null : <Badge>reprint</Badge>}
            </p>
          </header>
          {ROWS.map(({ name, roles }) => (
            <Part key={name} {...{ name, roles, document }} />
          ))}
        </article>
      ))}
    </section>
  );
}

function Part({
  name,
  roles,
  document: { blocks, language },
}: {
  name: string;
  roles: BlockRole[];
  document: CoveredDocument;
}) {
  const lines = blocks
    .map((block, position) => ({ ...block, position }))
    .filter(({ role }) => roles.includes(role));
  return (
    <div className="border-b border-line px-3 py-2 last:border-b-0">
      <p className="mb-1 text-xs text-ink-faint">{name}</p>
      {lines.length === 0 ? <p className="text-[13px] text-ink-faint">None</p> : null}
      {lines.map(({ role, text, position }) => (
        <p
          key={position}
          lang={language}
          dir="auto"
          className={clsx(
            "mb-2 break-words font-serif last:mb-0",
            role === "headline" && "text-lg font-semibold leading-snug",
            role === "standfirst" && "italic",
            role === "subheading" && "font-semibold",
          )}
        >
          {text}
        </p>
      ))}
    </div>
  );
}
