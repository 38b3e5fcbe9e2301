"use client";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Select } from "@/components/ui/field";
import type { Label, Layer } from "@/lib/domain/codebook/language";
import { moveLabel } from "@/lib/domain/codebook/restructure";
import { useEditor } from "../editing/editor-context";
import { Buttons } from "./merge-dialog";

/** Gives a label to another layer of the same level. */
export function MoveLayerDialog({
  layer,
  label,
  onClose,
}: {
  layer: Layer;
  label: Label;
  onClose: () => void;
}) {
  const { codebook, rules, restructure } = useEditor();
  const layers = codebook.layers.filter(
    (each) => each.key !== layer.key && each.level === layer.level && !each.archived,
  );
  const [toLayer, setLayer] = useState(layers[0]?.key ?? "");
  const save = () => {
    const moved = moveLabel(codebook, { layer: layer.key, label: label.key, toLayer });
    const rule = moved.rules[0];
    restructure(
      { codebook: moved.codebook, rules: [...rules, ...moved.rules] },
      rule?.kind === "move_label"
        ? { kind: "label", layer: toLayer, label: rule.toLabel }
        : undefined,
    );
    onClose();
  };
  return (
    <Dialog title={`Move “${label.name}”`} isOpen onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Select
          label="To the layer"
          value={toLayer}
          help="Its annotations move with it when you publish. Answers to questions that the other layer does not ask are left out; you see how many before."
          onChange={({ target }) => setLayer(target.value)}
        >
          {layers.map((each) => (
            <option key={each.key} value={each.key}>
              {each.name}
            </option>
          ))}
        </Select>
        <Buttons label="Move" isReady={toLayer !== ""} onSave={save} onClose={onClose} />
      </div>
    </Dialog>
  );
}
