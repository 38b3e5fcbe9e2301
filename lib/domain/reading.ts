/** How a person likes to read an article: kept with the account, and no part of any annotation. */
export const TEXT_SIZES = ["smallest", "small", "normal", "large", "largest"] as const;
export const LINE_LENGTHS = ["narrow", "normal", "wide"] as const;
export const LINE_HEIGHTS = ["tight", "normal", "loose"] as const;

export type Reading = {
  size: (typeof TEXT_SIZES)[number];
  length: (typeof LINE_LENGTHS)[number];
  height: (typeof LINE_HEIGHTS)[number];
  /** Label names beside the lines. */
  names: boolean;
  /** Arrows of all relations, and not only those of the selected span. */
  relations: boolean;
};

/** What holds for whoever has chosen nothing. */
export const USUAL_READING: Reading = {
  size: "normal",
  length: "normal",
  height: "normal",
  names: false,
  relations: false,
};
