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
/** A word that stands in a report more often counts as this. */
const MOST_TIMES = 31;
const NOTHING = new Uint32Array(0);

/** `terms` in ascending order, with the weight of each at the same place. */
type Vector = { report: Known; terms: Uint32Array; weights: Float64Array };
type Weighted = { term: number; weight: number };
type Group = { members: Vector[]; last: number | null };
type Known = Omit<Report, "words">;

/**
 * The reports of a project, to be grouped. Each is packed as it comes, into numbers: a hundred thousand
 * of them take some tens of megabytes.
 */
export class Coverage {
  private readonly numbers = new Map<string, number>();
  private readonly words: string[] = [];
  /** In how many reports each word stands. */
  private readonly spread: number[] = [];
  private readonly reports: { report: Known; packed: Uint32Array }[] = [];

  add({ words, ...report }: Report): void {
    const packed = new Uint32Array(words.size);
    let at = 0;
    for (const [word, times] of words) {
      const number = this.numberOf(word);
      this.spread[number] = (this.spread[number] ?? 0) + 1;
      packed[at++] = number * (MOST_TIMES + 1) + Math.min(times, MOST_TIMES);
    }
    this.reports.push({ report, packed });
  }

  /**
   * Groups reports by the words that are rare elsewhere (tf-idf, cosine) and by day, in one pass in the
   * order of days. A group is proposed where two outlets or more report and one document at least has no
   * event yet. Deterministic. Once only: the words are let go of.
   */
  suggest(): Proposal[] {
    const groups: Group[] = [];
    const open = new OpenGroups();
    for (const vector of this.weigh().sort(byDay)) {
      open.advanceTo(vector.report.day);
      const group = open.closest(vector) ?? { members: [], last: null };
      if (group.members.length === 0) groups.push(group);
      group.members.push(vector);
      group.last = vector.report.day;
      open.note(group, vector);
    }
    return groups
      .flatMap((group) => toProposal(group, this.words))
      .sort((a, b) => b.score - a.score || (ids(a) < ids(b) ? -1 : 1));
  }

  private numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    this.numbers.set(word, this.words.length);
    return this.words.push(word) - 1;
  }

  /** Unit vectors of the most telling words. A word that only one report has tells nothing of others. */
  private weigh(): Vector[] {
    const all = this.reports.length;
    const most = Math.max(20, all * 0.05);
    return this.reports.map((entry) => {
      const { report, packed } = entry;
      entry.packed = NOTHING;
      const best: Weighted[] = [];
      for (const word of packed) {
        const term = Math.floor(word / (MOST_TIMES + 1));
        const count = this.spread[term] ?? 0;
        if (count < 2 || count > most) continue;
        const times = word % (MOST_TIMES + 1);
        const weight = (1 + Math.log(times)) * Math.log(1 + all / count);
        if (best.length < TERMS || weight >= (best[TERMS - 1]?.weight ?? 0)) {
          this.insert(best, { term, weight });
        }
      }
      const told = best.sort((a, b) => a.term - b.term);
      const length = Math.sqrt(told.reduce((sum, { weight }) => sum + weight * weight, 0));
      return {
        report,
        terms: Uint32Array.from(told, ({ term }) => term),
        weights: Float64Array.from(told, ({ weight }) => weight / length),
      };
    });
  }

  /** Keeps the most telling words, the first of the alphabet before others that tell as much. */
  private insert(best: Weighted[], each: Weighted): void {
    const isBefore = (other: Weighted) =>
      each.weight > other.weight ||
      (each.weight === other.weight && this.order(each.term, other.term) < 0);
    let at = best.length;
    for (; at > 0; at--) {
      const other = best[at - 1];
      if (other === undefined || !isBefore(other)) break;
    }
    best.splice(at, 0, each);
    if (best.length > TERMS) best.pop();
  }

  private order(a: number, b: number): number {
    return (this.words[a] ?? "") < (this.words[b] ?? "") ? -1 : 1;
  }
}

const ids = (proposal: Proposal) => proposal.ids.join();

function byDay(a: Vector, b: Vector): number {
  const [x, y] = [a.report.day ?? Number.MAX_SAFE_INTEGER, b.report.day ?? Number.MAX_SAFE_INTEGER];
  return x - y || (a.report.id < b.report.id ? -1 : 1);
}

/** Groups that may still grow, by the words of their members. */
class OpenGroups {
  private byTerm = new Map<number, Set<Group>>();
  private swept: number | null = null;

  /** Forgets groups that are over: days only go up, and reports without a day come last. */
  advanceTo(day: number | null): void {
    if (this.swept !== null && day !== null && day - this.swept <= WINDOW) return;
    if (day === null && this.swept === null) return;
    this.swept = day;
    for (const [term, groups] of this.byTerm) {
      for (const group of groups) if (isOver(group, day)) groups.delete(group);
      if (groups.size === 0) this.byTerm.delete(term);
    }
  }

  note(group: Group, { terms }: Vector): void {
    for (const term of terms) {
      const known = this.byTerm.get(term);
      if (known === undefined) this.byTerm.set(term, new Set([group]));
      else known.add(group);
    }
  }

  /** The group that a report fits best, among those that share two words and are not over. */
  closest(vector: Vector): Group | null {
    const candidates = new Map<Group, number>();
    for (const term of vector.terms) {
      for (const group of this.byTerm.get(term) ?? []) {
        candidates.set(group, (candidates.get(group) ?? 0) + 1);
      }
    }
    let best: Group | null = null;
    let most = LIKE;
    for (const [group, shared] of candidates) {
      if (shared < 2 || group.members.length >= MOST_MEMBERS) continue;
      if (isOver(group, vector.report.day)) continue;
      const likeness = mean(group.members.map((member) => cosine(vector, member)));
      if (likeness >= most) [best, most] = [group, likeness];
    }
    return best;
  }
}

function isOver({ last }: Group, day: number | null): boolean {
  return day === null ? last !== null : last === null || day - last > WINDOW;
}

function cosine(a: Vector, b: Vector): number {
  let sum = 0;
  for (let x = 0, y = 0; x < a.terms.length && y < b.terms.length; ) {
    const [left, right] = [a.terms[x] ?? 0, b.terms[y] ?? 0];
    if (left === right) sum += (a.weights[x++] ?? 0) * (b.weights[y++] ?? 0);
    else if (left < right) x++;
    else y++;
  }
  return sum;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function toProposal({ members }: Group, names: readonly string[]): Proposal[] {
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
      words: mostOf(
        members.flatMap(({ terms }) => [...terms].map((term) => names[term] ?? "")),
      ).slice(0, 6),
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

const ENDING = /['’]s?$/u;

function isCapital(word: string): boolean {
  const first = word.charCodeAt(0);
  return first < 128 ? first >= 65 && first <= 90 : /^\p{Lu}/u.test(word);
}

const WORD = /\p{L}[\p{L}\p{M}\p{N}’'-]*/gu;

/** The words of a report by which its event is known: those of the title count double, and so do names. */
export function reportTerms(title: string, opening: string): Map<string, number> {
  const terms = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const [word] of text.matchAll(WORD)) {
      const bare = ENDING.test(word) ? word.replace(ENDING, "") : word;
      if (bare.length < 3) continue;
      const isName = isCapital(bare);
      const term = bare.toLowerCase();
      terms.set(term, (terms.get(term) ?? 0) + weight * (isName ? 2 : 1));
    }
  };
  add(title, 2);
  add(opening, 1);
  return terms;
}
