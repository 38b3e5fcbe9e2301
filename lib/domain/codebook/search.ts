import type { Codebook, Label } from "./language";
import { selectableLabels } from "./lookup";

/** A label that a search found, with its layer. */
export type FoundLabel = { layer: string; label: Label };

/**
 * Labels that say all words of a search, in name, key, definition, examples or hints. Those that a
 * name begins with come first, then other names, then the rest; otherwise in codebook order.
 */
export function searchLabels(
  codebook: Pick<Codebook, "layers">,
  search: string,
  levels?: readonly string[],
): FoundLabel[] {
  const words = wordsOf(search);
  const ranked = codebook.layers
    .filter((layer) => levels === undefined || levels.includes(layer.level))
    .flatMap((layer) =>
      selectableLabels(layer).map((label) => ({
        found: { layer: layer.key, label },
        rank: rankOf(label, words),
      })),
    )
    .filter(({ rank }) => rank < NOT_FOUND);
  return ranked.sort((a, b) => a.rank - b.rank).map(({ found }) => found);
}

/** The parts of a Markdown text, from heading to heading, that say all words of a search. */
export function searchGuidelines(markdown: string, search: string): string[] {
  const words = wordsOf(search);
  return markdown
    .split(/^(?=#{1,6} )/m)
    .map((part) => part.trim())
    .filter((part) => part !== "" && saysAll(part, words));
}

const NOT_FOUND = 3;

function rankOf(label: Label, words: readonly string[]): number {
  const name = fold(label.name);
  const [first = ""] = words;
  if (saysAll(label.name, words)) return name.startsWith(first) ? 0 : 1;
  const all = [
    label.name,
    label.key,
    label.definition,
    ...label.examples,
    ...label.counterExamples,
    ...label.notThis.map(({ note }) => note),
  ].join(" ");
  return saysAll(all, words) ? 2 : NOT_FOUND;
}

function saysAll(text: string, words: readonly string[]): boolean {
  const folded = fold(text);
  return words.every((word) => folded.includes(word));
}

function wordsOf(search: string): string[] {
  return fold(search)
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** Small letters without accents. */
function fold(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
