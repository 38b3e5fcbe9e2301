"use client";
import clsx from "clsx";
import { useId } from "react";
import {
  clearestColour,
  colourContrast,
  confusedBy,
  LEAST_CONTRAST,
} from "@/lib/domain/codebook/colour-check";
import { lookKey } from "@/lib/domain/codebook/looks";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import { COLOURS, type Colour } from "@/lib/domain/codebook/palette";
import { useEditor } from "../editing/editor-context";
import { findLayer } from "../editing/place";

const MOST_NAMED = 3;

/** The colour of a label from the palette, with what the choice means for readers, in words. */
export function ColourField({
  layer,
  label,
  onChange,
}: {
  layer: string;
  label: string;
  onChange: (colour: Colour) => void;
}) {
  const { codebook, looks } = useEditor();
  const name = useId();
  const look = looks.get(lookKey(layer, label));
  const home = findLayer(codebook, layer);
  if (look === undefined || home === undefined) return null;
  const others = selectableLabels(home).flatMap((each) => {
    const its = looks.get(lookKey(layer, each.key));
    return each.key === label || its === undefined ? [] : [{ name: each.name, ...its }];
  });
  const best = clearestColour(
    others.map((other) => other.colour),
    COLOURS,
  );
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-[13px] font-medium">Colour</legend>
      <div className="flex flex-wrap gap-1">
        {COLOURS.map((colour) => (
          <label
            key={colour}
            className={clsx(
              `label-${colour}`,
              "inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-md border border-line px-1.5 text-[13px] has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-(--focus)",
            )}
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={look.colour === colour}
              onChange={() => onChange(colour)}
            />
            <span aria-hidden className="size-4 rounded-sm bg-(--label)" />
            {colour}
            {colour === best ? <span className="text-ink-soft">(clearest here)</span> : null}
          </label>
        ))}
      </div>
      <ColourWords colour={look.colour} others={others} />
    </fieldset>
  );
}

function ColourWords({
  colour,
  others,
}: {
  colour: Colour;
  others: readonly { name: string; colour: Colour; line: string }[];
}) {
  const { light, dark } = colourContrast(colour);
  const same = others.filter((other) => other.colour === colour);
  const alike = others.filter(
    (other) => other.colour !== colour && confusedBy(colour, other.colour).length > 0,
  );
  return (
    <ul className="flex list-disc flex-col gap-0.5 ps-5 text-[13px] text-ink-soft">
      <li>
        Contrast with the page {light.toFixed(1)} : 1 in light and {dark.toFixed(1)} : 1 in dark;{" "}
        {LEAST_CONTRAST} : 1 is needed.
      </li>
      {same.length > 0 ? (
        <li>
          {listed(same)} {same.length === 1 ? "has" : "have"} this colour too; line and code tell
          them apart.
        </li>
      ) : null}
      {alike.length > 0 ? (
        <li>Hard to tell from {listed(alike)} for colour-blind readers, who go by the codes.</li>
      ) : null}
      {same.length === 0 && alike.length === 0 ? (
        <li>Told apart from every other label of the layer, also by colour-blind readers.</li>
      ) : null}
    </ul>
  );
}

function listed(labels: readonly { name: string }[]): string {
  const names = labels.slice(0, MOST_NAMED).map(({ name }) => `“${name}”`);
  const rest = labels.length - names.length;
  return rest > 0 ? `${names.join(", ")} and ${rest} more` : names.join(" and ");
}
