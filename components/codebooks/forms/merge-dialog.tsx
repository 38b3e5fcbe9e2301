"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Select } from "@/components/ui/field";
import type { Label, Layer } from "@/lib/domain/codebook/language";
import { mergeLabels } from "@/lib/domain/codebook/restructure";
import { useEditor } from "../editing/editor-context";
import { LabelOptions } from "./label-options";

/** Makes a label part of another one. */
export function MergeDialog({
  layer,
  label,
  onClose,
}: {
  layer: Layer;
  label: Label;
  onClose: () => void;
}) {
  const { codebook, rules, restructure } = useEditor();
  const [into, setInto] = useState("");
  const save = () => {
    const merged = mergeLabels(codebook, { layer: layer.key, labels: [label.key], into });
    restructure(
      { codebook: merged.codebook, rules: [...rules, ...merged.rules] },
      { kind: "label", layer: layer.key, label: into },
    );
    onClose();
  };
  return (
    <Dialog title={`Merge “${label.name}”`} isOpen onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Select
          label="Into"
          value={into}
          help="Its annotations become this label's when you publish; you see how many before. It can be taken back."
          onChange={({ target }) => setInto(target.value)}
        >
          <option value="" disabled>
            Choose a label
          </option>
          <LabelOptions
            layer={layer}
            except={[label.key]}
            only={(each) => each.selectable && !each.archived}
          />
        </Select>
        <Buttons label="Merge" isReady={into !== ""} onSave={save} onClose={onClose} />
      </div>
    </Dialog>
  );
}

/** The buttons at the foot of a dialog. */
export function Buttons({
  label,
  isReady,
  onSave,
  onClose,
}: {
  label: string;
  isReady: boolean;
  onSave: () => void;
  onClose: () => void;
}) {
  return (
    <div className="flex justify-end gap-2">
      <Button tone="quiet" onClick={onClose}>
        Cancel
      </Button>
      <Button tone="primary" disabled={!isReady} onClick={onSave}>
        {label}
      </Button>
    </div>
  );
}
