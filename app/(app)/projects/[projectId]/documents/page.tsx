import { DocumentTable } from "@/components/documents/document-table";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { type DocumentPage, listDocuments } from "@/lib/services/document-search";

export const metadata = { title: "Documents" };

type Query = { search?: string | string[]; after?: string | string[]; state?: string | string[] };
type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Query> };

export default async function DocumentsPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const query = await searchParams;
  const search = first(query.search)?.slice(0, 200) ?? "";
  const after = first(query.after);
  const state = first(query.state) === "archived" ? "archived" : "live";
  const page = unwrap(
    await listDocuments({ projectId, search, state, ...(after === undefined ? {} : { after }) }),
  );
  const base = `/projects/${projectId}/documents`;
  const isPlain = search === "" && after === undefined && state === "live";
  if (isPlain && page.documents.length === 0) return <NoDocuments base={base} />;
  return (
    <main>
      <PageHeader
        title={state === "archived" ? "Archived documents" : "Documents"}
        actions={
          <ButtonLink tone="primary" href={`${base}/new`}>
            Add documents
          </ButtonLink>
        }
      />
      <search className="mb-3 flex flex-wrap items-center gap-2">
        <form action={base} className="flex min-w-0 flex-1 items-center gap-2">
          <input
            type="search"
            name="search"
            aria-label="Search by title, outlet, author or event"
            placeholder="Title, outlet, author or event"
            defaultValue={search}
            maxLength={200}
            className="h-9 w-full max-w-sm rounded-md border border-line-strong bg-surface px-2.5 text-sm placeholder:text-ink-faint"
          />
          {state === "archived" ? <input type="hidden" name="state" value="archived" /> : null}
          <Button type="submit">Search</Button>
        </form>
        <ButtonLink
          tone="quiet"
          size="small"
          href={state === "archived" ? base : `${base}?state=archived`}
        >
          {state === "archived" ? "Back to documents" : "Archived"}
        </ButtonLink>
      </search>
      <Found page={page} {...{ projectId, search, state }} />
    </main>
  );
}

function Found({
  page,
  projectId,
  search,
  state,
}: {
  page: DocumentPage;
  projectId: string;
  search: string;
  state: "live" | "archived";
}) {
  const base = `/projects/${projectId}/documents`;
  if (page.documents.length === 0) {
    return (
      <EmptyState
        title={search === "" ? "Nothing here" : "Nothing fits"}
        action={<ButtonLink href={base}>Show all documents</ButtonLink>}
      >
        {search === ""
          ? "Documents that you put away are kept here."
          : `No title, outlet, author or event has “${search}”.`}
      </EmptyState>
    );
  }
  const more = new URLSearchParams({ search, state, after: page.next ?? "" });
  return (
    <>
      <DocumentTable projectId={projectId} documents={page.documents} />
      {page.next === null ? null : (
        <div className="mt-3 flex justify-center">
          <ButtonLink href={`${base}?${more}`}>Older documents</ButtonLink>
        </div>
      )}
    </>
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
        Paste an article or drop text files. Framemark finds headline, captions, subheadings and
        links in each, divides it into sentences and words, and keeps the original.
      </EmptyState>
    </main>
  );
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
