/** Which closing marks end what an opening mark began. Some marks open in one language and close in another. */
const CLOSERS: Record<string, string> = {
  "(": ")",
  "[": "]",
  "{": "}",
  "（": "）",
  "［": "］",
  "｛": "｝",
  "【": "】",
  "〔": "〕",
  "《": "》",
  "〈": "〉",
  "「": "」",
  "『": "』",
  "〝": "〞〟",
  '"': '"',
  "＂": "＂",
  "'": "'",
  "“": "”",
  "‘": "’",
  "„": "“”",
  "‚": "‘’",
  "«": "»",
  "»": "«",
  "‹": "›",
  "›": "‹",
  "”": "”",
};

const BRACKETS = "([{（［｛【〔";
const CLOSING = new Set(Object.values(CLOSERS).flatMap((marks) => [...marks]));

/** Whether a token is a bracket that opens; quotation marks are none. */
export function isOpeningBracket(token: string): boolean {
  return token.length === 1 && BRACKETS.includes(token);
}

/** Whether a token may open or close a quotation or a bracket. */
export function isPairedMark(token: string): boolean {
  return token in CLOSERS || CLOSING.has(token);
}

/** Whether a token can only close: used where its partner is missing. */
export function isClosingMark(token: string): boolean {
  return CLOSING.has(token);
}

/**
 * Partner of each token of one block: the index of the mark that closes or opens it, -1 for none.
 * `tokens` is flat [start, end, ...] in UTF-16 offsets into `text`. Marks pair as they nest; one left
 * without partner does not disturb those around it.
 */
export function matchPairs(text: string, tokens: ArrayLike<number>): Int32Array {
  const count = tokens.length / 2;
  const partners = new Int32Array(count).fill(-1);
  const open: { index: number; closers: string }[] = [];
  for (let index = 0; index < count; index++) {
    const start = tokens[index * 2] ?? 0;
    if ((tokens[index * 2 + 1] ?? 0) - start !== 1) continue;
    const mark = text.charAt(start);
    const closers = CLOSERS[mark];
    if (closers === undefined && !CLOSING.has(mark)) continue;
    if (close(index, mark, open, partners)) continue;
    if (closers !== undefined && mayOpen(text, start, mark)) open.push({ index, closers });
  }
  return partners;
}

/** Deepest nesting that is followed, so that a text of opening marks alone stays cheap. */
const DEEPEST = 32;

function close(
  index: number,
  mark: string,
  open: { index: number; closers: string }[],
  partners: Int32Array,
): boolean {
  for (let depth = open.length - 1; depth >= Math.max(0, open.length - DEEPEST); depth--) {
    const opener = open[depth];
    if (opener === undefined || !opener.closers.includes(mark)) continue;
    partners[opener.index] = index;
    partners[index] = opener.index;
    open.length = depth;
    return true;
  }
  return false;
}

/** An apostrophe that ends a word, or a quotation mark of measure (5″ typed as 5"), opens nothing. */
function mayOpen(text: string, at: number, mark: string): boolean {
  if (mark !== "'" && mark !== "”" && mark !== '"') return true;
  const before = text.charAt(at - 1);
  return !/(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}])[\p{L}\p{N}]/u.test(before);
}
