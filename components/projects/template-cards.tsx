"use client";
import { Badge } from "@/components/ui/badge";
import { TemplateSummary } from "@/components/ui/template-summary";
import type { Template } from "@/lib/services/codebooks";

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
        <TemplateSummary template={template} />
      </span>
    </label>
  );
}
