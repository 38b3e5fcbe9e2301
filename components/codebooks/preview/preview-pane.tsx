"use client";
import { AttributeField } from "@/components/ui/attribute-field";
import { Button } from "@/components/ui/button";
import { Swatch } from "@/components/ui/swatch";
import { isAsked, isRequired } from "@/lib/domain/annotation/attributes";
import { quoteOf, type Span } from "@/lib/domain/annotation/state";
import type { Codebook, Layer } from "@/lib/domain/codebook/language";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import { codePoint, type Range } from "@/lib/domain/text/offsets";
import { isAnnotatable } from "@/lib/domain/text/roles";
import { PreviewQuestions } from "./preview-questions";
import { PreviewText } from "./preview-text";
import { SAMPLE } from "./sample-article";
import { type Preview, usePreview } from "./use-preview";

type Shown = {
  codebook: Codebook;
  looks: ReadonlyMap<string, LabelLook>;
  keys: ReadonlyMap<string, string>;
};

/** What annotators will see, on a sample article: labels with their keys, questions, and marking itself. */
export function PreviewPane({ codebook, looks, keys }: Shown) {
  const preview = usePreview(codebook);
  const inUse = codebook.layers.filter((layer) => !layer.archived);
  const spans = inUse.filter((layer) => layer.level === "span");
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-2">
        <p className="text-[13px] text-ink-soft">
          {spans.length > 0
            ? "Select words and press a label's key. Nothing here is stored."
            : "As annotators will be asked. Nothing here is stored."}
        </p>
        <Button size="small" tone="quiet" onClick={preview.reset}>
          Empty it
        </Button>
      </div>
      {spans.length > 0 ? <PreviewLabels {...{ layers: spans, looks, keys, preview }} /> : null}
      <PreviewText {...{ preview, looks, keys }} />
      <p aria-live="polite" className="min-h-5 text-[13px] text-ink-soft">
        {preview.told}
      </p>
      {preview.span === undefined ? null : (
        <SpanQuestions {...{ preview, looks }} span={preview.span} />
      )}
      {inUse.map((layer) => (
        <UnitPart key={layer.key} {...{ layer, preview }} />
      ))}
    </div>
  );
}

function PreviewLabels({
  layers,
  looks,
  keys,
  preview,
}: Omit<Shown, "codebook"> & { layers: Layer[]; preview: Preview }) {
  const current = preview.span && lookKey(preview.span.layer, preview.span.label);
  return (
    <section aria-label="Labels, as annotators see them" className="flex flex-col gap-1.5">
      {layers.map((layer) => (
        <div key={layer.key}>
          {layers.length > 1 ? <h4 className="text-[13px] font-medium">{layer.name}</h4> : null}
          <ul className="flex max-h-44 flex-wrap gap-1 overflow-y-auto">
            {selectableLabels(layer).map((label) => {
              const id = lookKey(layer.key, label.key);
              const look = looks.get(id);
              const key = keys.get(id);
              return (
                <li key={id} className="max-w-full">
                  <button
                    type="button"
                    aria-pressed={current === id}
                    aria-keyshortcuts={key}
                    title={label.definition}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => preview.label(layer.key, label.key)}
                    className="flex min-h-7 max-w-full items-center gap-1.5 rounded-md border border-line px-1.5 text-[13px] hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft"
                  >
                    <Swatch colour={look?.colour ?? "grey"} code={look?.code ?? "?"} />
                    <span className="truncate">{label.name}</span>
                    {key === undefined ? null : (
                      <kbd className="font-mono text-xs text-ink-soft">{key}</kbd>
                    )}
                  </button>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </section>
  );
}

function SpanQuestions({
  span,
  preview,
  looks,
}: {
  span: Span;
  preview: Preview;
  looks: Shown["looks"];
}) {
  const layer = preview.index.layer(span.layer);
  const look = looks.get(lookKey(span.layer, span.label));
  const asked = (layer?.attributes ?? []).filter(
    (attribute) => !attribute.archived && isAsked(attribute, span),
  );
  return (
    <section
      aria-label="Selected mark"
      className="flex flex-col gap-3 rounded-md border border-line bg-surface p-3"
    >
      <div className="flex items-start gap-2">
        <Swatch colour={look?.colour ?? "grey"} code={look?.code ?? "?"} />
        <p className="min-w-0 flex-1 font-serif text-[15px]">“{quoteOf(span)}”</p>
        <Button size="small" tone="quiet" onClick={preview.removeSpan}>
          Delete
        </Button>
      </div>
      {asked.map((attribute) => (
        <AttributeField
          key={`${span.id}/${attribute.key}`}
          attribute={attribute}
          value={span.attributes[attribute.key]}
          isRequired={isRequired(attribute, span) && span.attributes[attribute.key] === undefined}
          isDisabled={false}
          known={["The mayor", "Mara Olin", "The council"]}
          onAnswer={(value) =>
            preview.commit(
              [{ kind: "set_attribute", targetId: span.id, attribute: attribute.key, value }],
              "Answered.",
            )
          }
        />
      ))}
    </section>
  );
}

/** Questions of a layer about the first unit of its kind, or about the unit of the selected words. */
function UnitPart({ layer, preview }: { layer: Layer; preview: Preview }) {
  const unit = layer.level;
  if (unit === "span" || unit === "relation") return null;
  if (unit === "event") {
    return (
      <p className="text-[13px] text-ink-soft">
        “{layer.name}” is asked about all articles on one event together.
      </p>
    );
  }
  const place = unitPlace(unit, preview);
  if (place === null) return null;
  return (
    <div className="rounded-md border border-line bg-surface p-3">
      {unit === "document" ? null : (
        <p className="mb-1 line-clamp-2 font-serif text-sm text-ink-soft">
          {preview.context.text.slice(place.start, place.end)}
        </p>
      )}
      <PreviewQuestions {...{ layer, place, preview }} />
    </div>
  );
}

function unitPlace(unit: "sentence" | "block" | "document", preview: Preview): Range | null {
  if (unit === "document") return { start: codePoint(0), end: preview.context.text.length };
  const at = preview.words?.start ?? preview.span?.ranges[0]?.start ?? 0;
  const units =
    unit === "block"
      ? SAMPLE.blocks.filter((block) => isAnnotatable(block.role))
      : preview.context.annotatableUnits("sentence");
  const found = units.find((each) => at < each.end) ?? units[0];
  return found === undefined ? null : { start: found.start, end: found.end };
}
