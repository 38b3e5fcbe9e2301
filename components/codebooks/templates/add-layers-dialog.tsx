"use client";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { openTemplate } from "@/lib/actions/codebooks";
import type { Codebook } from "@/lib/domain/codebook/language";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import { counted } from "@/lib/domain/wording";
import type { Template } from "@/lib/services/codebooks";
import { addTemplateLayers, missingEnds } from "../editing/add-template-layers";
import { LEVEL_WORDS } from "../editing/words";
import { Check } from "../forms/form-parts";
import { TemplateGallery } from "./template-gallery";

/** Adds layers of a template to the codebook: first the template, then which of its layers. */
export function AddLayersDialog({
  templates,
  codebook,
  published,
  onAdd,
  onClose,
}: {
  templates: readonly Template[];
  codebook: Codebook;
  published: Codebook | null;
  onAdd: (codebook: Codebook) => void;
  onClose: () => void;
}) {
  const [template, setTemplate] = useState<Codebook | null>(null);
  const [isBusy, setBusy] = useState(false);
  const take = async (key: string) => {
    setBusy(true);
    setTemplate(await act(() => openTemplate({ key })));
    setBusy(false);
  };
  return (
    <Dialog
      title={template === null ? "Add layers from a template" : `Layers of “${template.name}”`}
      isOpen
      onClose={onClose}
      size="wide"
    >
      {template === null ? (
        <TemplateGallery
          templates={templates}
          act="Choose layers of it"
          isBusy={isBusy}
          onTake={take}
        />
      ) : (
        <LayerChoice
          template={template}
          onBack={() => setTemplate(null)}
          onAdd={(keys) => {
            const reserved = published?.layers.map((layer) => layer.key) ?? [];
            onAdd(addTemplateLayers(codebook, template, { keys, reserved }));
            onClose();
          }}
        />
      )}
    </Dialog>
  );
}

function LayerChoice({
  template,
  onBack,
  onAdd,
}: {
  template: Codebook;
  onBack: () => void;
  onAdd: (keys: string[]) => void;
}) {
  const [keys, setKeys] = useState(() => template.layers.map((layer) => layer.key));
  const missing = missingEnds(template, keys);
  return (
    <div className="flex flex-col gap-3">
      {template.layers.map((layer) => (
        <Check
          key={layer.key}
          name={layer.name}
          says={`${counted(selectableLabels(layer).length, "label")}, on ${LEVEL_WORDS[layer.level].name.toLowerCase()}. ${layer.description}`}
          checked={keys.includes(layer.key)}
          onChange={(checked) =>
            setKeys(checked ? [...keys, layer.key] : keys.filter((key) => key !== layer.key))
          }
        />
      ))}
      {template.checkAgainstPaper ? (
        <Notice tone="warn">Check against the paper: {template.checkAgainstPaper}</Notice>
      ) : null}
      {missing.length > 0 ? (
        <Notice tone="warn">
          The links also need {missing.map((layer) => `“${layer.name}”`).join(" and ")}.
        </Notice>
      ) : null}
      <p className="text-[13px] text-ink-soft">
        Guidelines and citation of the template are added to yours. It is one step to undo.
      </p>
      <div className="flex justify-end gap-2">
        <Button tone="quiet" onClick={onBack}>
          Back
        </Button>
        <Button
          tone="primary"
          disabled={keys.length === 0 || missing.length > 0}
          onClick={() => onAdd(keys)}
        >
          Add {counted(keys.length, "layer")}
        </Button>
      </div>
    </div>
  );
}
