import { marked } from "marked";
import { type Result, success } from "../result";
import { factNamed } from "./fact-names";
import type { FoundArticle } from "./found-article";
import { readMarkup } from "./html";

/** The article of a Markdown file, without its marks; a block of fields at its top tells of its source. */
export function readMarkdown(text: string): Result<FoundArticle> {
  const { body, fields } = takeFrontMatter(text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n"));
  const html = marked.parse(body, { async: false, breaks: true, gfm: true });
  const read = readMarkup(html);
  if (!read.ok) return read;
  const facts: FoundArticle["facts"] = {};
  const free: Record<string, string> = Object.create(null);
  for (const [name, value] of fields) {
    const fact = factNamed(name);
    if (fact === null || fact === "text") free[name] = value;
    else facts[fact] = value;
  }
  return success({ ...read.value, facts, free });
}

/** "name: value" lines between two lines of three hyphens; anything cleverer is left as it is. */
function takeFrontMatter(text: string): { body: string; fields: [string, string][] } {
  const found = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(text);
  if (found === null) return { body: text, fields: [] };
  const fields = (found[1] ?? "").split("\n").flatMap((line): [string, string][] => {
    const pair = /^([A-Za-z][\w -]{0,60}):\s*(.+)$/.exec(line);
    if (pair === null) return [];
    return [[pair[1] ?? "", (pair[2] ?? "").trim().replace(/^(["'])(.*)\1$/, "$2")]];
  });
  return { body: text.slice(found[0].length), fields };
}
