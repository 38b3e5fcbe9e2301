import { FACTS, type Fact } from "./found-article";

/** What a column can be: the text, or a fact of its source. */
export const COLUMN_USES = ["text", ...FACTS] as const;
export type ColumnUse = "text" | Fact;

/** Names under which columns and fields are found, in small letters without signs. */
const NAMES: Record<ColumnUse, readonly string[]> = {
  text: [
    "text",
    "body",
    "content",
    "article",
    "articletext",
    "fulltext",
    "articlebody",
    "maintext",
    "story",
  ],
  title: ["title", "headline", "articletitle", "heading"],
  outlet: [
    "outlet",
    "source",
    "publisher",
    "sourcename",
    "sitename",
    "newspaper",
    "media",
    "publication",
  ],
  author: ["author", "authors", "byline", "writer", "creator"],
  publishedOn: [
    "publishedon",
    "date",
    "published",
    "publicationdate",
    "datepublished",
    "pubdate",
    "publishedat",
    "publishdate",
  ],
  url: ["url", "link", "address", "uri", "sourceurl", "webaddress"],
  language: ["language", "lang"],
  country: ["country", "sourcecountry"],
  section: ["section", "category", "desk", "rubric"],
  licence: ["licence", "license", "rights"],
  event: ["event", "eventname", "topic"],
};

const BY_NAME = new Map(
  (Object.entries(NAMES) as [ColumnUse, readonly string[]][]).flatMap(([use, names]) =>
    names.map((name) => [name, use] as const),
  ),
);

/** What a column or field of this name most likely is; null where it says nothing we know. */
export function factNamed(name: string): ColumnUse | null {
  const last = name.split(".").at(-1) ?? name;
  return BY_NAME.get(last.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")) ?? null;
}

/** Which column is what, by column; what is not named here stays a free field. */
export type Columns = Readonly<Record<string, ColumnUse | "free" | "skip">>;

/** A proposal for the columns of a table: each fact once, the first column of a name before later ones. */
export function proposeColumns(columns: readonly string[]): Columns {
  const taken = new Set<ColumnUse>();
  const proposed: Record<string, ColumnUse | "free" | "skip"> = Object.create(null);
  for (const column of columns) {
    const use = factNamed(column);
    const isFree = use === null || taken.has(use);
    if (!isFree) taken.add(use);
    proposed[column] = isFree ? "free" : use;
  }
  return proposed;
}
