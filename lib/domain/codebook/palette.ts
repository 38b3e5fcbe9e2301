/** Palette names rather than free colours: each has a light, a dark and a forced-colours form. */
export const COLOURS = [
  "blue",
  "vermilion",
  "green",
  "magenta",
  "sky",
  "amber",
  "violet",
  "grey",
] as const;

export type Colour = (typeof COLOURS)[number];
