import type { Metadata } from "next";
import Link from "next/link";
import { CodeSample } from "@/components/dataset/code-sample";
import { DatasetNumbers } from "@/components/dataset/dataset-numbers";
import { DownloadList } from "@/components/dataset/download-list";
import { FieldNotes } from "@/components/dataset/field-notes";
import { csvCode, pythonCode, rCode } from "@/components/dataset/loading-code";
import { ExcludedNotice } from "@/components/ui/excluded-notice";
import { LeftOutNotice } from "@/components/ui/left-out-notice";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader, Section } from "@/components/ui/page";
import { fileName } from "@/lib/domain/formats/file-name";
import { unwrap } from "@/lib/server/unwrap";
import { describeDataset } from "@/lib/services/dataset";

export const metadata: Metadata = { title: "Dataset" };

export default async function DatasetPage({
  params,
  searchParams,
}: {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ exclusions?: string }>;
}) {
  const { projectId } = await params;
  const exclusions =
    (await searchParams).exclusions === "included" ? ("included" as const) : ("left_out" as const);
  const summary = unwrap(await describeDataset({ projectId, exclusions }));
  const { name, pseudonyms, leftOut, excluded } = summary;
  return (
    <main>
      <PageHeader title="Dataset">
        All submitted annotations of this moment, each annotator’s own, as files. Drafts are not in
        them. For a dataset that others cite,{" "}
        <Link href={`/projects/${projectId}/releases`} className="text-accent underline">
          prepare a release
        </Link>
        .
      </PageHeader>
      <LeftOutNotice documents={leftOut} />
      <ExcludedNotice
        projectId={projectId}
        excluded={excluded}
        says={(what) =>
          exclusions === "included"
            ? `Everything here holds the work of ${what} too, which a lead excluded from figures.`
            : `Nothing here holds the work of ${what}, excluded from figures by a lead.`
        }
      >
        {" "}
        <Link
          className="underline"
          href={`/projects/${projectId}/dataset${exclusions === "included" ? "" : "?exclusions=included"}`}
        >
          {exclusions === "included" ? "Leave it out" : "Include it all the same"}
        </Link>
      </ExcludedNotice>
      {summary.submissions === 0 ? (
        <EmptyState title="Nothing to download yet">
          When an annotator submits a document, their annotations of it appear here, ready to
          download as JSONL or CSV.
        </EmptyState>
      ) : (
        <>
          <Section title="What is in it">
            <DatasetNumbers counts={summary} annotators={pseudonyms.length} />
          </Section>
          <Section title="Download">
            <DownloadList projectId={projectId} exclusions={exclusions} />
          </Section>
          <Section title="Load it">
            <div className="grid gap-4 lg:grid-cols-2">
              <CodeSample
                title="Python, JSONL"
                code={pythonCode(`${fileName(name, "dataset")}.jsonl`)}
              />
              <CodeSample title="R, JSONL" code={rCode(`${fileName(name, "dataset")}.jsonl`)} />
              <CodeSample title="CSV" code={csvCode(`${fileName(name, "annotations")}.csv`)} />
            </div>
            <p className="mt-3 max-w-prose text-sm text-ink-soft">
              On the command line the same files come from{" "}
              <code className="font-mono text-[13px]">bin/framemark export</code>.
            </p>
          </Section>
          <Section title="Fields">
            <FieldNotes />
          </Section>
          <Section title="Before you share it">
            <div className="flex max-w-prose flex-col gap-2 text-sm">
              <p>
                Annotators appear under pseudonyms: {pseudonyms.join(", ")}. Names, e-mail addresses
                and account ids are in no file, and comments are left out. A pseudonym is no
                anonymity: who knows when somebody worked, or on what, may recognise them. Free-text
                answers hold what annotators wrote into them.
              </p>
              <p>
                The texts belong to their publishers. The field licence says what you noted on
                import; where it is empty, share offsets and hashes without the texts, or ask.
              </p>
            </div>
          </Section>
        </>
      )}
    </main>
  );
}
