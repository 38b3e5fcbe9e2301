import { Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { CodeSample } from "@/components/dataset/code-sample";
import { DifferenceView } from "@/components/releases/difference-view";
import { FormatList } from "@/components/releases/format-list";
import { JobProgress } from "@/components/releases/job-progress";
import { datasetsCode, pythonCode, rCode } from "@/components/releases/loading-code";
import {
  FileTable,
  ReleaseChoices,
  ReleaseNumbers,
  SplitTable,
} from "@/components/releases/release-facts";
import { PageHeader, Section } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { compareReleases, listReleases, openRelease } from "@/lib/services/releases";

export const metadata: Metadata = { title: "Release" };

type Props = {
  params: Promise<{ projectId: string; releaseId: string }>;
  searchParams: Promise<{ job?: string; with?: string }>;
};

export default async function ReleasePage({ params, searchParams }: Props) {
  const { projectId, releaseId } = await params;
  const { job, with: withId } = await searchParams;
  const release = unwrap(await openRelease({ projectId, releaseId }));
  const { version, name, state, settings, sha256, createdAt } = release;
  const base = `/api/v1/projects/${projectId}/releases/${releaseId}`;
  const isReady = state === "ready";
  return (
    <main>
      <PageHeader
        title={`Release ${version}`}
        actions={
          isReady ? (
            <a
              href={`${base}/archive`}
              download
              className="inline-flex h-9 items-center gap-1.5 rounded-md border border-accent bg-accent px-3 text-sm font-medium text-accent-ink hover:opacity-90"
            >
              <Download aria-hidden size={15} />
              Download the archive
            </a>
          ) : null
        }
      >
        {name === "" ? null : <bdi>{name}, </bdi>}
        asked for on {createdAt.toISOString().slice(0, 10)}.{" "}
        <Link href={`/projects/${projectId}/releases`} className="text-accent underline">
          All releases
        </Link>
      </PageHeader>
      {isReady ? null : (
        <JobProgress projectId={projectId} jobId={release.jobId} title="Freezing the release" />
      )}
      {isReady && job !== undefined ? (
        <JobProgress projectId={projectId} jobId={job} title="Writing the format" />
      ) : null}
      {isReady ? (
        <Section title="What is in it">
          <ReleaseNumbers release={release} />
        </Section>
      ) : null}
      <Section title="What was chosen">
        <ReleaseChoices release={release} />
      </Section>
      {isReady ? (
        <>
          {settings.split.by === "none" ? null : (
            <Section title="Splits">
              <SplitTable release={release} />
            </Section>
          )}
          <Section title="In other formats">
            <FormatList base={base} formats={release.formats} problem={release.formatProblem} />
          </Section>
          <Section title="Load it">
            <div className="grid gap-4 lg:grid-cols-2">
              <CodeSample title="Python" code={pythonCode(release.fileName)} />
              <CodeSample title="R" code={rCode(release.fileName)} />
              <CodeSample title="Hugging Face datasets" code={datasetsCode()} />
            </div>
          </Section>
          <Section title="Cite it">
            <p className="max-w-prose text-sm">
              {settings.authors.length > 0 ? `${settings.authors.join("; ")} ` : ""}(
              {createdAt.getUTCFullYear()}). Release {version}
              {name === "" ? "" : `, ${name}`} [data set]. SHA-256{" "}
              <span className="break-all font-mono text-[13px]">{sha256}</span>
            </p>
            <p className="mt-1 max-w-prose text-sm text-ink-soft">
              CITATION.cff in the archive says the same to programs.
            </p>
          </Section>
          <Comparison {...{ projectId, releaseId, version, withId }} />
          <Section title="Files">
            <FileTable release={release} />
          </Section>
        </>
      ) : null}
    </main>
  );
}

async function Comparison({
  projectId,
  releaseId,
  version,
  withId,
}: {
  projectId: string;
  releaseId: string;
  version: number;
  withId: string | undefined;
}) {
  const releases = unwrap(await listReleases({ projectId }));
  const others = releases.filter((each) => each.releaseId !== releaseId && each.state === "ready");
  const chosen =
    others.find((each) => each.releaseId === withId) ??
    others.find((each) => each.version < version) ??
    others[0];
  if (chosen === undefined) return null;
  const compared = await compareReleases({ projectId, releaseId, withId: chosen.releaseId });
  return (
    <Section title="Compared with another release">
      <nav aria-label="Compare with" className="mb-3 flex flex-wrap gap-3 text-sm">
        {others.map((each) => (
          <Link
            key={each.releaseId}
            href={`/projects/${projectId}/releases/${releaseId}?with=${each.releaseId}`}
            aria-current={each.releaseId === chosen.releaseId ? "true" : undefined}
            className={
              each.releaseId === chosen.releaseId ? "font-semibold" : "text-accent underline"
            }
          >
            Release {each.version}
          </Link>
        ))}
      </nav>
      {compared.ok ? (
        <DifferenceView {...compared.value} />
      ) : (
        <p className="text-sm">{compared.failure.message}</p>
      )}
    </Section>
  );
}
