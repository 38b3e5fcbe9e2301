import { isBlank } from "./characters";
import { endsWithFullStop } from "./line-patterns";
import { type CodePoint, codePoint, codePointLength } from "./offsets";
import type { BlockRole } from "./roles";

/** A line with ink while its role is being found; [start, end) in code points. */
export type Line = {
  /** Without white space at the ends. */
  text: string;
  start: CodePoint;
  end: CodePoint;
  /** Number of the line in the text, from 0. */
  number: number;
  /** Two for a wide character of a script without spaces, so that lengths compare. */
  width: number;
  role: BlockRole | null;
};

/** Widest line, in columns, that may be a subheading, a label or a verse. */
export const SHORT = 80;

/** The lines with ink of a normalised text, without roles. */
export function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  text.split("\n").forEach((raw, number) => {
    const end = start + codePointLength(raw);
    if (!isBlank(raw)) {
      const line = raw.trim();
      const width = line.length + (line.match(WIDE)?.length ?? 0);
      lines.push({
        text: line,
        start: codePoint(start),
        end: codePoint(end),
        number,
        width,
        role: null,
      });
    }
    start = end + 1;
  });
  return lines;
}

const WIDE = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/gu;

/** Lines of stanzas: four or more short lines without a gap, most of which do not end a sentence. */
export function findVerse(lines: Line[]): Set<Line> {
  const verse = new Set<Line>();
  let stanza: Line[] = [];
  const close = () => {
    const open = stanza.filter((line) => !endsWithFullStop(line.text)).length;
    if (stanza.length >= 4 && open * 2 > stanza.length) for (const line of stanza) verse.add(line);
    stanza = [];
  };
  for (const line of lines) {
    const last = stanza.at(-1);
    if (last !== undefined && line.number - last.number > 1) close();
    if (line.width > SHORT || line.role !== null) close();
    else stanza.push(line);
  }
  close();
  return verse;
}
