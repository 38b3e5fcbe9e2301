import type { Codebook, Layer } from "@/lib/domain/codebook/language";
import { freeKey } from "@/lib/domain/codebook/restructure";

/**
 * Adds layers of another codebook, with what belongs to them: its guidelines under a heading, its
 * citation and its note on what to check. Keys that are taken get a number; links follow.
 */
export function addTemplateLayers(
  codebook: Codebook,
  template: Codebook,
  { keys, reserved }: { keys: readonly string[]; reserved: readonly string[] },
): Codebook {
  const taken = [...codebook.layers.map((layer) => layer.key), ...reserved];
  const renamed = new Map<string, string>();
  for (const key of keys) {
    const free = freeKey(key, taken);
    // A key as it stands in the paper keeps its capitals where nobody has it.
    const kept = taken.includes(key) ? free : key;
    taken.push(kept);
    renamed.set(key, kept);
  }
  const chosen = template.layers.filter((layer) => renamed.has(layer.key));
  const layers = chosen.map((layer) => arriving(layer, renamed));
  const mappings = template.mappings
    .filter((mapping) => renamed.has(mapping.layer))
    .map((mapping) => ({ ...mapping, layer: renamed.get(mapping.layer) ?? mapping.layer }));
  const check = joined([codebook.checkAgainstPaper ?? "", template.checkAgainstPaper ?? ""], " ");
  return {
    ...codebook,
    guidelines: joined([codebook.guidelines.trim(), section(template)], "\n\n"),
    citation: joined([codebook.citation, template.citation], "\n"),
    ...(check === "" ? {} : { checkAgainstPaper: check }),
    layers: [...codebook.layers, ...layers],
    mappings: [...codebook.mappings, ...mappings],
  };
}

/** Layers that links of the chosen ones need and that are not chosen. */
export function missingEnds(template: Codebook, keys: readonly string[]): Layer[] {
  const needed = template.layers
    .filter((layer) => keys.includes(layer.key))
    .flatMap(({ from, to }) => [from?.layer, to?.layer])
    .filter((key) => key !== undefined && !keys.includes(key));
  return template.layers.filter((layer) => needed.includes(layer.key));
}

function arriving(layer: Layer, renamed: ReadonlyMap<string, string>): Layer {
  const key = (old: string) => renamed.get(old) ?? old;
  const ends = (at: NonNullable<Layer["from"]>) => ({ ...at, layer: key(at.layer) });
  const hint = (each: Layer["labels"][number]["notThis"][number]) => {
    const [home, label] = each.label?.split("/") ?? [];
    return home === undefined || label === undefined
      ? each
      : { ...each, label: `${key(home)}/${label}` };
  };
  return {
    ...layer,
    key: key(layer.key),
    ...(layer.from ? { from: ends(layer.from) } : {}),
    ...(layer.to ? { to: ends(layer.to) } : {}),
    labels: layer.labels.map((label) => ({
      ...label,
      notThis: label.notThis.map(hint),
      seeAlso: label.seeAlso.map(hint),
      ...(label.pairs
        ? { pairs: label.pairs.map(({ from, to }) => ({ from: ends(from), to: ends(to) })) }
        : {}),
    })),
  };
}

function section({ name, guidelines }: Codebook): string {
  const text = guidelines.trim();
  // The heading of the other guidelines goes one level down, below the name of their scheme.
  return text === "" ? "" : `# ${name}\n\n${text.replaceAll(/^(#{1,5}) /gm, "#$1 ")}`;
}

function joined(parts: readonly string[], by: string): string {
  return [...new Set(parts.filter((part) => part.trim() !== ""))].join(by);
}
