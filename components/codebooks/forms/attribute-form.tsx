"use client";
import { Archive, Copy, RotateCcw, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Select, TextArea, TextField } from "@/components/ui/field";
import type { Attribute, Layer } from "@/lib/domain/codebook/language";
import { useEditor } from "../editing/editor-context";
import { duplicate, editAttribute, remove } from "../editing/edits";
import type { Patch } from "../editing/parts";
import { findAttribute } from "../editing/place";
import { reservedKeys } from "../editing/reserved-keys";
import { TYPE_WORDS } from "../editing/words";
import { ConditionField } from "./condition-field";
import { Choices, FormPart } from "./form-parts";
import { KeyLine } from "./key-line";
import { OptionsField } from "./options-field";
import { useProblem } from "./use-problem";

const TYPES = [
  "yes_no",
  "choice",
  "multi",
  "ordinal",
  "interval",
  "number",
  "text",
  "entity",
] as const satisfies readonly Attribute["type"][];

type Part = { layer: Layer; attribute: Attribute; set: (patch: Patch<Attribute>) => void };

/** Everything about one question that is asked about each mark, link or unit of a layer. */
export function AttributeForm({ layer, attribute }: { layer: Layer; attribute: Attribute }) {
  const { edit } = useEditor();
  const place = { kind: "attribute", layer: layer.key, attribute: attribute.key } as const;
  const problem = useProblem(place);
  const set = (patch: Patch<Attribute>) =>
    edit(
      (before) => editAttribute(before, layer.key, attribute.key, patch),
      `${layer.key}?${attribute.key}/${Object.keys(patch).join()}`,
    );
  return (
    <div className="flex flex-col gap-5">
      <FormPart title="Question">
        <TextField
          label="Question or name"
          value={attribute.name}
          maxLength={200}
          autoComplete="off"
          problem={problem("name")}
          onChange={({ target }) => set({ name: target.value })}
        />
        <KeyLine place={place} value={attribute.key} />
        <TextArea
          label="Help (optional)"
          rows={2}
          value={attribute.help ?? ""}
          className="field-sizing-content"
          onChange={({ target }) => set({ help: target.value === "" ? undefined : target.value })}
        />
      </FormPart>
      <FormPart title="Answer">
        <TypeField {...{ layer, attribute, set }} problem={problem("options")} />
        <Limits {...{ layer, attribute, set }} />
        <DefaultField {...{ layer, attribute, set }} />
      </FormPart>
      <FormPart title="When it is asked and needed">
        <WhenField {...{ layer, attribute, set }} />
        <RequiredField {...{ layer, attribute, set }} />
      </FormPart>
      <AttributeActions {...{ layer, attribute, set }} />
    </div>
  );
}

function takesOptions(type: Attribute["type"]): boolean {
  return ["choice", "multi", "ordinal", "interval", "entity"].includes(type);
}

function TypeField({ layer, attribute, set, problem }: Part & { problem: string | undefined }) {
  const { published } = useEditor();
  const before =
    published === null ? undefined : findAttribute(published, layer.key, attribute.key);
  const isOrdered = attribute.type === "ordinal" || attribute.type === "interval";
  return (
    <>
      <Select
        label="Kind of answer"
        value={attribute.type}
        help={TYPE_WORDS[attribute.type].says}
        onChange={({ target }) => {
          const type = TYPES.find((each) => each === target.value);
          if (type === undefined) return;
          set({
            type,
            options: takesOptions(type) ? (attribute.options ?? []) : undefined,
            default: undefined,
            minimum: undefined,
            maximum: undefined,
          });
        }}
      >
        {TYPES.map((type) => (
          <option key={type} value={type}>
            {TYPE_WORDS[type].name}
          </option>
        ))}
      </Select>
      {takesOptions(attribute.type) ? (
        <OptionsField
          legend={attribute.type === "entity" ? "Offered beside the document's list" : "Options"}
          help={
            attribute.type === "entity"
              ? "For answers such as “nobody named” that fit every document."
              : undefined
          }
          item="option"
          isOrdered={isOrdered}
          options={attribute.options ?? []}
          fixed={before?.options?.map((option) => option.key) ?? []}
          problem={problem}
          onChange={(options) => set({ options })}
        />
      ) : null}
    </>
  );
}

const LIMITS: Partial<Record<Attribute["type"], [least: string, most: string]>> = {
  number: ["Least", "Most"],
  multi: ["At least, options", "At most, options"],
  text: ["At least, characters", "At most, characters"],
};

