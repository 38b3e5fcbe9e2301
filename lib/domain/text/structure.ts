import {
  endsAsQuestion,
  endsAsSentence,
  endsWithFullStop,
  hasDateline,
  headingLevel,
  isByline,
  isCaption,
  isCreditLine,
  isDateOnly,
  isInitials,
  isListItem,
  isPhotoCredit,
  isPromotion,
  isQuotation,
  isWidget,
  relatedKind,
} from "./line-patterns";
import { findVerse, type Line, readLines, SHORT } from "./lines";
import type { CodePoint } from "./offsets";
import type { BlockRole } from "./roles";

/** One line of a document with its role: [start, end) in code points, line break left out. */
export type Block = { start: CodePoint; end: CodePoint; role: BlockRole };

/** Widest line, in columns, that may be a headline or a standfirst. */
const HEADLINE = 200;
const STANDFIRST = 320;
/** Number of lines among which bylines and dates are looked for. */
const TOP = 8;
/** A wider line ending in a full stop at the top is a paragraph, not a headline. */
const LONG = 45;

/**
 * Finds the blocks of a normalised text: every line with ink is one. Roles follow from the words of a
 * line ("READ MORE:"), then from its neighbours and place. They are a proposal that people may correct.
 * `known` are roles that the source says outright, by number of the line from 0; they are taken as said.
 */
export function findBlocks(text: string, known: ReadonlyMap<number, BlockRole> = NONE): Block[] {
  const lines = readLines(text);
  markByWords(lines);
  for (const line of lines) line.role = known.get(line.number) ?? line.role;
  markRepeatedCaptions(lines);
  markPictureLines(lines);
  markRelatedLists(lines);
  markFooter(lines);
  const verse = findVerse(lines);
  markTop(lines, verse);
  markQuotations(lines);
  markSubheadings(lines, verse);
  return lines.map(({ start, end, number, role }) => ({
    start,
    end,
    role: known.get(number) ?? role ?? "body",
  }));
}

const NONE: ReadonlyMap<number, BlockRole> = new Map();

function markByWords(lines: Line[]): void {
  lines.forEach((line, index) => {
    line.role = roleByWords(line.text, index);
  });
}

function roleByWords(text: string, index: number): BlockRole | null {
  if (isWidget(text)) return "widget_placeholder";
  if (index === 0) return roleOfFirst(text);
  if (relatedKind(text) !== null) return "related_link";
  if (isPhotoCredit(text)) return "photo_credit";
  if (isPromotion(text)) return "promo_footer";
  if (isCreditLine(text)) return "byline";
  if (index < TOP && (isByline(text) || isDateOnly(text))) return "byline";
  return isCaption(text) ? "caption" : null;
}

/** A first line is a headline unless it is plainly something else: "Photos: ten years of war" is one. */
function roleOfFirst(text: string): BlockRole | null {
  if (/^by /i.test(text) && text.length < 40 && isByline(text)) return "byline";
  return endsWithFullStop(text) && isCaption(text) ? "caption" : null;
}

/** A long line at the top that comes again within four lines is the caption of a picture shown twice. */
function markRepeatedCaptions(lines: Line[]): void {
  lines.forEach((line, index) => {
    if (line.width < SHORT - 20 || (line.role === null ? index >= TOP : line.role !== "caption"))
      return;
    for (const later of lines.slice(index + 1, index + 5)) {
      if (later.number - line.number > 4 || later.text !== line.text) continue;
      if (index > 0) line.role = "caption";
      later.role = "caption_duplicate";
    }
  });
}

/** Signatures directly under a caption, and captions directly above a credit. */
function markPictureLines(lines: Line[]): void {
  lines.forEach((line, index) => {
    const above = lines[index - 1];
    if (above === undefined) return;
    const touches = line.number - above.number === 1;
    const isSignature = isInitials(line.text) && line.role === null;
    if (isSignature && (isPicture(above) || (touches && endsWithFullStop(above.text)))) {
      line.role = "photo_credit";
    }
    const describes = above.role === null && index > 1 && above.width <= STANDFIRST;
    if (line.role === "photo_credit" && touches && describes) above.role = "caption";
  });
}

function isPicture(line: Line): boolean {
  return line.role === "caption" || line.role === "caption_duplicate";
}

