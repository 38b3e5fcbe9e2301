import { Swatch } from "@/components/ui/swatch";
import type { Attribute, Codebook, Condition, Label, Layer } from "@/lib/domain/codebook/language";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";

const LEVELS: Record<Layer["level"], string> = {
  span: "Words marked in the text",
  relation: "Relations between spans",
  sentence: "Answers for each sentence",
  block: "Answers for each paragraph",
  document: "Answers for the whole document",
  event: "Answers for the event",
};

const CHOICES: Record<Layer["choice"], string> = {
  one: "one label",
  many: "any number of labels",
  scale: "one step of a scale",
  each: "an answer to each item",
};

type Looks = ReadonlyMap<string, LabelLook>;

/** One layer of a codebook as it would be printed: labels with their definitions, then questions. */
export function LayerPrint({ layer, looks }: { layer: Layer; looks: Looks }) {
  return (
    <section id={`layer-${layer.key}`} className="mb-10 scroll-mt-16">
      <h2 className="text-base font-semibold">{layer.name}</h2>
      <p className="text-[13px] text-ink-soft">{rules(layer)}</p>
      {layer.description ? <p className="mt-1 max-w-prose">{layer.description}</p> : null}
      {layer.answers ? (
        <p className="mt-1 text-sm">
          Answers: {layer.answers.map((answer) => answer.name).join(", ")}
        </p>
      ) : null}
      <ul className="mt-3 flex flex-col gap-3">
        {topLabels(layer).map((label) => (
          <LabelTree key={label.key} label={label} layer={layer} looks={looks} />
        ))}
      </ul>
      {layer.attributes.length > 0 ? <Questions layer={layer} /> : null}
    </section>
  );
}

function LabelTree({ label, layer, looks }: { label: Label; layer: Layer; looks: Looks }) {
  const children = layer.labels.filter((each) => each.parent === label.key && !each.archived);
  const look = looks.get(lookKey(layer.key, label.key));
  return (
    <li>
      <div className="flex items-start gap-3">
        {look !== undefined && label.selectable ? (
          <Swatch colour={look.colour} code={look.code} className="mt-0.5 shrink-0" />
        ) : null}
        <div className="min-w-0 max-w-prose">
          <h3 className="font-medium">
            {label.name}
            {label.shortcut ? (
              <kbd className="ms-2 rounded border border-line-strong px-1 font-mono text-xs font-normal text-ink-soft">
                {label.shortcut}
              </kbd>
            ) : null}
          </h3>
          {label.definition ? <p className="text-sm">{label.definition}</p> : null}
          <Examples title="For example" lines={label.examples} />
          <Examples title="Not" lines={label.counterExamples} />
          <NotThis label={label} layer={layer} />
        </div>
      </div>
      {children.length > 0 ? (
        <ul className="ms-3 mt-3 flex flex-col gap-3 border-s border-line ps-4">
          {children.map((child) => (
            <LabelTree key={child.key} label={child} layer={layer} looks={looks} />
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
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function NotThis({ label, layer }: { label: Label; layer: Layer }) {
  if (label.notThis.length === 0) return null;
  return (
    <ul className="mt-1 text-sm text-ink-soft">
      {label.notThis.map(({ label: other, note }) => (
        <li key={note}>
          <span className="font-medium">Not this</span>
          {other === undefined ? "" : ` but ${nameOf(layer, other)}`}: {note}
        </li>
      ))}
    </ul>
  );
}

function Questions({ layer }: { layer: Layer }) {
  return (
    <div className="mt-5">
      <h3 className="text-sm font-semibold">Asked about each</h3>
      <dl className="mt-1 grid gap-x-6 gap-y-3 text-sm sm:grid-cols-2">
        {layer.attributes.map((attribute) => (
          <div key={attribute.key}>
            <dt className="font-medium">
              {attribute.name}
              <span className="font-normal text-ink-soft">{obligation(attribute, layer)}</span>
            </dt>
            <dd className="text-ink-soft">{answers(attribute)}</dd>
            {attribute.help ? (
              <dd className="text-[13px] text-ink-soft">{attribute.help}</dd>
            ) : null}
          </div>
        ))}
      </dl>
    </div>
  );
}

function rules(layer: Layer): string {
  const parts = [
    LEVELS[layer.level],
    layer.level === "span" || layer.level === "relation" ? null : CHOICES[layer.choice],
    layer.required ? "needed to submit" : null,
    layer.evidence === "none" ? null : `marks as evidence ${layer.evidence}`,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function topLabels(layer: Layer): Label[] {
  return layer.labels.filter((label) => label.parent === undefined && !label.archived);
}

function obligation({ required, when }: Attribute, layer: Layer): string {
  if (required === true) return " · required";
  if (required !== false) return ` · required where ${conditionWords(required, layer)}`;
  return when === undefined ? "" : ` · where ${conditionWords(when, layer)}`;
}

function conditionWords({ attribute, is, labels }: Condition, layer: Layer): string {
  const asked = layer.attributes.find((each) => each.key === attribute);
  const names = (is ?? []).map(
    (key) => asked?.options?.find((option) => option.key === key)?.name ?? key,
  );
  const answered =
    asked === undefined
      ? null
      : `${asked.name} is ${names.length > 0 ? names.join(" or ") : "answered"}`;
  const labelled =
    labels === undefined
      ? null
      : `the label is ${labels.map((key) => nameOf(layer, key)).join(" or ")}`;
  return [labelled, answered].filter((part) => part !== null).join(" and ");
}

function nameOf(layer: Layer, key: string): string {
  return layer.labels.find((label) => label.key === key)?.name ?? key;
}

function answers({ type, options, minimum, maximum }: Attribute): string {
  if (options !== undefined && options.length > 0) {
    return options.map((option) => option.name).join(" · ");
  }
  if (type === "yes_no") return "yes · no";
  if (type === "number") return `a number${range(minimum, maximum)}`;
  return type === "entity" ? "somebody or something in the text" : "free words";
}

function range(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined || maximum === undefined) return "";
  return ` from ${minimum} to ${maximum}`;
}

/** The layers of a codebook as a list of links within the page. */
export function LayerLinks({ codebook }: { codebook: Codebook }) {
  return (
    <nav aria-label="Layers" className="text-sm">
      <ul className="flex flex-wrap gap-x-4 lg:flex-col">
        {codebook.guidelines ? (
          <li>
            <a href="#guidelines" className="block py-1 hover:underline">
              Guidelines
            </a>
          </li>
        ) : null}
        {codebook.layers.map((layer) => (
          <li key={layer.key}>
            <a href={`#layer-${layer.key}`} className="block py-1 hover:underline">
              {layer.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
