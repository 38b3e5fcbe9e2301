/**
 * A place in a list as it stands in an answer and in the next request: opaque to programs, and only good
 * for the list that gave it.
 */
export type Place = readonly (string | number)[];

/** Writes the place after the last item of a page; `list` names what is listed, with its order. */
export function writePlace(list: string, place: Place): string {
  const bytes = new TextEncoder().encode(JSON.stringify([list, ...place]));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** The place that a request names; null where it is none of this list, or was not written by us. */
export function readPlace(list: string, written: string): Place | null {
  try {
    const binary = atob(written.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (each) => each.charCodeAt(0));
    const read: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (!Array.isArray(read) || read[0] !== list) return null;
    const place: unknown[] = read.slice(1);
    const isOurs = place.every((each) => typeof each === "string" || Number.isSafeInteger(each));
    return isOurs && writePlace(list, place as Place) === written ? (place as Place) : null;
  } catch {
    return null;
  }
}
