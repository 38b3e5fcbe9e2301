import { type Result, success } from "../result";
import { decodeText } from "../text/normalise";
import type { Encoding } from "./encodings";

export type DecodedFile = { text: string; notes: string[] };

/** Bytes that Windows-1252 leaves free; a file that holds them is in another encoding. */
const FREE_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const SAMPLE = 4096;

/**
 * Reads the bytes of a text file. UTF-8 and marked UTF-16 are taken as they are; UTF-16 without a mark
 * and Windows-1252 are guessed with a note, so that a person looks at the letters. What fits nothing is
 * refused with the place of the first bad byte, and no byte is ever replaced.
 */
export function decodeFile(bytes: Uint8Array, encoding: Encoding = "auto"): Result<DecodedFile> {
  return encoding === "auto" ? guess(bytes) : chosen(bytes, encoding);
}

function guess(bytes: Uint8Array): Result<DecodedFile> {
  const wide = isMarked(bytes) ? null : unmarkedUtf16(bytes);
  if (wide !== null) {
    const read = chosen(bytes, wide);
    if (read.ok) return noted(read.value.text, "Read as UTF-16 without a byte order mark.");
  }
  const strict = decodeText(bytes);
  if (strict.ok) return success({ text: strict.value, notes: [] });
  if (isMarked(bytes) || !isWindows1252(bytes)) return strict;
  return noted(
    decode1252(bytes),
    "Read as Windows-1252, since the file is not UTF-8. Look at accents and quotation marks.",
  );
}

function chosen(bytes: Uint8Array, encoding: Exclude<Encoding, "auto">): Result<DecodedFile> {
  if (encoding === "utf-8") {
    const read = decodeText(bytes);
    return read.ok ? success({ text: read.value, notes: [] }) : read;
  }
  if (encoding === "windows-1252") {
    return success({ text: decode1252(bytes), notes: [] });
  }
  const mark = encoding === "utf-16le" ? [0xff, 0xfe] : [0xfe, 0xff];
  const isThere = bytes[0] === mark[0] && bytes[1] === mark[1];
  const marked = new Uint8Array(bytes.length + 2);
  marked.set(mark);
  marked.set(bytes, 2);
  const read = decodeText(isThere ? bytes : marked);
  return read.ok ? success({ text: read.value, notes: [] }) : read;
}

function noted(text: string, note: string): Result<DecodedFile> {
  return success({ text, notes: [note] });
}

function isMarked(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** Latin letters in UTF-16 have a zero in every second byte. */
function unmarkedUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const sample = bytes.subarray(0, SAMPLE);
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const many = sample.length * 0.2;
  if (odd > many && even < odd / 10) return "utf-16le";
  return even > many && odd < even / 10 ? "utf-16be" : null;
}

/** The letters of 0x80 to 0x9F; unused codes stay the control characters that they are in Unicode. */
const UPPER_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ";

/** By hand, since decoders of some engines read it as Latin-1. */
function decode1252(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return latin.replace(/[\x80-\x9F]/g, (sign) => UPPER_1252.charAt(sign.charCodeAt(0) - 0x80));
}

/** Text of a Western office program: no unused codes, no control characters but breaks and tabs. */
function isWindows1252(bytes: Uint8Array): boolean {
  return bytes.every(
    (byte) =>
      !FREE_IN_1252.has(byte) &&
      (byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c),
  );
}
