type Rule = { isAllowed: boolean; path: string };

/**
 * Whether a robots.txt lets a program fetch an address: the longest rule that fits decides, and of two the
 * one that allows (RFC 9309). Rules for the program itself come before those for all.
 */
export function mayFetch(robots: string, address: URL, agent: string): boolean {
  const groups = readGroups(robots);
  const rules = groups.get(agent.toLowerCase()) ?? groups.get("*") ?? [];
  const path = address.pathname + address.search;
  let best: Rule | null = null;
  for (const rule of rules) {
    if (rule.path === "" || !fits(rule.path, path)) continue;
    const isLonger = best === null || rule.path.length > best.path.length;
    if (isLonger || (best?.path.length === rule.path.length && rule.isAllowed)) best = rule;
  }
  return best?.isAllowed ?? true;
}

function readGroups(robots: string): Map<string, Rule[]> {
  const groups = new Map<string, Rule[]>();
  let agents: string[] = [];
  let isOpen = false;
  for (const line of robots.split(/\r\n|[\r\n]/).slice(0, 5_000)) {
    const found = /^\s*(user-agent|allow|disallow)\s*:\s*([^#]*)/i.exec(line);
    const value = (found?.[2] ?? "").trim();
    switch (found?.[1]?.toLowerCase()) {
      case "user-agent":
        agents = isOpen ? [...agents, value.toLowerCase()] : [value.toLowerCase()];
        isOpen = true;
        break;
      case "allow":
      case "disallow": {
        isOpen = false;
        const isAllowed = found?.[1]?.toLowerCase() === "allow";
        for (const each of agents) {
          groups.set(each, [...(groups.get(each) ?? []), { isAllowed, path: value }]);
        }
      }
    }
  }
  return groups;
}

/** `*` stands for anything and `$` for the end. Compared piece by piece, so that no pattern takes long. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith("$");
  const [first = "", ...pieces] = (isWhole ? pattern.slice(0, -1) : pattern).split("*");
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return (
    !isWhole || at === path.length || (pieces.length > 0 && path.endsWith(pieces.at(-1) ?? ""))
  );
}
