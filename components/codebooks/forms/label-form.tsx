"use client";
import { Select, TextArea, TextField } from "@/components/ui/field";
import type { Label, Layer } from "@/lib/domain/codebook/language";
import { useEditor } from "../editing/editor-context";
import { editLabel } from "../editing/edits";
import { move } from "../editing/moves";
import { type Patch, subtree } from "../editing/parts";
import { isMarked } from "../editing/words";
import { ColourField } from "./colour-field";
import { EndsField } from "./ends-field";
import { Check, FormPart, LinesField } from "./form-parts";
import { HintsField } from "./hints-field";
import { KeyLine } from "./key-line";
import { LabelActions } from "./label-actions";
import { LabelOptions } from "./label-options";
import { ShortcutField } from "./shortcut-field";
import { useProblem } from "./use-problem";

/** Everything about one label. */
export function LabelForm({ layer, label }: { layer: Layer; label: Label }) {
  const { codebook, edit } = useEditor();
  const place = { kind: "label", layer: layer.key, label: label.key } as const;
  const problem = useProblem(place);
  const set = (patch: Patch<Label>) =>
    edit(
      (before) => editLabel(before, layer.key, label.key, patch),
      `${layer.key}/${label.key}/${Object.keys(patch).join()}`,
    );
  return (
    <div className="flex flex-col gap-5">
      <FormPart title={label.selectable ? "Label" : "Group of labels"}>
        <TextField
          label="Name"
          value={label.name}
          maxLength={200}
          autoComplete="off"
          problem={problem("name")}
          onChange={({ target }) => set({ name: target.value })}
        />
        <KeyLine place={place} value={label.key} />
        <TextArea
          label="Definition"
          rows={3}
          value={label.definition}
          help={
            label.definition === ""
              ? "What must be true of the words for this label to be right? Say what decides in doubtful cases."
              : undefined
          }
          className="field-sizing-content"
          onChange={({ target }) => set({ definition: target.value })}
        />
        {label.selectable ? <LabelCases {...{ layer, label, set }} /> : null}
      </FormPart>
      {label.selectable && isMarked(layer) ? (
        <FormPart title="How it looks and is given">
          <ColourField layer={layer.key} label={label.key} onChange={(colour) => set({ colour })} />
          <ShortcutField
            layer={layer.key}
            label={label}
            onChange={(shortcut) => set({ shortcut })}
          />
        </FormPart>
      ) : null}
      {label.selectable && layer.level === "relation" ? (
        <FormPart title="What it joins">
          <PairsField {...{ layer, label, set }} />
        </FormPart>
      ) : null}
      <FormPart title="Place in the codebook">
        <Select
          label="Group"
          value={label.parent ?? ""}
          problem={problem("parent")}
          onChange={({ target }) =>
            edit((before) =>
              move(before, place, {
                place:
                  target.value === ""
                    ? { kind: "layer", layer: layer.key }
                    : { ...place, label: target.value },
                position: "inside",
              }),
            )
          }
        >
          <option value="">none: it stands at the top</option>
          <LabelOptions layer={layer} except={subtree(layer, label.key)} />
        </Select>
        <Check
          name="A group only"
          says="It orders the labels below it and cannot be given itself."
          checked={!label.selectable}
          onChange={(checked) => set({ selectable: !checked })}
        />
        {layer.choice === "many" && label.selectable && !isMarked(layer) ? (
          <Check
            name="Stands alone"
            says="Where it is given, no other label of the layer may be."
            checked={label.exclusive}
            onChange={(exclusive) => set({ exclusive })}
          />
        ) : null}
      </FormPart>
      <LabelActions key={label.key} {...{ codebook, layer, label }} />
    </div>
  );
}

type Part = { layer: Layer; label: Label; set: (patch: Patch<Label>) => void };

function LabelCases({ layer, label, set }: Part) {
  const { codebook } = useEditor();
  const hints = { codebook, layer, self: label.key };
  return (
    <>
      <LinesField
        legend="Examples"
        help="Where the label is right. Put the words to mark in [brackets]."
        item="example"
        lines={label.examples}
        onChange={(examples) => set({ examples })}
      />
      <LinesField
        legend="Counter-examples"
        help="Where it looks right and is not."
        item="counter-example"
        lines={label.counterExamples}
        onChange={(counterExamples) => set({ counterExamples })}
      />
      <HintsField
        legend="Not this, but"
        help="The label that is right instead, and when."
        item="not this"
        hints={label.notThis}
        {...hints}
        onChange={(notThis) => set({ notThis })}
      />
      <HintsField
        legend="See also"
        help="Labels that are easily overlooked beside this one."
        item="see also"
        hints={label.seeAlso}
        {...hints}
        onChange={(seeAlso) => set({ seeAlso })}
      />
    </>
  );
}

function PairsField({ layer, label, set }: Part) {
  const pair = label.pairs?.[0];
  const ends = { from: layer.from ?? { layer: "" }, to: layer.to ?? { layer: "" } };
  return (
    <>
      <Check
        name="Narrower than its layer"
        says={`All links of “${layer.name}” join what the layer says; this one may join less.`}
        checked={pair !== undefined}
        onChange={(checked) => set({ pairs: checked ? [ends] : undefined })}
      />
      {pair === undefined ? null : (
        <>
          <EndsField
            legend="From"
            value={pair.from}
            onChange={(from) =>
              set({ pairs: [{ ...pair, from }, ...(label.pairs ?? []).slice(1)] })
            }
          />
          <EndsField
            legend="To"
            value={pair.to}
            onChange={(to) => set({ pairs: [{ ...pair, to }, ...(label.pairs ?? []).slice(1)] })}
          />
        </>
      )}
    </>
  );
}
