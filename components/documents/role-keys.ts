import type { BlockRole } from "@/lib/domain/text/roles";

/** One key for each role; the first letter where it is free. */
export const ROLE_KEYS: Record<BlockRole, string> = {
  headline: "h",
  standfirst: "s",
  byline: "y",
  caption: "c",
  caption_duplicate: "r",
  photo_credit: "p",
  subheading: "u",
  body: "b",
  quote: "q",
  related_link: "l",
  widget_placeholder: "w",
  promo_footer: "f",
};

const BY_KEY = new Map(Object.entries(ROLE_KEYS).map(([role, key]) => [key, role as BlockRole]));

/** The role of a key, null where it has none. */
export function roleOfKey(key: string): BlockRole | null {
  return BY_KEY.get(key) ?? null;
}
