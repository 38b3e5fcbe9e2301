/** What a block of an article is, in the order of the page. Stored, exported and used in filters. */
export const BLOCK_ROLES = [
  "headline",
  "standfirst",
  "byline",
  "caption",
  "caption_duplicate",
  "photo_credit",
  "subheading",
  "body",
  "quote",
  "related_link",
  "widget_placeholder",
  "promo_footer",
] as const;

export type BlockRole = (typeof BLOCK_ROLES)[number];

type RoleFacts = {
  name: string;
  /** Annotated unless a project says otherwise. */
  annotatable: boolean;
  /** A title or a label: never divided into sentences. */
  oneSentence: boolean;
};

const facts: Record<BlockRole, RoleFacts> = {
  headline: { name: "Headline", annotatable: true, oneSentence: true },
  standfirst: { name: "Standfirst", annotatable: true, oneSentence: false },
  byline: { name: "Byline", annotatable: false, oneSentence: true },
  caption: { name: "Caption", annotatable: false, oneSentence: false },
  caption_duplicate: { name: "Repeated caption", annotatable: false, oneSentence: false },
  photo_credit: { name: "Photo credit", annotatable: false, oneSentence: true },
  subheading: { name: "Subheading", annotatable: true, oneSentence: true },
  body: { name: "Body", annotatable: true, oneSentence: false },
  quote: { name: "Quotation", annotatable: true, oneSentence: false },
  related_link: { name: "Related link", annotatable: false, oneSentence: true },
  widget_placeholder: { name: "Empty widget", annotatable: false, oneSentence: true },
  promo_footer: { name: "Footer", annotatable: false, oneSentence: true },
};

/** Whether blocks of this role are annotated by default; a project may choose other roles. */
export function isAnnotatable(role: BlockRole): boolean {
  return facts[role].annotatable;
}

/** The roles annotated by default, for a new project. */
export const ANNOTATABLE_ROLES: readonly BlockRole[] = BLOCK_ROLES.filter(isAnnotatable);

/** The name of a role for people. */
export function roleName(role: BlockRole): string {
  return facts[role].name;
}

/** Whether a block of this role is one sentence whatever punctuation it holds. */
export function isOneSentence(role: BlockRole): boolean {
  return facts[role].oneSentence;
}
