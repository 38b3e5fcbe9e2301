import { Badge } from "@/components/ui/badge";
import { Swatch } from "@/components/ui/swatch";
import type { Layer } from "@/lib/domain/codebook/language";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";
import { type ComparisonFilter, comparisonHref, FilterLink, FilterRow } from "./filters";

type Annotator = {
  id: string;
  name: string;
  isShown: boolean;
  spans: number;
  activeSeconds: number;
  flags: readonly string[];
};

/** Chooses annotators and a label; every choice is a link, so that a view can be shared. */
export function FilterBar({
  projectId,
  documentId,
  filter,
  annotators,
  layers,
  looks,
}: {
  projectId: string;
  documentId: string;
  filter: ComparisonFilter;
  annotators: readonly Annotator[];
  layers: readonly Layer[];
  looks: ReadonlyMap<string, LabelLook>;
}) {
  const href = (change: Partial<ComparisonFilter>) =>
    comparisonHref(projectId, documentId, { ...filter, ...change });
  const labels = layers.flatMap((layer) =>
    layer.labels
      .filter(({ selectable }) => selectable)
      .map(({ key, name }) => ({ key, name, look: looks.get(lookKey(layer.key, key)) })),
  );
  return (
    <div className="mb-4 flex flex-col gap-2">
      <FilterRow title="Annotators">
        {annotators.map((annotator) => (
          <FilterLink
            key={annotator.id}
            href={href({ annotators: toggled(annotator.id, annotators) })}
            isOn={annotator.isShown}
          >
            {annotator.name}
            <span className="font-normal tabular-nums text-ink-soft">{summary(annotator)}</span>
            {annotator.flags.includes("discuss") ? <Badge tone="warn">to discuss</Badge> : null}
            {annotator.flags.includes("not_annotatable") ? (
              <Badge tone="warn">not annotatable</Badge>
            ) : null}
          </FilterLink>
        ))}
      </FilterRow>
      <FilterRow title="Label">
        <FilterLink href={href({ label: null })} isOn={filter.label === null}>
          All
        </FilterLink>
        {labels.map(({ key, name, look }) => (
          <FilterLink key={key} href={href({ label: key })} isOn={filter.label === key}>
            {look ? <Swatch colour={look.colour} code={look.code} /> : null}
            {name}
          </FilterLink>
        ))}
      </FilterRow>
    </div>
  );
}

/** Those shown after one was switched; none named means all. */
function toggled(id: string, annotators: readonly Annotator[]): string[] {
  const shown = annotators.filter((each) => (each.id === id ? !each.isShown : each.isShown));
  return shown.length === annotators.length ? [] : shown.map((each) => each.id);
}

function summary({ spans, activeSeconds }: Annotator): string {
  return `${spans} spans, ${Math.max(1, Math.round(activeSeconds / 60))} min`;
}
