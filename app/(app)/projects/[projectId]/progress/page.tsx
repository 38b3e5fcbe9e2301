import Link from "next/link";
import { Suspense } from "react";
import { AgreementSoFar } from "@/components/progress/agreement-so-far";
import { DayBars } from "@/components/progress/day-bars";
import { DriftPlots } from "@/components/progress/drift-plot";
import { LabelShareTable } from "@/components/progress/label-shares";
import { LiveRefresh } from "@/components/progress/live-refresh";
import { PaceFacts, QualityRules } from "@/components/progress/pace-facts";
import { PersonTable } from "@/components/progress/person-table";
import { RoundProgressTable } from "@/components/progress/round-progress";
import { ButtonLink } from "@/components/ui/button";
import { ExcludedNotice } from "@/components/ui/excluded-notice";
import { LeftOutNotice } from "@/components/ui/left-out-notice";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader, Section } from "@/components/ui/page";
import { choiceQuery, USUAL_CHOICE } from "@/lib/domain/agreement-report/choice";
import { unwrap } from "@/lib/server/unwrap";
import { openAgreement } from "@/lib/services/agreement";
import { openProgress } from "@/lib/services/progress";
import { openQuality } from "@/lib/services/quality";

export const metadata = { title: "Progress" };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ round?: string }>;
};

export default async function ProgressPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const { round } = await searchParams;
  const asked = { projectId, ...(round === undefined ? {} : { roundId: round }) };
  const [progressed, judged] = await Promise.all([openProgress(asked), openQuality(asked)]);
  const progress = unwrap(progressed);
  const quality = unwrap(judged);
  const roundId = round ?? null;
  const position = progress.rounds.find((each) => each.roundId === roundId)?.position ?? null;
  const labelName = (key: string) => quality.labels[key]?.name ?? key;
  if (progress.people.length === 0 && progress.pace.open === 0) {
    return (
      <main>
        <PageHeader title="Progress" />
        <EmptyState
          title="Nothing is given out yet"
          action={
            <ButtonLink tone="primary" href={`/projects/${projectId}/rounds/new`}>
              Plan a round
            </ButtonLink>
          }
        >
          Once annotators have documents, you see here how far they are, how fast, and how well they
          agree.
        </EmptyState>
      </main>
    );
  }
  return (
    <main>
      <PageHeader
        title="Progress"
        actions={
          <>
            <LiveRefresh projectId={projectId} />
            <ButtonLink href={`/projects/${projectId}/progress/pairs`}>
              Differences by pair
            </ButtonLink>
            <ButtonLink href={`/projects/${projectId}/progress/exclusions`}>Left out</ButtonLink>
            <a
              className="text-sm text-accent underline underline-offset-2"
              href={`/api/v1/projects/${projectId}/progress${round === undefined ? "" : `?roundId=${round}`}`}
              download
            >
              CSV
            </a>
          </>
        }
      >
        Every number opens the documents behind it.
      </PageHeader>
      <LeftOutNotice documents={quality.leftOut} />
      <ExcludedNotice projectId={projectId} excluded={progress.excluded} />
      <RoundLinks projectId={projectId} roundId={roundId} rounds={progress.rounds} />
      <Section title="Documents by state and round">
        <RoundProgressTable
          projectId={projectId}
          rounds={progress.rounds.filter((each) => roundId === null || each.roundId === roundId)}
        />
      </Section>
      <Section title="Pace">
        <div className="flex flex-wrap items-start gap-x-10 gap-y-4">
          <PaceFacts projectId={projectId} progress={progress} />
          <DayBars days={progress.days} />
        </div>
      </Section>
      <Section title="Agreement so far">
        <Suspense fallback={<p className="text-sm text-ink-soft">Being computed…</p>}>
          <Agreement projectId={projectId} position={position} />
        </Suspense>
      </Section>
      <Section title="People">
        <PersonTable
          projectId={projectId}
          roundId={roundId}
          people={progress.people}
          quality={quality.people}
          labelName={labelName}
        />
        <QualityRules />
      </Section>
      {quality.people.length > 0 ? (
        <>
          <Section title="Labels by person">
            <LabelShareTable projectId={projectId} roundId={roundId} quality={quality} />
            <p className="mt-2 max-w-prose text-[13px] text-ink-soft">
              Number of marks and answers, with their part of all that the person gave. ▲ and ▼: 15
              points or more away from the others together. Distance: 0 is the same parts as the
              others, 1 no label in common.
            </p>
          </Section>
          {quality.people.some(({ parts }) => parts.length > 1) ? (
            <Section title="Over time">
              <DriftPlots people={quality.people} />
            </Section>
          ) : null}
        </>
      ) : null}
    </main>
  );
}

/** The figures of agreement, without what is excluded; they may take longer than the rest. */
async function Agreement({ projectId, position }: { projectId: string; position: number | null }) {
  const choice = { rounds: position === null ? [] : [position] };
  const { layers } = unwrap(await openAgreement({ projectId, ...choice }));
  const query = choiceQuery({ ...USUAL_CHOICE, ...choice });
  return (
    <AgreementSoFar
      layers={layers}
      href={`/projects/${projectId}/agreement${query.size > 0 ? `?${query}` : ""}`}
    />
  );
}

function RoundLinks({
  projectId,
  roundId,
  rounds,
}: {
  projectId: string;
  roundId: string | null;
  rounds: readonly { roundId: string; name: string }[];
}) {
  if (rounds.length < 2) return null;
  const base = `/projects/${projectId}/progress`;
  const all = [{ roundId: null, name: "All rounds" }, ...rounds];
  return (
    <nav aria-label="Rounds" className="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {all.map((each) => (
        <Link
          key={each.roundId ?? "all"}
          href={each.roundId === null ? base : `${base}?round=${each.roundId}`}
          aria-current={each.roundId === roundId ? "page" : undefined}
          className="py-1 text-ink-soft underline-offset-4 hover:underline aria-[current=page]:font-semibold aria-[current=page]:text-ink aria-[current=page]:underline"
        >
          <bdi>{each.name}</bdi>
        </Link>
      ))}
    </nav>
  );
}