/** Short lines under a title such as "Related stories" are links; so are marked items. */
function markRelatedLists(lines: Line[]): void {
  let isOpen = false;
  let isTight = false;
  lines.forEach((line, index) => {
    const above = lines[index - 1];
    const gap = line.number - (above?.number ?? line.number);
    if (line.role === "related_link" && relatedKind(line.text) === "heading") {
      isOpen = true;
      isTight = (lines[index + 1]?.number ?? 0) - line.number === 1;
      return;
    }
    if (!isOpen) return;
    const ended = line.role !== null || endsWithFullStop(line.text) || line.width > HEADLINE;
    if (ended || (isTight && gap > 1)) isOpen = false;
    else line.role = "related_link";
  });
}

/** Short lines at the very end, behind the last widget or link, belong to the page. */
function markFooter(lines: Line[]): void {
  let first = lines.length;
  while (first > 0 && isLabelLike(lines[first - 1])) first--;
  const before = lines[first - 1]?.role;
  const isBehindPage =
    before === "widget_placeholder" || before === "related_link" || before === "promo_footer";
  if (!isBehindPage) return;
  for (const line of lines.slice(first)) line.role = "promo_footer";
}

function isLabelLike(line: Line | undefined): boolean {
  if (line === undefined || line.role !== null) return false;
  return line.width <= SHORT && !endsAsSentence(line.text);
}

/** Headline and standfirst. A text of one line has neither. */
function markTop(lines: Line[], verse: Set<Line>): void {
  const plain = lines.filter((line) => line.role === null);
  const marked = plain.find((line) => headingLevel(line.text) === 1);
  const first = marked ?? plain[0];
  if (first === undefined || plain.length < 2 || verse.has(first)) return;
  if (marked === undefined && !isHeadlineLike(first)) return;
  first.role = "headline";
  const at = lines.indexOf(first);
  const next = lines[at + 1];
  if (next === undefined || next.role !== null || verse.has(next)) return;
  const hasMore = lines.slice(at + 2).some((line) => line.role === null);
  if (hasMore && isStandfirstLike(next)) next.role = "standfirst";
}

/** A headline rarely ends in a full stop; a short line of one sentence still may be one. */
function isHeadlineLike(line: Line): boolean {
  if (line.width > HEADLINE || isListItem(line.text)) return false;
  if (!endsWithFullStop(line.text)) return true;
  return line.width <= LONG && !/[.!?。！？]\s?\p{Lu}/u.test(line.text);
}

function isStandfirstLike(line: Line): boolean {
  if (line.width > STANDFIRST || headingLevel(line.text) > 0) return false;
  return !hasDateline(line.text) && !isListItem(line.text) && !isQuotation(line.text);
}

function markQuotations(lines: Line[]): void {
  for (const line of lines) {
    const isHeading = line.width <= SHORT / 2 && !/[.!?…。！？][^\p{L}]*$/u.test(line.text);
    if (line.role === null && isQuotation(line.text) && !isHeading) line.role = "quote";
  }
}

/** Short lines that end no sentence, with running text before and after. */
function markSubheadings(lines: Line[], verse: Set<Line>): void {
  let hasText = false;
  lines.forEach((line, index) => {
    if (line.role === null && headingLevel(line.text) > 0) line.role = "subheading";
    const isShort = line.role === null && line.width <= SHORT && !isListItem(line.text);
    const isOpen = !endsAsSentence(line.text) || endsAsQuestion(line.text);
    if (isShort && isOpen && hasText && !verse.has(line) && leadsText(lines, index, verse)) {
      line.role = "subheading";
    }
    hasText ||= line.role === null || line.role === "standfirst" || line.role === "quote";
  });
}

/** Whether running text follows, with no more than one other short line between. */
function leadsText(lines: Line[], index: number, verse: Set<Line>): boolean {
  let seen = 0;
  for (let next = index + 1; next < lines.length && seen < 2; next++) {
    const line = lines[next];
    if (line === undefined || (line.role !== null && line.role !== "quote")) continue;
    if (isRunningText(line) && !verse.has(line)) return true;
    seen++;
  }
  return false;
}

function isRunningText(line: Line): boolean {
  return line.role === "quote" || line.width > SHORT || endsWithFullStop(line.text);
}
