import { DocumentTable } from "@/components/documents/document-table";
import { FilterForm } from "@/components/documents/filter-form";
import { type Filters, filterHref, isNarrowed, readFilters } from "@/components/documents/filters";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { type DocumentPage, listDocuments, listFacets } from "@/lib/services/document-search";
import { listEvents } from "@/lib/services/events";

export const metadata = { title: "Documents" };

type Query = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Query> };

export default async function DocumentsPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const query = await searchParams;
  const filters = readFilters(query);
  const after = typeof query.after === "string" ? query.after : undefined;
  const [listed, facets, events] = await Promise.all([
    listDocuments(inputOf(projectId, filters, after)),
    listFacets({ projectId }),
    listEvents({ projectId }),
  ]);
  const base = `/projects/${projectId}/documents`;
  if (!listed.ok && listed.failure.kind !== "invalid") unwrap(listed);
  const page: DocumentPage = listed.ok ? listed.value : { documents: [], next: null };
  const counts = unwrap(facets);
  if (listed.ok && page.documents.length === 0 && counts.documents === 0 && !isNarrowed(filters)) {
    return <NoDocuments base={base} />;
  }
  return (
    <main>
      <PageHeader
        title={filters.state === "archived" ? "Archived documents" : "Documents"}
        actions={
          <>
            <ButtonLink tone="quiet" href={`${base}/reprints`}>
              Reprints
            </ButtonLink>
            <ButtonLink
              tone="quiet"
              href={filters.state === "archived" ? base : `${base}?state=archived`}
            >
              {filters.state === "archived" ? "Back to documents" : "Archived"}
            </ButtonLink>
            <ButtonLink tone="primary" href={`${base}/new`}>
              Add documents
            </ButtonLink>
          </>
        }
      >
        {countLine(counts)}
      </PageHeader>
      <FilterForm {...{ base, filters }} facets={counts} events={unwrap(events)} />
      {listed.ok ? null : (
        <Notice tone="bad" className="mb-3">
          {listed.failure.message}
        </Notice>
      )}
      {page.documents.length === 0 ? (
        <NothingFits {...{ base, filters }} />
      ) : (
        <DocumentTable
          key={filterHref(base, filters, { after: after ?? "" })}
          {...{ projectId, filters }}
          documents={page.documents}
          events={unwrap(events).map(({ eventId, name }) => ({ eventId, name }))}
          hasMore={page.next !== null || after !== undefined}
        />
      )}
      <Pager {...{ base, filters }} next={page.next} isFirst={after === undefined} />
    </main>
  );
}

function inputOf(projectId: string, filters: Filters, after: string | undefined) {
  const named = Object.entries(filters).filter(([, value]) => value !== "");
  const input = {
    projectId,
    ...Object.fromEntries(named),
    ...(after === undefined ? {} : { after }),
  };
  return input as Parameters<typeof listDocuments>[0];
}

function countLine({ documents, isCut }: { documents: number; isCut: boolean }): string {
  const number = documents.toLocaleString("en");
  return isCut ? `More than ${number} documents.` : `${number} documents.`;
}

function Pager({
  base,
  filters,
  next,
  isFirst,
}: {
  base: string;
  filters: Filters;
  next: string | null;
  isFirst: boolean;
}) {
  if (next === null && isFirst) return null;
  return (
    <nav aria-label="Pages" className="mt-3 flex justify-center gap-2">
      {isFirst ? null : <ButtonLink href={filterHref(base, filters, {})}>First page</ButtonLink>}
      {next === null ? null : (
        <ButtonLink href={filterHref(base, filters, { after: next })}>Next page</ButtonLink>
      )}
    </nav>
  );
}

function NothingFits({ base, filters }: { base: string; filters: Filters }) {
  return (
    <EmptyState
      title={isNarrowed(filters) && filters.state === "" ? "Nothing fits" : "Nothing here"}
      action={<ButtonLink href={base}>Show all documents</ButtonLink>}
    >
      {filters.search === ""
        ? "No document fits these filters. Documents that you put away are under Archived."
        : `No document has “${filters.search}” in its text, title, outlet, author or event. Words are found in other forms too; a phrase in quotation marks is found as it stands.`}
    </EmptyState>
  );
}

function NoDocuments({ base }: { base: string }) {
  return (
    <main>
      <PageHeader title="Documents" />
      <EmptyState
        title="No documents yet"
        action={
          <>
            <ButtonLink tone="primary" href={`${base}/new`}>
              Add documents
            </ButtonLink>
            <ButtonLink tone="quiet" href={`${base}?state=archived`}>
              Archived
            </ButtonLink>
          </>
        }
      >
        Paste an article or drop files. Framemark finds headline, captions, subheadings and links in
        each, divides it into sentences and words, tells reprints of one text, and keeps the
        original.
      </EmptyState>
    </main>
  );
}
