import { failure, type Result, success } from "../result";
import { isBlank } from "./characters";
import { codePointLength } from "./offsets";

/** Longest document, in code points. */
export const MAX_CODE_POINTS = 2_000_000;

/**
 * Decodes the bytes of a text file strictly: UTF-8, or UTF-16 with a byte order mark. The mark is
 * removed. Bytes that are no text are refused with their place, never replaced.
 */
export function decodeText(bytes: Uint8Array): Result<string> {
  const encoding = encodingOf(bytes);
  try {
    return success(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    const at = encoding === "utf-8" ? firstBadUtf8(bytes) : firstBadUtf16(bytes, encoding);
    const name = encoding === "utf-8" ? "UTF-8" : "UTF-16";
    return failure(
      "invalid",
      `The file is not ${name} text: the bytes at byte offset ${at} are no character. Save it as UTF-8 and try again.`,
      { place: `byte offset ${at}` },
    );
  }
}

/**
 * The form in which text is stored: line breaks are `\n`, characters are composed (NFC), no byte order
 * mark at the start. Applied twice it changes nothing more. Text that a database or another program
 * would change silently is refused with line and column.
 */
export function normaliseText(text: string): Result<string> {
  const unsafe = UNSTORABLE.exec(text);
  if (unsafe !== null) {
    const place = placeOf(text, unsafe.index);
    const what =
      unsafe[0] === "\0" ? "a null character (U+0000)" : "half a character (a surrogate)";
    return failure("invalid", `The text holds ${what} at ${place}. Remove it and try again.`, {
      place,
    });
  }
  const normal = text
    .replace(/^\uFEFF+/, "")
    .replace(/\r\n|[\r\u2028\u2029]/g, "\n")
    .normalize("NFC");
  if (isBlank(normal)) return failure("invalid", "The text is empty.");
  const length = codePointLength(normal);
  if (length > MAX_CODE_POINTS) {
    return failure(
      "invalid",
      `The text has ${length.toLocaleString("en")} characters; a document may have ${MAX_CODE_POINTS.toLocaleString("en")} at most.`,
    );
  }
  return success(normal);
}

/** A name, label or e-mail address as stored: composed (NFC), trimmed, one space between words. */
export function cleanName(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}

/**
 * Says in a sentence why a text cannot be a name, label or e-mail address, or null when it can.
 * Characters that cannot be seen are refused, since two names could then look the same.
 */
export function nameProblem(text: string): string | null {
  const trimmed = text.trim();
  if (UNSTORABLE.test(trimmed)) return "This holds a character that cannot be stored.";
  if (isBlank(trimmed)) return "This is empty.";
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(trimmed))
    return "This must be one line without control characters.";
  if (BIDI_CONTROL.test(trimmed)) return "This holds a character that turns the reading direction.";
  if (INVISIBLE.test(trimmed)) return "This holds a character that cannot be seen.";
  return null;
}

/** U+0000 and halves of surrogate pairs: with the flag `u` only halves standing alone are matched. */
const UNSTORABLE = /[\0\p{Cs}]/u;
const BIDI_CONTROL = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
/** Emoji need their variation selectors, so these stay. */
const INVISIBLE = /(?![\uFE0E\uFE0F])\p{DI}/u;

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}

/** Line and column of a UTF-16 offset, both from 1; the column counts code points. */
function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split(/\r\n|[\r\n\u2028\u2029]/);
  const column = codePointLength(before.at(-1) ?? "") + 1;
  return `line ${before.length}, column ${column}`;
}

/** Byte offset of the first ill-formed sequence (Unicode 17, table 3-7), or the length. */
function firstBadUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const size = sequenceSize(bytes, at);
    if (size === 0) return at;
    at += size;
  }
  return at;
}

/** Size in bytes of the well-formed sequence at a byte offset, 0 when there is none. */
function sequenceSize(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const [low, high] = SECOND_BYTE[lead] ?? [0x80, 0xbf];
  const isRight = (byte = 0, index = 0) =>
    index === 0 ? byte >= low && byte <= high : byte >= 0x80 && byte <= 0xbf;
  const rest = bytes.subarray(at + 1, at + size);
  return rest.length === size - 1 && rest.every(isRight) ? size : 0;
}

/** Lead bytes after which the second byte has a narrower range. */
const SECOND_BYTE: Record<number, [number, number]> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};

/** Byte offset of the first half of a surrogate pair that stands alone, or of a last odd byte. */
function firstBadUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): number {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(whole);
  for (let at = 0; at < text.length; at++) {
    // Decoding without `fatal` put U+FFFD where a half stood; a real U+FFFD has the same two bytes.
    if (text.charCodeAt(at) !== 0xfffd) continue;
    const [first, second] = [whole[at * 2] ?? 0, whole[at * 2 + 1] ?? 0];
    const unit = encoding === "utf-16le" ? second * 256 + first : first * 256 + second;
    if (unit !== 0xfffd) return at * 2;
  }
  return whole.length;
}
