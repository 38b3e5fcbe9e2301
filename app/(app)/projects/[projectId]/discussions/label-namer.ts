/** Names labels of the codebook in force; an older one goes by its key. */
export function labelNamer(
  labels: readonly { layer: string; label: string; name: string }[],
): (layer: string, label: string) => string {
  const names = new Map(labels.map(({ layer, label, name }) => [`${layer}/${label}`, name]));
  return (layer, label) => names.get(`${layer}/${label}`) ?? label;
}
