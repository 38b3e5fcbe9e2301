const MOST_SIGNS = 6;

/**
 * Names of up to six signs for the margin beside a text: the first word, with an initial where two
 * would be the same, with a number where that does not help.
 */
export function shortNames(
  annotators: readonly { id: string; name: string }[],
): Map<string, string> {
  const firsts = annotators.map(({ name }) => wordsOf(name)[0] ?? "");
  const taken = new Set<string>();
  return new Map(
    annotators.map(({ id, name }, index) => {
      const first = firsts[index] ?? "";
      const isAlone = firsts.indexOf(first) === firsts.lastIndexOf(first);
      const wanted = isAlone ? cut(first, MOST_SIGNS) : withInitial(name);
      const short = taken.has(wanted) ? numbered(wanted, taken) : wanted;
      taken.add(short);
      return [id, short];
    }),
  );
}

function withInitial(name: string): string {
  const words = wordsOf(name);
  const last = words.length > 1 ? cut(words.at(-1) ?? "", 1) : "";
  return `${cut(words[0] ?? "", MOST_SIGNS - 2)} ${last}`.trim();
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  const stem = cut(name, MOST_SIGNS - 1);
  for (let number = 2; ; number++) {
    if (!taken.has(`${stem}${number}`)) return `${stem}${number}`;
  }
}

function wordsOf(name: string): string[] {
  return name.split(/\s+/).filter((word) => word !== "");
}

function cut(word: string, most: number): string {
  return [...word].slice(0, most).join("");
}
