import { ReprintGroups } from "@/components/documents/reprint-groups";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listDuplicates } from "@/lib/services/duplicates";

export const metadata = { title: "Reprints" };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
};

export default async function ReprintsPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const { after } = await searchParams;
  const { groups, next } = unwrap(
    await listDuplicates({ projectId, ...(typeof after === "string" ? { after } : {}) }),
  );
  const base = `/projects/${projectId}/documents`;
  return (
    <main>
      <PageHeader title="Reprints" actions={<ButtonLink href={base}>All documents</ButtonLink>}>
        Documents with nearly the same words, found as they are imported. One of each group is given
        to annotators; the others are linked to it and are not assigned by default.
      </PageHeader>
      {groups.length === 0 ? (
        <EmptyState title="No reprints found">
          When two outlets print the same agency copy, or a text is imported twice with small
          changes, the group is shown here.
        </EmptyState>
      ) : (
        <ReprintGroups {...{ projectId, groups }} />
      )}
      {next === null ? null : (
        <nav aria-label="Pages" className="mt-3 flex justify-center">
          <ButtonLink href={`${base}/reprints?after=${next}`}>Next page</ButtonLink>
        </nav>
      )}
    </main>
  );
}
