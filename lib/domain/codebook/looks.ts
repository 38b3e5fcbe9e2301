import type { Codebook, Label } from "./language";
import { COLOURS, type Colour } from "./palette";

/** Line under a marked word; with colour and code the third sign of a label. */
export const LINES = ["solid", "dashed", "dotted", "double"] as const;
export type Line = (typeof LINES)[number];

export type LabelLook = { colour: Colour; code: string; line: Line };

/** Key of a label in the map of looks. */
export function lookKey(layer: string, label: string): string {
  return `${layer}/${label}`;
}

/**
 * How each label looks: its colour (the codebook's, else the next of the palette), a code of two
 * letters that no other label of its layer has, and a line that differs between labels of one colour.
 */
export function labelLooks(codebook: Pick<Codebook, "layers">): Map<string, LabelLook> {
  const looks = new Map<string, LabelLook>();
  for (const layer of codebook.layers) {
    const codes = new Set<string>();
    const timesUsed = new Map<Colour, number>();
    layer.labels.forEach((label, index) => {
      const colour = label.colour ?? COLOURS[index % COLOURS.length] ?? "blue";
      const used = timesUsed.get(colour) ?? 0;
      timesUsed.set(colour, used + 1);
      const code = freeCode(label, codes);
      codes.add(code);
      looks.set(lookKey(layer.key, label.key), {
        colour,
        code,
        line: LINES[used % LINES.length] ?? "solid",
      });
    });
  }
  return looks;
}

/** First free pair of letters: of two words the initials, then first letter with each later one. */
function freeCode(label: Label, taken: ReadonlySet<string>): string {
  const words = label.name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const letters = [...words.join("")];
  const first = letters[0] ?? "X";
  const candidates = [
    ...(words.length > 1 ? [first + ([...(words[1] ?? "")][0] ?? "")] : []),
    ...letters.slice(1).map((letter) => first + letter),
    // As many as a layer may have labels.
    ...Array.from({ length: 500 }, (_, number) => `${first}${number + 1}`),
  ];
  return candidates.find((code) => code.length > 1 && !taken.has(code)) ?? first;
}
