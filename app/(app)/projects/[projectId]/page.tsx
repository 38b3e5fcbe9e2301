import { FinishedWork, WorkQueue } from "@/components/assignments/work-queue";
import { EventQuestionList } from "@/components/events/event-question-list";
import { AnnotatorProgressTable } from "@/components/projects/annotator-progress";
import { DocumentProgressTable } from "@/components/projects/document-progress";
import { FirstSteps } from "@/components/projects/first-steps";
import { ProjectSettings } from "@/components/projects/project-settings";
import { ButtonLink } from "@/components/ui/button";
import { Meter } from "@/components/ui/meter";
import { EmptyState, Notice } from "@/components/ui/notice";
import { PageHeader, Section } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { reportProgress } from "@/lib/services/assignments";
import { listDocuments } from "@/lib/services/document-search";
import { listEventQuestions } from "@/lib/services/event-answers";
import { listMyWork } from "@/lib/services/my-work";
import { type OpenedProject, openProject } from "@/lib/services/projects";

type Props = { params: Promise<{ projectId: string }> };

export default async function ProjectPage({ params }: Props) {
  const project = unwrap(await openProject({ projectId: (await params).projectId }));
  return (
    <main>
      <PageHeader
        title="Overview"
        actions={project.whole === null ? null : <ProjectSettings project={project} />}
      >
        {project.description || null}
      </PageHeader>
      {project.isArchived ? (
        <Notice tone="warn" className="mb-5">
          This project is archived: everything is kept, and nothing new can be made in it.
        </Notice>
      ) : null}
      <OwnWork project={project} />
      {project.whole === null ? null : <WholeProject project={project} whole={project.whole} />}
    </main>
  );
}

/** The caller's own documents in this project. */
async function OwnWork({ project }: { project: OpenedProject }) {
  const { assigned, inProgress, submitted, skipped } = project.work;
  const all = assigned + inProgress + submitted + skipped;
  if (all === 0) return project.whole === null ? <NoOwnWork project={project} /> : null;
  const work = unwrap(await listMyWork({}));
  const isHere = (each: { projectId: string }) => each.projectId === project.projectId;
  const open = work.open.filter(isHere);
  return (
    <Section title="Your documents">
      <div className="mb-3 flex items-center gap-3 text-sm">
        <Meter value={submitted} most={all} label="Submitted by you" className="max-w-40" />
        <span className="tabular-nums">
          {submitted} of {all} submitted
        </span>
      </div>
      <WorkQueue open={open} showProject={false} />
      {open.length === 0 ? (
        <EmptyState title="All your documents here are done">
          New ones appear here as soon as the lead gives them to you.
        </EmptyState>
      ) : null}
      <FinishedWork recent={work.recent.filter(isHere)} showProject={false} />
      <OwnEvents projectId={project.projectId} />
    </Section>
  );
}

/** Events that the caller is asked about as a whole. */
async function OwnEvents({ projectId }: { projectId: string }) {
  const listed = await listEventQuestions({ projectId });
  if (!listed.ok || listed.value.length === 0) return null;
  return (
    <div className="mt-4">
      <h3 className="mb-2 text-sm font-semibold">Questions about events</h3>
      <EventQuestionList projectId={projectId} events={listed.value} />
    </div>
  );
}

function NoOwnWork({ project }: { project: OpenedProject }) {
  return (
    <EmptyState
      title={project.role === "viewer" ? "You read along" : "Nothing is assigned to you yet"}
      action={
        <ButtonLink href={`/projects/${project.projectId}/codebook`}>Read the codebook</ButtonLink>
      }
    >
      {project.role === "viewer"
        ? "As a viewer you read the codebook and what is released."
        : "The lead gives you documents. Until then, read the codebook: it says what to mark, and how."}
    </EmptyState>
  );
}

/** How far everybody is, for leads. */
async function WholeProject({
  project,
  whole,
}: {
  project: OpenedProject;
  whole: NonNullable<OpenedProject["whole"]>;
}) {
  const { projectId } = project;
  const [progress, documents] = await Promise.all([
    reportProgress({ projectId }),
    listDocuments({ projectId }),
  ]);
  const { annotators } = unwrap(progress);
  const page = unwrap(documents);
  const all = whole.assigned + whole.inProgress + whole.submitted + whole.skipped;
  return (
    <>
      {project.isArchived ? null : <FirstSteps project={project} />}
      {all > 0 ? (
        <Section title="Progress">
          <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
            <Meter value={whole.submitted} most={all} label="Submitted" className="max-w-56" />
            <p>
              <strong className="tabular-nums">
                {whole.submitted} of {all}
              </strong>{" "}
              assignments submitted, {whole.inProgress} in progress, {whole.assigned} not started
              {whole.skipped > 0 ? `, ${whole.skipped} skipped` : ""}.
            </p>
          </div>
          <AnnotatorProgressTable annotators={annotators} />
        </Section>
      ) : null}
      {page.documents.length > 0 ? (
        <Section
          title="By document"
          actions={
            <ButtonLink size="small" tone="quiet" href={`/projects/${projectId}/documents`}>
              {whole.documents > 20 ? `All ${whole.documents} documents` : "All documents"}
            </ButtonLink>
          }
        >
          <DocumentProgressTable projectId={projectId} documents={page.documents.slice(0, 20)} />
        </Section>
      ) : null}
    </>
  );
}
