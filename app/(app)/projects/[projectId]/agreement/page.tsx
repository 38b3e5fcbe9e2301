import type { Metadata } from "next";
import { CoverageTable } from "@/components/agreement/coverage-table";
import { GoldSection } from "@/components/agreement/gold-section";
import { GroupSection } from "@/components/agreement/group-section";
import { LayerHeadline } from "@/components/agreement/layer-headline";
import { LayerSection } from "@/components/agreement/layer-section";
import { LiveReport } from "@/components/agreement/live-report";
import { NotCounted, NothingToCompare } from "@/components/agreement/notes";
import { ReportFiles } from "@/components/agreement/report-files";
import { Rules } from "@/components/agreement/rules";
import { SettingsForm } from "@/components/agreement/settings-form";
import { ExcludedNotice } from "@/components/ui/excluded-notice";
import { LeftOutNotice } from "@/components/ui/left-out-notice";
import { PageHeader, Section } from "@/components/ui/page";
import { choiceQuery } from "@/lib/domain/agreement-report/choice";
import type { ChartWords } from "@/lib/domain/agreement-report/layer-charts";
import { unwrap } from "@/lib/server/unwrap";
import { type AgreementOverview, openAgreement } from "@/lib/services/agreement";
import { openAgreementGroups, openGoldAgreement } from "@/lib/services/agreement-apart";

export const metadata: Metadata = { title: "Agreement" };

type Query = Record<string, string | string[] | undefined>;

export default async function AgreementPage({
  params,
  searchParams,
}: {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Query>;
}) {
  const { projectId } = await params;
  const input = { ...filled(await searchParams), projectId } as Parameters<typeof openAgreement>[0];
  const overview = unwrap(await openAgreement(input));
  const { coverage, annotators, layers, choice, codebook } = overview;
  const hasPairs = coverage.some(({ spans }) => Object.keys(spans).length > 1);
  const submissions = coverage.reduce((sum, { spans }) => sum + Object.keys(spans).length, 0);
  const query = choiceQuery(choice).toString();
  const api = `/api/v1/projects/${projectId}/agreement`;
  const contexts = (layers ?? []).map((report) => contextOf(projectId, report, overview));
  return (
    <main>
      <PageHeader title="Agreement">
        <p>
          {codebook === null
            ? "How far annotators agree, from what they have submitted."
            : `Submitted work under “${codebook.name}”, version ${codebook.version}.`}
        </p>
      </PageHeader>
      <LeftOutNotice documents={overview.leftOut} />
      <ExcludedNotice
        projectId={projectId}
        excluded={overview.excluded}
        mayOpen={overview.mayOpenExclusions}
        says={(what) =>
          choice.exclusions === "counted"
            ? `By the settings, figures here count ${what} all the same, which a lead excluded.`
            : `Figures here do not count ${what}, excluded by a lead. The settings can count them.`
        }
      />
      {codebook === null ? null : (
        <SettingsForm
          projectId={projectId}
          choice={choice}
          version={codebook.version}
          versions={overview.versions}
          rounds={overview.rounds}
          annotators={annotators}
          documents={overview.takenOut}
        />
      )}
      {codebook === null ? null : (
        <LiveReport
          address={`${api}/state${query === "" ? "" : `?${query}`}`}
          choice={{
            ...choice,
            projectId,
            rounds: [...choice.rounds],
            without: [...choice.without],
            leaveOut: [...choice.leaveOut],
          }}
          shown={{
            inputHash: overview.inputHash,
            parts: overview.parts,
            running: overview.running,
          }}
        />
      )}
      {hasPairs ? (
        contexts.map(({ report, resampled, words }) => (
          <LayerHeadline
            key={report.layer}
            report={report}
            resampled={resampled}
            documentCount={overview.documentCount}
            nameOf={words.annotator}
          />
        ))
      ) : (
        <NothingToCompare submitted={submissions} />
      )}
      {layers !== null && hasPairs ? <ReportFiles api={api} query={query} /> : null}
      {coverage.length > 0 ? (
        <Section title="Who annotated what" className="mt-6 mb-8">
          <CoverageTable projectId={projectId} annotators={annotators} rows={coverage} />
          <NotCounted {...overview.notCounted} />
        </Section>
      ) : null}
      {hasPairs
        ? contexts.map((context) => (
            <Section key={context.report.layer} title={context.report.name}>
              <LayerSection {...context} />
            </Section>
          ))
        : null}
      {hasPairs ? (
        <ApartFromAgreement input={input} overview={overview} layers={layers ?? []} />
      ) : null}
      {hasPairs ? <Rules layers={layers ?? []} /> : null}
    </main>
  );
}

/** After adjudication, and within groups of annotators: figures that are no part of the headlines. */
async function ApartFromAgreement({
  input,
  overview: { annotators, mayOpenExclusions: isLead },
  layers,
}: {
  input: Parameters<typeof openAgreement>[0];
  overview: AgreementOverview;
  layers: NonNullable<AgreementOverview["layers"]>;
}) {
  const names = new Map(annotators.map(({ id, name }) => [id, name]));
  const gold = unwrap(await openGoldAgreement(input));
  const groups = isLead ? unwrap(await openAgreementGroups(input)) : null;
  return (
    <>
      <Section title="Each annotator against the gold">
        <GoldSection gold={gold} nameOf={(id) => names.get(id) ?? "Somebody"} />
      </Section>
      {groups === null ? null : (
        <Section title="By background group">
          <GroupSection groups={groups} layers={layers} />
        </Section>
      )}
    </>
  );
}

function contextOf(
  projectId: string,
  report: NonNullable<AgreementOverview["layers"]>[number],
  overview: AgreementOverview,
) {
  const { choice, coverage, annotators, resampled } = overview;
  const looks = overview.looks[report.layer] ?? {};
  const names = new Map(annotators.map(({ id, name }) => [id, name]));
  const titles = new Map(coverage.map(({ documentId, title }) => [documentId, title]));
  const base = `/projects/${projectId}`;
  const query = choiceQuery(choice).toString();
  const words: ChartWords = {
    annotator: (id) => names.get(id) ?? "Somebody",
    document: (id) => titles.get(id) ?? "A document",
    look: (label) => looks[label],
    href: {
      spans: ({ annotators: people = [], label, against, show }) => {
        const parts = choiceQuery(choice);
        parts.set("layer", report.layer);
        for (const id of people) parts.append("annotators", id);
        if (label !== undefined) parts.set("label", label);
        if (against !== undefined) parts.set("against", against);
        if (show !== undefined) parts.set("show", show);
        return `${base}/agreement/spans?${parts}`;
      },
      document: (id) => `${base}/compare/${id}`,
    },
  };
  return {
    report,
    resampled: resampled?.find(({ layer }) => layer === report.layer) ?? null,
    words,
    looks,
    chartFile: (name: string, format: "svg" | "csv") =>
      `/api/v1/projects/${projectId}/agreement/charts/${encodeURIComponent(report.layer)}/${name}.${format}${query === "" ? "" : `?${query}`}`,
    withoutDocument: (id: string) =>
      `${base}/agreement?${choiceQuery({ ...choice, leaveOut: [...choice.leaveOut, id] })}`,
  };
}

/** A form sends empty values for what was not chosen. */
function filled(query: Query): Query {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== "" && value !== undefined),
  );
}
