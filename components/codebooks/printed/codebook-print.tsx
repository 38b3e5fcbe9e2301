import { Markdown } from "@/components/ui/markdown";
import { Notice } from "@/components/ui/notice";
import { labelKeys } from "@/lib/domain/codebook/label-keys";
import type { Codebook } from "@/lib/domain/codebook/language";
import { labelLooks } from "@/lib/domain/codebook/looks";
import { LayerPrint, type Printed } from "./layer-print";

/** A codebook to read: what to check, guidelines, then each layer, and how to cite it. */
export function CodebookPrint({ codebook }: { codebook: Codebook }) {
  const printed: Printed = {
    codebook,
    looks: labelLooks(codebook),
    keys: labelKeys(codebook),
  };
  return (
    <>
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
        <LayerPrint key={layer.key} layer={layer} printed={printed} />
      ))}
      {codebook.citation ? (
        <p className="max-w-prose whitespace-pre-line border-t border-line pt-3 text-[13px] text-ink-soft">
          {codebook.citation}
        </p>
      ) : null}
    </>
  );
}
