import { COLOURS, type Colour } from "../palette";
import { freeKey } from "../restructure";
import type { Converted } from "./converted";

/** A label as doccano writes its list; older versions have no `backgroundColor`. */
type DoccanoLabel = {
  text?: unknown;
  suffixKey?: unknown;
  suffix_key?: unknown;
  backgroundColor?: unknown;
  background_color?: unknown;
};

/** doccano's list of labels: one span layer, with its shortcut keys and the nearest of our colours. */
export function readDoccanoLabels(list: readonly unknown[], name: string): Converted {
  const notes: string[] = [];
  const keys: string[] = [];
  const shortcuts = new Set<string>();
  const labels = list.flatMap((each, at) => {
    const label = (typeof each === "object" && each !== null ? each : {}) as DoccanoLabel;
    if (typeof label.text !== "string" || label.text.trim() === "") {
      notes.push(`Entry ${at + 1} has no text and is left out.`);
      return [];
    }
    const key = freeKey(label.text, keys);
    keys.push(key);
    return [{ key, name: label.text.trim(), ...looksOf(label, shortcuts) }];
  });
  notes.push("doccano does not say what its labels mean: write the definitions.");
  return { content: spanCodebook(name, labels), notes };
}

function looksOf(label: DoccanoLabel, taken: Set<string>) {
  const shortcut = freeShortcut(label.suffixKey ?? label.suffix_key, taken);
  const colour = nearestColour(label.backgroundColor ?? label.background_color);
  return { ...(shortcut === null ? {} : { shortcut }), ...(colour === null ? {} : { colour }) };
}

/** A key that gives a label, where it is one and no label has it yet; it is taken then. */
export function freeShortcut(given: unknown, taken: Set<string>): string | null {
  if (typeof given !== "string" || !/^[0-9a-z]$/.test(given) || taken.has(given)) return null;
  taken.add(given);
  return given;
}

/** A codebook of one span layer. */
export function spanCodebook(name: string, labels: readonly object[], description = ""): object {
  return {
    framemark: "codebook/1",
    key: freeKey(name, []),
    name,
    description,
    layers: [{ key: "span", name: "Spans", level: "span", choice: "many", labels }],
  };
}

/** sRGB values of the palette on a light page. */
const PALETTE: Record<Colour, readonly [number, number, number]> = {
  blue: [0, 114, 178],
  vermilion: [199, 82, 0],
  green: [0, 128, 94],
  magenta: [180, 86, 140],
  sky: [58, 143, 194],
  amber: [166, 122, 0],
  violet: [122, 81, 149],
  grey: [107, 107, 107],
};

/** The palette's colour with the nearest hue; grey for what has none; null where it is no colour. */
export function nearestColour(given: unknown): Colour | null {
  const hex = typeof given === "string" ? /^#([0-9a-f]{6})$/i.exec(given.trim())?.[1] : undefined;
  if (hex === undefined) return null;
  const rgb = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const [red = 0, green = 0, blue = 0] = rgb;
  if (Math.max(...rgb) - Math.min(...rgb) < 24) return "grey";
  const hue = hueOf(red, green, blue);
  const others = COLOURS.filter((colour) => colour !== "grey");
  const distance = (colour: Colour) => {
    const away = Math.abs(hueOf(...PALETTE[colour]) - hue);
    return Math.min(away, 360 - away);
  };
  return others.reduce((best, each) => (distance(each) < distance(best) ? each : best), "blue");
}

/** Degrees on the colour circle. */
function hueOf(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue) || 1;
  const sector =
    most === red
      ? (green - blue) / span
      : most === green
        ? 2 + (blue - red) / span
        : 4 + (red - green) / span;
  return (sector * 60 + 360) % 360;
}
