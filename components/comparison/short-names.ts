const MOST_SIGNS = 6;

/**
 * Names of up to six signs for the margin beside a text: the first word, cut; numbered where two would
 * be the same.
 */
export function shortNames(
  annotators: readonly { id: string; name: string }[],
): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    annotators.map(({ id, name }) => {
      const word = [...(name.split(/\s+/)[0] ?? name)].slice(0, MOST_SIGNS).join("");
      const short = taken.has(word) ? numbered(word, taken) : word;
      taken.add(short);
      return [id, short];
    }),
  );
}

function numbered(word: string, taken: ReadonlySet<string>): string {
  const stem = [...word].slice(0, MOST_SIGNS - 1).join("");
  for (let number = 2; ; number++) {
    if (!taken.has(`${stem}${number}`)) return `${stem}${number}`;
  }
}
