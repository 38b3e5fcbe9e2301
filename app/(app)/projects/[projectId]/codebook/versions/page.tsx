import Link from "next/link";
import { BringAlong } from "@/components/codebooks/publishing/bring-along";
import { MigrationList } from "@/components/codebooks/publishing/migration-list";
import { Reannotation } from "@/components/codebooks/publishing/reannotation";
import { ChangeList } from "@/components/codebooks/versions/change-list";
import { CompareForm } from "@/components/codebooks/versions/compare-form";
import { Badge } from "@/components/ui/badge";
import { PageHeader, Section } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { counted } from "@/lib/domain/wording";
import { unwrap } from "@/lib/server/unwrap";
import { listMigrations, previewMigration } from "@/lib/services/codebook-migrations";
import { listAffected } from "@/lib/services/codebook-reannotation";
import {
  compareVersions,
  type ListedVersion,
  listCodebookVersions,
} from "@/lib/services/codebooks";

export const metadata = { title: "Versions of the codebook" };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function VersionsPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const asked = await searchParams;
  const versions = unwrap(await listCodebookVersions({ projectId }));
  // A version that moved nothing is no migration to speak of.
  const migrations = unwrap(await listMigrations({ projectId })).filter(
    ({ sets, job }) => sets > 0 || job !== null,
  );
  const kept = versions.filter(({ state }) => state !== "draft");
  const to = chosen(asked.to, kept) ?? kept[0]?.version;
  const from = chosen(asked.from, kept) ?? kept[1]?.version;
  const base = `/projects/${projectId}/codebook`;
  return (
    <main>
      <PageHeader title="Versions of the codebook">
        Annotations keep the version that they were made under. A version never changes once it is
        published.
      </PageHeader>
      <VersionTable base={base} versions={versions} />
      {from === undefined || to === undefined ? (
        <p className="mt-6 max-w-prose text-sm text-ink-soft">
          Once there are two versions, they can be compared here in words.
        </p>
      ) : (
        <Section
          title="Compare"
          className="mt-8"
          actions={<CompareForm base={`${base}/versions`} versions={kept} from={from} to={to} />}
        >
          <ChangeList
            changes={
              from === to ? [] : unwrap(await compareVersions({ projectId, from, to })).changes
            }
          />
        </Section>
      )}
      {from !== undefined && to !== undefined && from < to ? (
        <AnnotateAgain projectId={projectId} from={from} to={to} />
      ) : null}
      <LeftBehind projectId={projectId} version={kept[0]?.version} />
      {migrations.length > 0 ? (
        <Section title="Annotations brought to another version" className="mt-8">
          <MigrationList projectId={projectId} migrations={migrations} />
        </Section>
      ) : null}
    </main>
  );
}

/** What was submitted under labels that mean something else now. */
async function AnnotateAgain(between: { projectId: string; from: number; to: number }) {
  const affected = unwrap(await listAffected(between));
  if (affected.labels.length === 0 || affected.assignments === 0) return null;
  return (
    <Section title="Annotate again" className="mt-8">
      <Reannotation {...between} affected={affected} />
    </Section>
  );
}

/** Submitted and decided work that the rules of the version in force have not changed yet. */
async function LeftBehind({
  projectId,
  version,
}: {
  projectId: string;
  version: number | undefined;
}) {
  if (version === undefined) return null;
  const { touched } = unwrap(await previewMigration({ projectId, version }));
  const left = touched.filter(
    ({ rule, submitted, others }) =>
      rule !== null && submitted.annotations + others.annotations > 0,
  );
  if (left.length === 0) return null;
  return (
    <Section title="Under an earlier version" className="mt-8">
      <BringAlong projectId={projectId} version={version} touched={left} />
    </Section>
  );
}

function chosen(
  asked: string | string[] | undefined,
  versions: readonly ListedVersion[],
): number | undefined {
  return versions.find(({ version }) => String(version) === asked)?.version;
}

const STATES = { draft: "draft", published: "in force", superseded: "superseded" } as const;

function VersionTable({ base, versions }: { base: string; versions: readonly ListedVersion[] }) {
  return (
    <Table
      label="Versions"
      head={
        <>
          <HeadCell>Version</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell>Published</HeadCell>
          <HeadCell>Annotated under it</HeadCell>
          <HeadCell>
            <span className="sr-only">More</span>
          </HeadCell>
        </>
      }
    >
      {versions.map(({ version, state, name, publishedOn, changedOn, sets, annotations }) => (
        <tr key={version}>
          <Cell>
            <Link
              className="font-medium underline-offset-2 hover:underline"
              href={state === "draft" ? `${base}/draft` : `${base}?version=${version}`}
            >
              {version}: {name}
            </Link>
          </Cell>
          <Cell>
            <Badge tone={state === "published" ? "good" : "plain"}>{STATES[state]}</Badge>
          </Cell>
          <Cell className="whitespace-nowrap">{publishedOn ?? `changed ${changedOn}`}</Cell>
          <Cell>
            {sets === 0
              ? "nothing yet"
              : `${counted(annotations, "annotation")} in ${counted(sets, "set")}`}
          </Cell>
          <Cell>
            {state === "draft" ? null : (
              <Link
                className="text-accent underline-offset-2 hover:underline"
                href={`${base}/print?version=${version}`}
              >
                Print
              </Link>
            )}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
