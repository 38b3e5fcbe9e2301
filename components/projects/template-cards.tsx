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

/** The codebooks to start from, one to be chosen; the recommended one is the first. */
export function TemplateCards({
  templates,
  problem,
}: {
  templates: Template[];
  problem: string | undefined;
}) {
  return (
    <fieldset>
      <legend className="text-[13px] font-medium">Codebook</legend>
      <p className="mb-2 text-[13px] text-ink-soft">
        What annotators mark, and by which definitions. It is frozen as version 1 of your project.
      </p>
      {problem ? <p className="mb-2 text-[13px] text-bad">{problem}</p> : null}
      <div className="grid gap-2 sm:grid-cols-2">
        {templates.map((template, index) => (
          <TemplateCard key={template.key} template={template} isFirst={index === 0} />
        ))}
      </div>
    </fieldset>
  );
}

function TemplateCard({ template, isFirst }: { template: Template; isFirst: boolean }) {
  const labels = template.layers.reduce((sum, layer) => sum + layer.labels, 0);
  const levels = [...new Set(template.layers.map((layer) => LEVELS[layer.level] ?? layer.level))];
  return (
    <label className="flex cursor-pointer items-start gap-3 rounded-md border border-line bg-surface p-3 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--focus)">
      <input
        type="radio"
        name="template"
        value={template.key}
        defaultChecked={isFirst}
        required
        className="mt-1 size-4 shrink-0 accent-(--accent) outline-none"
      />
      <span className="flex min-w-0 flex-col gap-1.5">
        <span className="flex flex-wrap items-center gap-2 font-medium">
          {template.name}
          {isFirst ? <Badge tone="good">recommended</Badge> : null}
        </span>
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
              <span className="max-w-60 truncate">{name}</span>
            </span>
          ))}
          {labels > template.preview.length ? (
            <span className="text-ink-soft">and {labels - template.preview.length} more</span>
          ) : null}
        </span>
      </span>
    </label>
  );
}
