import "server-only";
import { type Result, success } from "@/lib/domain/result";
import { streamBytes } from "@/lib/server/stream-bytes";
import { streamText } from "@/lib/server/stream-text";
import type { StoredFile } from "../releases";
import type { Found } from "./operation";

type Text = { name: string; contentType: string };
type Whole = Text & { text: string };
type InPieces = Text & { pieces: Iterable<string> };

/** The file that a use case wrote, whole or in pieces. */
export function textFile(file: Result<Whole | InPieces>): Result<Found> {
  if (!file.ok) return file;
  const { name, contentType } = file.value;
  const content = "text" in file.value ? file.value.text : streamText(file.value.pieces);
  return success({ file: { name, contentType, bytes: null, tag: null, content } });
}

/** A file that is sent as it is read from the disk. */
export function storedFile({ name, contentType, bytes, sha256, open }: StoredFile): Found {
  return { file: { name, contentType, bytes, tag: sha256, content: streamBytes(open()) } };
}
