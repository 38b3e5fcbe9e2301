import type { Codebook } from "@/lib/domain/codebook/language";
import { isSame } from "@/lib/domain/same";
import type { Draft } from "./history";

/** A value that two people changed differently at the same time. */
export type Clash = {
  /** Where it is, by keys: "layers/bias/labels/lex/definition". */
  path: string;
  mine: unknown;
  theirs: unknown;
};

export type Side = "mine" | "theirs";

/**
 * Joins the changes that two people made to the same draft. What only one of them changed is taken
 * from them; what one removed and the other changed stays. What both changed differently is a clash,
 * decided by `choices` (by path; mine where nothing is said), so that nothing is lost unseen.
 */
export function mergeDrafts(
  { base, mine, theirs }: { base: Draft; mine: Draft; theirs: Draft },
  choices: ReadonlyMap<string, Side> = new Map(),
): { draft: Draft; clashes: Clash[] } {
  const clashes: Clash[] = [];
  const decide = (clash: Clash): unknown => {
    clashes.push(clash);
    return choices.get(clash.path) === "theirs" ? clash.theirs : clash.mine;
  };
  const merged = mergeValues([base.codebook, mine.codebook, theirs.codebook], "", decide);
  return {
    // Both sides are codebooks and parts are taken whole from one of them.
    draft: { codebook: merged as Codebook, rules: mergeRules(base, mine, theirs) },
    clashes,
  };
}

type Three = [base: unknown, mine: unknown, theirs: unknown];
type Decide = (clash: Clash) => unknown;

function mergeValues([base, mine, theirs]: Three, path: string, decide: Decide): unknown {
  if (isSame(mine, theirs) || isSame(theirs, base)) return mine;
  if (isSame(mine, base)) return theirs;
  if (isKeyed(mine) && isKeyed(theirs)) {
    return mergeKeyed([isKeyed(base) ? base : [], mine, theirs], path, decide);
  }
  if (isRecord(mine) && isRecord(theirs)) {
    const before = isRecord(base) ? base : {};
    const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
    const entries = names.map((name) => [
      name,
      mergeValues([before[name], mine[name], theirs[name]], within(path, name), decide),
    ]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  return decide({ path, mine, theirs });
}

type Keyed = { key: string } & Record<string, unknown>;

function mergeKeyed(
  [base, mine, theirs]: [Keyed[], Keyed[], Keyed[]],
  path: string,
  decide: Decide,
): Keyed[] {
  const find = (list: Keyed[], key: string) => list.find((each) => each.key === key);
  const stays = (key: string) => {
    const [was, here, there] = [find(base, key), find(mine, key), find(theirs, key)];
    if (was === undefined) return true;
    if (here === undefined) return there !== undefined && !isSame(there, was);
    if (there === undefined) return !isSame(here, was);
    return true;
  };
  return orderOf([base, mine, theirs])
    .filter(stays)
    .map((key) => {
      const [was, here, there] = [find(base, key), find(mine, key), find(theirs, key)];
      const only = here ?? there;
      if (here === undefined || there === undefined) return only ?? { key };
      // Both are records with this key.
      return mergeValues([was, here, there], within(path, key), decide) as Keyed;
    });
}

/** The order of whoever changed it, mine if both did; what only the other has follows what it followed. */
function orderOf([base, mine, theirs]: [Keyed[], Keyed[], Keyed[]]): string[] {
  const keys = (list: Keyed[]) => list.map((each) => each.key);
  const common = (list: Keyed[], other: Keyed[]) =>
    keys(list).filter((key) => keys(other).includes(key));
  const isMineMoved = !isSame(common(base, mine), common(mine, base));
  const [lead, other] = isMineMoved ? [mine, theirs] : [theirs, mine];
  const order = keys(lead);
  keys(other).forEach((key, at, all) => {
    if (order.includes(key)) return;
    const before = all.slice(0, at).findLast((each) => order.includes(each));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  });
  return order;
}

/** Rules have no parts: all that either has, without those that either took away. */
function mergeRules(base: Draft, mine: Draft, theirs: Draft): Draft["rules"] {
  const has = (rules: Draft["rules"], rule: unknown) => rules.some((each) => isSame(each, rule));
  const kept = base.rules.filter((rule) => has(mine.rules, rule) && has(theirs.rules, rule));
  const added = [...theirs.rules, ...mine.rules].filter((rule) => !has(base.rules, rule));
  const once = added.filter((rule, at) => !has(added.slice(0, at), rule));
  return [...kept, ...once];
}

function within(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKeyed(value: unknown): value is Keyed[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => isRecord(each) && typeof each.key === "string")
  );
}
