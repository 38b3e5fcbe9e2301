import { AssignmentMatrix } from "@/components/assignments/assignment-matrix";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listAssignments, type Matrix } from "@/lib/services/assignments";
import { openProject } from "@/lib/services/projects";

export const metadata = { title: "Assignments" };

type Query = { after?: string | string[]; people?: string | string[] };
type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Query> };

export default async function AssignmentsPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const { after, people: asked } = await searchParams;
  const people = asked === "all" ? "all" : "annotators";
  const [listed, project] = await Promise.all([
    listAssignments({ projectId, people, ...(typeof after === "string" ? { after } : {}) }),
    openProject({ projectId }),
  ]);
  const matrix = unwrap(listed);
  const { isArchived } = unwrap(project);
  const base = `/projects/${projectId}/assignments`;
  return (
    <main>
      <PageHeader
        title="Assignments"
        actions={
          <ButtonLink
            size="small"
            tone="quiet"
            href={people === "all" ? base : `${base}?people=all`}
          >
            {people === "all" ? "Annotators only" : "Show leads and adjudicators too"}
          </ButtonLink>
        }
      >
        Who annotates what. Annotators work alone: none of them sees that others have the same
        document.
      </PageHeader>
      {matrix.documents.length === 0 || matrix.annotators.length === 0 ? (
        <NothingToAssign projectId={projectId} matrix={matrix} />
      ) : (
        <AssignmentMatrix projectId={projectId} matrix={matrix} isArchived={isArchived} />
      )}
      {matrix.next === null ? null : (
        <div className="mt-3 flex justify-center">
          <ButtonLink href={`${base}?${new URLSearchParams({ people, after: matrix.next })}`}>
            Older documents
          </ButtonLink>
        </div>
      )}
    </main>
  );
}

function NothingToAssign({ projectId, matrix }: { projectId: string; matrix: Matrix }) {
  const isEmpty = matrix.documents.length === 0;
  return (
    <EmptyState
      title={isEmpty ? "No documents to assign yet" : "Nobody to assign to yet"}
      action={
        <ButtonLink
          tone="primary"
          href={isEmpty ? `/projects/${projectId}/documents/new` : `/projects/${projectId}/people`}
        >
          {isEmpty ? "Add documents" : "Add annotators"}
        </ButtonLink>
      }
    >
      {isEmpty
        ? "Here you give documents to annotators and see how far they are. First add some."
        : "Add annotators by e-mail. Two or more for each document let you measure agreement."}
    </EmptyState>
  );
}