function Limits({ attribute, set }: Part) {
  const limits = LIMITS[attribute.type];
  if (limits === undefined) return null;
  return (
    <div className="grid grid-cols-2 gap-3">
      <TextField
        label={limits[0]}
        type="number"
        step="any"
        value={attribute.minimum ?? ""}
        placeholder="no limit"
        onChange={({ target }) => set({ minimum: numberOf(target.value) })}
      />
      <TextField
        label={limits[1]}
        type="number"
        step="any"
        value={attribute.maximum ?? ""}
        placeholder="no limit"
        onChange={({ target }) => set({ maximum: numberOf(target.value) })}
      />
    </div>
  );
}

function DefaultField({ attribute, set }: Part) {
  const options =
    attribute.type === "yes_no"
      ? [
          { key: "yes", name: "Yes" },
          { key: "no", name: "No" },
        ]
      : ["choice", "ordinal", "interval"].includes(attribute.type)
        ? (attribute.options ?? [])
        : [];
  if (options.length === 0) return null;
  return (
    <Select
      label="Answered beforehand with"
      value={attribute.default ?? ""}
      help={
        attribute.default === undefined
          ? "Best left empty: an answer that nobody gave looks like one that somebody did."
          : "Nobody will be able to say whether an annotator gave this answer or left it."
      }
      onChange={({ target }) => set({ default: target.value === "" ? undefined : target.value })}
    >
      <option value="">nothing</option>
      {options.map((option) => (
        <option key={option.key} value={option.key}>
          {option.name}
        </option>
      ))}
    </Select>
  );
}

function WhenField({ layer, attribute, set }: Part) {
  return (
    <>
      <Choices
        legend="Asked"
        value={attribute.when === undefined ? "always" : "if"}
        onChange={(value) =>
          set({ when: value === "always" ? undefined : firstCondition(layer, attribute) })
        }
        options={[
          { value: "always", name: "Always" },
          { value: "if", name: "Only if …" },
        ]}
      />
      {attribute.when === undefined ? null : (
        <ConditionField
          legend="Asked only if"
          layer={layer}
          self={attribute.key}
          value={attribute.when}
          onChange={(when) => set({ when })}
        />
      )}
    </>
  );
}

function RequiredField({ layer, attribute, set }: Part) {
  const { required } = attribute;
  const value = typeof required === "boolean" ? (required ? "always" : "never") : "if";
  return (
    <>
      <Choices
        legend="An answer is needed to submit"
        value={value}
        onChange={(next) =>
          set({ required: next === "if" ? firstCondition(layer, attribute) : next === "always" })
        }
        options={[
          { value: "never", name: "Never" },
          { value: "always", name: "Whenever it is asked" },
          { value: "if", name: "Only if …" },
        ]}
      />
      {typeof required === "boolean" ? null : (
        <ConditionField
          legend="Needed only if"
          layer={layer}
          self={attribute.key}
          value={required}
          onChange={(condition) => set({ required: condition })}
        />
      )}
    </>
  );
}

/** Something that can be tested, to begin with: the question before this one. */
function firstCondition(layer: Layer, attribute: Attribute) {
  const other = layer.attributes.find((each) => each.key !== attribute.key && !each.archived);
  if (other === undefined) return { labels: layer.labels.map((label) => label.key) };
  return other.type === "yes_no" ? { attribute: other.key, is: ["yes"] } : { attribute: other.key };
}

function AttributeActions({ layer, attribute, set }: Part) {
  const { codebook, published, apply } = useEditor();
  const place = { kind: "attribute", layer: layer.key, attribute: attribute.key } as const;
  const isPublished =
    published !== null && findAttribute(published, layer.key, attribute.key) !== undefined;
  return (
    <div className="flex flex-wrap gap-2 border-t border-line pt-3">
      <Button
        size="small"
        onClick={() => apply(duplicate(codebook, place, reservedKeys(published, place)))}
      >
        <Copy aria-hidden size={14} /> Duplicate
      </Button>
      {isPublished ? (
        <Button size="small" onClick={() => set({ archived: !attribute.archived })}>
          {attribute.archived ? (
            <RotateCcw aria-hidden size={14} />
          ) : (
            <Archive aria-hidden size={14} />
          )}
          {attribute.archived ? "Ask it again" : "Archive"}
        </Button>
      ) : (
        <Button size="small" tone="danger" onClick={() => apply(remove(codebook, place))}>
          <Trash2 aria-hidden size={14} /> Delete
        </Button>
      )}
    </div>
  );
}

function numberOf(typed: string): number | undefined {
  return typed.trim() === "" || Number.isNaN(Number(typed)) ? undefined : Number(typed);
}
