import { readBrat } from "./brat/read";
import { BRAT_HOLDS, writeBrat } from "./brat/write";
import type { CorpusFormat } from "./corpus";
import { readFramemark } from "./framemark/read";
import { writeFramemark } from "./framemark/write";
import { HOLDS_ALL } from "./losses";

/** All formats, in the order in which they are offered. */
export const FORMATS: readonly CorpusFormat[] = [
  {
    name: "jsonl",
    title: "Framemark JSON Lines",
    about: "Everything, one record a line.",
    layout: "file",
    extension: ".jsonl",
    needsSurvey: false,
    holds: HOLDS_ALL,
    read: readFramemark,
    write: writeFramemark,
  },
  {
    name: "brat",
    title: "brat standoff",
    about: "A folder for each annotator with .txt and .ann files.",
    layout: "folder",
    extension: ".ann",
    needsSurvey: false,
    holds: BRAT_HOLDS,
    read: readBrat,
    write: writeBrat,
  },
];

/** The format of a name, or null. */
export function findFormat(name: string): CorpusFormat | null {
  return FORMATS.find((format) => format.name === name) ?? null;
}
