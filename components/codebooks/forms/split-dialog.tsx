"use client";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Select } from "@/components/ui/field";
import type { Attribute, Label, Layer } from "@/lib/domain/codebook/language";
import { freeKey, splitLabel } from "@/lib/domain/codebook/restructure";
import { useEditor } from "../editing/editor-context";
import { reservedKeys } from "../editing/reserved-keys";
import { LinesField } from "./form-parts";
import { Buttons } from "./merge-dialog";

/** Divides a label into new ones: by an answer that was given, or by people who decide again. */
export function SplitDialog({
  layer,
  label,
  onClose,
}: {
  layer: Layer;
  label: Label;
  onClose: () => void;
}) {
  const { codebook, published, rules, restructure } = useEditor();
  const [names, setNames] = useState<string[]>(["", ""]);
  const [by, setBy] = useState("");
  const [decided, setDecided] = useState<Record<string, number>>({});
  const attribute = layer.attributes.find((each) => each.key === by);
  const parts = names.map((name) => name.trim()).filter((name) => name !== "");
  const save = () => {
    const place = { kind: "label", layer: layer.key, label: "" } as const;
    const taken = [...layer.labels.map((each) => each.key), ...reservedKeys(published, place)];
    const into = parts.map((name) => {
      const key = freeKey(name, taken);
      taken.push(key);
      return { key, name };
    });
    const split = splitLabel(codebook, {
      layer: layer.key,
      label: label.key,
      into,
      by: attribute === undefined ? null : { attribute: by, labels: targets(attribute, into) },
    });
    restructure(
      { codebook: split.codebook, rules: [...rules, ...split.rules] },
      { kind: "label", layer: layer.key, label: into[0]?.key ?? label.key },
    );
    onClose();
  };
  const targets = (asked: Attribute, into: { key: string }[]) =>
    Object.fromEntries(
      answersOf(asked).map(({ key }) => [key, into[decided[key] ?? 0]?.key ?? into[0]?.key ?? ""]),
    );
  return (
    <Dialog title={`Split “${label.name}”`} isOpen onClose={onClose}>
      <div className="flex flex-col gap-4">
        <LinesField
          legend="Into these labels"
          help="Each begins with the definition and examples of the old one."
          item="name"
          lines={names}
          onChange={setNames}
        />
        <Select
          label="What is marked already"
          value={by}
          onChange={({ target }) => setBy(target.value)}
          help={
            attribute === undefined
              ? "Keeps the old label, and can be put into a round to be annotated again."
              : undefined
          }
        >
          <option value="">people decide again</option>
          {layer.attributes
            .filter((each) => answersOf(each).length > 0)
            .map((each) => (
              <option key={each.key} value={each.key}>
                by the answer to “{each.name}”
              </option>
            ))}
        </Select>
        {attribute === undefined ? null : (
          <ul className="flex flex-col gap-1">
            {answersOf(attribute).map((answer) => (
              <li key={answer.key}>
                <Select
                  label={`“${answer.name}” becomes`}
                  value={String(decided[answer.key] ?? 0)}
                  onChange={({ target }) =>
                    setDecided({ ...decided, [answer.key]: Number(target.value) })
                  }
                >
                  {parts.map((name, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: names may double while typed
                    <option key={index} value={index}>
                      {name}
                    </option>
                  ))}
                </Select>
              </li>
            ))}
          </ul>
        )}
        <Buttons label="Split" isReady={parts.length > 0} onSave={save} onClose={onClose} />
      </div>
    </Dialog>
  );
}

function answersOf(attribute: Attribute): { key: string; name: string }[] {
  if (attribute.type === "yes_no") {
    return [
      { key: "yes", name: "Yes" },
      { key: "no", name: "No" },
    ];
  }
  return attribute.type === "multi" ? [] : (attribute.options ?? []);
}
