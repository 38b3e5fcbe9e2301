import { splitPath } from "../file-part";

/** The id in the name of an article's file, or null where the file is none. */
export function idOfArticle(path: string): string | null {
  const { name } = splitPath(path);
  if (/label|template/i.test(name)) return null;
  return /^article(.+)\.txt$/i.exec(name)?.[1] ?? null;
}
