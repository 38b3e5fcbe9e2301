import { groupedBy } from "./grouped";

/** What an article says of its event: its outlet, its day (days since 1970) and its words, most telling first. */
export type Report = {
  id: string;
  outlet: string | null;
  day: number | null;
  /** Words of title and opening with how often they stand there, title and names counted more. */
  words: ReadonlyMap<string, number>;
  /** The event that it belongs to already. */
  eventId: string | null;
};

/** Reports that seem to be on one event. `score` is their mean likeness, from 0 to 1. */
export type Proposal = { ids: string[]; words: string[]; score: number; eventId: string | null };

/** Days between reports of one event. */
const WINDOW = 3;
/** Cosine of the weighted words from which two reports are taken to be on one event. */
const LIKE = 0.32;
/** Most telling words of a report that are compared. */
const TERMS = 16;
const MOST_MEMBERS = 40;

type Vector = { report: Report; terms: ReadonlyMap<string, number> };
type Group = { members: Vector[]; last: number | null };

/**
 * Groups reports by the words that are rare elsewhere (tf-idf, cosine) and by day, in one pass in the
 * order of days. A group is proposed where two outlets or more report and one document at least has no
 * event yet. Deterministic.
 */
export function suggestEvents(reports: readonly Report[]): Proposal[] {
  const vectors = weigh(reports).sort(byDay);
  const groups: Group[] = [];
  const byTerm = new Map<string, Set<Group>>();
  for (const vector of vectors) {
    const group = closest(vector, byTerm) ?? { members: [], last: null };
    if (group.members.length === 0) groups.push(group);
    group.members.push(vector);
    group.last = vector.report.day;
    for (const term of vector.terms.keys()) {
      const known = byTerm.get(term);
      if (known === undefined) byTerm.set(term, new Set([group]));
      else known.add(group);
    }
  }
  return groups.flatMap(toProposal).sort((a, b) => b.score - a.score || (ids(a) < ids(b) ? -1 : 1));
}

const ids = (proposal: Proposal) => proposal.ids.join();

/** Unit vectors of the most telling words. A word that only one report has tells nothing of others. */
function weigh(reports: readonly Report[]): Vector[] {
  const counts = new Map<string, number>();
  for (const { words } of reports) {
    for (const word of words.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const most = Math.max(20, reports.length * 0.05);
  return reports.map((report) => {
    const weighted = [...report.words]
      .filter(([word]) => {
        const count = counts.get(word) ?? 0;
        return count > 1 && count <= most;
      })
      .map(([word, times]): [string, number] => [
        word,
        (1 + Math.log(times)) * Math.log(1 + reports.length / (counts.get(word) ?? 1)),
      ])
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, TERMS);
    const length = Math.sqrt(weighted.reduce((sum, [, weight]) => sum + weight * weight, 0));
    return { report, terms: new Map(weighted.map(([word, weight]) => [word, weight / length])) };
  });
}

function byDay(a: Vector, b: Vector): number {
  const [x, y] = [a.report.day ?? Number.MAX_SAFE_INTEGER, b.report.day ?? Number.MAX_SAFE_INTEGER];
  return x - y || (a.report.id < b.report.id ? -1 : 1);
}

/** The group that a report fits best, among those that share a word and are not over. */
function closest(vector: Vector, byTerm: Map<string, Set<Group>>): Group | null {
  const { day } = vector.report;
  const candidates = new Map<Group, number>();
  for (const term of vector.terms.keys()) {
    const groups = byTerm.get(term);
    for (const group of groups ?? []) {
      if (isOver(group, day)) groups?.delete(group);
      else candidates.set(group, (candidates.get(group) ?? 0) + 1);
    }
  }
  let best: Group | null = null;
  let most = LIKE;
  for (const [group, shared] of candidates) {
    if (shared < 2 || group.members.length >= MOST_MEMBERS) continue;
    const likeness = mean(group.members.map((member) => cosine(vector, member)));
    if (likeness >= most) [best, most] = [group, likeness];
  }
  return best;
}

function isOver({ last }: Group, day: number | null): boolean {
  return day === null ? last !== null : last === null || day - last > WINDOW;
}

function cosine(a: Vector, b: Vector): number {
  let sum = 0;
  for (const [term, weight] of a.terms) sum += weight * (b.terms.get(term) ?? 0);
  return sum;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function toProposal({ members }: Group): Proposal[] {
  const outlets = new Set(members.map(({ report }) => report.outlet ?? report.id));
  if (members.length < 2 || outlets.size < 2) return [];
  const [eventId] = mostOf(members.flatMap(({ report }) => report.eventId ?? []));
  const own = members.filter(({ report }) => report.eventId === null);
  if (own.length === 0) return [];
  const known = members.filter(({ report }) => report.eventId === (eventId ?? "")).slice(0, 1);
  const shown = [...known, ...own];
  if (shown.length < 2) return [];
  const pairs = members.flatMap((a, at) => members.slice(at + 1).map((b) => cosine(a, b)));
  return [
    {
      ids: shown.map(({ report }) => report.id),
      words: mostOf(members.flatMap(({ terms }) => [...terms.keys()])).slice(0, 6),
      score: Math.min(1, mean(pairs)),
      eventId: eventId ?? null,
    },
  ];
}

/** Values by how often they come, each once. */
function mostOf(values: readonly string[]): string[] {
  return [...groupedBy(values, (value) => value)]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([value]) => value);
}

const WORD = /\p{L}[\p{L}\p{M}\p{N}’'-]*/gu;

/** The words of a report by which its event is known: those of the title count double, and so do names. */
export function reportTerms(title: string, opening: string): Map<string, number> {
  const terms = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const [word] of text.matchAll(WORD)) {
      const bare = word.replace(/['’]s?$/u, "");
      if (bare.length < 3) continue;
      const isName = /^\p{Lu}/u.test(bare);
      const term = bare.toLowerCase();
      terms.set(term, (terms.get(term) ?? 0) + weight * (isName ? 2 : 1));
    }
  };
  add(title, 2);
  add(opening, 1);
  return terms;
}
