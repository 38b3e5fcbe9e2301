"use client";
import type { Codebook, Label, Layer } from "@/lib/domain/codebook/language";

/** The options of a select for labels: those of a layer, indented as they lie in the tree. */
export function LabelOptions({
  layer,
  except = [],
  only = () => true,
  idOf = (label) => label.key,
}: {
  layer: Layer;
  /** Keys to leave out. */
  except?: readonly string[];
  only?: (label: Label) => boolean;
  idOf?: (label: Label) => string;
}) {
  return layer.labels
    .filter((label) => !except.includes(label.key) && only(label))
    .map((label) => (
      <option key={label.key} value={idOf(label)}>
        {"\u2003".repeat(depthOf(layer, label))}
        {label.name || label.key}
        {label.archived ? " (archived)" : ""}
      </option>
    ));
}

/** Labels of all layers, those of `layer` by their key and those of others as "layer/label". */
export function HintOptions({
  codebook,
  layer,
  self,
}: {
  codebook: Codebook;
  layer: Layer;
  self: string;
}) {
  const others = codebook.layers.filter((each) => each.key !== layer.key);
  return (
    <>
      <optgroup label={layer.name}>
        <LabelOptions layer={layer} except={[self]} />
      </optgroup>
      {others.map((other) => (
        <optgroup key={other.key} label={other.name}>
          <LabelOptions layer={other} idOf={(label) => `${other.key}/${label.key}`} />
        </optgroup>
      ))}
    </>
  );
}

function depthOf(layer: Layer, label: Label): number {
  let depth = 0;
  let at: Label | undefined = label;
  while (at?.parent !== undefined && depth < 6) {
    const parent: string = at.parent;
    at = layer.labels.find((each) => each.key === parent);
    depth++;
  }
  return depth;
}
