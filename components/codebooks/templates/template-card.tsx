"use client";
import { Badge } from "@/components/ui/badge";
import { levelName, TemplateSummary } from "@/components/ui/template-summary";
import type { Template } from "@/lib/services/codebooks";

/** What a template is: levels, labels, source, and whether it must be checked against its paper. */
export function TemplateFacts({ template }: { template: Template }) {
  return (
    <>
      <span className="flex flex-wrap items-center gap-2 font-medium">
        {template.name}
        {template.checkAgainstPaper === null ? null : (
          <Badge tone="warn">check against the paper</Badge>
        )}
      </span>
      <TemplateSummary template={template} />
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
    ...template.layers.flatMap((layer) => [layer.name, levelName(layer.level)]),
    ...template.preview.map(({ name }) => name),
  ]
    .join(" ")
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}
