"use client";
import { Badge } from "@/components/ui/badge";
import { Swatch } from "@/components/ui/swatch";
import { counted } from "@/lib/domain/wording";
import type { Template } from "@/lib/services/codebooks";

const LEVELS: Record<string, string> = {
  span: "words",
  relation: "links between words",
  sentence: "sentences",
  block: "paragraphs",
  document: "the article",
  event: "the event",
};

/** What a template is: levels, labels, source, and whether it must be checked against its paper. */
export function TemplateFacts({ template }: { template: Template }) {
  const labels = template.layers.reduce((sum, layer) => sum + layer.labels, 0);
  const levels = [...new Set(template.layers.map((layer) => LEVELS[layer.level] ?? layer.level))];
  return (
    <>
      <span className="flex flex-wrap items-center gap-2 font-medium">
        {template.name}
        {template.checkAgainstPaper === null ? null : (
          <Badge tone="warn">check against the paper</Badge>
        )}
      </span>
      <span className="text-[13px] text-ink-soft">{template.description}</span>
      <span className="text-[13px]">
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
      {template.citation === "" ? null : (
        <span className="text-xs text-ink-soft">{template.citation}</span>
      )}
    </>
  );
}

/** Whether a template says all words of a search. */
export function fitsSearch(template: Template, search: string): boolean {
  const said = [
    template.name,
    template.description,
    template.citation,
    ...template.layers.flatMap((layer) => [layer.name, LEVELS[layer.level] ?? ""]),
    ...template.preview.map(({ name }) => name),
  ]
    .join(" ")
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}
