import { Swatch } from "@/components/ui/swatch";
import type { Attribute, Codebook, Label, Layer } from "@/lib/domain/codebook/language";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";
import { isMarked } from "../editing/words";
import { answerWords, labelName, layerRules, obligationWords } from "./rule-words";

export type Printed = {
  codebook: Codebook;
  looks: ReadonlyMap<string, LabelLook>;
  /** The keyboard key of each span label. */
  keys: ReadonlyMap<string, string>;
};

/** One layer of a codebook as it is printed: labels with their definitions, then questions. */
export function LayerPrint({ layer, printed }: { layer: Layer; printed: Printed }) {
  const nameOfLayer = (key: string) =>
    printed.codebook.layers.find((each) => each.key === key)?.name ?? key;
  const archived = layer.labels.filter((label) => label.archived);
  const questions = layer.attributes.filter((attribute) => !attribute.archived);
  return (
    <section id={`layer-${layer.key}`} className="mb-10 scroll-mt-16 print:break-before-page">
      <h2 className="text-base font-semibold">{layer.name}</h2>
      <p className="text-[13px] text-ink-soft">{layerRules(layer, nameOfLayer).join(" · ")}</p>
      {layer.description ? <p className="mt-1 max-w-prose">{layer.description}</p> : null}
      {layer.answers ? (
        <p className="mt-1 text-sm">
          Answers: {layer.answers.map((answer) => answer.name).join(", ")}
        </p>
      ) : null}
      <ul className="mt-3 flex flex-col gap-3">
        {childrenOf(layer, undefined).map((label) => (
          <LabelTree key={label.key} label={label} layer={layer} printed={printed} />
        ))}
      </ul>
      {questions.length > 0 ? <Questions layer={layer} questions={questions} /> : null}
      {archived.length > 0 ? (
        <p className="mt-4 text-[13px] text-ink-soft">
          No longer given: {archived.map((label) => label.name).join(", ")}. What carries them keeps
          them.
        </p>
      ) : null}
    </section>
  );
}

function LabelTree({ label, layer, printed }: { label: Label; layer: Layer; printed: Printed }) {
  const children = childrenOf(layer, label.key);
  const id = lookKey(layer.key, label.key);
  const look = isMarked(layer) && label.selectable ? printed.looks.get(id) : undefined;
  const key = printed.keys.get(id);
  return (
    <li className="break-inside-avoid-page">
      <div className="flex items-start gap-3">
        {look === undefined ? null : (
          <Swatch colour={look.colour} code={look.code} className="mt-0.5 shrink-0" />
        )}
        <div className="min-w-0 max-w-prose">
          <h3 className="font-medium">
            {label.name}
            {key === undefined ? null : (
              <kbd className="ms-2 rounded border border-line-strong px-1 font-mono text-xs font-normal text-ink-soft">
                {key}
              </kbd>
            )}
          </h3>
          {label.definition ? <p className="text-sm">{label.definition}</p> : null}
          <Examples title="For example" lines={label.examples} />
          <Examples title="Not" lines={label.counterExamples} />
          <Hints title="Not this" hints={label.notThis} layer={layer} printed={printed} />
          <Hints title="See also" hints={label.seeAlso} layer={layer} printed={printed} />
        </div>
      </div>
      {children.length > 0 ? (
        <ul className="ms-3 mt-3 flex flex-col gap-3 border-s border-line ps-4">
          {children.map((child) => (
            <LabelTree key={child.key} label={child} layer={layer} printed={printed} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function Examples({ title, lines }: { title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="mt-1 text-sm text-ink-soft">
      {title}:
      <ul className="ms-3 list-disc ps-3 font-serif">
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines may repeat, the list is fixed
          <li key={at}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function Hints({
  title,
  hints,
  layer,
  printed,
}: {
  title: string;
  hints: Label["notThis"];
  layer: Layer;
  printed: Printed;
}) {
  if (hints.length === 0) return null;
  return (
    <ul className="mt-1 text-sm text-ink-soft">
      {hints.map(({ label, note }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notes may repeat, the list is fixed
        <li key={at}>
          <span className="font-medium">{title}</span>
          {label === undefined
            ? ""
            : `${title === "See also" ? "" : ", but"} “${hintName(label, layer, printed)}”`}
          {note.trim() === "" ? "" : `: ${note}`}
        </li>
      ))}
    </ul>
  );
}

/** A hint names a label of its layer by key, one of another layer as "layer/label". */
function hintName(label: string, layer: Layer, { codebook }: Printed): string {
  const [home, key] = label.split("/");
  if (key === undefined) return labelName(layer, label);
  const other = codebook.layers.find((each) => each.key === home);
  return other === undefined ? label : labelName(other, key);
}

function Questions({ layer, questions }: { layer: Layer; questions: Attribute[] }) {
  return (
    <div className="mt-5">
      <h3 className="text-sm font-semibold">Asked about each</h3>
      <dl className="mt-1 grid gap-x-6 gap-y-3 text-sm sm:grid-cols-2">
        {questions.map((attribute) => (
          <div key={attribute.key} className="break-inside-avoid-page">
            <dt className="font-medium">
              {attribute.name}
              <span className="font-normal text-ink-soft">{obligationWords(attribute, layer)}</span>
            </dt>
            <dd className="text-ink-soft">
              <Answers attribute={attribute} />
            </dd>
            {attribute.help ? (
              <dd className="text-[13px] text-ink-soft">{attribute.help}</dd>
            ) : null}
          </div>
        ))}
      </dl>
    </div>
  );
}

function Answers({ attribute }: { attribute: Attribute }) {
  const options = attribute.options ?? [];
  if (options.every((option) => !option.definition)) {
    const names = options.map((option) => option.name).join(" · ");
    return [answerWords(attribute), names].filter((part) => part !== "").join("; ");
  }
  return (
    <ul>
      {options.map((option) => (
        <li key={option.key}>
          <span className="text-ink">{option.name}</span>
          {option.definition ? `: ${option.definition}` : ""}
        </li>
      ))}
    </ul>
  );
}

function childrenOf(layer: Layer, parent: string | undefined): Label[] {
  const shown = new Set(layer.labels.filter((label) => !label.archived).map((label) => label.key));
  return layer.labels.filter((label) => {
    const above = label.parent !== undefined && shown.has(label.parent) ? label.parent : undefined;
    return !label.archived && above === parent;
  });
}
