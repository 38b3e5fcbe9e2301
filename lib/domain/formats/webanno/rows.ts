import { codePoint, type TextIndex } from "../../text/offsets";
import type { CorpusRange, CorpusSpan } from "../corpus";
import { spanHull } from "../corpus";
import { firstTokenAfter, type Sentence, tokensAt } from "../segments";

/** A row of the table: a token, or the part of a token at which an annotation begins or ends. */
export type Row = CorpusRange & {
  id: string;
  /** Annotations by span id; what they say is looked up by column. */
  spans: string[];
};

/** The rows of a sentence, parts of a token right after it. */
export type SentenceRows = { sentence: Sentence; rows: Row[] };

/** A span with the rows that it lies in, and its number where rows alone do not tell it. */
export type PlacedSpan = { span: CorpusSpan; rows: Row[]; number: number };

/** Lays spans on rows. Spans without any token are not among the placed. */
export function layOut(
  sentences: readonly Sentence[],
  spans: readonly CorpusSpan[],
): { sentences: SentenceRows[]; placed: Map<string, PlacedSpan> } {
  const tokens = sentences.flatMap((sentence) => sentence.tokens);
  const parts = tokens.map(() => new Map<string, CorpusRange>());
  const places = spans.flatMap((span) => {
    const hull = spanHull(span);
    const at = tokensAt(tokens, hull);
    if (at === null) return [];
    const pieces: { token: number; key: string | null }[] = [];
    for (let token = at.first; token <= at.last; token++) {
      const piece = pieceOf(tokens[token], hull);
      const key = piece === null ? null : `${piece.start}-${piece.end}`;
      if (piece !== null && key !== null) parts[token]?.set(key, piece);
      pieces.push({ token, key });
    }
    return [{ span, pieces }];
  });
  const { sentenceRows, rowOf } = makeRows(sentences, parts);
  const placed = new Map<string, PlacedSpan>();
  for (const { span, pieces } of places) {
    const rows = pieces.flatMap(({ token, key }) => rowOf(token, key) ?? []);
    for (const row of rows) row.spans.push(span.id);
    placed.set(span.id, { span, rows, number: 0 });
  }
  numberAmbiguous(placed);
  return { sentences: sentenceRows, placed };
}

/** The part of a token that a range covers; null where it covers all of it. */
function pieceOf(token: CorpusRange | undefined, range: CorpusRange): CorpusRange | null {
  if (token === undefined) return null;
  const start = Math.max(token.start, range.start);
  const end = Math.min(token.end, range.end);
  return start === token.start && end === token.end ? null : { start, end };
}

function makeRows(sentences: readonly Sentence[], parts: readonly Map<string, CorpusRange>[]) {
  const rows: Map<string | null, Row>[] = [];
  let number = 0;
  const sentenceRows = sentences.map((sentence, at): SentenceRows => {
    const own = sentence.tokens.flatMap((token, position) => {
      const id = `${at + 1}-${position + 1}`;
      const byKey = new Map<string | null, Row>([[null, { ...token, id, spans: [] }]]);
      const pieces = [...(parts[number] ?? [])].sort(
        ([, a], [, b]) => a.start - b.start || a.end - b.end,
      );
      pieces.forEach(([key, piece], count) => {
        byKey.set(key, { ...piece, id: `${id}.${count + 1}`, spans: [] });
      });
      rows.push(byKey);
      number++;
      return [...byKey.values()];
    });
    return { sentence, rows: own };
  });
  return {
    sentenceRows,
    rowOf: (token: number, key: string | null) => rows[token]?.get(key),
  };
}

/** Numbers from 1 for spans of several rows, and for those that share a row with one of their layer. */
function numberAmbiguous(placed: Map<string, PlacedSpan>): void {
  let last = 0;
  for (const each of placed.values()) {
    const isStacked = each.rows.some((row) =>
      row.spans.some((id) => id !== each.span.id && placed.get(id)?.span.layer === each.span.layer),
    );
    if (isStacked || each.rows.length > 1) each.number = ++last;
  }
}

/**
 * The text of each sentence up to the next one. Readers put a line break after each and take it back
 * where the next begins, so one at the end is left out.
 */
export function sentenceTexts(sentences: readonly Sentence[], index: TextIndex): string[] {
  return sentences.map((sentence, at) => {
    const start = sentence.tokens[0]?.start ?? sentence.start;
    const next = sentences[at + 1];
    const end = next === undefined ? index.length : (next.tokens[0]?.start ?? next.start);
    const text = index.slice(codePoint(start), codePoint(end));
    return next !== undefined && text.endsWith("\n") ? text.slice(0, -1) : text;
  });
}

/** A range cut back to the tokens in it, or null where there is none. */
export function trimToTokens(
  tokens: readonly CorpusRange[],
  range: CorpusRange,
): CorpusRange | null {
  const at = tokensAt(tokens, range);
  if (at === null) return null;
  const first = tokens[firstTokenAfter(tokens, range.start)];
  const last = tokens[at.last];
  if (first === undefined || last === undefined) return null;
  return { start: Math.max(range.start, first.start), end: Math.min(range.end, last.end) };
}
