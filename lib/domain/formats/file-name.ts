const LONGEST = 80;

/** A name for a file from names that people gave: letters and digits of any script, joined by hyphens. */
export function fileName(...names: string[]): string {
  const parts = names.join(" ").toLowerCase().normalize("NFC").match(WORD) ?? [];
  const short = [...parts.join("-")].slice(0, LONGEST).join("").replace(/-+$/, "");
  return short === "" ? "dataset" : short;
}

/** Marks only after a letter: alone they are the rest of a sign that was left out. */
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;

/**
 * The Content-Disposition of a download (RFC 6266): the name in ASCII for old programs and, where that
 * is not all of it, the name itself, percent-encoded (RFC 8187).
 */
export function attachmentHeader(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[-.]+/, "");
  const fallback = `attachment; filename="${plain === "" ? "dataset" : plain}"`;
  return plain === name ? fallback : `${fallback}; filename*=UTF-8''${encode(name)}`;
}

function encode(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
