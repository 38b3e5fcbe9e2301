/** Names a label of a file once, for lists and forms. */
export function keyOf({
  kind,
  layer,
  label,
}: {
  kind: string;
  layer: string;
  label: string;
}): string {
  return JSON.stringify([kind, layer, label]);
}
