import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { failure, type Result, success } from "../result";
import { articleOf, type FoundArticle, type FoundLine } from "./found-article";
import { factsOfPage } from "./html-facts";
import { linesBelow, NestedTooDeeply } from "./html-lines";

/** Longer pages are data, not articles; in UTF-16 code units. */
const MOST_HTML = 10_000_000;
/** Most elements that the search for the article looks at. */
const MOST_ELEMENTS = 50_000;

/**
 * The article of a page: found by Mozilla's Readability, with headings, captions and quotations marked,
 * and what the page says of its source. Scripts are never run.
 */
export function readHtml(html: string): Result<FoundArticle> {
  return guarded(html, () => {
    const { document } = parseHTML(isPage(html) ? html : `<html><body>${html}</body></html>`);
    const facts = factsOfPage(document);
    const heading = headingOf(document, facts.title);
    const content = isIntricate(html) ? null : findContent(document);
    const notes =
      content === null ? ["No article was found on this page, so all of its text was taken."] : [];
    const paragraphs = linesBelow(content ?? document.body ?? document);
    return articleOf(withHeading(paragraphs, heading), { facts, notes });
  });
}

/** All text of a piece of HTML that is nothing but the article, as other readers make it. */
export function readMarkup(html: string): Result<FoundArticle> {
  return guarded(html, () => {
    const { document } = parseHTML(`<html><body>${html}</body></html>`);
    return articleOf(linesBelow(document.body));
  });
}

function guarded(html: string, read: () => FoundArticle): Result<FoundArticle> {
  if (html.length > MOST_HTML) {
    return failure("invalid", "This page is larger than 10 MB. Save the article alone.");
  }
  if (isEntangled(html)) return failure("invalid", ENTANGLED);
  try {
    return success(read());
  } catch (error) {
    if (error instanceof NestedTooDeeply || error instanceof RangeError) {
      return failure("invalid", ENTANGLED);
    }
    throw error;
  }
}

const ENTANGLED = "The markup of this page is nested too deeply to be an article.";
const MOST_DEPTH = 400;
const MOST_TAGS = 300_000;
/** Depths of all tags together that the search for the article is let loose on. A large news page has 200,000. */
const MOST_NESTING = 400_000;
/** Elements that need not be closed, and so cannot be counted. */
const UNCLOSED = new Set(
  "area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead tbody tfoot option optgroup colgroup html head body".split(
    " ",
  ),
);

/** Looked for before the page is parsed: the time of parsers and searches grows with the depth. */
function isEntangled(html: string): boolean {
  let tags = 0;
  for (const depth of depthsOf(html)) if (++tags > MOST_TAGS || depth > MOST_DEPTH) return true;
  return false;
}

/** Whether the search would take long: it reads the text of each element anew for each one that it stands in. */
function isIntricate(html: string): boolean {
  let sum = 0;
  for (const depth of depthsOf(html)) {
    sum += depth;
    if (sum > MOST_NESTING) return true;
  }
  return false;
}

/** How deep each tag of a page stands. */
function* depthsOf(html: string): Generator<number> {
  let depth = 0;
  for (const [, slash, name = ""] of html.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9-]*)/g)) {
    if (!UNCLOSED.has(name.toLowerCase())) depth = Math.max(0, depth + (slash === "" ? 1 : -1));
    yield depth;
  }
}

function isPage(html: string): boolean {
  return /<(?:html|body|head)[\s>]/i.test(html.slice(0, 5000));
}

type Parsed = ReturnType<typeof parseHTML>["document"];

/** The element that holds the article, out of a document that the search may change. */
function findContent(document: Parsed): unknown {
  const main = wholeArticle(document);
  if (main !== null) return main;
  const reader = new Readability<unknown>(document as never, {
    maxElemsToParse: MOST_ELEMENTS,
    keepClasses: true,
    serializer: (element) => element,
  });
  try {
    return reader.parse()?.content ?? null;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    // Too many elements, or a page that its rules cannot hold: the whole text is taken instead.
    return null;
  }
}

/** Elements by which a page says itself what its article is, where there is exactly one with enough text. */
function wholeArticle(document: Parsed): unknown {
  for (const selector of ['[itemprop="articleBody"]', "article"]) {
    const found = [...document.querySelectorAll(selector)];
    const only = found[0];
    // More than paragraphs inside means menus and teasers, which the search is better at leaving out.
    if (found.length !== 1 || only === undefined) continue;
    if (only.querySelector("nav, aside, form, footer, article, ul, section") === null) return only;
  }
  return null;
}

/** The heading that stands for the title: the only h1, or the one that says what the title says. */
function headingOf(document: Parsed, title: string | undefined): string | null {
  const all = [...document.querySelectorAll("h1")].map((each) => clean(each.textContent ?? ""));
  const headings = all.filter((text) => text !== "");
  const told = title ?? clean(document.querySelector("title")?.textContent ?? "");
  const same = headings.find(
    (text) => told !== "" && told.toLowerCase().includes(text.toLowerCase()),
  );
  return same ?? headings[0] ?? (told === "" ? null : told);
}

/** The search takes the heading for part of the page; an article begins with it. */
function withHeading(paragraphs: FoundLine[][], heading: string | null): FoundLine[][] {
  if (heading === null) return paragraphs;
  const isThere = paragraphs
    .slice(0, 5)
    .some(([first]) => first !== undefined && clean(first.text) === heading);
  if (!isThere) return [[{ text: heading, role: "headline" }], ...paragraphs];
  return paragraphs.map((lines) =>
    lines.map((line) =>
      clean(line.text) === heading ? { ...line, role: "headline" as const } : line,
    ),
  );
}

function clean(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
