import "server-only";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import {
  compareIndexes,
  type IndexLine,
  type ReleaseDifference,
} from "@/lib/domain/releases/compare";
import { sizeOf } from "./release-files";

/** Compares two releases by their indexes, a document at a time; null where one is not there. */
export async function compareStored(
  older: string,
  newer: string,
): Promise<ReleaseDifference | null> {
  if ((await sizeOf(older)) === null || (await sizeOf(newer)) === null) return null;
  return compareIndexes(linesOf(older), linesOf(newer));
}

async function* linesOf(file: string): AsyncGenerator<IndexLine> {
  for await (const line of createInterface({ input: createReadStream(file, "utf8") })) {
    if (line !== "") yield JSON.parse(line) as IndexLine;
  }
}
