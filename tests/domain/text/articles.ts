import { existsSync, readFileSync } from "node:fs";
import { BLOCK_ROLES, type BlockRole } from "../../../lib/domain/text/roles";

const root = new URL("../../../", import.meta.url);

export type ExpectedLine = { text: string; role: BlockRole };
export type Article = { name: string; text: string; lines: ExpectedLine[] };

/** Reads an invented article: each line is a role, a tab and the line of the article. */
export function readArticle(name: string): Article {
  const rows = readFileSync(new URL(`tests/data/text/${name}.tsv`, root), "utf8")
    .trimEnd()
    .split("\n");
  const lines: ExpectedLine[] = [];
  const texts = rows.map((row) => {
    const tab = row.indexOf("\t");
    const role = BLOCK_ROLES.find((known) => known === row.slice(0, tab));
    if (role === undefined) return "";
    lines.push({ role, text: row.slice(tab + 1) });
    return row.slice(tab + 1);
  });
  return { name, text: texts.join("\n"), lines };
}

export type SeedArticle = {
  text: string;
  blocks: { start: number; end: number; role: string }[];
};

/**
 * The article that the project was given to start with, a list of one, or of none where only the
 * repository is at hand. What is asserted on it is asserted on the article "harbour" too.
 */
export function seedArticles(): SeedArticle[] {
  const folder = new URL("../shared/seed/", root);
  const [text, annotations] = ["article.txt", "annotations.json"].map(
    (name) => new URL(name, folder),
  );
  if (text === undefined || annotations === undefined || !existsSync(text)) return [];
  const { blocks } = JSON.parse(readFileSync(annotations, "utf8"));
  return [{ text: readFileSync(text, "utf8"), blocks }];
}
