import type { Metadata } from "next";
import Link from "next/link";
import { ChangeTable } from "@/components/adjudication/change-table";
import { DisputeGroups } from "@/components/adjudication/dispute-groups";
import { RoundChoice } from "@/components/adjudication/round-choice";
import { Reannotation } from "@/components/codebooks/publishing/reannotation";
import { ButtonLink } from "@/components/ui/button";
import { ExcludedNotice } from "@/components/ui/excluded-notice";
import { LeftOutNotice } from "@/components/ui/left-out-notice";
import { EmptyState, Notice } from "@/components/ui/notice";
import { PageHeader, Section } from "@/components/ui/page";
import { may } from "@/lib/domain/policy";
import { counted } from "@/lib/domain/wording";
import { currentActor } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { openDraft } from "@/lib/services/codebook-drafts";
import { listAffected } from "@/lib/services/codebook-reannotation";
import { type DisputeReport, listDisputes } from "@/lib/services/disputes";
import { openProject } from "@/lib/services/projects";
import { openAgreementChange } from "@/lib/services/round-change";

export const metadata: Metadata = { title: "Disputes and the codebook" };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ round?: string; after?: string }>;
};

export default async function DisputesPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const asked = await searchParams;
  const roundId = asked.round || null;
  const report = unwrap(
    await listDisputes({ projectId, ...(roundId === null ? {} : { roundId }) }),
  );
  const mayEdit = await mayEditCodebook(projectId);
  const base = `/projects/${projectId}/adjudication`;
  const compared = comparedRounds(report.rounds, roundId, asked.after || null);
  // Once that round has submissions there is no need to offer it again here; the codebook's versions do.
  const wasRepeated = report.rounds.some(
    ({ roundId: id, kind }) => id === compared?.after && kind === "reannotation",
  );
  return (
    <main>
      <PageHeader title="Disputes and the codebook">
        <p>
          What annotators say against each other, by labels and by words. What was decided becomes a
          note in the codebook; the documents concerned are annotated again, and agreement shows
          whether the note helped.
        </p>
        <Link href={base} className="text-accent underline underline-offset-2">
          All documents to adjudicate
        </Link>
      </PageHeader>
      <LeftOutNotice documents={report.leftOut} />
      <RoundChoice
        address={`${base}/disputes`}
        rounds={report.rounds}
        round={roundId}
        after={asked.after || null}
      />
      {mayEdit ? <NextStep projectId={projectId} report={report} /> : null}
      <Section title="Disputes">
        {report.groups.length === 0 ? (
          <EmptyState title="No disputes here">
            Two annotators or more must have submitted the same document. Where they differ, it is
            listed here, decided or not.
          </EmptyState>
        ) : (
          <>
            <p className="mb-3 text-[13px] text-ink-soft">
              {counted(report.disputes, "dispute")} in {counted(report.documents, "document")},{" "}
              {report.decided} decided; {counted(report.begun, "document")} in adjudication,{" "}
              {report.finished} finished. A dispute of three answers stands in each of its groups.
            </p>
            <DisputeGroups projectId={projectId} report={report} mayNote={mayEdit} />
          </>
        )}
      </Section>
      {mayEdit && report.from !== null && report.from < report.to && !wasRepeated ? (
        <AnnotateAgain
          projectId={projectId}
          from={report.from}
          to={report.to}
          next={`${base}/disputes?round=${compared?.before ?? ""}&after=`}
        />
      ) : null}
      {compared === null ? null : (
        <BeforeAndAfter projectId={projectId} mayOpenExclusions={mayEdit} {...compared} />
      )}
    </main>
  );
}

async function mayEditCodebook(projectId: string): Promise<boolean> {
  const { role } = unwrap(await openProject({ projectId }));
  const actor = await currentActor();
  return actor !== null && may({ ...actor, projectRole: role, isOwn: false }, "codebook.edit");
}

/** The round in question, else the first, against the one that was chosen, else the latest. */
function comparedRounds(
  rounds: DisputeReport["rounds"],
  round: string | null,
  chosen: string | null,
): { before: string; after: string } | null {
  const before = round ?? rounds[0]?.roundId;
  const later = rounds.filter(({ roundId }) => roundId !== before);
  const after = chosen === before ? undefined : (chosen ?? later.at(-1)?.roundId);
  return before === undefined || after === undefined ? null : { before, after };
}

/** What a lead does next: review and publish a draft. */
async function NextStep({ projectId, report }: { projectId: string; report: DisputeReport }) {
  const draft = unwrap(await openDraft({ projectId }));
  if (draft === null) return null;
  return (
    <Notice className="mb-5">
      Version {draft.version} of the codebook is a draft; version {report.to} is in force.{" "}
      <Link className="underline" href={`/projects/${projectId}/codebook/publish`}>
        Review and publish
      </Link>
      . Then the documents concerned can be annotated again from here.
    </Notice>
  );
}

async function AnnotateAgain({
  projectId,
  from,
  to,
  next,
}: {
  projectId: string;
  from: number;
  to: number;
  next: string;
}) {
  const affected = unwrap(await listAffected({ projectId, from, to }));
  if (affected.labels.length === 0 || affected.assignments === 0) return null;
  return (
    <Section title={`Annotate again by version ${to}`}>
      <Reannotation
        projectId={projectId}
        from={from}
        to={to}
        affected={affected}
        next={next}
        who="all"
      />
    </Section>
  );
}

async function BeforeAndAfter({
  projectId,
  before,
  after,
  mayOpenExclusions,
}: {
  projectId: string;
  before: string;
  after: string;
  mayOpenExclusions: boolean;
}) {
  const change = await openAgreementChange({ projectId, before, after });
  if (!change.ok) return null;
  return (
    <Section
      title="Agreement before and after"
      actions={
        <ButtonLink size="small" href={`/projects/${projectId}/agreement`}>
          The whole report
        </ButtonLink>
      }
    >
      <ExcludedNotice
        projectId={projectId}
        excluded={change.value.excluded}
        mayOpen={mayOpenExclusions}
      />
      <ChangeTable change={change.value} />
    </Section>
  );
}
