import { dayOf } from "./dates";
import type { FoundFacts } from "./found-article";

/** What reading facts needs of a page. */
type Page = {
  querySelector(selector: string): { getAttribute(name: string): string | null } | null;
  querySelectorAll(selector: string): Iterable<{ textContent: string | null }>;
};

/** Names of `<meta>` elements by fact, the surer first. */
const META = {
  title: ["og:title", "twitter:title", "dc.title", "parsely-title"],
  outlet: ["og:site_name", "application-name", "dc.publisher", "publisher"],
  author: ["author", "article:author", "parsely-author", "dc.creator", "byl"],
  publishedOn: [
    "article:published_time",
    "datePublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "parsely-pub-date",
    "pubdate",
  ],
  url: ["og:url"],
  section: ["article:section", "parsely-section"],
} as const;

/** Types of schema.org that are articles. */
const ARTICLE_TYPE = /(?:Article|Report|BlogPosting|NewsArticle)$/;
const LONGEST = 200;

/** What a page says of its article in its head and in JSON-LD, which is the more careful of the two. */
export function factsOfPage(page: Page): FoundFacts {
  const facts: FoundFacts = { ...metaFacts(page), ...linkedDataFacts(page) };
  const language = page.querySelector("html")?.getAttribute("lang") ?? facts.language;
  const tag = language?.trim().replace("_", "-");
  if (tag !== undefined && /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/.test(tag)) {
    facts.language = tag;
  } else delete facts.language;
  const canonical = page.querySelector('link[rel="canonical"]')?.getAttribute("href");
  if (canonical && /^https?:/.test(canonical)) facts.url = canonical;
  return facts;
}

function metaFacts(page: Page): FoundFacts {
  const facts: FoundFacts = {};
  for (const [fact, names] of Object.entries(META) as [keyof typeof META, readonly string[]][]) {
    for (const name of names) {
      const found = page.querySelector(
        `meta[property="${name}"], meta[name="${name}"], meta[itemprop="${name}"]`,
      );
      if (keep(facts, fact, found?.getAttribute("content"))) break;
    }
  }
  return facts;
}

function linkedDataFacts(page: Page): FoundFacts {
  for (const script of page.querySelectorAll('script[type="application/ld+json"]')) {
    const article = findArticle(parse(script.textContent ?? ""), 0);
    if (article === null) continue;
    const facts: FoundFacts = {};
    keep(facts, "title", article.headline);
    keep(facts, "outlet", nameOf(article.publisher));
    keep(facts, "author", nameOf(article.author));
    keep(facts, "publishedOn", article.datePublished);
    keep(facts, "section", first(article.articleSection));
    keep(facts, "url", idOf(article.mainEntityOfPage) ?? article.url);
    keep(facts, "licence", article.license);
    keep(facts, "language", nameOf(article.inLanguage));
    return facts;
  }
  return {};
}

function keep(facts: FoundFacts, fact: keyof FoundFacts, value: unknown): boolean {
  if (typeof value !== "string") return false;
  const text = value.replace(/\s+/g, " ").trim();
  if (text === "" || text.length > (fact === "url" ? 2000 : LONGEST)) return false;
  // Profile pages stand where names should.
  if (fact === "author" && /^https?:/.test(text)) return false;
  if (fact === "url" && !/^https?:/.test(text)) return false;
  const kept = fact === "publishedOn" ? dayOf(text) : text;
  if (kept === null) return false;
  facts[fact] = kept;
  return true;
}

type Fields = Record<string, unknown>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Pages hold broken data; the other sources of facts remain.
    return null;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first article of a document, in lists and graphs too. */
function findArticle(value: unknown, depth: number): Fields | null {
  if (depth > 4) return null;
  if (Array.isArray(value)) {
    for (const each of value.slice(0, 100)) {
      const found = findArticle(each, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isFields(value)) return null;
  const types = [value["@type"]].flat();
  if (types.some((type) => typeof type === "string" && ARTICLE_TYPE.test(type))) return value;
  return findArticle(value["@graph"], depth + 1);
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function nameOf(value: unknown): string | undefined {
  const names = [value]
    .flat()
    .map((each) => (isFields(each) ? each.name : each))
    .filter((name): name is string => typeof name === "string");
  return names.length === 0 ? undefined : names.slice(0, 5).join(", ");
}

function idOf(value: unknown): unknown {
  return isFields(value) ? value["@id"] : value;
}
