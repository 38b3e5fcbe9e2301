/** Bytes that file systems allow in a name, less room for an ending. */
const LONGEST = 180;

/** Names that Windows keeps for devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name for a file or folder from any id, the same on every system: what could be taken for a path, a
 * device or a hidden file is percent-encoded. Read back by `fromFilePart`, unless it was too long.
 */
export function toFilePart(id: string): string {
  const safe = id.toWellFormed().replace(UNSAFE, encode);
  const visible = safe.replace(/^\.|[. ]$/g, encode);
  const name = DEVICE.test(visible) ? visible.replace(/^./, encode) : visible;
  if (name === "") return "%";
  return byteLength(name) <= LONGEST ? name : `${cut(name)}~${hash(id)}`;
}

/** The id that a file or folder is named after. */
export function fromFilePart(name: string): string {
  if (name === "%") return "";
  try {
    return name.replace(/(?:%[0-9A-F]{2})+/g, decodeURIComponent);
  } catch {
    return name;
  }
}

/** Folder and name of a path. Windows' separators count too. */
export function splitPath(path: string): { folders: string[]; name: string } {
  const parts = path.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
  return { folders: parts.slice(0, -1), name: parts.at(-1) ?? "" };
}

/** The name of a file without one of these endings, or null where it has none of them. */
export function withoutEnding(name: string, ...endings: string[]): string | null {
  const ending = endings.find((each) => name.toLowerCase().endsWith(each));
  return ending === undefined ? null : name.slice(0, -ending.length);
}

/** Controls, separators, signs with a meaning in shells or on Windows, and turns of direction. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|%~]/gu;

function encode(sign: string): string {
  return [...new TextEncoder().encode(sign)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function cut(name: string): string {
  let short = "";
  for (const sign of name) {
    if (byteLength(short + sign) > LONGEST - 10) break;
    short += sign;
  }
  return short.replace(/%[0-9A-F]?$/, "");
}

/** FNV-1a, 32 bits: keeps long names apart. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  }
  return value.toString(16).padStart(8, "0");
}
