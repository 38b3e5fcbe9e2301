import { counted } from "@/lib/domain/wording";
import type { Template } from "@/lib/services/codebooks";
import { Swatch } from "./swatch";

const LEVELS: Record<string, string> = {
  span: "words",
  relation: "links between words",
  sentence: "sentences",
  block: "paragraphs",
  document: "the article",
  event: "the event",
};

/** What people call a level of the codebook language. */
export function levelName(level: string): string {
  return LEVELS[level] ?? level;
}

/** How many labels a template has and on what, with the first of them. */
export function TemplateSummary({ template }: { template: Template }) {
  const labels = template.layers.reduce((sum, layer) => sum + layer.labels, 0);
  const levels = [...new Set(template.layers.map((layer) => levelName(layer.level)))];
  return (
    <>
      <span className="text-[13px] text-ink-soft">{template.description}</span>
      <span className="text-[13px] text-ink-soft">
        {counted(labels, "label")} in {counted(template.layers.length, "layer")}, on{" "}
        {levels.join(", ")}
      </span>
      <span className="flex flex-wrap gap-x-3 gap-y-1 text-[13px]">
        {template.preview.map(({ name, colour, code }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list in which names may repeat
          <span key={place} className="inline-flex items-center gap-1.5">
            <Swatch colour={colour} code={code} />
            <span className="max-w-52 truncate">{name}</span>
          </span>
        ))}
        {labels > template.preview.length ? (
          <span className="text-ink-soft">and {labels - template.preview.length} more</span>
        ) : null}
      </span>
    </>
  );
}
