import Link from "next/link";
import { STANCE_WORDS } from "@/components/codebooks/editing/words";
import { CodebookPrint } from "@/components/codebooks/printed/codebook-print";
import { LayerLinks } from "@/components/codebooks/printed/layer-links";
import { ExportButton } from "@/components/codebooks/versions/export-button";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { languageName } from "@/lib/domain/languages";
import { unwrap } from "@/lib/server/unwrap";
import { openDraft } from "@/lib/services/codebook-drafts";
import { openCodebook } from "@/lib/services/codebooks";
import { askedVersion } from "./asked-version";

export const metadata = { title: "Codebook" };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function CodebookPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const asked = askedVersion(await searchParams);
  const { codebook, version, state, publishedOn, sha256 } = unwrap(
    await openCodebook({ projectId, ...asked }),
  );
  // Who may not edit is refused, and reads only.
  const draft = await openDraft({ projectId });
  const base = `/projects/${projectId}/codebook`;
  return (
    <main>
      <PageHeader
        title={codebook.name}
        actions={
          <>
            <ExportButton projectId={projectId} version={version} />
            <ButtonLink href={`${base}/print?version=${version}`}>Print</ButtonLink>
            {draft.ok ? <LeadActions base={base} draft={draft.value} /> : null}
          </>
        }
      >
        {codebook.description}
        {codebook.stance === undefined ? null : ` ${STANCE_WORDS[codebook.stance].printed}`}
      </PageHeader>
      {state === "superseded" ? (
        <Notice className="mb-5">
          This is version {version}, which another one has superseded.{" "}
          <Link className="underline" href={base}>
            Read the version in force.
          </Link>
        </Notice>
      ) : null}
      <div className="grid items-start gap-x-8 gap-y-5 lg:grid-cols-[1fr_15rem]">
        <aside className="flex flex-col gap-4 lg:sticky lg:top-16 lg:order-last">
          <LayerLinks codebook={codebook} />
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-[13px] text-ink-soft">
            <dt>Version</dt>
            <dd className="text-ink">
              {version}, of {publishedOn}
            </dd>
            <dt>Language</dt>
            <dd className="text-ink">{languageName(codebook.language)}</dd>
            <dt>SHA-256</dt>
            <dd className="truncate font-mono text-xs text-ink" title={sha256}>
              {sha256.slice(0, 16)}…
            </dd>
          </dl>
        </aside>
        <div className="min-w-0">
          <CodebookPrint codebook={codebook} />
        </div>
      </div>
    </main>
  );
}

function LeadActions({ base, draft }: { base: string; draft: { version: number } | null }) {
  return (
    <>
      <ButtonLink href={`${base}/versions`}>Versions</ButtonLink>
      <ButtonLink tone="primary" href={`${base}/draft`}>
        {draft === null ? "New version" : `Edit the draft of version ${draft.version}`}
      </ButtonLink>
    </>
  );
}
