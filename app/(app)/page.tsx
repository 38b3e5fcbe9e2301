import { redirect } from "next/navigation";
import { TakeNext } from "@/components/assignments/take-next";
import { FinishedWork, WorkQueue } from "@/components/assignments/work-queue";
import { OpenSteps } from "@/components/onboarding/open-steps";
import { ProjectCards } from "@/components/projects/project-cards";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader, Section } from "@/components/ui/page";
import { WaitingDocuments } from "@/components/workspace/waiting-documents";
import { may } from "@/lib/domain/policy";
import { counted } from "@/lib/domain/wording";
import { currentUser } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { signInAddress } from "@/lib/server/way-back";
import { listMyWork, listQueues } from "@/lib/services/my-work";
import { listOpenSteps } from "@/lib/services/onboarding-steps";
import { listProjects } from "@/lib/services/projects";

export const metadata = { title: "Your work" };

export default async function HomePage() {
  const user = await currentUser();
  if (user === null) redirect(signInAddress());
  const [work, projects, queued, asked] = await Promise.all([
    listMyWork({}),
    listProjects({}),
    listQueues({}),
    listOpenSteps({}),
  ]);
  const queues = unwrap(queued);
  const steps = unwrap(asked);
  const { open, recent } = unwrap(work);
  const listed = unwrap(projects);
  const canCreate = may({ ...user, projectRole: null, isOwn: false }, "project.create");
  const begun = open.filter((each) => each.state === "in_progress").length;
  const showProject = new Set([...open, ...recent].map((each) => each.projectId)).size > 1;
  const newProject = canCreate ? <NewProjectLink /> : null;
  if (
    open.length === 0 &&
    recent.length === 0 &&
    queues.length === 0 &&
    canCreate &&
    listed.length > 0
  ) {
    return (
      <main>
        <PageHeader title="Your projects" actions={newProject} />
        <WaitingDocuments userId={user.userId} />
        <h2 className="sr-only">All of them</h2>
        <ProjectCards projects={listed} />
      </main>
    );
  }
  return (
    <main>
      <PageHeader title="Your work">{waiting(open.length, begun)}</PageHeader>
      <WaitingDocuments userId={user.userId} />
      <section aria-label="Documents for you" className="mb-8">
        <OpenSteps steps={steps} />
        <WorkQueue open={open} showProject={showProject} />
        {queues.length > 0 ? <TakeNext queues={queues} /> : null}
        {open.length === 0 && queues.length === 0 && steps.length === 0 ? (
          <NothingOpen isMember={listed.length > 0} canCreate={canCreate} />
        ) : null}
        <FinishedWork recent={recent} showProject={showProject} />
      </section>
      {listed.length > 0 ? (
        <Section title="Projects" actions={newProject}>
          <ProjectCards projects={listed} />
        </Section>
      ) : null}
    </main>
  );
}

function NewProjectLink() {
  return <ButtonLink href="/projects/new">New project</ButtonLink>;
}

function waiting(open: number, begun: number): string | null {
  if (open === 0) return null;
  const words = `${counted(open, "document waits", "documents wait")} for you`;
  return begun > 0 ? `${words}, ${begun} of them begun.` : `${words}.`;
}

function NothingOpen({ isMember, canCreate }: { isMember: boolean; canCreate: boolean }) {
  if (isMember) {
    return (
      <EmptyState title="Nothing waits for you">
        A project lead gives you documents; they appear here at once. Meanwhile the codebook of your
        project says how to annotate them.
      </EmptyState>
    );
  }
  if (!canCreate) {
    return (
      <EmptyState title="You are in no project yet">
        A project lead adds you by your e-mail address. Then your documents appear here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Make the first project"
      action={
        <ButtonLink href="/projects/new" tone="primary">
          New project
        </ButtonLink>
      }
    >
      <p>A project is one study: articles, people who annotate them, and a codebook.</p>
      <ol className="mx-auto mt-3 max-w-sm list-decimal ps-5 text-start">
        <li>Choose a codebook, for example the starter scheme for wording and framing.</li>
        <li>Add articles as text, and people by e-mail.</li>
        <li>Give articles to people, and read how far they agree.</li>
      </ol>
    </EmptyState>
  );
}
