import type { Codebook } from "./language";
import { type LabelLook, labelLooks, lookKey } from "./looks";
import { selectableLabels } from "./lookup";
import type { Colour } from "./palette";

/** The palette of labels as app/globals.css has it: each colour on a light and on a dark page. */
export const PALETTE: Record<Colour, { light: string; dark: string }> = {
  blue: { light: "#0072b2", dark: "#4fa8e0" },
  vermilion: { light: "#c75200", dark: "#f0823c" },
  green: { light: "#00805e", dark: "#2fc296" },
  magenta: { light: "#b4568c", dark: "#dd8bba" },
  sky: { light: "#3a8fc2", dark: "#7fcdf2" },
  amber: { light: "#a67a00", dark: "#e0b030" },
  violet: { light: "#7a5195", dark: "#b894d6" },
  grey: { light: "#6b6b6b", dark: "#a8a8a8" },
};

/** What labels stand on in each theme. */
export const PAGES = { light: "#ffffff", dark: "#1c1c1b" } as const;
export type Theme = keyof typeof PAGES;

/** Lines and signs need this contrast with what they stand on (WCAG 2.2, 1.4.11). */
export const LEAST_CONTRAST = 3;

type Rgb = [red: number, green: number, blue: number];

/** Contrast of two colours by WCAG 2.2, from 1 to 21. */
export function contrastRatio(one: string, other: string): number {
  const [a, b] = [luminance(linearOf(one)), luminance(linearOf(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The lowest contrast of a label's colour with the page, over both themes. */
export function colourContrast(colour: Colour): Record<Theme, number> {
  return {
    light: contrastRatio(PALETTE[colour].light, PAGES.light),
    dark: contrastRatio(PALETTE[colour].dark, PAGES.dark),
  };
}

/** Kinds of colour vision; the share of people is of men of European descent, roughly. */
export const VISIONS = ["full", "protan", "deutan", "tritan"] as const;
export type Vision = (typeof VISIONS)[number];

/**
 * What a person without one kind of cone sees (Machado, Oliveira & Fernandes 2009, table for
 * severity 1.0), on linear RGB.
 */
const SEEN: Record<Vision, [Rgb, Rgb, Rgb]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** How far apart two colours look, as a distance in Oklab times 100; below about 2 they look the same. */
export function colourDistance(one: string, other: string, vision: Vision = "full"): number {
  const [a, b] = [oklab(seenAs(linearOf(one), vision)), oklab(seenAs(linearOf(other), vision))];
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Lines of 3 pixels that look less apart than this are taken for one another. */
const CONFUSED_BELOW = 7;

/** With whose eyes two colours of the palette are hard to tell apart, in either theme. */
export function confusedBy(one: Colour, other: Colour): readonly Vision[] {
  const pair = `${one} ${other}`;
  const known = judged.get(pair);
  if (known !== undefined) return known;
  const visions = VISIONS.filter((vision) =>
    THEMES.some(
      (theme) =>
        colourDistance(PALETTE[one][theme], PALETTE[other][theme], vision) < CONFUSED_BELOW,
    ),
  );
  judged.set(pair, visions);
  return visions;
}

const THEMES = ["light", "dark"] as const;
/** The palette has few pairs, and a codebook of 500 labels asks for 125,000. */
const judged = new Map<string, readonly Vision[]>();

/** Two labels of a layer whose colours may be taken for one another, and what still tells them apart. */
export type Confusion = {
  layer: string;
  labels: [string, string];
  visions: readonly Vision[];
  sentence: string;
};

const WHO: Record<Exclude<Vision, "full">, string> = {
  protan: "who do not see red",
  deutan: "who do not see green",
  tritan: "who do not see blue",
};

/** Labels of one span layer that are coloured the same or nearly so, for a list of `most` at most. */
export function findConfusions(codebook: Pick<Codebook, "layers">, most = 500): Confusion[] {
  const looks = labelLooks(codebook);
  const found: Confusion[] = [];
  for (const layer of codebook.layers.filter(({ level }) => level === "span")) {
    const labels = selectableLabels(layer).flatMap((label) => {
      const look = looks.get(lookKey(layer.key, label.key));
      return look === undefined ? [] : [{ ...label, look }];
    });
    labels.forEach((one, at) => {
      if (found.length >= most) return;
      for (const other of labels.slice(at + 1)) {
        const visions = confusedBy(one.look.colour, other.look.colour);
        if (visions.length === 0 || found.length >= most) continue;
        found.push({
          layer: layer.key,
          labels: [one.key, other.key],
          visions,
          sentence: confusionSentence(one, other, visions),
        });
      }
    });
  }
  return found;
}

type Shown = { name: string; look: LabelLook };

function confusionSentence(one: Shown, other: Shown, visions: readonly Vision[]): string {
  const pair = `“${one.name}” and “${other.name}”`;
  const rest = `The codes ${one.look.code} and ${other.look.code}${lineWords(one.look, other.look)} still tell them apart.`;
  if (one.look.colour === other.look.colour) return `${pair} have the same colour. ${rest}`;
  const colours = `${one.look.colour} and ${other.look.colour}`;
  if (visions.includes("full")) return `${pair}: ${colours} look much alike. ${rest}`;
  const whose = visions.flatMap((vision) => (vision === "full" ? [] : [WHO[vision]])).join(", or ");
  return `${pair}: ${colours} look alike to people ${whose}. ${rest}`;
}

function lineWords(one: LabelLook, other: LabelLook): string {
  return one.line === other.line ? "" : ` and the lines (${one.line}, ${other.line})`;
}

/** The colour of the palette that is least used among labels and hardest to take for theirs. */
export function clearestColour(used: readonly Colour[], palette: readonly Colour[]): Colour {
  const cost = (colour: Colour) =>
    used.reduce((sum, other) => sum + confusedBy(colour, other).length, 0);
  return palette.reduce((best, colour) => (cost(colour) < cost(best) ? colour : best));
}

/** sRGB of the form #rrggbb as linear light, each part from 0 to 1 (IEC 61966-2-1). */
function linearOf(hex: string): Rgb {
  const part = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

/** Relative luminance as WCAG defines it. */
function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function seenAs(colour: Rgb, vision: Vision): Rgb {
  const part = ([red, green, blue]: Rgb) =>
    Math.min(1, Math.max(0, red * colour[0] + green * colour[1] + blue * colour[2]));
  const [red, green, blue] = SEEN[vision];
  return [part(red), part(green), part(blue)];
}

/** Oklab of linear sRGB (Ottosson 2020). */
function oklab([red, green, blue]: Rgb): Rgb {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}
