import { SaxesParser, type SaxesTagPlain } from "saxes";
import { failure, type Result, success } from "../result";

/** An element with its children in order; text stands between them as strings. Prefixes are kept. */
export type XmlElement = {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: (XmlElement | string)[];
  line: number;
};

/** A handler of elements as they come, for files that need not be held. */
export type XmlHandler = {
  open(tag: { name: string; attributes: Readonly<Record<string, string>>; line: number }): void;
  text(text: string): void;
  close(name: string): void;
};

const MAX_DEPTH = 100;
const MAX_ATTRIBUTES = 1000;

/**
 * Parses XML for a handler. Refused: a DOCTYPE, whatever it says, and so every entity but the five of
 * XML; depth above 100; more than 1,000 attributes; anything that is not well-formed.
 */
export function parseXml(text: string, handler: XmlHandler): Result<null> {
  // Before parsing, so that no entity is ever defined.
  if (/<!DOCTYPE/i.test(text)) {
    return failure("invalid", "The file has a DOCTYPE, which is refused.", {
      place: `line ${text.slice(0, text.search(/<!DOCTYPE/i)).split("\n").length}`,
    });
  }
  // Without namespaces, whose handling in the parser takes time that is quadratic in depth.
  const parser = new SaxesParser({ xmlns: false, position: true });
  let depth = 0;
  parser.on("doctype", () => stop("The file has a DOCTYPE, which is refused."));
  parser.on("opentag", (tag: SaxesTagPlain) => {
    if (++depth > MAX_DEPTH) stop(`Elements are nested more than ${MAX_DEPTH} deep.`);
    handler.open({ name: tag.name, attributes: tag.attributes, line: parser.line });
  });
  let attributes = 0;
  parser.on("opentagstart", () => {
    attributes = 0;
  });
  parser.on("attribute", () => {
    if (++attributes > MAX_ATTRIBUTES) {
      stop(`An element has more than ${MAX_ATTRIBUTES} attributes.`);
    }
  });
  parser.on("text", (words) => handler.text(words));
  parser.on("cdata", (words) => handler.text(words));
  parser.on("closetag", (tag: SaxesTagPlain) => {
    depth--;
    handler.close(tag.name);
  });
  parser.on("error", (error) => stop(`This is not well-formed XML: ${error.message}.`));
  try {
    parser.write(text).close();
    return success(null);
  } catch (error) {
    if (!(error instanceof XmlRefusal)) throw error;
    return failure("invalid", error.message, { place: `line ${parser.line}` });
  }
}

/** The root element of a document, with everything below it. Refuses what `parseXml` refuses. */
export function readXml(text: string): Result<XmlElement> {
  const root: XmlElement = { name: "", attributes: {}, children: [], line: 0 };
  const open: XmlElement[] = [root];
  const parsed = parseXml(text, {
    open(tag) {
      const element: XmlElement = { ...tag, children: [] };
      open.at(-1)?.children.push(element);
      open.push(element);
    },
    text(words) {
      if (open.length > 1) open.at(-1)?.children.push(words);
    },
    close() {
      open.pop();
    },
  });
  if (!parsed.ok) return parsed;
  const [first] = childElements(root);
  return first === undefined ? failure("invalid", "The file has no element.") : success(first);
}

/** The elements directly below; of one name where it is given. Prefixes do not count. */
export function childElements(element: XmlElement, name?: string): XmlElement[] {
  return element.children.filter(
    (each): each is XmlElement =>
      typeof each !== "string" && (name === undefined || localName(each.name) === name),
  );
}

/** All text in an element. */
export function textOf(element: XmlElement): string {
  return element.children.map((each) => (typeof each === "string" ? each : textOf(each))).join("");
}

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** An element as text; attributes that are undefined are left out. */
export function xmlTag(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: string | null = null,
): string {
  const pairs = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`)
    .join("");
  return content === null ? `<${name}${pairs}/>` : `<${name}${pairs}>${content}</${name}>`;
}

/** Text between tags. Signs that XML cannot hold become U+FFFD, which has the same length. */
export function escapeText(text: string): string {
  return text
    .replace(FORBIDDEN, "\uFFFD")
    .replace(/[&<>\r\u0085\u2028]/g, (sign) => ESCAPES[sign] ?? `&#${sign.charCodeAt(0)};`);
}

/** An attribute's value, with line breaks and tabs that would else become spaces. */
function escapeAttribute(text: string): string {
  return text
    .replace(FORBIDDEN, "\uFFFD")
    .replace(/[&<>"\t\n\r\u0085\u2028]/g, (sign) => ESCAPES[sign] ?? `&#${sign.charCodeAt(0)};`);
}

/** How many signs of a text XML 1.0 cannot hold. */
export function countForbidden(text: string): number {
  return text.match(FORBIDDEN)?.length ?? 0;
}

/** XML 1.0, production 2. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

class XmlRefusal extends Error {}

function stop(message: string): never {
  throw new XmlRefusal(message);
}
