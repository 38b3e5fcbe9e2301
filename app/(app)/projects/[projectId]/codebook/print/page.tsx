import "../../print.css";
import { STANCE_WORDS } from "@/components/codebooks/editing/words";
import { CodebookPrint } from "@/components/codebooks/printed/codebook-print";
import { LayerLinks } from "@/components/codebooks/printed/layer-links";
import { PrintButton } from "@/components/codebooks/printed/print-button";
import { ButtonLink } from "@/components/ui/button";
import { languageName } from "@/lib/domain/languages";
import { unwrap } from "@/lib/server/unwrap";
import { openCodebook } from "@/lib/services/codebooks";
import { askedVersion } from "../asked-version";

export const metadata = { title: "Codebook to print" };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function PrintPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const asked = askedVersion(await searchParams);
  const { codebook, version, publishedOn, sha256 } = unwrap(
    await openCodebook({ projectId, ...asked }),
  );
  return (
    <main className="mx-auto max-w-3xl">
      <div className="mb-6 flex flex-wrap gap-2 print:hidden">
        <PrintButton />
        <ButtonLink tone="quiet" href={`/projects/${projectId}/codebook?version=${version}`}>
          Back to the codebook
        </ButtonLink>
      </div>
      <header className="mb-6">
        <h1 className="text-2xl font-semibold tracking-tight">{codebook.name}</h1>
        {codebook.description ? <p className="mt-1 max-w-prose">{codebook.description}</p> : null}
        <p className="mt-2 text-[13px] text-ink-soft">
          Version {version}, of {publishedOn} · {languageName(codebook.language)} ·{" "}
          {codebook.stance === undefined ? "" : `${STANCE_WORDS[codebook.stance].printed} · `}
          SHA-256 {sha256.slice(0, 16)}…
        </p>
      </header>
      <section aria-labelledby="contents" className="mb-8">
        <h2 id="contents" className="text-base font-semibold">
          Contents
        </h2>
        <LayerLinks codebook={codebook} />
      </section>
      <CodebookPrint codebook={codebook} />
    </main>
  );
}
