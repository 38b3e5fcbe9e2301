/**
 * A GUID from names, the same at every writing, so that the same corpus gives the same file. Four hashes of
 * 32 bits (FNV-1a with different beginnings) in the shape of a version 8 UUID.
 */
export function guidOf(...names: string[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(names));
  const hex = [0x811c9dc5, 0x01234567, 0x89abcdef, 0x5bd1e995]
    .map((seed) => hash(bytes, seed).toString(16).padStart(8, "0"))
    .join("");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}

/** With a last mixing, since short names differ in few bits. */
function hash(bytes: Uint8Array, seed: number): number {
  let value = seed;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
