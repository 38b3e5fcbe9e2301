"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Codebook } from "@/lib/domain/codebook/language";
import type { Clash, Side } from "../editing/merge-drafts";
import { findAttribute, findLabel, findLayer } from "../editing/place";

/** What two people changed differently at the same time, one field after the other, to choose from. */
export function ClashDialog({
  codebook,
  clashes,
  by,
  onChoose,
}: {
  codebook: Codebook;
  clashes: readonly Clash[];
  by: string | null;
  onChoose: (choices: ReadonlyMap<string, Side>) => void;
}) {
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const name = by ?? "Somebody else";
  const isOpen = choices.size < clashes.length;
  return (
    <Dialog
      title={`${name} changed the same at the same time`}
      isOpen
      size="wide"
      onClose={() => {}}
    >
      <p className="mb-4 text-sm text-ink-soft">
        Everything else is joined already. Choose for each field; nothing is saved until then.
      </p>
      <ul className="flex flex-col gap-4">
        {clashes.map((clash) => (
          <li key={clash.path}>
            <h3 className="mb-1 text-sm font-medium">{clashName(codebook, clash.path)}</h3>
            <div className="grid gap-2 sm:grid-cols-2">
              {(["mine", "theirs"] as const).map((side) => (
                <button
                  key={side}
                  type="button"
                  aria-pressed={choices.get(clash.path) === side}
                  onClick={() => setChoices(new Map([...choices, [clash.path, side]]))}
                  className="rounded-md border border-line-strong p-2 text-left text-sm hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft"
                >
                  <span className="block text-[13px] font-medium">
                    {side === "mine" ? "Yours" : `${name}’s`}
                  </span>
                  <span className="block whitespace-pre-wrap break-words font-serif">
                    {valueWords(clash[side])}
                  </span>
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <div className="mt-4 flex justify-end">
        <Button tone="primary" disabled={isOpen} onClick={() => onChoose(choices)}>
          Go on with these
        </Button>
      </div>
    </Dialog>
  );
}

const FIELDS: Record<string, string> = {
  name: "name",
  definition: "definition",
  description: "description",
  guidelines: "guidelines",
  examples: "examples",
  counterExamples: "counter-examples",
  notThis: "“not this” hints",
  seeAlso: "“see also” hints",
  shortcut: "keyboard key",
  colour: "colour",
  citation: "citation",
  help: "help",
  options: "options",
  required: "when it is needed",
  when: "when it is asked",
  parent: "group",
};

/** "layers/bias/labels/lex/definition" as "Lexical bias, in Bias: definition". */
function clashName(codebook: Codebook, path: string): string {
  const steps = path.split("/");
  const field = steps.at(-1) ?? "";
  const words = FIELDS[field] ?? field;
  const [top, layerKey = "", part, key = ""] = steps;
  if (top !== "layers") return `This codebook: ${words}`;
  const layer = findLayer(codebook, layerKey)?.name ?? layerKey;
  if (part === "labels") {
    return `${findLabel(codebook, layerKey, key)?.name ?? key}, in ${layer}: ${words}`;
  }
  if (part === "attributes") {
    return `${findAttribute(codebook, layerKey, key)?.name ?? key}, in ${layer}: ${words}`;
  }
  return `${layer}: ${words}`;
}

function valueWords(value: unknown): string {
  if (value === undefined || value === null || value === "") return "(empty)";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) {
    return value.length === 0 ? "(none)" : value.join("\n");
  }
  return JSON.stringify(value, null, 1)
    .replaceAll(/[{}[\]"]/g, "")
    .trim();
}
