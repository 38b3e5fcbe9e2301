import "server-only";
import { attachmentHeader } from "@/lib/domain/formats/file-name";
import type { Result } from "@/lib/domain/result";
import { problemResponse } from "./respond";

/** A download of a text made in memory, or the problem document that says why there is none. */
export function fileResponse(
  file: Result<{ name: string; contentType: string; text: string }>,
): Response {
  if (!file.ok) return problemResponse(file.failure);
  const { name, contentType, text } = file.value;
  return new Response(text, {
    headers: {
      "content-type": contentType,
      "content-disposition": attachmentHeader(name),
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      // A page or picture that was written here is opened by itself and runs nothing.
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });
}
