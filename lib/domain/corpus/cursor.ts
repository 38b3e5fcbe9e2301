/** What a list of documents can be sorted by; a minus means downwards. */
export const SORTS = [
  "-added",
  "added",
  "title",
  "-title",
  "outlet",
  "-outlet",
  "published",
  "-published",
] as const;
export type Sort = (typeof SORTS)[number];

/** Where a page of a sorted list ended: the value that it is sorted by, null where empty, and the number. */
export type Cursor = { key: string | null; seq: string };

/** A place in a list as it stands in an address; says nothing to people. */
export function writeCursor(sort: Sort, key: string | null, seq: string): string {
  return encode(JSON.stringify([sort, key, seq]));
}

/** The place that an address names; null where it is none, or belongs to another order. */
export function readCursor(written: string, sort: Sort): Cursor | null {
  try {
    const read: unknown = JSON.parse(decode(written));
    if (!Array.isArray(read) || read.length !== 3 || read[0] !== sort) return null;
    const [, key, seq] = read as unknown[];
    const isKey = key === null || (typeof key === "string" && isKeyOf(sort, key));
    return isKey && typeof seq === "string" && /^\d{1,18}$/.test(seq) ? { key, seq } : null;
  } catch {
    return null;
  }
}

function isKeyOf(sort: Sort, key: string): boolean {
  if (sort.endsWith("published"))
    return /^\d{4}-\d{2}-\d{2}$/.test(key) && !Number.isNaN(Date.parse(key));
  return key.isWellFormed() && !key.includes("\0");
}

function encode(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}

function decode(text: string): string {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = Uint8Array.from(binary, (each) => each.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
