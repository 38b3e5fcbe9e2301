"use client";
import { Select, TextArea, TextField } from "@/components/ui/field";
import type { Layer } from "@/lib/domain/codebook/language";
import { useEditor } from "../editing/editor-context";
import { editLayer } from "../editing/edits";
import type { Patch } from "../editing/parts";
import { CHOICE_WORDS, isMarked, LEVEL_WORDS } from "../editing/words";
import { EndsField } from "./ends-field";
import { Check, Choices, FormPart } from "./form-parts";
import { KeyLine } from "./key-line";
import { LayerActions } from "./layer-actions";
import { OptionsField } from "./options-field";
import { useProblem } from "./use-problem";

type Part = { layer: Layer; set: (patch: Patch<Layer>) => void };

/** Everything about one layer but its labels and questions. */
export function LayerForm({ layer }: { layer: Layer }) {
  const { edit } = useEditor();
  const place = { kind: "layer", layer: layer.key } as const;
  const problem = useProblem(place);
  const set = (patch: Patch<Layer>) =>
    edit(
      (before) => editLayer(before, layer.key, patch),
      `${layer.key}/${Object.keys(patch).join()}`,
    );
  return (
    <div className="flex flex-col gap-5">
      <FormPart title="Layer">
        <TextField
          label="Name"
          value={layer.name}
          maxLength={200}
          autoComplete="off"
          problem={problem("name")}
          onChange={({ target }) => set({ name: target.value })}
        />
        <KeyLine place={place} value={layer.key} />
        <TextArea
          label="Description"
          rows={2}
          value={layer.description}
          className="field-sizing-content"
          help="One or two sentences for annotators: what this layer is about."
          onChange={({ target }) => set({ description: target.value })}
        />
        <LevelField {...{ layer, set }} />
      </FormPart>
      {isMarked(layer) ? <SpanRules {...{ layer, set }} /> : null}
      {layer.level === "relation" ? (
        <FormPart title="What the links join">
          <EndsField legend="From" value={layer.from} onChange={(from) => set({ from })} />
          <EndsField legend="To" value={layer.to} onChange={(to) => set({ to })} />
          {problem("from") ? <p className="text-[13px] text-bad">{problem("from")}</p> : null}
        </FormPart>
      ) : null}
      {isUnit(layer) ? <UnitRules {...{ layer, set }} /> : null}
      <LayerActions key={layer.key} layer={layer} />
    </div>
  );
}

function isUnit(layer: Layer): boolean {
  return layer.level !== "span" && layer.level !== "relation";
}

function LevelField({ layer, set }: Part) {
  const { published } = useEditor();
  const isFixed = published?.layers.some((each) => each.key === layer.key) ?? false;
  return (
    <Select
      label="What is labelled"
      value={layer.level}
      disabled={isFixed}
      help={
        isFixed
          ? "It stays as it was published. For another level make a new layer."
          : LEVEL_WORDS[layer.level].says
      }
      onChange={({ target }) => {
        const level = LEVELS.find((each) => each === target.value);
        if (level !== undefined) set({ level });
      }}
    >
      {LEVELS.map((level) => (
        <option key={level} value={level}>
          {LEVEL_WORDS[level].name}
        </option>
      ))}
    </Select>
  );
}

const LEVELS = ["span", "relation", "sentence", "block", "document", "event"] as const;

function SpanRules({ layer, set }: Part) {
  const { boundary } = layer;
  const setBoundary = (patch: Partial<Layer["boundary"]>) =>
    set({ boundary: { ...boundary, ...patch } });
  return (
    <FormPart title="Where marks begin and end">
      <Choices
        legend="The edges of a mark"
        value={boundary.unit}
        onChange={(unit) => setBoundary({ unit })}
        options={[
          {
            value: "token",
            name: "Whole words",
            says: "A selection grows to the words that it touches. Best for agreement.",
          },
          { value: "character", name: "Any character", says: "For parts of words and compounds." },
        ]}
      />
      <Check
        name="Leave out punctuation at the ends"
        says="Commas, full stops and lone quotation marks at the edges are not part of a mark."
        checked={boundary.trim}
        onChange={(trim) => setBoundary({ trim })}
      />
      <Choices
        legend="How far a mark may reach"
        value={boundary.within}
        onChange={(within) => setBoundary({ within })}
        options={[
          { value: "sentence", name: "Within one sentence" },
          { value: "block", name: "Within one paragraph" },
          { value: "document", name: "As far as needed" },
        ]}
      />
      <Check
        name="A mark may have several pieces"
        says="For expressions with other words in between: “turned … down”."
        checked={boundary.discontinuous}
        onChange={(discontinuous) => setBoundary({ discontinuous })}
      />
      <Choices
        legend="Marks on the same words"
        value={layer.overlap}
        onChange={(overlap) => set({ overlap })}
        options={[
          { value: "any", name: "Any marks may overlap" },
          {
            value: "other_labels",
            name: "Only marks with different labels may overlap",
            says: "So that nothing is marked twice with one label.",
          },
          { value: "none", name: "Marks of this layer never overlap" },
        ]}
      />
    </FormPart>
  );
}

function UnitRules({ layer, set }: Part) {
  const choices = ["one", "many", "scale", "each"] as const;
  return (
    <FormPart title="How it is answered">
      <Choices
        legend="Each takes"
        value={layer.choice}
        onChange={(choice) => set({ choice })}
        options={choices.map((value) => ({ value, name: CHOICE_WORDS[value].name }))}
      />
      {layer.choice === "each" ? (
        <OptionsField
          legend="Answers"
          help="The same for every label, e.g. Yes and No."
          item="answer"
          isOrdered
          options={layer.answers ?? []}
          onChange={(answers) => set({ answers })}
        />
      ) : null}
      {layer.choice === "many" ? <Count {...{ layer, set }} /> : null}
      <Check
        name="Needed to submit"
        says="A document can be submitted only when this is answered."
        checked={layer.required}
        onChange={(required) => set({ required })}
      />
      <Choices
        legend="Marks in the text as evidence"
        value={layer.evidence}
        onChange={(evidence) => set({ evidence })}
        options={[
          { value: "none", name: "Are not asked for" },
          { value: "optional", name: "May be named" },
          { value: "required", name: "Must be named for every answer" },
        ]}
      />
      {layer.level === "document" || layer.level === "event" ? (
        <>
          <Choices
            legend="When it is asked"
            value={layer.moment}
            onChange={(moment) => set({ moment })}
            options={[
              { value: "any", name: "At any time" },
              { value: "before_reading", name: "Before the text is shown" },
              { value: "after_reading", name: "Once the article was read" },
            ]}
          />
          <Check
            name="Asked for each person or organisation on the document's list"
            checked={layer.per === "entity"}
            onChange={(checked) => set({ per: checked ? "entity" : "unit" })}
          />
        </>
      ) : null}
    </FormPart>
  );
}

function Count({ layer, set }: Part) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <TextField
        label="At least"
        type="number"
        min={0}
        value={layer.minimum ?? ""}
        placeholder="0"
        onChange={({ target }) => set({ minimum: numberOf(target.value) })}
      />
      <TextField
        label="At most"
        type="number"
        min={1}
        value={layer.maximum ?? ""}
        placeholder="all"
        onChange={({ target }) => set({ maximum: numberOf(target.value) })}
      />
    </div>
  );
}

function numberOf(typed: string): number | undefined {
  return typed.trim() === "" || Number.isNaN(Number(typed)) ? undefined : Math.trunc(Number(typed));
}
