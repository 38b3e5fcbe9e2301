/**
 * The spans whose entries are in the page now, of which a long or filtered list has only some; null
 * where all are. A mark may refer to these only.
 */
let listed: ReadonlySet<string> | null = null;
const listeners = new Set<() => void>();

export function listedSpans(): ReadonlySet<string> | null {
  return listed;
}

export function onListedSpans(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Notes what the list shows; tells only of a real change. */
export function noteListedSpans(ids: ReadonlySet<string> | null): void {
  if (ids === listed || (ids !== null && listed !== null && isSame(ids, listed))) return;
  listed = ids;
  for (const listener of listeners) listener();
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
