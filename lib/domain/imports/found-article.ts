import type { BlockRole } from "../text/roles";

/** What a source can say of an article, in the order of forms. */
export const FACTS = [
  "title",
  "outlet",
  "author",
  "publishedOn",
  "url",
  "language",
  "country",
  "section",
  "licence",
  "event",
] as const;
export type Fact = (typeof FACTS)[number];
export type FoundFacts = Partial<Record<Fact, string>>;

/** A line of an article with what its markup says it is; null where the words must tell. */
export type FoundLine = { text: string; role: BlockRole | null };

/** An article as a reader found it. Not normalised yet. */
export type FoundArticle = {
  text: string;
  facts: FoundFacts;
  /** Other fields of its source, by name. */
  free: Readonly<Record<string, string>>;
  /** Role by number of the line in `text`, where the markup tells. */
  roles: ReadonlyMap<number, BlockRole>;
  /** Sentences for people: what was guessed, or left out. */
  notes: readonly string[];
};

/** Where something stands in its file, and what it is or why it is nothing. */
export type FoundItem = {
  /** For people: "line 12", "row 3 of Sheet1"; empty for a file that is one article. */
  place: string;
  /** From 1; null where the file has no lines. */
  line: number | null;
} & ({ article: FoundArticle } | { problem: string });

/** An article that is plain text and nothing else. */
export function plainArticle(text: string, notes: readonly string[] = []): FoundArticle {
  return { text, facts: {}, free: {}, roles: new Map(), notes };
}

/**
 * The text of paragraphs, each one or more lines: an empty line between paragraphs, none within. Every
 * reader of marked-up files ends here, so that an article is the same text whatever file it came in.
 */
export function articleOf(
  paragraphs: readonly (readonly FoundLine[])[],
  more: { facts?: FoundFacts; notes?: readonly string[] } = {},
): FoundArticle {
  const roles = new Map<number, BlockRole>();
  const lines: string[] = [];
  for (const paragraph of paragraphs) {
    if (lines.length > 0) lines.push("");
    for (const { text, role } of paragraph) {
      if (role !== null) roles.set(lines.length, role);
      lines.push(text);
    }
  }
  return {
    text: lines.join("\n"),
    facts: more.facts ?? {},
    free: {},
    roles,
    notes: more.notes ?? [],
  };
}
