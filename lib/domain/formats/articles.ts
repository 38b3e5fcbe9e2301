/** A document to import, with what is known of its source. */
export type Article = { text: string } & Partial<Record<Fact, string>>;
export type Fact = keyof typeof FACTS;

/** Where something stands in its file, and what it is or why it is nothing. Lines count from 1. */
export type ArticleLine = { line: number } & ({ article: Article } | { problem: string });

/** Fields of an article, by the names under which they are found; the first that is there counts. */
const FACTS = {
  title: ["title", "headline"],
  outlet: ["outlet", "source", "publisher"],
  author: ["author", "byline"],
  publishedOn: ["published_on", "publishedOn", "date"],
  url: ["url", "link"],
  language: ["language", "lang"],
  country: ["country"],
  section: ["section"],
  licence: ["licence", "license"],
  event: ["event"],
} as const;

/**
 * Reads articles from JSON Lines: objects with a field `text`. Of our own dataset files the documents
 * are taken and the other records passed over. A bad line is reported and does not stop the rest.
 */
export function readArticleLines(content: string): ArticleLine[] {
  return content
    .replace(/^\uFEFF/, "")
    .split("\n")
    .flatMap((line, index) => {
      if (line.trim() === "") return [];
      const read = readLine(line);
      return read === null ? [] : [{ line: index + 1, ...read }];
    });
}

type Fields = Record<string, unknown>;

function readLine(line: string): { article: Article } | { problem: string } | null {
  const fields = parseObject(line);
  if (fields === null) return { problem: "This line is not a JSON object." };
  if (typeof fields.record === "string" && fields.record !== "document") return null;
  if (typeof fields.text !== "string") return { problem: "There is no field “text”." };
  const article: Article = { text: fields.text };
  for (const [fact, names] of Object.entries(FACTS) as [Fact, readonly string[]][]) {
    const name = names.find((each) => fields[each] !== undefined && fields[each] !== null);
    if (name === undefined) continue;
    const value = fields[name];
    if (typeof value !== "string") return { problem: `The field “${name}” is not text.` };
    article[fact] = fact === "publishedOn" ? dayOf(value) : value;
  }
  return { article };
}

function parseObject(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** The day of a date with a time; anything else as it is, to be judged by whoever stores it. */
function dayOf(value: string): string {
  return /^(\d{4}-\d{2}-\d{2})[T ]/.exec(value)?.[1] ?? value;
}
