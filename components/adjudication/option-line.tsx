import clsx from "clsx";
import { Swatch } from "@/components/ui/swatch";
import type { Option } from "@/lib/domain/adjudication/items";
import { quoteOf } from "@/lib/domain/annotation/state";
import type { Codebook, Layer } from "@/lib/domain/codebook/language";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";
import { shorten } from "@/lib/domain/wording";

export type Naming = {
  codebook: Codebook;
  looks: ReadonlyMap<string, LabelLook>;
  names: ReadonlyMap<string, string>;
};

/** One thing that annotators said of an item, with who said it; a click or its number accepts it. */
export function OptionLine({
  option,
  layerKey,
  number,
  isTaken,
  isPicked,
  isDisabled,
  naming,
  onAccept,
  onPick,
}: {
  option: Option;
  layerKey: string;
  number: number;
  isTaken: boolean;
  isPicked: boolean;
  isDisabled: boolean;
  naming: Naming;
  onAccept: () => void;
  onPick: () => void;
}) {
  const words = optionWords(option, layerKey, naming);
  const look = naming.looks.get(
    lookKey(layerKey, option.span?.label ?? option.unitLabels[0]?.label ?? ""),
  );
  return (
    <li className="flex items-start gap-1">
      <button
        type="button"
        disabled={isDisabled}
        aria-pressed={isTaken}
        aria-keyshortcuts={number <= 9 ? String(number) : undefined}
        onClick={onAccept}
        className={clsx(
          "flex min-w-0 flex-1 items-start gap-2 rounded-md border px-2 py-1.5 text-left text-[13px]",
          isTaken ? "border-good bg-good-soft" : "border-line bg-surface hover:bg-sunken",
        )}
      >
        <kbd className="w-3 shrink-0 pt-0.5 font-mono text-xs text-ink-soft">
          {number <= 9 ? number : ""}
        </kbd>
        {look ? <Swatch colour={look.colour} code={look.code} className="shrink-0" /> : null}
        <span className="min-w-0 flex-1">
          <span className="font-medium">{words.label}</span>
          {words.quote === "" ? null : (
            <span className="font-serif text-[15px]"> “{shorten(words.quote, 160)}”</span>
          )}
          {words.answers === "" ? null : (
            <span className="block text-ink-soft">{words.answers}</span>
          )}
          <span className="block text-ink-soft">{words.who}</span>
        </span>
        <span className="shrink-0 tabular-nums text-ink-soft">
          {option.annotatorIds.length}
          <span className="sr-only"> votes</span>
        </span>
      </button>
      {option.span === null || isDisabled ? null : (
        <label className="flex size-7 shrink-0 items-center justify-center" title="Use for merging">
          <input
            type="checkbox"
            checked={isPicked}
            onChange={onPick}
            aria-label={`Use option ${number} for merging, editing or another label`}
            className="size-4 accent-(--accent)"
          />
        </label>
      )}
    </li>
  );
}

/** An option in words: label, words of the text, answers to questions, and who said so. */
function optionWords(
  { span, unitLabels, annotatorIds }: Option,
  layerKey: string,
  { codebook, names }: Naming,
) {
  const layer = codebook.layers.find(({ key }) => key === layerKey);
  const who = annotatorIds.map((id) => names.get(id) ?? "").join(", ");
  if (span !== null) {
    return {
      label: labelName(layer, span.label),
      quote: quoteOf(span),
      answers: answersOf(layer, span.attributes),
      who,
    };
  }
  return {
    label: unitLabels
      .map(({ label, value }) => {
        const name = labelName(layer, label);
        return value === null ? name : `${name}: ${answerName(layer, value)}`;
      })
      .join(", "),
    quote: "",
    answers: unitLabels
      .map(({ attributes }) => answersOf(layer, attributes ?? {}))
      .filter((each) => each !== "")
      .join("; "),
    who,
  };
}

function labelName(layer: Layer | undefined, key: string): string {
  return layer?.labels.find((label) => label.key === key)?.name ?? key;
}

function answerName(layer: Layer | undefined, value: string): string {
  return layer?.answers?.find(({ key }) => key === value)?.name ?? value;
}

function answersOf(
  layer: Layer | undefined,
  attributes: Readonly<Record<string, unknown>>,
): string {
  return Object.entries(attributes)
    .map(([key, value]) => {
      const attribute = layer?.attributes.find((each) => each.key === key);
      const shown = (Array.isArray(value) ? value : [value]).map(
        (each) => attribute?.options?.find((option) => option.key === each)?.name ?? String(each),
      );
      return `${attribute?.name ?? key}: ${shown.join(", ")}`;
    })
    .join("; ");
}
