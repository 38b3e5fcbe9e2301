import { LayerLinks, LayerPrint } from "@/components/codebooks/layer-print";
import { Markdown } from "@/components/ui/markdown";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import type { Codebook } from "@/lib/domain/codebook/language";
import { labelLooks } from "@/lib/domain/codebook/looks";
import { languageName } from "@/lib/domain/languages";
import { unwrap } from "@/lib/server/unwrap";
import { openCodebook } from "@/lib/services/codebooks";

export const metadata = { title: "Codebook" };

const STANCES: Record<NonNullable<Codebook["stance"]>, string> = {
  as_intended: "Read as the author meant it.",
  as_felt: "Read as you feel it.",
  as_conveyed: "Read as what the text conveys to its readers.",
};

type Props = { params: Promise<{ projectId: string }> };

export default async function CodebookPage({ params }: Props) {
  const { projectId } = await params;
  const { codebook, version, publishedOn, sha256 } = unwrap(await openCodebook({ projectId }));
  const looks = labelLooks(codebook);
  return (
    <main>
      <PageHeader title={codebook.name}>
        {codebook.description}
        {codebook.stance === undefined ? null : ` ${STANCES[codebook.stance]}`}
      </PageHeader>
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
          {codebook.checkAgainstPaper ? (
            <Notice tone="warn" className="mb-5">
              Check against the paper before use: {codebook.checkAgainstPaper}
            </Notice>
          ) : null}
          {codebook.guidelines ? (
            <section id="guidelines" className="mb-10 max-w-prose scroll-mt-16">
              <h2 className="mb-2 text-base font-semibold">Guidelines</h2>
              <Markdown source={codebook.guidelines} />
            </section>
          ) : null}
          {codebook.layers.map((layer) => (
            <LayerPrint key={layer.key} layer={layer} looks={looks} />
          ))}
          {codebook.citation ? (
            <p className="max-w-prose border-t border-line pt-3 text-[13px] text-ink-soft">
              {codebook.citation}
            </p>
          ) : null}
        </div>
      </div>
    </main>
  );
}
