"use client";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Markdown } from "@/components/ui/markdown";
import { Swatch } from "@/components/ui/swatch";
import type { Codebook, Label, Layer } from "@/lib/domain/codebook/language";
import { lookKey } from "@/lib/domain/codebook/looks";
import { searchGuidelines, searchLabels } from "@/lib/domain/codebook/search";
import { counted } from "@/lib/domain/wording";
import type { Looks } from "../text/block-view";

/** The codebook at hand: guidelines, then every label with its meaning; searchable. */
export function Guidelines({
  codebook,
  instructions,
  looks,
  isOpen,
  onClose,
}: {
  codebook: Codebook;
  instructions: string;
  looks: Looks;
  isOpen: boolean;
  onClose: () => void;
}) {
  const [search, setSearch] = useState("");
  const labelsFound = new Set(searchLabels(codebook, search).map(({ label }) => label));
  const found = codebook.layers
    .map((layer) => ({ layer, labels: layer.labels.filter((each) => labelsFound.has(each)) }))
    .filter(({ labels }) => labels.length > 0);
  const parts = [instructions, codebook.guidelines].flatMap((text) =>
    searchGuidelines(text, search),
  );
  return (
    <Dialog title={`Guidelines: ${codebook.name}`} isOpen={isOpen} onClose={onClose} size="wide">
      <label className="mb-4 flex flex-col gap-1 text-[13px] font-medium">
        Search guidelines, labels and examples
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="h-9 rounded-md border border-line-strong bg-surface px-2.5 text-sm font-normal"
        />
      </label>
      <p role="status" className="sr-only">
        {search === ""
          ? ""
          : `${counted(parts.length, "part")} of the guidelines, ${counted(labelsFound.size, "label")} found`}
      </p>
      {parts.map((part) => (
        <Markdown key={part} source={part} />
      ))}
      {found.map(({ layer, labels }) => (
        <LayerEntry key={layer.key} layer={layer} labels={labels} looks={looks} />
      ))}
      {found.length + parts.length === 0 ? (
        <p className="text-sm text-ink-soft">Neither guidelines nor labels say “{search}”.</p>
      ) : null}
    </Dialog>
  );
}

function LayerEntry({ layer, labels, looks }: { layer: Layer; labels: Label[]; looks: Looks }) {
  return (
    <section className="mt-5">
      <h3 className="mb-2 border-b border-line pb-1 text-sm font-semibold">{layer.name}</h3>
      <dl className="flex flex-col gap-3 text-[13px]">
        {labels.map((label) => {
          const look = looks.get(lookKey(layer.key, label.key));
          return (
            <div key={label.key}>
              <dt className="flex gap-2 font-medium">
                {layer.level === "span" ? (
                  <Swatch colour={look?.colour ?? "grey"} code={look?.code ?? "?"} />
                ) : null}
                {label.name}
              </dt>
              <dd className="text-ink-soft">
                {label.definition}
                {label.examples.map((example) => (
                  <span key={example} className="block font-serif italic text-ink">
                    {example}
                  </span>
                ))}
                {[...label.counterExamples, ...label.notThis.map(({ note }) => note)].map(
                  (hint) => (
                    <span key={hint} className="block">
                      <span className="font-medium">Not this:</span> {hint}
                    </span>
                  ),
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
